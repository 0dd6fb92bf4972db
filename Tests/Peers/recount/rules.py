"""The handbook's rules about a session that has ended, written by hand, and the tables that they are about.

It shares nothing with the server but the tables: no policy is read. What the policies of `policies/` say in their language
is said here in Python once more, rule by rule, so that the recount and the peer decide on their own. A fact that is not
there is None, and what depends on it is None too: neither true nor false.
"""

import json
from collections import defaultdict
from datetime import date, timedelta

GOALS = {f"cl-goal-{number}" for number in range(1, 6)}
GOALS_HOLD = ("2026-07-01", "2027-07-01")
EVENTS = {
    "Family Math Night", "Literacy Night", "Science Fair Open House", "Parent-Teacher Conference", "Fall Open House",
    "Noche de Matemáticas", "Grandparents' Reading Day", "College & Career Fair", "Title I Annual Meeting",
    "Family Book Club", "STEM Saturday", "FAFSA Completion Workshop",
}  # fmt: skip
SCHOOL_NAMES = {
    school: school.replace("-", " ").title()
    for school in """truman-high van-horn-high william-chrisman-high bingham-middle bridger-middle nowlin-middle
    pioneer-ridge-middle glendale-elementary fairmount-elementary mill-creek-elementary santa-fe-trail-elementary
    three-trails-elementary""".split()
}
QUALIFIERS = {"homebound": "Homebound", "detention": "Detention", "creditRecovery": "Credit Recovery", "remedial": "Remedial"}
BACKFILL_DAYS = 7
WARNINGS = {
    "detention-not-recorded", "criterion-met-but-not-remedial", "date-is-day-of-start", "session-has-students",
}  # fmt: skip


def either(*truths):
    return True if True in truths else None if None in truths else False


def both(*truths):
    return False if False in truths else None if None in truths else True


def no(truth):
    return None if truth is None else not truth


def outcome(require, when=True, unless=False):
    if when is False or unless is True:
        return "does not apply"
    if require is True:
        return "satisfied"
    if when is True and unless is False and require is False:
        return "violated"
    return "undetermined"


class Records:
    """What sessions refer to."""

    def __init__(self, database):
        self.people = dict(database.execute("SELECT id, name FROM people"))
        self.schools = defaultdict(list)
        for person, school in database.execute("SELECT person, school FROM approvals ORDER BY person, position"):
            self.schools[person].append(school)
        self.students = {}
        for student, first, last, school, facts in database.execute(
            "SELECT id, first_name, last_name, school, facts FROM students"
        ):
            facts = json.loads(facts)
            facts.update(id=student, name=f"{first} {last}" if first else last, school=school)
            self.students[student] = facts
        self.orders = {}
        for order, kind, activity, fund, code, facts in database.execute(
            "SELECT id, kind, activity, fund, pay_code, facts FROM work_orders"
        ):
            facts = json.loads(facts)
            facts.update(id=order, kind=kind, activity=activity, fund=fund, payCode=code)
            self.orders[order] = facts
        self.running = defaultdict(list)
        for tutor, session, second in database.execute(
            "SELECT tutor, id, start_second FROM sessions WHERE end IS NULL AND is_deleted = 0 "
            "ORDER BY tutor, start_second, number"
        ):
            self.running[tutor].append((session, second))


class Session:
    """A session that has ended, with its encounters as (student, arrived, departed, facts, and both times in seconds)."""

    __slots__ = (
        "number", "id", "tutor", "date", "school", "description", "start", "start_second", "end", "end_second", "order",
        "assigned", "version", "exports", "encounters", "tags",
    )  # fmt: skip

    def __init__(self, row):
        (
            self.number, self.id, self.tutor, self.date, self.school, self.description, self.start, self.start_second,
            self.end, self.end_second, self.order, self.assigned, self.version, self.exports,
        ) = row  # fmt: skip
        self.encounters, self.tags = [], []

    @property
    def minutes(self):
        return (self.end_second - self.start_second) // 60


def ended(database, condition, values):
    """The sessions that a condition on them finds, with all that they have."""
    found = {}
    for row in database.execute(
        "SELECT number, id, tutor, date, school, description, start, start_second, end, end_second, work_order, "
        f"assigned_on, version, exports FROM sessions WHERE stage IN ('finished', 'exported') AND {condition} "
        "ORDER BY number",
        values,
    ):
        found[row[0]] = Session(row)
    for session, student, arrived, arrived_second, departed, departed_second, facts in database.execute(
        "SELECT session, student, arrived, arrived_second, departed, departed_second, encounters.facts FROM encounters "
        f"JOIN sessions ON number = session WHERE is_removed = 0 AND {condition} ORDER BY session, encounters.id",
        values,
    ):
        if session in found:
            found[session].encounters.append(
                (student, arrived, departed, json.loads(facts), arrived_second, departed_second)
            )
    for session, value in database.execute(
        f"SELECT session, value FROM tags JOIN sessions ON number = session WHERE {condition} ORDER BY session, position",
        values,
    ):
        if session in found:
            found[session].tags.append(value)
    return list(found.values())


def has_low_grade(subject, student):
    return subject is not None and any(g["subject"] == subject and g["grade"] in ("D", "F") for g in student["grades"])


def is_below_basic(subject, student):
    return subject is not None and any(
        a["subject"] == subject and a["level"] == "below-basic" and a["test"] in ("EOC", "MAP")
        for a in student["stateAssessments"]
    )


def is_below_grade_level(subject, student):
    return subject is not None and any(
        a["subject"] == subject and a["belowGradeLevel"] and a["test"] == "STAR" for a in student["districtAssessments"]
    )


def qualifiers(session, encounter, records):
    """The rules about the qualifiers of an encounter."""
    facts, student = encounter[3], records.students[encounter[0]]
    chosen = facts.get("qualifiers", {})
    remedial, detention = chosen.get("remedial"), chosen.get("detention")
    criteria, subject = facts.get("remedialCriteria"), facts.get("subject")
    kind = records.orders[session.order]["kind"] if session.order else None
    only_detention = both(detention, no(facts.get("activelyTutored")))
    plan = student.get("readingImprovementPlan")
    low = has_low_grade(subject, student)
    basic = is_below_basic(subject, student)
    level = is_below_grade_level(subject, student)
    claims = None if criteria is None else len(criteria) > 0
    claimed = None
    if criteria is not None:
        claimed = both(
            low if "grade-d-or-f" in criteria else True,
            plan if "reading-improvement-plan" in criteria else True,
            basic if "below-basic-state" in criteria else True,
            level if "below-grade-level-district" in criteria else True,
        )
    return [
        (
            "homebound-by-assigned-teacher",
            outcome(
                kind == "homebound" and student.get("homeboundTeacher") == session.tutor,
                chosen.get("homebound"),
            ),
        ),
        ("detention-only-not-remedial", outcome(no(remedial), only_detention)),
        ("detention-not-recorded", outcome(detention, kind == "detention")),
        ("credit-recovery-material", outcome(facts.get("creditRecoveryMaterial"), chosen.get("creditRecovery"))),
        ("remedial-criterion-recorded", outcome(claims, remedial)),
        ("remedial-subject-recorded", outcome(subject is not None, remedial)),
        ("claimed-criterion-on-record", outcome(claimed, claims)),
        ("criterion-met-but-not-remedial", outcome(remedial, either(plan, low, basic, level), only_detention)),
    ]


def attendance(session, encounter):
    arrived, departed = encounter[4], encounter[5]
    lies_within = arrived >= session.start_second and (
        departed is None or arrived < departed <= session.end_second
    )
    return [("times-within-session", outcome(lies_within))]


def payment(session):
    """The rules about paying a session that has ended."""
    last = (date.fromisoformat(session.date) + timedelta(days=BACKFILL_DAYS)).isoformat()
    return [
        ("date-is-day-of-start", outcome(session.start[:10] == session.date)),
        ("has-work-order", outcome(session.order is not None)),
        (
            "work-order-within-backfill-window",
            outcome(session.order is not None and session.assigned <= last, session.order is not None),
        ),
        ("session-finished", outcome(all(encounter[5] is not None for encounter in session.encounters))),
        ("session-has-students", outcome(len(session.encounters) > 0)),
    ]


def start(session, records):
    """The rules about starting a session."""
    order = records.orders[session.order] if session.order else None
    is_ladder = order is not None and order["kind"] == "career-ladder"
    approved = records.schools[session.tutor]
    other = next(
        (s for s, second in records.running[session.tutor] if s != session.id and second <= session.start_second), None
    )
    in_year = GOALS_HOLD[0] <= session.date < GOALS_HOLD[1]
    event = session.description is not None and (session.description in EVENTS if in_year else None)
    return [
        ("no-other-active-session", outcome(other is None)),
        ("school-chosen", outcome(session.school in approved, len(approved) > 1)),
        ("career-ladder-description", outcome(bool((session.description or "").strip()), is_ladder)),
        ("family-event-approved", outcome(event, is_ladder and order["activity"] == "family-involvement")),
    ]


def export(session, records):
    order = records.orders[session.order] if session.order else None
    in_year = GOALS_HOLD[0] <= session.date < GOALS_HOLD[1]
    tagged = any(tag in GOALS for tag in session.tags) if in_year or not session.tags else None
    return [("career-ladder-goal-tag", outcome(tagged, order is not None and order["kind"] == "career-ladder"))]


def for_export(session, records):
    """Every rule that decides whether a session is exported, with the place of its subject."""
    found = []
    for index, encounter in enumerate(session.encounters):
        at = f"encounters[{index}]"
        found += [(rule, at, result) for rule, result in qualifiers(session, encounter, records)]
        found += [(rule, at, result) for rule, result in attendance(session, encounter)]
    for rule, result in payment(session) + start(session, records) + export(session, records):
        found.append((rule, "", result))
    return found


def for_report(session, records):
    """Every rule that decides whether a session is reported, with the place of its subject."""
    return [
        (rule, f"encounters[{index}]", result)
        for index, encounter in enumerate(session.encounters)
        for rule, result in qualifiers(session, encounter, records)
    ]


def in_the_way(findings):
    """The rules that are violated, and those that can't be told, each once."""
    violated, undetermined = {}, {}
    for rule, _, result in findings:
        if rule not in WARNINGS:
            if result == "violated":
                violated[rule] = None
            elif result == "undetermined":
                undetermined[rule] = None
    return list(violated), list(undetermined)
