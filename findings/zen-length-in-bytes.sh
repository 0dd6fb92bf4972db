#!/bin/sh
# zen-engine: len counts the bytes of a text.
#
# Version: zen-engine 2.1.3.
# Expected: len("José") is 4, as the characters, or 4 as the code points or UTF-16 units that other engines count.
# Seen: it is 5, and with the accent as a sign of its own 6; of "日本" it is 6.
# Why it matters: a rule that asks for at least three letters, or at most ten, decides by the accents in a name.
set -eu
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --root-user-action=ignore --target "$folder" zen-engine==2.1.3 2>/dev/null
PYTHONPATH="$folder" python3 - <<'PY'
import sys

import zen

expected = {"Jose": 4, "José": 5, "Jose\u0301": 6, "日本": 6}
seen = {text: zen.evaluate_expression("len(text)", {"text": text}) for text in expected}
for text, length in seen.items():
    print(f"len of {text}: {length}")
sys.exit("the behaviour has changed" if seen != expected else 0)
PY
