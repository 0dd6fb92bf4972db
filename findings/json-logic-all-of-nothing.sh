#!/bin/sh
# JsonLogic: "all" over an empty list is false.
#
# Versions: panzi-json-logic 1.0.1, json-logic-qubit 0.9.1, jsonlogic-rs 0.5.0, datalogic-py 5.9.0.
# Expected: true, as in logic, CEL (all), Rego (every), SQL and DMN (every): nobody is left who breaks it.
# Seen: false from all four, as JsonLogic's own documentation has it for empty lists.
# Why it matters: "every student has departed" fails for a session without students, and its negation
#   passes for it. A rule brought over from JsonLogic changes its meaning just there.
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
rule='{"all": [{"var": "encounters"}, {"!!": {"var": "departed"}}]}'
data='{"encounters": []}'
changed=0
ask() {
  answer="$(PYTHONPATH="$folder/$1" python3 "$folder/ask.py" "$2" "$rule" "$data")"
  echo "$2: $answer"
  [ "$answer" = "$3" ] || changed=1
}
echo "$rule over $data"
ask panzi panzi-json-logic false
ask qubit json-logic-qubit false
ask rust jsonlogic-rs false
ask rust datalogic-py false
[ "$changed" -eq 0 ] || { echo "the behaviour has changed" >&2; exit 1; }
