#!/bin/sh
# regorus: units.parse reads 1.5h as 150.
#
# Version: regorus through gordon-to-regorus 0.13.0.
# Expected: no value, since the reference of Rego knows K, M, G and their like in units.parse and no hours; at most an
#   hour and a half.
# Seen: 150: the h is taken for hecto, a hundred.
# Why it matters: timesheets write 1.5h. As a number it passes every check of a type, and is a hundred times too large.
set -eu
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --root-user-action=ignore --no-deps --target "$folder" gordon-to-regorus==0.13.0 2>/dev/null
PYTHONPATH="$folder" python3 - <<'PY'
import sys

import regorus

expected = {'units.parse("1.5h")': 150, 'units.parse("1.5K")': 1500}
seen = {
    text: regorus.Engine().eval_query(text)["result"][0]["expressions"][0]["value"]
    for text in expected
}
for text, value in seen.items():
    print(f"{text}: {value}")
sys.exit("the behaviour has changed" if seen != expected else 0)
PY
