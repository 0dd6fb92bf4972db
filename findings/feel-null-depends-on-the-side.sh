#!/bin/sh
# bkflow-feel: whether null matters depends on the side that it stands on.
#
# Version: bkflow-feel 1.2.0.
# Expected: false and null is false in either order, true or null is true in either order, and null or false is null
#   in either order (DMN 1.5, FEEL ternary logic).
# Seen: false and null is false, but null and false is null; null or false is false, but false or null is null.
# Why it matters: two conditions of a rule change places and a session whose fact is missing is refused instead of
#   undetermined, or the other way round.
set -eu
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --root-user-action=ignore --target "$folder" bkflow-feel==1.2.0 2>/dev/null
PYTHONPATH="$folder" python3 - <<'PY'
import sys

from bkflow_feel.api import parse_expression

expected = {
    "false and null": False,
    "null and false": None,
    "null or false": False,
    "false or null": None,
}
seen = {text: parse_expression(text, {}) for text in expected}
for text, answer in seen.items():
    print(f"{text}: {answer}")
sys.exit("the behaviour has changed" if seen != expected else 0)
PY
