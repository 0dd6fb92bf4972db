#!/bin/sh
# zen-engine: whether a list with a null has an element over a limit depends on the order of its elements.
#
# Version: zen-engine 2.1.3.
# Expected: one answer for [5, null] and [null, 5], whether true, null or an error.
# Seen: some([5, null], # > 3) is true; some([null, 5], # > 3) is an error.
# Why it matters: the same students in another order make a session eligible or stop the whole run; exports list
#   students in no promised order.
set -eu
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --root-user-action=ignore --target "$folder" zen-engine==2.1.3 2>/dev/null
PYTHONPATH="$folder" python3 - <<'PY'
import sys

import zen

expected = {
    "some([5, null], # > 3)": True,
    "some([null, 5], # > 3)": "error",
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
