#!/bin/sh
# DuckDB's json_valid takes a comma before a closing bracket.
#
# Version: duckdb 2.0.1.
# Expected: json_valid says whether a text is JSON; RFC 8259 has no comma behind the last member or element, and
#   Python's json, SQLite's json_valid and PostgreSQL refuse it.
# Seen: json_valid('{"a":1,}') and json_valid('[1,]') are true, and the values are read.
# Why it matters: a file that one system takes is refused by the next. A record cut off behind a comma and closed by
#   a careless repair counts as whole.
set -eu
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --root-user-action=ignore --no-deps --target "$folder" duckdb==2.0.1
PYTHONPATH="$folder" python3 - <<'PY'
import json
import sys

import duckdb


def is_json(text):
    try:
        json.loads(text)
        return True
    except ValueError:
        return False


changed = False
for text, seen in (('{"a":1}', True), ('{"a":1,}', True), ("[1,]", True), ("[,1]", False), ("{'a':1}", False)):
    valid = duckdb.execute("SELECT json_valid(?)", [text]).fetchone()[0]
    print(f"{text}: DuckDB {valid}, Python {is_json(text)}")
    changed |= valid != seen
sys.exit("the behaviour has changed" if changed else 0)
PY
