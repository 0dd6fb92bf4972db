"""Decides and counts what a district exported and reported once more, from its raw tables, and compares every number.

It shares no code with the server, and reads no policy: SQLite, the standard library, and the rules written by hand in
`rules.py`. Usage:

    python3 recount.py DATA [--report REPORT.csv --year 2027]

DATA is the folder with district.sqlite. What is compared:

- which sessions went out: of all that ended within the days of the exports, those that the rules let through, as the tables
  are now, and no others, each once (what was corrected counts with its reversal and its replacement);
- each export's file: the rows of `generic-hours` from the tables' times, people, work orders and rates, in whole minutes
  and with hours and dollars rounded half up, or from the frozen facts where the session was changed since; that no
  session's version went out twice; the digest of the file;
- the report: with --report, the file that was downloaded, from the encounters of all sessions that the rules let count.
"""

import argparse
import csv
import hashlib
import io
import json
import sqlite3
import sys
from collections import defaultdict
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import rules


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def minutes_between(first, last):
    return int((instant(last) - instant(first)).total_seconds() // 60)


def rounded(number, digits):
    return str(number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


class Findings:
    def __init__(self):
        self.wrong = []
        self.compared = 0

    def same(self, what, expected, found):
        self.compared += 1
        if expected != found:
            self.wrong.append(f"{what}: expected {expected!r}, found {found!r}")


def recount_exports(database, findings):
    seen = set()
    for export, header, digest, name in database.execute(
        "SELECT export, header, export_files.digest, name FROM export_files "
        "JOIN export_formats ON export_formats.digest = format ORDER BY export"
    ).fetchall():
        rows = database.execute(
            "SELECT sessions.id, export_rows.version, entry, line, minutes, text FROM export_rows "
            "JOIN sessions ON number = session WHERE export = ? ORDER BY position",
            (export,),
        ).fetchall()
        text = "".join(line + "\r\n" for line in [header] + [row[5] for row in rows])
        findings.same(f"export {export}, digest", digest, hashlib.sha256(text.encode()).hexdigest())
        table = list(csv.DictReader(io.StringIO(text, newline="")))
        findings.same(f"export {export}, rows", len(rows), len(table))
        documents = {}
        for session, version, document in database.execute(
            "SELECT sessions.id, frozen_decisions.version, document FROM frozen_decisions "
            "JOIN sessions ON number = session ORDER BY frozen_decisions.version"
        ):
            documents[session, version] = json.loads(document)
        for (session, version, entry, line, minutes, _), cells in zip(rows, table):
            key = (session, version, entry, line)
            findings.same(f"{key} goes out once", False, key in seen)
            seen.add(key)
            frozen = documents[session, version]
            if entry == "reversal":
                earlier = max(v for (s, v) in documents if s == session and v < version)
                frozen = documents[session, earlier]
            count = minutes_between(frozen["start"], frozen["end"])
            if entry == "reversal":
                count = -count
            if name != "generic-hours":
                continue
            findings.same(f"{key} minutes", count, minutes)
            findings.same(f"{key} hours", rounded(Decimal(count) / 60, 2), cells["Hours"])
            rate = frozen["workOrder"].get("hourlyRate")
            amount = "" if rate is None else rounded(Decimal(count * rate) / 6000, 2)
            findings.same(f"{key} amount", amount, cells["Amount"])
            findings.same(f"{key} session", session, cells["Session"])
            findings.same(f"{key} fund", frozen["workOrder"].get("fund", ""), cells["Fund"])


def recount_choice(database, findings):
    """Which sessions went out, and what of them."""
    records = rules.Records(database)
    out = defaultdict(int)
    minutes = defaultdict(int)
    for session, entry, count in database.execute(
        "SELECT sessions.id, entry, minutes FROM export_rows JOIN export_formats JOIN export_files USING (export) "
        "JOIN sessions ON number = session WHERE export_formats.digest = format AND name = 'generic-hours'"
    ):
        out[session] += -1 if entry == "reversal" else 1
        minutes[session] += count
    sessions = rules.ended(
        database,
        "EXISTS (SELECT 1 FROM exports JOIN export_files ON export = exports.id "
        "WHERE date BETWEEN first_day AND last_day) AND ? = 1",
        (1,),
    )
    for session in sessions:
        # What was changed since has its own version now, which no export has decided yet.
        if is_changed_since(database, session):
            continue
        violated, undetermined = rules.in_the_way(rules.for_export(session, records))
        goes_out = not violated and not undetermined
        findings.same(f"{session.id} goes out", int(goes_out), out[session.id])
        findings.same(f"{session.id} minutes", session.minutes if goes_out else 0, minutes[session.id])
    findings.same("sessions out of the days", set(), {s for s, count in out.items() if count} - {s.id for s in sessions})


def is_changed_since(database, session):
    last = database.execute(
        "SELECT max(version) FROM frozen_decisions WHERE session = ?", (session.number,)
    ).fetchone()[0]
    return last is not None and last != session.version


def recount_report(database, file, year, findings):
    records = rules.Records(database)
    remedial = defaultdict(int)
    all_minutes = defaultdict(int)
    where = {}
    for session in rules.ended(database, "date BETWEEN ? AND ?", (f"{year - 1}-07-01", f"{year}-06-30")):
        violated, undetermined = rules.in_the_way(rules.for_report(session, records))
        if violated or undetermined:
            continue
        for student, arrived, departed, facts, _, _ in session.encounters:
            count = minutes_between(arrived, departed) if departed else 0
            all_minutes[student] += count
            if facts["qualifiers"]["remedial"]:
                remedial[student] += count
            record = records.students[student]
            where[student] = (record["school"], record["name"])
    table = {row["StateID"]: row for row in csv.DictReader(io.StringIO(file, newline=""))}
    findings.same("students in the report", sorted(all_minutes), sorted(table))
    for student, count in all_minutes.items():
        row = table.get(student, {})
        findings.same(f"{student} year", str(year), row.get("CurrentSchoolYear"))
        findings.same(
            f"{student} school and name", where[student], (row.get("AttendingSchoolCode"), row.get("FullName"))
        )
        findings.same(
            f"{student} all hours", rounded(Decimal(count) / 60, 4), row.get("TutoringHrsAttended")
        )
        findings.same(
            f"{student} remedial hours",
            rounded(Decimal(remedial[student]) / 60, 4),
            row.get("RemHrsAttended"),
        )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--report", type=Path)
    parser.add_argument("--year", type=int)
    options = parser.parse_args()
    database = sqlite3.connect(f"file:{options.data / 'district.sqlite'}?mode=ro", uri=True)
    findings = Findings()
    recount_exports(database, findings)
    recount_choice(database, findings)
    if options.report:
        recount_report(
            database,
            options.report.read_bytes().decode(),
            options.year,
            findings,
        )
    for line in findings.wrong[:20]:
        print(line, file=sys.stderr)
    print(f"{findings.compared} numbers compared, {len(findings.wrong)} differ")
    return 1 if findings.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
