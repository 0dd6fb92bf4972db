#!/bin/sh
# Spark SQL takes ${...} out of texts.
#
# Version: pyspark 4.3.0, with its defaults.
# Expected: 'a${b}c' is the text a${b}c; in SQL only the quote has a meaning in a text, in Spark the backslash too.
# Seen: it is the text ac. Variables are put in before the statement is read, in texts too, and one that is not set
#   becomes nothing. 'a\u0024{b}c' is the text that was meant.
# Why it matters: a rule that compares with such a text, written as SQL, compares with another, and nothing says so.
set -eu
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet pyspark==4.3.0
"$folder/venv/bin/python" - <<'PY' 2>/dev/null
import sys

from pyspark.sql import SparkSession

spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
plain, escaped = spark.sql(r"SELECT 'a${b}c', 'a\u0024{b}c'").first()
print(f"'a${{b}}c' is {plain}, 'a\\u0024{{b}}c' is {escaped}")
spark.stop()
sys.exit("the behaviour has changed" if (plain, escaped) != ("ac", "a${b}c") else 0)
PY
