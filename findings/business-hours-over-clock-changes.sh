#!/bin/sh
# businesstimedelta counts an hour of work that the clock change leaves out.
#
# Version: businesstimedelta 1.0.1 with pytz, zone America/Chicago.
# Expected: from 1:00 to 4:00 on 8 March 2026 two hours pass, since 2:00 to 3:00 does not exist.
# Seen: a working day that lasts from 1:00 to 4:00 has three hours on that day, although the library does
#   take the change into account where the working day is the whole day (23 hours, less a second).
# Why it matters: minutes that are paid or reported come out differently by how the working day is
#   written, and only on the days of a clock change.
set -eu
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --root-user-action=ignore --no-deps --target "$folder" businesstimedelta==1.0.1 pytz==2025.2
PYTHONPATH="$folder" python3 - <<'PY'
import datetime
import sys

import businesstimedelta
import pytz

zone = pytz.timezone("America/Chicago")


def seconds(day, first, last):
    """Seconds of work on a day, by the library and by the two instants themselves."""
    rule = businesstimedelta.WorkDayRule(
        start_time=first, end_time=last, working_days=list(range(7)))
    midnight = datetime.datetime.fromisoformat(day)
    start, end = zone.localize(midnight), zone.localize(midnight + datetime.timedelta(days=1))
    work = businesstimedelta.Rules([rule]).difference(start, end)
    instants = [zone.localize(datetime.datetime.combine(midnight, time)) for time in (first, last)]
    return work.hours * 3600 + work.seconds, int((instants[1] - instants[0]).total_seconds())


hour = 3600
night = (datetime.time(1), datetime.time(4))
whole = (datetime.time(0), datetime.time(23, 59, 59))
expected = {
    ("2026-03-07", night): (3 * hour, 3 * hour),
    ("2026-03-08", night): (3 * hour, 2 * hour),
    ("2026-03-08", whole): (23 * hour - 1, 23 * hour - 1),
}
changed = False
for (day, (first, last)), figures in expected.items():
    seen = seconds(day, first, last)
    print(f"{day} {first} to {last}: library {seen[0]} s, between the instants {seen[1]} s")
    changed |= seen != figures
sys.exit("the behaviour has changed" if changed else 0)
PY
