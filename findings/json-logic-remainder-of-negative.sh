#!/bin/sh
# JsonLogic: the remainder of a negative number has two values.
#
# Versions: panzi-json-logic 1.0.1, json-logic-qubit 0.9.1, jsonlogic-rs 0.5.0, datalogic-py 5.9.0.
# Expected: -1 everywhere, as in JavaScript, from which JsonLogic takes its operators.
# Seen: 2 from the two packages written in Python, -1 from the two written in Rust.
# Why it matters: counting days or weeks back from a date by remainders, such as the week of a rota
#   before a term starts, gives another week in the browser than on the server.
set -eu
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
get() { python3 -m pip install --quiet --root-user-action=ignore --no-deps --target "$@"; }
# The first two share the name of their module, so each gets a folder.
get "$folder/panzi" panzi-json-logic==1.0.1
get "$folder/qubit" json-logic-qubit==0.9.1 six==1.17.0
get "$folder/rust" jsonlogic-rs==0.5.0 datalogic-py==5.9.0
cat >"$folder/ask.py" <<'PY'
import json
import sys

package, rule, data = sys.argv[1], json.loads(sys.argv[2]), json.loads(sys.argv[3])
if package == "jsonlogic-rs":
    from jsonlogic_rs import apply
elif package == "datalogic-py":
    from datalogic_py import apply
else:
    from json_logic import jsonLogic as apply
print(json.dumps(apply(rule, data)))
PY
rule='{"%": [-7, 3]}'
data='{}'
changed=0
ask() {
  answer="$(PYTHONPATH="$folder/$1" python3 "$folder/ask.py" "$2" "$rule" "$data")"
  echo "$2: $answer"
  [ "$answer" = "$3" ] || changed=1
}
echo "$rule over $data"
ask panzi panzi-json-logic 2
ask qubit json-logic-qubit 2
ask rust jsonlogic-rs -1
ask rust datalogic-py -1
[ "$changed" -eq 0 ] || { echo "the behaviour has changed" >&2; exit 1; }
