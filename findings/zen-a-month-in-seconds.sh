#!/bin/sh
# zen-engine: duration("1M") is a month of 30.44 days.
#
# Version: zen-engine 2.1.3.
# Expected: an error, since a month is not a fixed time; or minutes, which "m" means in many notations.
# Seen: 2630016 seconds, that is 30 days, 10 hours, 33 minutes and 36 seconds; duration("1m") is a minute, while
#   d(...).add("1M") moves by a month of the calendar.
# Why it matters: a window written duration("1M") ends in the middle of a day, and in another place than the date that
#   the same text gives when it is added.
set -eu
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --root-user-action=ignore --target "$folder" zen-engine==2.1.3 2>/dev/null
PYTHONPATH="$folder" python3 - <<'PY'
import sys

import zen

expected = {
    'duration("1M")': 2630016.0,
    'duration("1m")': 60.0,
    'd("2026-01-31").add("1M").format("%Y-%m-%d")': "2026-02-28",
}


def answer(text):
    try:
        return zen.evaluate_expression(text, {})
    except Exception:
        return "error"


seen = {text: answer(text) for text in expected}
for text, value in seen.items():
    print(f"{text}: {value!r}")
sys.exit("the behaviour has changed" if seen != expected else 0)
PY
