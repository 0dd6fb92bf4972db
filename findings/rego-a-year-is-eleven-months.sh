#!/bin/sh
# rego-cpp: the time between one day and the same day a year later is eleven months, thirty days and some hours.
#
# Version: rego-cpp through regopy 1.5.2.
# Expected: [1, 0, 0, 0, 0, 0] for two instants that are a year apart to the second, as the reference of Rego says of
#   time.diff (years, months, days, hours, minutes, seconds); regorus 0.13.0 gives that.
# Seen: [0, 11, 30, 4, 39, 54].
# Why it matters: "for at least a year", "within a month" and the length of an employment come out short by a day, and
#   the verdict differs between two engines of one language.
set -eu
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --root-user-action=ignore --no-deps --target "$folder" regopy==1.5.2 2>/dev/null
PYTHONPATH="$folder" python3 - <<'PY'
import json
import sys

from regopy import Interpreter

expected = {
    "time.diff(1772955000000000000, 1741419000000000000)": [0, 11, 30, 4, 39, 54],
}
seen = {}
for text in expected:
    answer = json.loads(str(Interpreter().query("x = " + text)))
    seen[text] = answer["bindings"]["x"]
for text, value in seen.items():
    print(f"{text}: {value}")
sys.exit("the behaviour has changed" if seen != expected else 0)
PY
