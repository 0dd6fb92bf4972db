"""Measures the month's export and the year's report beside `peer.py`, in turns on one machine, and compares the files.

    swift build -c release --traits Server --product tutoring-server
    python3 Tests/Peers/office/measure.py --server .build/release/tutoring-server [--rounds 3] [--seed 1]

The district is made once (`make.py`) and copied for each export, which changes it. Measured is a whole run of each program,
from its start until the file is written and the records are on disk: wall time, and processor time of all cores. Nothing else
should run meanwhile.
"""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent.parent
MONTH = ["--from", "2026-10-01", "--through", "2026-10-31"]
YEAR = ["--year", "2027"]


def run(command):
    """Wall and processor seconds of a command that must succeed, and the most memory that it had, in megabytes."""
    started = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    message = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    if status:
        raise SystemExit(f"{command[0]} failed: {message.decode()[:2000]}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def make(server, folder, seed):
    folder.mkdir()
    subprocess.run(
        [server, "user", "add", "--data", folder, "--name", "Olga Office", "--role", "office", "olga"],
        input=b"a-long-password\n", check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    subprocess.run([sys.executable, HERE / "make.py", folder, "--seed", str(seed)], check=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--server", type=pathlib.Path, required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--data", type=pathlib.Path, help="a folder that make.py has filled before")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        data = options.data or place / "district"
        if not options.data:
            make(options.server, data, options.seed)
        own = ["--policies", ROOT / "policies", "--by", "olga"]
        for what, choice, target in [("export", MONTH, 3), ("report", YEAR, 2)]:
            found = {"ours": [], "peer": []}
            files = {name: place / f"{name}.csv" for name in found}
            for _ in range(options.rounds):
                for name in found:
                    work = data
                    if what == "export":
                        work = place / "work"
                        shutil.rmtree(work, ignore_errors=True)
                        shutil.copytree(data, work)
                    command = (
                        [options.server, what, "--data", work, *own] if name == "ours"
                        else [sys.executable, HERE / "peer.py", what, work]
                    )  # fmt: skip
                    found[name].append(run([*command, *choice, "--output", files[name]]))
            same = files["ours"].read_bytes() == files["peer"].read_bytes()
            for name, runs in found.items():
                wall, processor, memory = (statistics.median(run[index] for run in runs) for index in range(3))
                print(f"{what} {name}: {wall:.2f} s, {processor:.2f} s of processors, {memory:.0f} MB")
            ours, peer = (statistics.median(run[0] for run in found[name]) for name in ("ours", "peer"))
            print(
                f"{what}: {'the same file' if same else 'ANOTHER FILE'}, {peer / ours:.1f} times as fast as the peer; "
                f"target {target} s: {'met' if ours < target else 'missed'}"
            )


if __name__ == "__main__":
    main()
