#!/bin/sh
# rego-cpp's Python package orders numbers inside of collections as texts.
#
# Version: regopy 1.5.2 (rego-cpp), beside regorus (package gordon-to-regorus 0.13.0).
# Expected: max([9, 10]) is 10, and the date [2026, 9, 30] comes before [2026, 10, 1], as Rego's
#   documentation orders numbers and arrays; regorus answers so.
# Seen: max([9, 10]) is 9, sort([10, 9]) leaves 10 first, and the last of September is said to come after
#   the first of October, while the two numbers compared alone are in the right order.
# Why it matters: the latest day of a list, the longest session and any comparison of dates that
#   time.date gives as [year, month, day] are wrong from the tenth of something on, and right before.
set -eu
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --root-user-action=ignore --no-deps --target "$folder" regopy==1.5.2 gordon-to-regorus==0.13.0
PYTHONPATH="$folder" python3 - <<'PY'
import json
import sys

import regorus
from regopy import Interpreter


def in_cpp(term):
    answer = json.loads(str(Interpreter().query(f"x := ({term})")))
    return answer["bindings"]["x"]


def in_rust(term):
    return regorus.Engine().eval_query(term)["result"][0]["expressions"][0]["value"]


expected = {
    "9 < 10": (True, True),
    "max([9, 10])": (9, 10),
    "sort([10, 9])": ([10, 9], [9, 10]),
    "[2026, 9, 30] < [2026, 10, 1]": (False, True),
}
changed = False
for term, answers in expected.items():
    seen = (in_cpp(term), in_rust(term))
    print(f"{term:32} rego-cpp {seen[0]!s:10} regorus {seen[1]}")
    changed |= seen != answers
sys.exit("the behaviour has changed" if changed else 0)
PY
