"""Measures the server beside its peer, in one run and in turns, so that both meet the same machine.

    swift build -c release --traits Server --product tutoring-server
    python3 -m venv venv && venv/bin/pip install -r Tests/Peers/fastapi/requirements.txt
    python3 Tests/Peers/measure.py --server .build/release/tutoring-server --python venv/bin/python

README.md beside this file says what is measured, and against which targets. Needs `wrk` and nothing else.
"""

import argparse
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import tempfile
import time
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PASSWORD = "tutoring-demo"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A program that serves on a port, until the `with` block ends."""

    def __init__(self, command: list[str], port: int, **more):
        self.port = port
        self.started = time.perf_counter()
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL, text=True, **more)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def wait(self, path: str, headers: dict[str, str] | None = None) -> float:
        """Milliseconds from the start of the program to the whole of the first page."""
        while time.perf_counter() - self.started < 60:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
                connection.request("GET", path, headers=headers or {})
                response = connection.getresponse()
                body = response.read()
                if response.status == 200 and body:
                    return (time.perf_counter() - self.started) * 1000
                raise SystemExit(f"{path} is answered with {response.status}")
            except (ConnectionError, socket.timeout):
                time.sleep(0.0005)
        raise SystemExit("the program does not answer")

    def resident(self) -> float:
        """Megabytes of memory in use."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024

    def ask(self, path: str, body: dict | None = None, token: str | None = None) -> dict:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        connection.request(
            "POST" if body is not None else "GET", path, json.dumps(body) if body is not None else None, headers
        )
        response = connection.getresponse()
        text = response.read()
        if response.status >= 300:
            raise SystemExit(f"{path}: {response.status} {text[:300]!r}")
        return json.loads(text)

    def sign_in(self, login: str) -> str:
        return self.ask("/api/v1/sign-in", {"login": login, "password": PASSWORD})["token"]


def wrk(port: int, path: str, seconds: int, clients: int, headers: list[str], script: str | None = None,
        values: list[str] | None = None) -> dict:
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--latency"]
    for header in headers:
        command += ["-H", header]
    if script:
        command += ["-s", str(HERE / script)]
    command += [f"http://127.0.0.1:{port}{path}"]
    if values:
        command += ["--", *values]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    late = re.search(r"99%\s+([\d.]+)(us|ms|s)", text)
    scale = {"us": 0.001, "ms": 1, "s": 1000}
    return {
        "rate": float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]),
        "p99": float(late[1]) * scale[late[2]],
        "failed": int(failed[1]) if failed else 0,
        "requests": int(re.search(r"(\d+) requests in", text)[1]),
    }


# The data


def make_district(server: str, folder: pathlib.Path) -> None:
    """The demo's invented district, copied while it is served."""
    port = free_port()
    with Server([server, "serve", "--demo", "--port", str(port), "--policies", str(ROOT / "policies"),
                 "--log-level", "error"], port, stdout=subprocess.PIPE) as demo:
        demo.wait("/sign-in")
        greeting = demo.process.stdout.readline()
        made = re.search(r"in (\S+)\. Sign in", greeting)[1]
        subprocess.run([server, "backup", "--data", made, str(folder / "district.sqlite")],
                       check=True, stdout=subprocess.DEVNULL)


def columns(database: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in database.execute(f"PRAGMA table_xinfo({table})") if row[6] == 0]


def copied(database: sqlite3.Connection, table: str, changed: dict[str, str], where: str) -> None:
    """Adds rows that are those of a table with some columns changed."""
    names = columns(database, table)
    values = ", ".join(changed.get(name, name) for name in names)
    database.execute(f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM {table} WHERE {where}")


def grow(path: pathlib.Path, sessions: int) -> None:
    """Fills a district up to so many sessions: those of the demo again and again, in the years before."""
    database = sqlite3.connect(path)
    (count, last) = database.execute("SELECT count(*), max(number) FROM sessions").fetchone()
    base = f"number <= {last} AND end IS NOT NULL"
    for copy in range(1, sessions // count + 1):
        shift = f"+ {copy * last}"
        second = f"- {copy * 21 * 86_400}"
        days = f"'-{copy * 21} days'"
        moved = {name: f"strftime('%Y-%m-%dT%H:%M:%S', substr({name}, 1, 19), {days}) || substr({name}, 20)"
                 for name in ["start", "end"]}
        copied(database, "sessions", moved | {
            "number": f"number {shift}", "id": f"id || '-{copy}'", "date": f"date(date, {days})",
            "start_second": f"start_second {second}", "end_second": f"end_second {second}",
            "assigned_on": f"date(assigned_on, {days})"}, base)
        inner = f"session IN (SELECT number FROM sessions WHERE {base})"
        moved = {name: f"strftime('%Y-%m-%dT%H:%M:%S', substr({name}, 1, 19), {days}) || substr({name}, 20)"
                 for name in ["arrived", "departed"]}
        copied(database, "encounters", moved | {
            "session": f"session {shift}", "arrived_second": f"arrived_second {second}",
            "departed_second": f"departed_second {second}"}, inner)
        copied(database, "tags", {"session": f"session {shift}"}, inner)
    database.commit()
    database.close()


def start_sessions(path: pathlib.Path, count: int) -> list[str]:
    """Tutors, each with a session that runs and in which nobody is yet."""
    database = sqlite3.connect(path)
    (running, tutor, last) = database.execute(
        "SELECT number, tutor, (SELECT max(number) FROM sessions) FROM sessions "
        "WHERE end IS NULL AND is_deleted = 0 LIMIT 1").fetchone()
    ids = []
    for index in range(1, count + 1):
        copied(database, "people", {"id": f"'L-{index}'", "login": "NULL"}, f"id = '{tutor}'")
        copied(database, "approvals", {"person": f"'L-{index}'"}, f"person = '{tutor}'")
        copied(database, "sessions", {
            "number": str(last + index), "id": f"'L-S-{index}'", "tutor": f"'L-{index}'", "student_group": "NULL",
            "work_order": "NULL", "assigned_on": "NULL", "version": "1"}, f"number = {running}")
        ids.append(f"L-S-{index}")
    database.commit()
    database.close()
    return ids


def make_peer(python: str, rows: list[dict], sessions: list[str], folder: pathlib.Path) -> None:
    with open(folder / "rows.ndjson", "w", encoding="utf-8") as lines:
        for row in rows:
            lines.write(json.dumps(row) + "\n")
    subprocess.run([python, str(HERE / "fastapi/peer.py"), "make", str(folder / "rows.ndjson"),
                    str(folder / "peer.sqlite")], check=True)
    database = sqlite3.connect(folder / "peer.sqlite")
    template = database.execute("SELECT * FROM sessions LIMIT 1").fetchone()
    for session in sessions:
        # Older than those that the dashboard shows.
        row = (session, template[1], "2020-01-01", "2020-01-01T00:00:00Z", *template[4:])
        database.execute(f"INSERT INTO sessions VALUES ({', '.join('?' * len(row))})", row)
    database.commit()
    database.close()


# What is measured


class Report:
    def __init__(self):
        self.misses = 0

    def line(self, what: str, figure: str, target: str, holds: bool) -> None:
        self.misses += 0 if holds else 1
        print(f"{'ok  ' if holds else 'MISS'}  {what:<44} {figure:<42} target {target}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--server", default=str(ROOT / ".build/release/tutoring-server"))
    parser.add_argument("--python", required=True, help="a Python that has the peer's packages")
    parser.add_argument("--seconds", type=int, default=6, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=3, help="how often both take turns")
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--sessions", type=int, default=50_000, help="in the file whose memory is measured")
    parser.add_argument("--requests", type=int, default=100_000, help="after which memory is measured")
    options = parser.parse_args()
    server, report = str(pathlib.Path(options.server).resolve()), Report()
    with tempfile.TemporaryDirectory(prefix="tutoring-measure-") as temporary:
        folder = pathlib.Path(temporary)
        make_district(server, folder)
        # As it was made, without the sessions that only time-ins are measured with.
        large = folder / "large"
        large.mkdir()
        shutil.copy(folder / "district.sqlite", large / "district.sqlite")
        measure_start(server, folder, report)
        measure_pages(server, folder, options, report)
        measure_memory(server, folder, options, report)
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} processors; load at the end {load:.1f}, our own included")
    raise SystemExit(1 if report.misses else 0)


# The shipped policies have nothing against timing in; here they are asked, so that each is decided.
TIME_IN = """
  time-in:
    title: Timing in
    about: Session
    verdicts: {pass: allowed, fail: not allowed}
    needs: [start]
    onRequest: true
"""
TIME_IN_RULE = """topic: Timing in
rules:
  - rule: here-once
    title: Nobody is there twice at a time
    decides: [time-in]
    require: >-
      session.encounters.all(e, has(e.departed)
      || session.encounters.filter(o, o.student.id == e.student.id && !has(o.departed)).size() == 1)
    because: Somebody is there twice.
"""


def policies_that_decide(folder: pathlib.Path) -> pathlib.Path:
    policies = folder / "policies"
    shutil.copytree(ROOT / "policies", policies)
    with open(policies / "decisions.yaml", "a", encoding="utf-8") as decisions:
        decisions.write(TIME_IN)
    (policies / "timing-in.yaml").write_text(TIME_IN_RULE)
    return policies


def serving(server: str, folder: pathlib.Path, policies: pathlib.Path = ROOT / "policies") -> Server:
    port = free_port()
    return Server([server, "serve", "--data", str(folder), "--policies", str(policies), "--port", str(port),
                   "--log-level", "error"], port, stdout=subprocess.DEVNULL)


def peering(python: str, folder: pathlib.Path) -> Server:
    port = free_port()
    return Server([python, "-m", "uvicorn", "peer:app", "--port", str(port), "--no-access-log", "--log-level",
                   "error"], port, stdout=subprocess.DEVNULL, cwd=HERE / "fastapi",
                  env=os.environ | {"PEER_DATABASE": str(folder / "peer.sqlite"), "PYTHONDONTWRITEBYTECODE": "1"})


def measure_start(server: str, folder: pathlib.Path, report: Report) -> None:
    with serving(server, folder) as running:
        running.wait("/sign-in")
        token = running.sign_in("cohen")
    for what, path, headers, target in [
        ("start to the first page", "/sign-in", {}, 60),
        ("start to a dashboard, all of it decided anew", "/", {"Authorization": f"Bearer {token}"}, None),
    ]:
        times = []
        for _ in range(9):
            with serving(server, folder) as running:
                times.append(running.wait(path, headers))
        middle = statistics.median(times)
        report.line(what, f"{middle:.0f} ms (best {min(times):.0f})", f"< {target} ms" if target else "none",
                    target is None or middle < target)


def measure_pages(server: str, folder: pathlib.Path, options, report: Report) -> None:
    each = 1_000
    sessions = start_sessions(folder / "district.sqlite", each * options.rounds)
    students = [row[0] for row in sqlite3.connect(folder / "district.sqlite").execute(
        "SELECT id FROM students ORDER BY id")]
    (folder / "sessions.txt").write_text("\n".join(sessions))
    (folder / "students.txt").write_text("\n".join(students))
    with serving(server, folder, policies_that_decide(folder)) as ours:
        ours.wait("/sign-in")
        auditor, office = ours.sign_in("cohen"), ours.sign_in("castaneda")
        listed = ours.ask("/api/v1/dashboard?stage=finished&stage=exported", token=auditor)
        rows = (listed["needingAttention"] + listed["others"])[:50]
        make_peer(options.python, rows, sessions, folder)
        with peering(options.python, folder) as peer:
            peer.wait("/", {"Cookie": "tutoring=peer"})
            path = "/?show=finished"
            pages = {"ours": [], "peer": []}
            for _ in range(options.rounds):
                pages["peer"].append(wrk(peer.port, "/", options.seconds, options.clients, ["Cookie: tutoring=peer"]))
                pages["ours"].append(wrk(ours.port, path, options.seconds, options.clients,
                                         [f"Authorization: Bearer {auditor}"]))
            compare("dashboard of 50 decided sessions", pages, report)
            late = statistics.median(run["p99"] for run in pages["ours"])
            report.line("p99 of the dashboard", f"{late:.1f} ms, {options.clients} clients", "< 40 ms", late < 40)
            writes = {"ours": [], "peer": []}
            for turn in range(options.rounds):
                for name, running, header in [("peer", peer, "Cookie: tutoring=peer"),
                                              ("ours", ours, f"Authorization: Bearer {office}")]:
                    writes[name].append(wrk(
                        running.port, "/", options.seconds, options.clients, [header], "time-in.lua",
                        [str(folder), str(turn * each + 1), str(each)]))
            compare("time-ins, each on disk when answered", writes, report)


def compare(what: str, runs: dict[str, list[dict]], report: Report) -> None:
    failed = sum(run["failed"] for run in runs["ours"] + runs["peer"])
    ours, peer = (statistics.median(run["rate"] for run in runs[name]) for name in ["ours", "peer"])
    ratio = statistics.median(
        mine["rate"] / its["rate"] for mine, its in zip(runs["ours"], runs["peer"], strict=True))
    notes = f", {failed} FAILED" if failed else ""
    report.line(what, f"{ratio:.1f} times ({ours:.0f}/s, peer {peer:.0f}/s{notes})", ">= 5 times",
                ratio >= 5 and not failed)


def measure_memory(server: str, folder: pathlib.Path, options, report: Report) -> None:
    large = folder / "large"
    grow(large / "district.sqlite", options.sessions)
    with serving(server, large) as running:
        running.wait("/sign-in")
        token = running.sign_in("cohen")
        first = running.resident()
        count = sqlite3.connect(large / "district.sqlite").execute("SELECT count(*) FROM sessions").fetchone()[0]
        ids = [row[0] for row in sqlite3.connect(large / "district.sqlite").execute(
            "SELECT id FROM sessions ORDER BY random() LIMIT 2000")]
        (large / "ids.txt").write_text("\n".join(urllib.parse.quote(each, safe="") for each in ids))
        done = 0
        while done < options.requests:
            done += wrk(running.port, "/", 5, options.clients, [f"Authorization: Bearer {token}"], "reading.lua",
                        [str(large)])["requests"]
        last = running.resident()
    report.line(f"resident with {count} sessions", f"{last:.0f} MB after {done} requests ({first:.0f} at the start)",
                "< 80 MB", last < 80)


if __name__ == "__main__":
    main()
