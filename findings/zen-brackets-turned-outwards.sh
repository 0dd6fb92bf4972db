#!/bin/sh
# zen-engine: ]1..5[ is what lies outside of 1 to 5, not what lies between.
#
# Version: zen-engine 2.1.3.
# Expected: brackets that are turned outwards leave out the ends, as in FEEL (DMN 1.5, 10.3.1.2, grammar rule 66) and in
#   ISO 31-11: 3 is in ]1..5[, and 1 and 0 are not.
# Seen: 3 is not in it, and 0, 1, 5 and 6 are; (1..5) is the interval without its ends. With one bracket turned, [1..5[ has
#   5 and 6 in it, and neither 1 nor 3.
# Why it matters: a table that is copied from a DMN tool to GoRules' editor is accepted, and decides the opposite.
set -eu
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --root-user-action=ignore --target "$folder" zen-engine==2.1.3 2>/dev/null
PYTHONPATH="$folder" python3 - <<'PY'
import sys

import zen

numbers = [0, 1, 3, 5, 6]
expected = {
    "(1..5)": [3],
    "]1..5[": [0, 1, 5, 6],
    "[1..5[": [5, 6],
}
seen = {
    cell: [n for n in numbers if zen.evaluate_unary_expression(cell, {"$": n})] for cell in expected
}
for cell, inside in seen.items():
    print(f"{cell} has of {numbers}: {inside}")
sys.exit("the behaviour has changed" if seen != expected else 0)
PY
