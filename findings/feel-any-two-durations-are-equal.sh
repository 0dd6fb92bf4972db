#!/bin/sh
# bkflow-feel: any two durations are equal.
#
# Version: bkflow-feel 1.2.0.
# Expected: ninety minutes are not two hours, and PT90M is PT1H30M (DMN 1.5, FEEL days and time duration).
# Seen: duration("PT90M") = duration("PT2H") is true. The package has no function duration; a call of a function that
#   it does not have is null, with a line in the log alone, and null = null is true.
# Why it matters: a rule such as "the session took exactly an hour", or "both halves are equally long", holds for
#   every session.
set -eu
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --root-user-action=ignore --target "$folder" bkflow-feel==1.2.0 2>/dev/null
PYTHONPATH="$folder" python3 - <<'PY'
import logging
import sys

from bkflow_feel.api import parse_expression

logging.disable(logging.CRITICAL)
expected = {
    'duration("PT90M") = duration("PT2H")': True,
    'duration("PT90M")': None,
    'no such function("PT90M") = null': True,
}
seen = {text: parse_expression(text, {}) for text in expected}
for text, answer in seen.items():
    print(f"{text}: {answer}")
sys.exit("the behaviour has changed" if seen != expected else 0)
PY
