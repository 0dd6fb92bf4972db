#!/bin/sh
# DuckDB says of an empty list that it does not contain NULL, and of any other list that it is not known.
#
# Version: duckdb 2.0.1.
# Expected: whether a list contains a value that is not known is not known, as list_contains(['a'], NULL) says, or
#   else is known for every list.
# Seen: list_contains([], NULL) is false, list_contains(['a'], NULL) is NULL.
# Why it matters: "the school is not one of those that are barred" holds for a session whose school is missing as long
#   as the list of barred schools is empty, and is undetermined from the day on which the first one is entered. A
#   translation of rules to SQL that relies on NULL for "missing" decides the first session.
set -eu
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --root-user-action=ignore --no-deps --target "$folder" duckdb==2.0.1
PYTHONPATH="$folder" python3 - <<'PY'
import sys

import duckdb

seen = {}
for barred in ("CAST([] AS VARCHAR[])", "['a']", "CAST(NULL AS VARCHAR[])"):
    seen[barred] = duckdb.execute(f"SELECT list_contains({barred}, CAST(NULL AS VARCHAR))").fetchone()[0]
    print(f"list_contains({barred}, NULL) is {seen[barred]}")
sys.exit("the behaviour has changed" if list(seen.values()) != [False, None, None] else 0)
PY
