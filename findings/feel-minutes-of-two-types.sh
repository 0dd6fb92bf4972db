#!/bin/sh
# bkflow-feel: a number with a fraction can't be compared with one without.
#
# Version: bkflow-feel 1.2.0.
# Expected: 62.5 > 60 is true: FEEL has one type of number (DMN 1.5), and a fact may be either.
# Seen: an error, "Type of both operators must be same", also for facts from the context and for sums; 62 >
#   60 and 62.5 > 60.0 are true.
# Why it matters: a table that was tried with whole minutes raises in production at the first session
#   of 62 and a half, and a JSON writer that turns 60 into 60.0 is enough for it.
set -eu
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --root-user-action=ignore --target "$folder" bkflow-feel==1.2.0 2>/dev/null
PYTHONPATH="$folder" python3 - <<'PY'
import logging
import sys

from bkflow_feel.api import parse_expression

logging.disable(logging.CRITICAL)


def answer(text, context):
    try:
        return parse_expression(text, context)
    except Exception as error:
        return str(error).split(",")[0]


refused = "Type of both operators must be same"
expected = {
    ("62 > 60", None): True,
    ("62.5 > 60.0", None): True,
    ("62.5 > 60", None): refused,
    ("minutes > 60", 62.5): refused,
    ("minutes + 60", 62.5): refused,
}
changed = False
for (text, minutes), known in expected.items():
    seen = answer(text, {} if minutes is None else {"minutes": minutes})
    print(f"{text} (minutes: {minutes}): {seen}")
    changed |= seen != known
sys.exit("the behaviour has changed" if changed else 0)
PY
