#!/bin/sh
# JsonLogic: a fact that is absent is within a limit for three packages, and not for the fourth.
#
# Versions: panzi-json-logic 1.0.1, json-logic-qubit 0.9.1, jsonlogic-rs 0.5.0, datalogic-py 5.9.0.
# Expected: a session without minutes is not said to last at most 60 minutes, or at least all packages
#   agree, since JsonLogic has a page of shared tests.
# Seen: true from three, since they compare as JavaScript does, where null is 0; false from
#   json-logic-qubit.
# Why it matters: a limit passes exactly the sessions whose facts nobody recorded, and a rule that was
#   tried in one language decides otherwise in the next.
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
rule='{"<=": [{"var": "minutes"}, 60]}'
data='{}'
changed=0
ask() {
  answer="$(PYTHONPATH="$folder/$1" python3 "$folder/ask.py" "$2" "$rule" "$data")"
  echo "$2: $answer"
  [ "$answer" = "$3" ] || changed=1
}
echo "$rule over $data"
ask panzi panzi-json-logic true
ask qubit json-logic-qubit false
ask rust jsonlogic-rs true
ask rust datalogic-py true
[ "$changed" -eq 0 ] || { echo "the behaviour has changed" >&2; exit 1; }
