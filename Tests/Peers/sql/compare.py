#!/usr/bin/env python3
"""Decides sessions by 'tutorpolicy check' and by the SQL of 'tutorpolicy sql', and compares every answer.

    compare.py PROGRAM DIALECT SESSIONS.ndjson [--policies DIR] [--today DATE] [--decision NAME]... [--layout L]
               [--delete SEED] [--threads N] [--leave-to-engine]

A row agrees when the SQL gives the decisions, the violated and undetermined rules with their places, and the warnings
that 'check' gives. A line that 'check' refuses must be refused by the SQL. A line that only the SQL refuses is counted:
it is left to the engine. --delete SEED takes facts out of the sessions at random first. With --leave-to-engine, rules that
the dialect can't say are left out on both sides. Exits with 1 on any difference.
"""
import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import databases


def without_facts(line, numbers):
    """A session with some facts deleted, made null, or the elements of some lists deleted."""
    def thinned(value):
        if isinstance(value, dict):
            return {key: None if numbers.random() < 0.01 else thinned(fact) for key, fact in value.items()
                    if numbers.random() > 0.02}
        if isinstance(value, list):
            return [thinned(element) for element in value if numbers.random() > 0.03]
        return value
    return json.dumps(thinned(json.loads(line)), ensure_ascii=False, separators=(",", ":"))


def findings(entries):
    return [(entry["rule"], entry["at"]) for entry in entries or []]


def answer(row, left):
    """What is compared of a row, without the rules that are left to the engine."""
    parts = [[finding for finding in findings(row[key]) if finding[0] not in left[0]]
             for key in ("violated", "undetermined", "warnings")]
    return row["id"], {name: outcome for name, outcome in row["decisions"].items() if name not in left[1]}, *parts


def checked(program, options, path, count, left):
    """What 'check' says of each line; None of a line that it refuses."""
    command = [program, "check", str(path), "--format", "ndjson", "--exit-zero", *options]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode not in (0, 4):
        raise SystemExit(done.stderr)
    refused = {int(part.split(":")[1]) for part in done.stderr.splitlines()
               if part.startswith(f"{path}:") and ": error:" in part}
    rows = iter(done.stdout.split("\n"))
    return [None if line in refused else answer(json.loads(next(rows)), left) for line in range(1, count + 1)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("dialect", choices=sorted(databases.ALL))
    parser.add_argument("sessions")
    parser.add_argument("--policies", default="policies")
    parser.add_argument("--today", default="2026-11-23")
    parser.add_argument("--decision", action="append", default=[])
    parser.add_argument("--layout", choices=("json", "table"))
    parser.add_argument("--delete", type=int)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--leave-to-engine", action="store_true")
    options = parser.parse_args()

    lines = Path(options.sessions).read_text(encoding="utf-8").removesuffix("\n").split("\n")
    if options.delete is not None:
        numbers = random.Random(options.delete)
        lines = [without_facts(line, numbers) for line in lines]
    policies = ["--policies", options.policies]
    policies += [part for name in options.decision for part in ("--decision", name)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sessions.ndjson"
        path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        statement = subprocess.run(
            [options.program, "sql", "--dialect", options.dialect, *policies,
             *(["--layout", options.layout] if options.layout else []), *(["--leave-to-engine"] if options.leave_to_engine else [])], capture_output=True, text=True)
        if statement.returncode not in ((0, 1) if options.leave_to_engine else (0,)):
            raise SystemExit(statement.stderr)
        left = (set(re.findall(r"note: rule '(.*)' needs it", statement.stderr)),
                set(re.findall(r"""["']([\w-]+)["'](?:: |, )'engine'""", statement.stdout)))
        if left[0]:
            print(f"{len(left[0])} rules are left to the engine")
        expected = checked(options.program, [*policies, "--today", options.today], path, len(lines), left)
        structure = None
        if options.layout == "table" or options.dialect == "spark":
            # The structure that the statement over JSON texts reads facts by.
            texts = subprocess.run([options.program, "sql", "--dialect", "duckdb", *policies, "--leave-to-engine"],
                                   capture_output=True, text=True).stdout
            structure = re.search(r"from_json\(json, ('.*?')\) AS facts", texts).group(1)
        started = time.perf_counter()
        rows = databases.ALL[options.dialect](statement.stdout, path, options.today, options.threads, structure)
        seconds = time.perf_counter() - started

    if len(rows) != len(expected):
        raise SystemExit(f"{len(rows)} rows for {len(expected)} lines")
    differing = untaken = refused = 0
    for number, (line, want, row) in enumerate(zip(lines, expected, rows), 1):
        got = None if row["refused"] else answer(row, left)
        if got is None:
            refused += want is None
            untaken += want is not None
            if want is not None and untaken <= 3:
                print(f"line {number} is left to the engine: {row['refused']}")
        elif got != want:
            differing += 1
            if differing <= 5:
                print(f"line {number} differs\n  {line}")
                if want is None:
                    print("  check refuses it")
                for name, ours, theirs in zip(("id", "decisions", "violated", "undetermined", "warnings"), want or (), got):
                    if ours != theirs:
                        print(f"  {name}\n    check alone: {[one for one in ours if one not in theirs]}\n"
                              f"    {options.dialect} alone: {[one for one in theirs if one not in ours]}")
    print(f"{options.dialect}: {len(lines)} sessions, {differing} differing, {refused} refused by both, "
          f"{untaken} left to the engine; {seconds:.1f} s")
    sys.exit(differing > 0)


main()
