#!/bin/sh
# Rego: null is within every limit in one engine and in none in the other.
#
# Version: regorus through gordon-to-regorus 0.13.0, rego-cpp through regopy 1.5.2.
# Expected: one answer; by the reference of Rego, values of all types are ordered, null before everything else.
# Seen: null <= 60 is true in regorus and false in rego-cpp, where null >= 60 is true.
# Why it matters: a session whose minutes are null is short enough for one engine and long enough for the other, and
#   neither says that a fact is missing.
set -eu
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --root-user-action=ignore --no-deps --target "$folder" regopy==1.5.2 gordon-to-regorus==0.13.0 2>/dev/null
PYTHONPATH="$folder" python3 - <<'PY'
import json
import sys

import regorus
from regopy import Interpreter

expected = {
    "null <= 60": (False, True),
    "null >= 60": (True, False),
}
seen = {}
for text in expected:
    cpp = json.loads(str(Interpreter().query("x = " + text)))["bindings"]["x"]
    rust = regorus.Engine().eval_query(text)["result"][0]["expressions"][0]["value"]
    seen[text] = (cpp, rust)
for text, (cpp, rust) in seen.items():
    print(f"{text}: {cpp} in rego-cpp, {rust} in regorus")
sys.exit("the behaviour has changed" if seen != expected else 0)
PY
