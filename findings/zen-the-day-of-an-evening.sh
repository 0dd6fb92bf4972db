#!/bin/sh
# zen-engine: the day of a timestamp with an offset is the day in UTC.
#
# Version: zen-engine 2.1.3.
# Expected: 2026-03-08T20:30:00-06:00 is a Sunday, the 8th: the text says so itself.
# Seen: dayOfMonth gives 9 and dayOfWeek gives 1, a Monday; two evenings of one local day count as two days once one of
#   them passes 18:00.
# Why it matters: tutoring takes place in evenings; those west of Greenwich land on the next day, weekend days become
#   school days, and a deadline counted from them is a day late.
set -eu
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --root-user-action=ignore --target "$folder" zen-engine==2.1.3 2>/dev/null
PYTHONPATH="$folder" python3 - <<'PY'
import sys

import zen

expected = {
    'dayOfMonth("2026-03-08T20:30:00-06:00")': 9.0,
    'dayOfWeek("2026-03-08T20:30:00-06:00")': 1.0,
    'dayOfMonth("2026-03-08T17:30:00-06:00")': 8.0,
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
