"""Measures how soon 'tutorpolicy lsp' says what is wrong after a keystroke, over its streams.

    python3 Tests/Peers/editor/measure.py --tool .build/release/tutorpolicy [--keystrokes 10000]

It types in a copy of the shipped folder, then in one with a thousand rules and five thousand cases more. Beside each
figure stands the processor time that the server took, and how often that is the time that this machine takes for
hashing a megabyte, measured in turns with it: where others use the machine too, compare that.
"""

import argparse
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]
MEGABYTE = bytes(1 << 20)
TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """The server, as an editor talks to it."""

    def __init__(self, tool, workspace):
        self.process = subprocess.Popen(
            [tool, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=workspace
        )
        self.workspace = workspace
        self.said = {}
        self.answers = {}
        self.changed = threading.Condition()
        threading.Thread(target=self.read, daemon=True).start()
        self.count = 0
        self.versions = {}
        self.request(
            "initialize",
            {
                "rootUri": workspace.as_uri(),
                "capabilities": {"general": {"positionEncodings": ["utf-8"]}},
            },
        )
        self.notify("initialized", {})

    def read(self):
        stream = self.process.stdout
        while True:
            length = 0
            while (line := stream.readline()) not in (b"\r\n", b""):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if not line:
                return
            message = json.loads(stream.read(length))
            with self.changed:
                if message.get("method") == "textDocument/publishDiagnostics":
                    params = message["params"]
                    self.said[params["uri"]] = (params.get("version"), params["diagnostics"])
                elif "id" in message and "method" not in message:
                    self.answers[message["id"]] = message
                self.changed.notify_all()

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def notify(self, method, params):
        self.send({"method": method, "params": params})

    def wait(self, seconds, until):
        with self.changed:
            if not self.changed.wait_for(until, seconds):
                raise SystemExit(f"nothing was said for {seconds} s")

    def request(self, method, params):
        self.count += 1
        number = self.count
        self.send({"id": number, "method": method, "params": params})
        self.wait(120, lambda: number in self.answers)
        return self.answers.pop(number)

    def open(self, path):
        self.versions[path] = 1
        item = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": path.read_text()}
        self.notify("textDocument/didOpen", {"textDocument": item})

    def type(self, path, line, start, end, text):
        self.versions[path] += 1
        places = [{"line": line, "character": it} for it in (start, end)]
        self.notify(
            "textDocument/didChange",
            {
                "textDocument": {"uri": path.as_uri(), "version": self.versions[path]},
                "contentChanges": [{"range": dict(zip(("start", "end"), places)), "text": text}],
            },
        )

    def await_mistake(self, path, is_there):
        """Waits until a mistake is said of a file, or none any more."""
        self.wait(120, lambda: bool(self.said.get(path.as_uri(), (0, []))[1]) == is_there)

    def processor(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")")[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self):
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return next(int(it.split()[1]) for it in text.splitlines() if it.startswith("VmRSS")) / 1024

    def end(self):
        self.request("shutdown", None)
        self.notify("exit", None)
        self.process.wait(30)


def yardstick():
    start = time.thread_time()
    hashlib.sha256(MEGABYTE).digest()
    return time.thread_time() - start


def place(path, text):
    """The line and column behind a text."""
    for number, line in enumerate(path.read_text().splitlines()):
        if text in line:
            return number, line.index(text) + len(text)
    raise SystemExit(f"{path} has no {text}")


def summary(name, times, processor, yards):
    times = sorted(it * 1000 for it in times)
    each = processor / len(times) * 1000
    yard = sorted(yards)[len(yards) // 2] * 1000
    print(
        f"{name}: half within {times[len(times) // 2]:.1f} ms, p99 {times[len(times) * 99 // 100]:.1f} ms, "
        f"longest {times[-1]:.1f} ms; processor time {each:.1f} ms each, {each / yard:.1f} times a megabyte "
        f"hashed ({yard:.2f} ms); {len(times)} keystrokes",
        flush=True,
    )


def keystrokes(name, server, path, behind, count, pause=0.0):
    """Types a letter behind a text and takes it away again, each answered before the next."""
    line, column = place(path, behind)
    times, yards = [], []
    before = server.processor()
    memory = server.memory()
    for number in range(count):
        if pause:
            time.sleep(pause)
        if number % 10 == 0:
            yards.append(yardstick())
        start = time.perf_counter()
        if number % 2 == 0:
            server.type(path, line, column, column, "x")
        else:
            server.type(path, line, column, column + 1, "")
        server.await_mistake(path, number % 2 == 0)
        times.append(time.perf_counter() - start)
    summary(name, times, server.processor() - before, yards)
    print(f"  memory {memory:.0f} MB before, {server.memory():.0f} MB after")


def cases(name, server, path, number, other, fixtures, count):
    """Changes a number of a rule, and back: from the change until the case that it breaks is said to fail."""
    line, column = place(path, number)
    times, yards = [], []
    before = server.processor()
    uri = fixtures.as_uri()
    for turn in range(count):
        yards.append(yardstick())
        text = other if turn % 2 == 0 else number
        old = number if turn % 2 == 0 else other
        start = time.perf_counter()
        server.type(path, line, column - len(number), column - len(number) + len(old), text)
        wanted = turn % 2 == 0
        server.wait(300, lambda: bool(server.said.get(uri, (0, []))[1]) == wanted)
        times.append(time.perf_counter() - start)
    summary(name, times, server.processor() - before, yards)


def shipped(folder):
    for name in ("policies", "Examples"):
        shutil.copytree(ROOT / name, folder / name)


def large(folder):
    """The shipped folder with a thousand rules and five thousand cases more."""
    shipped(folder)
    policies = folder / "policies"
    facts = "".join(f"      made{number}: {{type: int?, changedBy: tutor}}\n" for number in range(100))
    (policies / "made.yaml").write_text(
        "types:\n  Session:\n    facts:\n" + facts
        + "decisions:\n  made:\n    title: Made\n    about: Session\n    onRequest: true\n"
    )
    for file in range(50):
        rules = cases = ""
        for fact in (2 * file, 2 * file + 1):
            for rank in range(10):
                limit = 100 * (rank + 1)
                rules += (
                    f"  - rule: made-{fact}-{rank}\n    title: Made {fact} is at most {limit}\n"
                    f"    decides: [made]\n    when: has(session.made{fact})\n"
                    f"    require: session.made{fact} <= {limit}\n"
                    f"    because: It is {{session.made{fact}}}.\n    fix: Make it {limit} at most.\n\n"
                )
                for more in range(5):
                    value = limit + more - 2
                    broken = [it for it in range(10) if value > 100 * (it + 1)]
                    ids = ", ".join(f"made-{fact}-{it}" for it in broken)
                    cases += (
                        f"  - case: made {fact} of rank {rank} is {value}\n    change: {{made{fact}: {value}}}\n"
                        f"    expect:\n      decisions: {{made: {'fail' if broken else 'pass'}}}\n"
                        f"      violated: [{ids}]\n\n"
                    )
        (policies / f"made-{file:02}.yaml").write_text(f"topic: Made {file}\nrules:\n{rules}")
        (policies / "fixtures" / f"made-{file:02}.yaml").write_text(
            f"topic: Made {file}\nbase: ../../Examples/sessions/eligible.yaml\ntoday: 2026-11-23\ncases:\n{cases}"
        )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tool", required=True)
    parser.add_argument("--keystrokes", type=int, default=10_000)
    parser.add_argument("--only", choices=["shipped", "large"])
    options = parser.parse_args()
    tool = str(pathlib.Path(options.tool).resolve())
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder).resolve()
        if options.only != "large":
            (folder / "shipped").mkdir()
            shipped(folder / "shipped")
            server = Server(tool, folder / "shipped")
            path = folder / "shipped/policies/work-orders.yaml"
            server.open(path)
            keystrokes("shipped folder", server, path, "require: has(session.workOrder", options.keystrokes)
            keystrokes(
                "the same, typed ten a second", server, path, "require: has(session.workOrder",
                min(options.keystrokes, 200), pause=0.1,
            )
            fixtures = path.parent / "fixtures/work-orders.yaml"
            cases("a case that fails, shipped folder", server, path, "2015-07-01: 7", "2015-07-01: 8", fixtures, 40)
            server.end()
        if options.only != "shipped":
            (folder / "large").mkdir()
            large(folder / "large")
            start = time.perf_counter()
            server = Server(tool, folder / "large")
            path = folder / "large/policies/made-08.yaml"
            server.open(path)
            fixtures = path.parent / "fixtures/made-08.yaml"
            cases("the first time, large folder", server, path, "made17 <= 400", "made17 <= 401", fixtures, 2)
            print(f"  {time.perf_counter() - start:.1f} s after the start")
            keystrokes("large folder", server, path, "require: session.made17", min(options.keystrokes, 200))
            cases("a case that fails, large folder", server, path, "made17 <= 400", "made17 <= 401", fixtures, 40)
            server.end()


if __name__ == "__main__":
    main()
