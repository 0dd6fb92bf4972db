"""Renames every fact, term, parameter, rule, decision, case, type and list of the shipped set, one by one.

    python3 Tests/Peers/editor/rename.py --tool .build/release/tutorpolicy

After each, 'validate' and 'test' must say what they said before, and 'git diff' must show nothing but the name: with the
old name put back for the new one, every file is what it was, byte for byte. Then it is renamed back.
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from measure import ROOT, Server

# The specification's numbers of kinds of symbols, as the server uses them.
KINDS = {10: "enumeration", 22: "case", 5: "type", 7: "member", 14: "parameter", 24: "decision", 12: "rule", 13: "document"}


def run(tool, folder, *arguments):
    result = subprocess.run([tool, *arguments], cwd=folder, capture_output=True, text=True)
    return result.returncode, result.stdout, result.stderr


def words(result):
    """What a command says, without the counts of time and the digests that change with the files."""
    return result[0], re.sub(r"[0-9a-f]{12}", "", result[1]), result[2]


def files(folder):
    return {it: it.read_bytes() for it in sorted(folder.rglob("*")) if it.is_file() and ".git" not in it.parts}


def symbols(tool, folder):
    server = Server(tool, folder)
    found = server.request("workspace/symbol", {"query": ""})["result"]
    server.end()
    for it in found:
        kind, owner = KINDS[it["kind"]], it.get("containerName")
        yield kind, owner, it["name"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tool", required=True)
    options = parser.parse_args()
    tool = str(pathlib.Path(options.tool).resolve())
    failed = count = 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder).resolve()
        for name in ("policies", "Examples"):
            shutil.copytree(ROOT / name, folder / name)
        before = [words(run(tool, folder, it)) for it in ("validate", "test")]
        texts = files(folder)
        for kind, owner, name in sorted(set(symbols(tool, folder)), key=str):
            count += 1
            new = name + ("-renamed" if kind in ("rule", "decision") else "Renamed")
            plain = f"{owner}.{name}" if owner else name
            kinds = ["fact", "term"] if kind == "member" else [kind]
            for prefix in kinds:
                old, back = f"{prefix}:{plain}", f"{prefix}:{plain[: len(plain) - len(name)]}{new}"
                status = run(tool, folder, "rename", old, new, "Examples/sessions")
                if status[0] == 0:
                    break
            problems = [] if status[0] == 0 else [status[2]]
            after = [words(run(tool, folder, it)) for it in ("validate", "test")]
            if after != before:
                problems.append(f"validate and test say otherwise: {after}")
            changed = files(folder)
            variable = (name[0].lower() + name[1:], new[0].lower() + new[1:])
            for path, text in changed.items():
                undone = text.replace(new.encode(), name.encode())
                if kind == "type":
                    undone = undone.replace(variable[1].encode(), variable[0].encode())
                if undone != texts[path]:
                    problems.append(f"{path} differs in more than the name")
            if status[0] == 0 and not any(new.encode() in it for it in changed.values()):
                problems.append("nothing was renamed")
            again = run(tool, folder, "rename", back, name, "Examples/sessions")
            if again[0] != 0 or files(folder) != texts:
                problems.append(f"renamed back it is not as it was: {again[2]}")
                for path, text in texts.items():
                    path.write_bytes(text)
            if problems:
                failed += 1
                print(f"{kind} {plain}: " + "\n  ".join(problems), flush=True)
    print(f"{count} symbols renamed and renamed back, {failed} with problems")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
