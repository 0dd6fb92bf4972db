"""Fills a folder with a made district of real shape: 30 schools, 14,000 students, 900 tutors, 200,000 sessions of a school
year, of which 20,000 are of October. Nobody in it exists; the same seed gives the same district.

    python3 make.py DATA [--seed 1] [--sessions 200000] [--students 14000] [--tutors 900]

DATA is a folder with an empty `district.sqlite`, as `tutoring-server user add` makes one. One session in eight has
something wrong, so that rules of every kind refuse some.
"""

import argparse
import json
import random
import sqlite3
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/Chicago")
NAMED_SCHOOLS = """truman-high van-horn-high william-chrisman-high bingham-middle bridger-middle nowlin-middle
pioneer-ridge-middle glendale-elementary fairmount-elementary mill-creek-elementary santa-fe-trail-elementary
three-trails-elementary""".split()
FIRST = "Ana Ben Chloe Dante Elif Farah Gus Hana Ivo José Kai Lena Mateo Nia Omar Priya Quinn Rosa Søren Thảo Uma Vera".split()
LAST = "Abebe Bauer Carter Díaz Ekström Flores Ganz Hill Ibarra Jones Kim López Müller Ng O'Brien Park Reyes Sato Tran Wu".split()
SUBJECTS = """algebra american-history biology english geometry government math physical-science reading spanish""".split()
KINDS = ["tutoring", "career-ladder", "homebound", "detention", "credit-recovery"]
GOALS = [f"cl-goal-{number}" for number in range(1, 6)]
QUALIFIERS = ["homebound", "detention", "creditRecovery", "remedial"]


def text(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class Moments:
    """Instants of a day as the records write them, with the seconds since 1970 beside."""

    def __init__(self, day):
        self.noon = datetime(day.year, day.month, day.day, 12, tzinfo=ZONE)
        self.second = int(self.noon.timestamp())
        self.offset = self.noon.isoformat()[-6:]
        self.day = day.isoformat()

    def at(self, minute):
        return f"{self.day}T{minute // 60:02}:{minute % 60:02}:00{self.offset}", self.second + (minute - 720) * 60


def student_facts(number, numbers):
    kind = number // 30 % 10
    subjects = numbers.sample(SUBJECTS, 3)
    low = numbers.choice(subjects)
    grades = [
        {"grade": numbers.choice("DF" if kind < 2 and subject == low else "ABC"), "subject": subject}
        for subject in subjects
    ]
    facts = {
        "districtAssessments": [{"belowGradeLevel": kind == 3, "subject": low, "test": "STAR"}],
        "grades": grades,
        "readingImprovementPlan": kind == 2,
        "stateAssessments": [
            {
                "level": "below-basic" if kind == 3 else numbers.choice(["basic", "proficient", "advanced"]),
                "subject": low,
                "test": numbers.choice(["EOC", "MAP"]),
            }
        ],
    }
    return facts, low, kind


def encounter_facts(pupil, fault, order_kind, numbers):
    low, kind = pupil
    qualifiers = dict.fromkeys(QUALIFIERS, False)
    facts = {
        "activelyTutored": True,
        "creditRecoveryMaterial": False,
        "qualifiers": qualifiers,
        "remedialCriteria": [],
        "subject": low,
    }
    criteria = {0: "grade-d-or-f", 1: "grade-d-or-f", 2: "reading-improvement-plan", 3: "below-basic-state"}
    if kind in criteria:
        qualifiers["remedial"] = numbers.random() < 0.97
        facts["remedialCriteria"] = [criteria[kind]] if qualifiers["remedial"] else []
    if order_kind == "detention":
        qualifiers["detention"] = True
    if order_kind == "credit-recovery" and numbers.random() < 0.8:
        qualifiers["creditRecovery"] = facts["creditRecoveryMaterial"] = True
    if fault == "claim":
        qualifiers["remedial"] = True
        facts["remedialCriteria"] = ["below-grade-level-district"] if kind != 3 else ["reading-improvement-plan"]
    elif fault == "detention":
        qualifiers["detention"] = qualifiers["remedial"] = True
        facts["remedialCriteria"] = ["grade-d-or-f"]
        facts["activelyTutored"] = False
    elif fault == "homebound":
        qualifiers["homebound"] = True
    elif fault == "material":
        qualifiers["creditRecovery"] = True
        del facts["creditRecoveryMaterial"]
    return facts


def school_days(first, last):
    day = first
    while day <= last:
        if day.weekday() < 5:
            yield day
        day += timedelta(days=1)


def fill(database, options):
    numbers = random.Random(options.seed)
    schools = NAMED_SCHOOLS + [f"made-school-{number}" for number in range(1, 19)]
    database.executemany(
        "INSERT INTO schools (id, name, revision) VALUES (?, ?, 1)",
        [(school, school.replace("-", " ").title()) for school in schools],
    )
    tutors = []
    for number in range(options.tutors):
        own = numbers.sample(schools, 1 if numbers.random() < 0.8 else 2)
        tutors.append((f"T-{number + 1}", own))
    database.executemany(
        "INSERT INTO people (id, name, login, roles, is_active, facts, revision) VALUES (?, ?, NULL, ?, 1, '{}', 1)",
        [(tutor, f"{numbers.choice(FIRST)} {numbers.choice(LAST)}", '["tutor"]') for tutor, _ in tutors],
    )
    database.executemany(
        "INSERT INTO approvals (person, school, position) VALUES (?, ?, ?)",
        [(tutor, school, place) for tutor, own in tutors for place, school in enumerate(own)],
    )
    students = {school: [] for school in schools}
    homebound = {}
    rows = []
    for number in range(options.students):
        facts, low, kind = student_facts(number, numbers)
        school = schools[number % len(schools)]
        if number % 500 == 7:
            facts["homeboundTeacher"] = numbers.choice(tutors)[0]
            homebound.setdefault(facts["homeboundTeacher"], []).append((f"ST-{number + 1}", (low, kind)))
        students[school].append((f"ST-{number + 1}", (low, kind)))
        rows.append(
            (f"ST-{number + 1}", numbers.choice(FIRST), numbers.choice(LAST), school, text(dict(sorted(facts.items()))))
        )
    database.executemany(
        "INSERT INTO students (id, first_name, last_name, school, is_active, facts, revision) VALUES (?, ?, ?, ?, 1, ?, 1)",
        rows,
    )
    orders = {kind: [] for kind in KINDS}
    rows = []
    for place in range(60):
        kind = KINDS[place % len(KINDS)]
        orders[kind].append(f"WO-{place + 1}")
        # One in ten has no rate: its sessions go out without an amount.
        facts = {} if place % 10 == 9 else {"hourlyRate": 2750 + place % 7 * 125}
        rows.append((f"WO-{place + 1}", f"Order {place + 1}", kind, f"F-{110 + place % 8 * 10}", f"P{place % 9}", text(facts)))
    database.executemany(
        "INSERT INTO work_orders (id, title, kind, activity, valid_from, valid_until, fund, pay_code, facts, revision) "
        "VALUES (?, ?, ?, 'tutoring', '2026-07-01', '2027-06-30', ?, ?, ?, 1)",
        rows,
    )
    sessions(database, options, numbers, tutors, students, homebound, orders)


def sessions(database, options, numbers, tutors, students, homebound, orders):
    days = list(school_days(date(2026, 8, 17), date(2027, 5, 28)))
    october = [day for day in days if (day.year, day.month) == (2026, 10)]
    others = [day for day in days if (day.year, day.month) != (2026, 10)]
    share = options.sessions // 10
    dates = sorted(
        numbers.choice(october) if number < share else numbers.choice(others) for number in range(options.sessions)
    )
    faults = ["order", "late", "departure", "claim", "detention", "homebound", "material", "outside", "school"]
    session_rows, encounter_rows, tag_rows = [], [], []
    moments = None
    for number, day in enumerate(dates, start=1):
        if moments is None or moments.day != day.isoformat():
            moments = Moments(day)
        tutor, own = numbers.choice(tutors)
        fault = numbers.choice(faults) if numbers.random() < 0.125 else None
        kind = numbers.choices(KINDS, [60, 20, 4, 8, 8])[0]
        pupils = homebound.get(tutor) if kind == "homebound" else None
        if kind == "homebound" and not pupils:
            kind = "tutoring"
        place = numbers.choice(own)
        if not pupils:
            pupils = numbers.sample(students[place], numbers.choice([1, 2, 3, 4, 5]))
        start = 900 + numbers.randrange(0, 25) * 5
        end = start + numbers.choice([30, 45, 50, 60, 75, 90])
        order = None if fault == "order" else numbers.choice(orders[kind])
        assigned = day + timedelta(days=numbers.choice([8, 12]) if fault == "late" else numbers.choice([0, 0, 0, 1, 7]))
        started, ended = moments.at(start), moments.at(end)
        session_rows.append(
            (
                number, f"S-{number}", tutor, day.isoformat(),
                place if len(own) > 1 and fault != "school" else None,
                "Worked on factoring" if kind == "career-ladder" or numbers.random() < 0.5 else None,
                *started, *ended, order, assigned.isoformat() if order else None,
            )
        )  # fmt: skip
        for index, (student, record) in enumerate(pupils, start=1):
            own_fault = fault if index == 1 else None
            arrived = moments.at(start - 10 if own_fault == "outside" else start + numbers.choice([0, 0, 0, 5]))
            departed = moments.at(numbers.choice([end, end, end - 5]))
            if own_fault == "departure":
                departed = (None, None)
            # Nobody's departure may lie before the arrival: the shortest session has twenty minutes left.
            facts = encounter_facts(record, own_fault, kind if order else None, numbers)
            if kind == "homebound" and order:
                facts["qualifiers"]["homebound"] = True
            encounter_rows.append((number, index, student, *arrived, *departed, int(numbers.random() < 0.01), text(facts)))
        tags = numbers.sample(["attended", "quiet", "makeup"], numbers.choice([0, 0, 1, 2]))
        if kind == "career-ladder" and numbers.random() < 0.95:
            tags.append(numbers.choice(GOALS))
        tag_rows += [(number, tag, position) for position, tag in enumerate(tags)]
    database.executemany(
        "INSERT INTO sessions (number, id, tutor, date, school, description, start, start_second, end, end_second, "
        "work_order, assigned_on, facts, exports, is_deleted, version) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,'{}',0,0,1)",
        session_rows,
    )
    database.executemany(
        "INSERT INTO encounters (session, id, student, arrived, arrived_second, departed, departed_second, is_removed, "
        "facts) VALUES (?,?,?,?,?,?,?,?,?)",
        encounter_rows,
    )
    database.executemany("INSERT INTO tags (session, value, position, is_own) VALUES (?, ?, ?, 0)", tag_rows)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sessions", type=int, default=200_000)
    parser.add_argument("--students", type=int, default=14_000)
    parser.add_argument("--tutors", type=int, default=900)
    options = parser.parse_args()
    database = sqlite3.connect(options.data / "district.sqlite")
    with database:
        fill(database, options)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


if __name__ == "__main__":
    main()
