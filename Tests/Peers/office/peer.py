"""What a district would write for itself: the month's export and the year's report, by hand, with the standard library.

    python3 peer.py export DATA --from 2026-10-01 --through 2026-10-31 --output FILE
    python3 peer.py report DATA --year 2027 --output FILE

DATA is the folder with district.sqlite. It reads the same tables, decides the same rules (`../recount/rules.py`), keeps
the same of every session (facts, how every rule came out, the row) in one transaction that is on disk when it ends, and
writes the same file. What it lacks is everything that makes rules data: they are code here, and so are the columns.
"""

import argparse
import csv
import hashlib
import io
import json
import sqlite3
import sys
from collections import defaultdict
from datetime import datetime, timezone
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "recount"))
import rules  # noqa: E402

POLICIES = "by hand"
HEADER = (
    "Batch,Entry,Session,Version,Person Number,Name,Date,Time In,Time Out,Work Order,Pay Code,Fund,Hours,Amount,Reason"
).split(",")


def rounded(number, digits):
    return str(number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def connect(data):
    database = sqlite3.connect(data / "district.sqlite")
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    return database


def text(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def line(cells):
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="").writerow(cells)
    return file.getvalue()


def document(session, records):
    facts = {
        "id": session.id,
        "date": session.date,
        "tutor": {"id": session.tutor, "name": records.people[session.tutor], "approvedSchools": records.schools[session.tutor]},
        "start": session.start,
        "end": session.end,
        "tags": session.tags,
        "encounters": [
            {"student": records.students[student], "arrived": arrived, "departed": departed, **own}
            for student, arrived, departed, own, _, _ in session.encounters
        ],
    }
    if session.school:
        facts["school"] = session.school
    if session.description:
        facts["description"] = session.description
    if session.order:
        facts["workOrder"] = {**records.orders[session.order], "assignedOn": session.assigned}
    return facts


def export(database, options):
    records = rules.Records(database)
    sessions = rules.ended(
        database, "sessions.stage = 'finished' AND date BETWEEN ? AND ?", (options.first, options.through)
    )
    today, now = datetime.now().date().isoformat(), datetime.now(timezone.utc).isoformat(timespec="seconds")
    second = int(datetime.now().timestamp())
    updates, events, frozen, rows, left_out = [], [], [], [], defaultdict(int)
    batch = (database.execute("SELECT max(id) FROM exports").fetchone()[0] or 0) + 1
    for session in sessions:
        findings = rules.for_export(session, records)
        violated, undetermined = rules.in_the_way(findings)
        if violated or undetermined:
            for rule in violated + undetermined:
                left_out[rule] += 1
            continue
        order = records.orders[session.order]
        version, rate = session.version + 1, order.get("hourlyRate")
        cells = [
            batch, "first", session.id, version, session.tutor, records.people[session.tutor], session.date,
            session.start[11:16], session.end[11:16], session.order, order["payCode"] or "", order["fund"] or "",
            rounded(Decimal(session.minutes) / 60, 2),
            "" if rate is None else rounded(Decimal(session.minutes * rate) / 6000, 2), "",
        ]  # fmt: skip
        updates.append((session.exports + 1, version, session.number))
        events.append(
            ("session", session.id, "export", now, second, f"peer-{batch}", version,
             text([{"path": ["exports"], "after": session.exports + 1}]))
        )  # fmt: skip
        explanation = text({"decisions": {"export": "pass"}, "rules": findings})
        frozen.append((session.number, version, batch, POLICIES, today, text(document(session, records)), explanation))
        totals = text([records.people[session.tutor], session.order, order["fund"] or "none"])
        rows.append((batch, len(rows), session.number, version, "first", "", "", session.minutes, totals, line(cells)))
    file = "".join(text + "\r\n" for text in [line(HEADER)] + [row[-1] for row in rows])
    with database:
        database.execute("INSERT OR IGNORE INTO policy_versions (digest, first_seen, files) VALUES (?, ?, '{}')", (POLICIES, now))
        database.execute(
            "INSERT INTO exports (id, at, first_day, last_day, policies, summary) VALUES (?, ?, ?, ?, ?, '{}')",
            (batch, now, options.first, options.through, POLICIES),
        )
        database.executemany("UPDATE sessions SET exports = ?, version = ? WHERE number = ?", updates)
        database.executemany(
            "INSERT INTO events (subject_kind, subject, action, at, at_second, request, version, changes) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            events,
        )
        database.executemany(
            "INSERT INTO frozen_decisions (session, version, export, policies, today, document, explanation) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            frozen,
        )
        database.executemany(
            "INSERT INTO export_rows (export, position, session, version, entry, subject, line, minutes, totals, text) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        database.execute(
            "INSERT OR IGNORE INTO export_formats (digest, name, file, text, first_seen) VALUES ('peer', 'peer', '', '', ?)", (now,)
        )
        database.execute(
            "INSERT INTO export_files (export, format, header, digest, program, folder) VALUES (?, 'peer', ?, ?, 'peer', '')",
            (batch, line(HEADER), hashlib.sha256(file.encode()).hexdigest()),
        )
    options.output.write_bytes(file.encode())
    print(f"{len(rows)} rows, {len(sessions) - len(rows)} left out", file=sys.stderr)


def report(database, options):
    records = rules.Records(database)
    sessions = rules.ended(database, "date BETWEEN ? AND ?", (f"{options.year - 1}-07-01", f"{options.year}-06-30"))
    groups = {name: defaultdict(lambda: defaultdict(int)) for name in ("Qualifier", "School", "Student")}
    behind, refused, undetermined = [], defaultdict(list), defaultdict(list)
    rows, months = {}, defaultdict(int)
    for session in sessions:
        violated, unknown = rules.in_the_way(rules.for_report(session, records))
        if violated or unknown:
            for rule in violated or unknown:
                (refused if violated else undetermined)[rule].append(session.id)
            continue
        month = session.date[:7]
        for student_id, _, _, facts, arrived, departed in session.encounters:
            student = records.students[student_id]
            minutes = (departed - arrived) // 60 if departed is not None else 0
            names = [rules.QUALIFIERS[name] for name, chosen in facts["qualifiers"].items() if chosen]
            school = rules.SCHOOL_NAMES.get(student["school"], student["school"])
            behind.append((session.id, month, minutes, names, school, student["name"]))
            months[month] += minutes
            for name in names:
                groups["Qualifier"][name][month] += minutes
            groups["School"][school][month] += minutes
            groups["Student"][student["name"]][month] += minutes
            row = rows.setdefault(student_id, [student["school"], student["name"], 0, 0])
            row[:2] = student["school"], student["name"]
            row[2] += minutes if facts["qualifiers"]["remedial"] else 0
            row[3] += minutes
    with options.output.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["CurrentSchoolYear", "AttendingSchoolCode", "StateID", "FullName", "RemHrsAttended", "TutoringHrsAttended"]
        )
        for student, (school, name, remedial, total) in sorted(rows.items()):
            writer.writerow(
                [options.year, school, student, name, rounded(Decimal(remedial) / 60, 4), rounded(Decimal(total) / 60, 4)]
            )
    print(f"{sum(months.values())} minutes, {len(rows)} rows", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["export", "report"])
    parser.add_argument("data", type=Path)
    parser.add_argument("--from", dest="first")
    parser.add_argument("--through")
    parser.add_argument("--year", type=int)
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    database = connect(options.data)
    (export if options.what == "export" else report)(database, options)
    database.close()


if __name__ == "__main__":
    main()
