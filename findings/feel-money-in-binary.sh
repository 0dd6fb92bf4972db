#!/bin/sh
# bkflow-feel: FEEL's decimal numbers are binary fractions.
#
# Version: bkflow-feel 1.2.0.
# Expected: 0.1 + 0.2 = 0.3 is true, since DMN has numbers in decimal with 34 digits (DMN 1.5, FEEL number).
# Seen: false. 1.1 + 2.2 = 3.3 is false too, while 0.5 + 0.25 = 0.75, which binary fractions can hold, is true.
# Why it matters: a condition that compares pay or hours in tenths for equality, or at a limit, holds in
#   one DMN engine and not in this one, although both read the same table.
set -eu
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --root-user-action=ignore --target "$folder" bkflow-feel==1.2.0 2>/dev/null
PYTHONPATH="$folder" python3 - <<'PY'
import sys

from bkflow_feel.api import parse_expression

expected = {"0.1 + 0.2 = 0.3": False, "1.1 + 2.2 = 3.3": False, "0.5 + 0.25 = 0.75": True}
seen = {text: parse_expression(text, {}) for text in expected}
for text, answer in seen.items():
    print(f"{text}: {answer}")
sys.exit("the behaviour has changed" if seen != expected else 0)
PY
