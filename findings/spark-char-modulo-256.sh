#!/bin/sh
# char(8195) in Spark SQL is the control character 3.
#
# Version: pyspark 4.3.0, with its defaults (ANSI mode is on).
# Expected: the sign with that number, U+2003, as chr in DuckDB and PostgreSQL and char in SQLite give it; or an error,
#   since ANSI mode has one for other numbers that do not fit.
# Seen: the number is taken modulo 256. '\u2003' is the sign.
# Why it matters: whoever writes signs that can't be seen by their numbers, as statements that are generated do, gets
#   others: trim(BOTH char(8195) FROM text) leaves the white space where it was.
set -eu
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet pyspark==4.3.0
"$folder/venv/bin/python" - <<'PY' 2>/dev/null
import sys

from pyspark.sql import SparkSession

spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
number, sign = spark.sql(r"SELECT ascii(char(8195)), ascii('\u2003')").first()
print(f"char(8195) has the number {number}, '\\u2003' has {sign}")
spark.stop()
sys.exit("the behaviour has changed" if (number, sign) != (3, 8195) else 0)
PY
