#!/bin/sh
# clingo: a sum over equal minutes counts them once.
#
# Version: clingo 5.8.3.
# Expected: the minutes of two sessions of 60 minutes sum up to 120.
# Seen: 60. What stands in an aggregate is a set of tuples, and the two tuples are the same; only with the
#   session beside the minutes is the sum 120. Nothing warns of it, and with 60 and 61 minutes the sum of
#   the shorter form is right.
# Why it matters: a limit on minutes a week is passed by exactly those who tutor in equal sessions.
set -eu
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --root-user-action=ignore --target "$folder" clingo==5.8.3
PYTHONPATH="$folder" python3 - <<'PY'
import sys

import clingo


def answers(facts):
    control = clingo.Control()
    control.add("base", [], facts + """
        minutes_alone(S) :- S = #sum { M : lasts(_, M) }.
        with_session(S) :- S = #sum { M, I : lasts(I, M) }.
        #show minutes_alone/1.
        #show with_session/1.
    """)
    control.ground([("base", [])])
    found = {}
    control.solve(on_model=lambda model: found.update(
        (atom.name, atom.arguments[0].number) for atom in model.symbols(shown=True)))
    return found["minutes_alone"], found["with_session"]


expected = {
    "lasts(s1, 60). lasts(s2, 60).": (60, 120),
    "lasts(s1, 60). lasts(s2, 61).": (121, 121),
}
changed = False
for facts, sums in expected.items():
    seen = answers(facts)
    print(f"{facts} minutes alone: {seen[0]}, with the session: {seen[1]}")
    changed |= seen != sums
sys.exit("the behaviour has changed" if changed else 0)
PY
