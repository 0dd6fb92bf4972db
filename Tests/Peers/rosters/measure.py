"""Measures the import of a made district beside the same work by hand in Python, in turns, from the same empty folder.

    swift build -c release --traits Server --product tutoring-server
    python3 Tests/Peers/rosters/measure.py --server .build/release/tutoring-server

What both wrote is compared row by row. ../README.md says what is measured, and against which targets.
"""

import argparse
import json
import os
import pathlib
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent.parent
TABLES = {
    "schools": "id, name, revision", "people": "id, name, login, roles, is_active, facts, revision",
    "approvals": "person, school, position", "students": "id, first_name, last_name, school, is_active, facts, revision",
    "name_words": "word, student", "student_groups": "id, name, tutor, is_active, facts, revision",
    "group_members": "student_group, student, position",
    "work_orders": "id, title, kind, activity, tutor, valid_from, valid_until, fund, pay_code, facts, revision",
    "events": "subject_kind, subject, action, person, version, changes",
}


def run(command: list[str]) -> dict[str, float]:
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return {"wall": time.perf_counter() - started, "cpu": usage.ru_utime + usage.ru_stime,
            "memory": usage.ru_maxrss / 1024}


def rows(folder: pathlib.Path) -> dict[str, list]:
    database = sqlite3.connect(folder / "district.sqlite")
    found = {}
    for table, columns in TABLES.items():
        where = "WHERE action LIKE 'import-%'" if table == "events" else ""
        found[table] = sorted(
            (tuple(json.dumps(json.loads(each), sort_keys=True) if name in ("facts", "changes", "roles") else each
                   for name, each in zip(columns.split(", "), row))
             for row in database.execute(f"SELECT {columns} FROM {table} {where}")), key=repr)
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--server", required=True, type=pathlib.Path)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    server = str(options.server.resolve())
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        files, empty = folder / "files", folder / "empty"
        subprocess.run([sys.executable, str(HERE / "district.py"), str(files), "--seed", str(options.seed)], check=True)
        subprocess.run([server, "user", "add", "--data", str(empty), "--name", "Office", "--role", "office", "office"],
                       input="made-for-a-test\n", text=True, check=True, stdout=subprocess.DEVNULL)
        data = {each: folder / each for each in ("ours", "peer")}
        commands = {
            "ours": [server, "import", "--data", str(data["ours"]), "--policies", str(ROOT / "policies"), "--by", "office",
                     str(files)],
            "peer": [sys.executable, str(HERE / "peer.py"), str(data["peer"]), str(files)],
        }
        runs = {(step, each): [] for step in ("first", "again") for each in data}
        for _ in range(options.turns):
            for each in data:
                shutil.rmtree(data[each], ignore_errors=True)
                shutil.copytree(empty, data[each])
                for step in ("first", "again"):
                    runs[step, each].append(run(commands[each]))
        # After all turns: the memory of this program would count as that of those that it starts.
        ours, peer = rows(data["ours"]), rows(data["peer"])
        different = [table for table in TABLES if ours[table] != peer[table]]
        if different:
            raise SystemExit(f"the two wrote different rows into {', '.join(different)}")
        print("same rows in", ", ".join(f"{table} ({len(ours[table])})" for table in TABLES))
        for step, what in (("first", "from an empty folder"), ("again", "once more, nothing changed")):
            middle = {(each, which): statistics.median(turn[which] for turn in runs[step, each])
                      for each in data for which in ("wall", "cpu", "memory")}
            ratio = statistics.median(
                its["cpu"] / mine["cpu"] for mine, its in zip(runs[step, "ours"], runs[step, "peer"], strict=True))
            print(f"{what}: {middle['ours', 'wall']:.2f} s, {middle['ours', 'cpu']:.2f} s of processor, "
                  f"{middle['ours', 'memory']:.0f} MB; peer {middle['peer', 'wall']:.2f} s, {middle['peer', 'cpu']:.2f} s, "
                  f"{middle['peer', 'memory']:.0f} MB; {ratio:.1f} times in processor time")
            for target, met in (("< 20 s", middle["ours", "wall"] < 20), ("< 200 MB", middle["ours", "memory"] < 200),
                                ("10 times", ratio >= 10)):
                print(f"  {target}: {'yes' if met else 'NO'}")


if __name__ == "__main__":
    main()
