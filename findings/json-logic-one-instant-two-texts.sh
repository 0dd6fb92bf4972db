#!/bin/sh
# JsonLogic: one instant written with two offsets is equal to itself for one package only.
#
# Versions: panzi-json-logic 1.0.1, json-logic-qubit 0.9.1, jsonlogic-rs 0.5.0, datalogic-py 5.9.0.
# Expected: false everywhere: JsonLogic has no times, so that two texts are two texts.
# Seen: true from datalogic-py, which reads texts that look like times as times in comparisons.
# Why it matters: "departed when the session ended" holds or not by the package, where one system
#   writes UTC and another local time.
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
rule='{"==": ["2026-10-14T15:00:00Z", "2026-10-14T10:00:00-05:00"]}'
data='{}'
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
ask rust datalogic-py true
[ "$changed" -eq 0 ] || { echo "the behaviour has changed" >&2; exit 1; }
