"""Counts the instructions of the program's main paths, and compares them with those of the baseline.

    swift build -c release --product tutorpolicy
    python3 Tests/Peers/instructions/measure.py --program .build/release/tutorpolicy
    python3 Tests/Peers/instructions/measure.py --program .build/release/tutorpolicy --record

Instructions don't care what else the machine does, so a path that has become dearer is seen without a clock. The
status is 1 where one takes more than the tolerance above the baseline. Needs valgrind (Debian: apt-get install valgrind).
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent.parent
BASELINE = HERE / "baseline.json"
SESSIONS = ROOT / "Examples" / "sessions" / "week-42.ndjson"
# How much more than the baseline a path may take: another compiler of the same version differs by less.
TOLERANCE = 0.05
PATHS = {
    "check": ["check", "--format", "ndjson"],
    "check --with-fixes": ["check", "--format", "ndjson", "--with-fixes"],
    "explain": ["explain", "--format", "ndjson"],
    "fix": ["fix", "--format", "ndjson"],
}
# How often each session is in the stream: as many as tell the sessions' work from the start of the process.
REPEATS = {"check": 200, "check --with-fixes": 4, "explain": 4, "fix": 4}


def instructions(program: str, arguments: list[str], sessions: pathlib.Path) -> int:
    with tempfile.TemporaryDirectory() as folder:
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out", program, *arguments,
                   "--policies", str(ROOT / "policies"), "--today", "2026-11-23", "--jobs", "1", str(sessions)]
        # The same order of sets and dictionaries each time.
        environment = dict(os.environ, SWIFT_DETERMINISTIC_HASHING="1")
        run = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    found = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode not in (0, 1) or not found:
        raise SystemExit(f"{' '.join(arguments)} ended with {run.returncode}:\n{run.stderr}")
    return int(found[1])


def measure(program: str) -> dict[str, int]:
    """Instructions of the start with one session, and of one more session on each path."""
    lines = SESSIONS.read_text().splitlines(keepends=True)
    counts: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        one, many = pathlib.Path(folder) / "one.ndjson", pathlib.Path(folder) / "many.ndjson"
        one.write_text(lines[0])
        for name, arguments in PATHS.items():
            many.write_text("".join(lines * REPEATS[name]))
            start = instructions(program, arguments, one)
            if name == "check":
                counts["start"] = start
            more = len(lines) * REPEATS[name] - 1
            counts[name] = (instructions(program, arguments, many) - start) // more
    return counts


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True, help="a release build of tutorpolicy")
    parser.add_argument("--record", action="store_true", help="write what is measured as the new baseline")
    options = parser.parse_args()
    if not shutil.which("valgrind"):
        print("skipped: valgrind is not installed", file=sys.stderr)
        return 0
    counts = measure(options.program)
    if options.record:
        BASELINE.write_text(json.dumps(counts, indent=2) + "\n")
    baseline = json.loads(BASELINE.read_text())
    isDearer = False
    for name, count in counts.items():
        change = count / baseline[name] - 1
        mark = "  DEARER" if change > TOLERANCE else ""
        isDearer = isDearer or bool(mark)
        print(f"{name:20} {count:12,} instructions, {change:+.1%}{mark}")
    return 1 if isDearer else 0


if __name__ == "__main__":
    sys.exit(main())
