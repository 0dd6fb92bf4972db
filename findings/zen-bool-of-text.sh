#!/bin/sh
# zen-engine: bool("") is true, and bool("yes"), bool("True") and bool("1") are false.
#
# Version: zen-engine 2.1.3.
# Expected: an empty text is false, or an error, as other languages have it; "True" and "1" are true, as in CEL, or an
#   error. At least none of the clear yeses is false while an empty cell is true.
# Seen: bool("true") is true, every other text with letters or digits is false, and the empty text is true.
# Why it matters: a roster's empty cell for "homebound" becomes yes, and its "Yes" becomes no, without an error.
set -eu
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --root-user-action=ignore --target "$folder" zen-engine==2.1.3 2>/dev/null
PYTHONPATH="$folder" python3 - <<'PY'
import sys

import zen

expected = {
    'bool("true")': True,
    'bool("True")': False,
    'bool("yes")': False,
    'bool("1")': False,
    'bool("")': True,
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
