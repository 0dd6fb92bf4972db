#!/bin/sh
# zen-engine: a day added to a local time is 24 hours, a month is a calendar's.
#
# Version: zen-engine 2.1.3.
# Expected: noon in Chicago on 7 March 2026 and one day is noon on the 8th, as a month later is noon on 7 April:
#   whoever adds "1d" rather than 24 hours means the calendar.
# Seen: one day later is 13:00, as clocks go forward on the 8th; one month later is 12:00.
# Why it matters: a deadline "so many days after the session, at the same time" moves by an hour twice a year, and one
#   at midnight moves to another day.
set -eu
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --root-user-action=ignore --target "$folder" zen-engine==2.1.3 2>/dev/null
PYTHONPATH="$folder" python3 - <<'PY'
import sys

import zen

expected = {
    'd("2026-03-07T12:00:00", "America/Chicago").add("1d").format("%d %H:%M")': "08 13:00",
    'd("2026-03-07T12:00:00", "America/Chicago").add("1M").format("%d %H:%M")': "07 12:00",
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
