"""The same import by hand, with nothing but Python's standard library: csv and sqlite3.

    python3 peer.py DATA FOLDER

It reads the files of FOLDER, matches by id with what is in DATA/district.sqlite, compares field by field, and writes what
is new or different with an event for each record, in one transaction: the same rows as the server's import. Unlike the
server's it knows nothing of places in files, of mistakes, of what was changed by hand, or of a vocabulary.
"""

import csv
import json
import pathlib
import sqlite3
import sys
import unicodedata
from datetime import datetime, timezone

PLAIN = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"})


def rows(folder, name):
    with open(folder / name, newline="", encoding="utf-8-sig") as file:
        yield from csv.DictReader(file)


def folded(text):
    decomposed = unicodedata.normalize("NFKD", text.lower()).translate(PLAIN)
    return "".join(letter for letter in decomposed if letter.isalnum())


def words(*names):
    found = set()
    for part in " ".join(names).split():
        found.add(folded(part))
        pieces = "".join(letter if letter.isalnum() else " " for letter in part).split()
        if len(pieces) > 1:
            found.update(folded(piece) for piece in pieces)
    return found - {""}


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def read(folder):
    """What the files say: of each kind, fields by id."""
    records = {"school": {}, "person": {}, "student": {}, "group": {}, "work-order": {}}
    for row in rows(folder, "orgs.csv"):
        if row["type"] == "school":
            records["school"][row["sourcedId"]] = {"name": row["name"]}
    roles = {}
    for row in rows(folder, "roles.csv"):
        roles.setdefault(row["userSourcedId"], set()).add(row["role"])
    for row in rows(folder, "users.csv"):
        id = row["sourcedId"]
        if "student" in roles[id]:
            records["student"][id] = {
                "firstName": row["givenName"], "lastName": row["familyName"], "school": row["primaryOrgSourcedId"],
                "isActive": row["enabledUser"] != "false", "facts": {}}
        elif "teacher" in roles[id]:
            records["person"][id] = {
                "name": f"{row['givenName']} {row['familyName']}", "isActive": row["enabledUser"] != "false",
                "roles": [], "approvedSchools": []}
    titles = {row["sourcedId"]: row["title"] for row in rows(folder, "classes.csv")}
    teachers, members = {}, {}
    for row in rows(folder, "enrollments.csv"):
        if row["role"] == "teacher":
            teachers[row["classSourcedId"]] = row["userSourcedId"]
        else:
            members.setdefault(row["classSourcedId"], []).append(row["userSourcedId"])
    for id, teacher in teachers.items():
        records["group"][id] = {"name": titles[id], "tutor": teacher, "isActive": True, "members": members.get(id, [])}
    students = records["student"]
    for row in rows(folder, "students.csv"):
        facts = students[row["id"]]["facts"]
        facts["readingImprovementPlan"] = row["readingImprovementPlan"] == "yes"
        if row["homeboundTeacher"]:
            facts["homeboundTeacher"] = row["homeboundTeacher"]
    for name, columns in [("grades", ["subject", "grade"]), ("stateAssessments", ["test", "subject", "level"])]:
        for row in rows(folder, f"{name}.csv"):
            students[row["student"]]["facts"].setdefault(name, []).append({each: row[each] for each in columns})
    for row in rows(folder, "districtAssessments.csv"):
        students[row["student"]]["facts"].setdefault("districtAssessments", []).append(
            {"test": row["test"], "subject": row["subject"], "belowGradeLevel": row["belowGradeLevel"] == "true"})
    for row in rows(folder, "approvals.csv"):
        person = records["person"][row["person"]]
        person["approvedSchools"].append(row["school"])
        person["roles"] = ["tutor"]
    for row in rows(folder, "work-orders.csv"):
        fields = {each: row[each] for each in
                  ["title", "kind", "activity", "tutor", "validFrom", "validUntil", "fund", "payCode"]}
        fields["facts"] = {"hourlyRate": int(row["hourlyRate"])}
        records["work-order"][row["id"]] = fields
    return records


def current(database):
    """The records that are kept: of each kind, fields and revision by id."""
    kept = {"school": {}, "person": {}, "student": {}, "group": {}, "work-order": {}}
    for id, name, revision in database.execute("SELECT id, name, revision FROM schools"):
        kept["school"][id] = ({"name": name}, revision)
    approvals = {}
    for person, school in database.execute("SELECT person, school FROM approvals ORDER BY person, position"):
        approvals.setdefault(person, []).append(school)
    for id, name, login, roles, active, facts, revision in database.execute(
            "SELECT id, name, login, roles, is_active, facts, revision FROM people"):
        fields = {"name": name, "isActive": bool(active), "roles": json.loads(roles),
                  "approvedSchools": approvals.get(id, [])}
        if login is not None:
            fields["login"] = login
        if facts != "{}":
            fields["facts"] = json.loads(facts)
        kept["person"][id] = (fields, revision)
    for id, first, last, school, active, facts, revision in database.execute(
            "SELECT id, first_name, last_name, school, is_active, facts, revision FROM students"):
        kept["student"][id] = ({"firstName": first, "lastName": last, "school": school, "isActive": bool(active),
                                "facts": json.loads(facts)}, revision)
    members = {}
    for group, student in database.execute(
            "SELECT student_group, student FROM group_members ORDER BY student_group, position"):
        members.setdefault(group, []).append(student)
    for id, name, tutor, active, revision in database.execute(
            "SELECT id, name, tutor, is_active, revision FROM student_groups"):
        kept["group"][id] = ({"name": name, "tutor": tutor, "isActive": bool(active), "members": members.get(id, [])},
                             revision)
    for id, title, kind, activity, tutor, first, last, fund, code, facts, revision in database.execute(
            "SELECT id, title, kind, activity, tutor, valid_from, valid_until, fund, pay_code, facts, revision "
            "FROM work_orders"):
        kept["work-order"][id] = ({"title": title, "kind": kind, "activity": activity, "tutor": tutor,
                                   "validFrom": first, "validUntil": last, "fund": fund, "payCode": code,
                                   "facts": json.loads(facts)}, revision)
    return kept


def changes(before, after, path=()):
    """What differs, member by member."""
    found = []
    for name in sorted(set(before) | set(after)):
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        if isinstance(old or {}, dict) and isinstance(new or {}, dict) and (old or new):
            found += changes(old or {}, new or {}, path + (name,))
        else:
            change = {"path": list(path + (name,))}
            if old is not None:
                change["before"] = old
            if new is not None:
                change["after"] = new
            found.append(change)
    return found


def put(database, kind, id, record, revision):
    if kind == "school":
        database.execute("INSERT OR REPLACE INTO schools (id, name, revision) VALUES (?, ?, ?)",
                         (id, record["name"], revision))
    elif kind == "person":
        database.execute(
            "INSERT INTO people (id, name, login, roles, is_active, facts, revision) VALUES (?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET name = excluded.name, roles = excluded.roles, "
            "is_active = excluded.is_active, facts = excluded.facts, revision = excluded.revision",
            (id, record["name"], record.get("login"), compact(record["roles"]), int(record["isActive"]),
             compact(record.get("facts", {})), revision))
        database.execute("DELETE FROM approvals WHERE person = ?", (id,))
        database.executemany("INSERT INTO approvals (person, school, position) VALUES (?, ?, ?)",
                             [(id, school, place) for place, school in enumerate(record["approvedSchools"])])
    elif kind == "student":
        database.execute(
            "INSERT INTO students (id, first_name, last_name, school, is_active, facts, revision) "
            "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET first_name = excluded.first_name, "
            "last_name = excluded.last_name, school = excluded.school, is_active = excluded.is_active, "
            "facts = excluded.facts, revision = excluded.revision",
            (id, record["firstName"], record["lastName"], record["school"], int(record["isActive"]),
             compact(record["facts"]), revision))
        database.execute("DELETE FROM name_words WHERE student = ?", (id,))
        database.executemany("INSERT INTO name_words (word, student) VALUES (?, ?)",
                             [(word, id) for word in words(record["firstName"], record["lastName"])])
    elif kind == "group":
        database.execute(
            "INSERT INTO student_groups (id, name, tutor, is_active, facts, revision) VALUES (?, ?, ?, ?, '{}', ?) "
            "ON CONFLICT (id) DO UPDATE SET name = excluded.name, tutor = excluded.tutor, "
            "is_active = excluded.is_active, revision = excluded.revision",
            (id, record["name"], record["tutor"], int(record["isActive"]), revision))
        database.execute("DELETE FROM group_members WHERE student_group = ?", (id,))
        database.executemany("INSERT INTO group_members (student_group, student, position) VALUES (?, ?, ?)",
                             [(id, student, place) for place, student in enumerate(record["members"])])
    else:
        database.execute(
            "INSERT INTO work_orders (id, title, kind, activity, tutor, valid_from, valid_until, fund, pay_code, facts, "
            "revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET title = excluded.title, "
            "kind = excluded.kind, activity = excluded.activity, tutor = excluded.tutor, "
            "valid_from = excluded.valid_from, valid_until = excluded.valid_until, fund = excluded.fund, "
            "pay_code = excluded.pay_code, facts = excluded.facts, revision = excluded.revision",
            (id, record["title"], record["kind"], record["activity"], record["tutor"], record["validFrom"],
             record["validUntil"], record["fund"], record["payCode"], compact(record["facts"]), revision))


def main():
    data, folder = map(pathlib.Path, sys.argv[1:3])
    database = sqlite3.connect(data / "district.sqlite", isolation_level=None)
    database.execute("PRAGMA synchronous = FULL")
    database.execute("PRAGMA foreign_keys = ON")
    now = datetime.now(timezone.utc)
    at, second = now.isoformat(timespec="seconds"), int(now.timestamp())
    told = read(folder)
    kept = current(database)
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    database.execute("BEGIN IMMEDIATE")
    for kind, records in told.items():
        for id in sorted(records):
            before, revision = kept[kind].get(id, ({}, 0))
            different = changes(before, records[id])
            if not different:
                counts["unchanged"] += 1
                continue
            counts["changed" if revision else "added"] += 1
            put(database, kind, id, records[id], revision + 1)
            database.execute(
                "INSERT INTO events (subject_kind, subject, action, person, at, at_second, request, version, changes) "
                "VALUES (?, ?, ?, 'office', ?, ?, 'peer', ?, ?)",
                (kind, id, f"import-{kind}", at, second, revision + 1, compact(different)))
    database.execute("COMMIT")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    print(counts)


if __name__ == "__main__":
    main()
