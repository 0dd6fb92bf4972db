"""Makes the roster files of an invented district of real shape: OneRoster 1.2, and plain tables of what it lacks.

    python3 district.py FOLDER [--seed 1] [--students 14000] [--tutors 900] [--schools 30]

Every student has six classes of about 25, and each class a teacher; grades in four subjects, two state assessments and
two district assessments. The same seed makes the same files.
"""

import argparse
import csv
import pathlib
import random

FIRST = "Ana Ben Chidi DeShawn Elif Fatima Grace Hiro Ivan José Keanu Lena Mai Noor Omar Priya Quinn Rosa Siân Tomás".split()
LAST = ["Ruiz", "O'Brien", "Nguyễn", "Smith-Jones", "Carter", "Okafor", "Ibarra", "Łuczak", "Moss", "van der Berg",
        "Kim", "Patel", "Haddad", "Lindqvist", "Cohen", "Müller", "Sato", "Diaz", "Park", "Yilmaz"]
SUBJECTS = ["algebra", "english", "history", "biology"]
USER = ["sourcedId", "status", "dateLastModified", "enabledUser", "username", "userIds", "givenName", "familyName",
        "middleName", "identifier", "email", "sms", "phone", "agentSourcedIds", "grades", "password",
        "userMasterIdentifier", "preferredGivenName", "preferredMiddleName", "preferredFamilyName",
        "primaryOrgSourcedId", "pronouns"]


def table(folder: pathlib.Path, name: str, columns: list[str], rows) -> None:
    with open(folder / name, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)


def make(folder: pathlib.Path, seed: int, schools: int, students: int, tutors: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)
    start = ["sourcedId", "status", "dateLastModified"]
    school = [f"sch-{number:03}" for number in range(schools)]
    tutor = [f"t-{number:05}" for number in range(tutors)]
    student = [f"st-{number:06}" for number in range(students)]
    place = {id: school[number % schools] for ids in (tutor, student) for number, id in enumerate(ids)}
    table(folder, "manifest.csv", ["propertyName", "value"], [("oneroster.version", "1.2"), ("manifest.version", "1.0")])
    table(folder, "orgs.csv", start + ["name", "type", "identifier", "parentSourcedId"],
          [("district", "", "", "Made District", "district", "", "")]
          + [(id, "", "", f"School {id[4:]}", "school", id[4:], "district") for id in school])
    table(folder, "academicSessions.csv", start + ["title", "type", "startDate", "endDate", "parentSourcedId", "schoolYear"],
          [("year", "", "", "2026-2027", "schoolYear", "2026-08-17", "2027-05-29", "", "2027")])
    table(folder, "courses.csv", start + ["schoolYearSourcedId", "title", "courseCode", "grades", "orgSourcedId",
                                          "subjects", "subjectCodes"],
          [(f"course-{each}", "", "", "year", each.title(), each[:3], "09", "district", each, "") for each in SUBJECTS])

    def user(id: str, first: str, last: str, grade: str):
        return (id, "", "", "true", id, "", first, last, "", id[-5:], f"{id}@example.org", "", "", "", grade, "",
                "", "", "", "", place[id], "")

    table(folder, "users.csv", USER,
          [user(id, chance.choice(FIRST), f"{chance.choice(LAST)} {chance.choice(LAST)}", "") for id in tutor]
          + [user(id, chance.choice(FIRST), chance.choice(LAST), f"{chance.randint(1, 12):02}") for id in student])
    table(folder, "roles.csv", start + ["userSourcedId", "roleType", "role", "beginDate", "endDate", "orgSourcedId",
                                        "userProfileSourcedId"],
          [(f"role-{id}", "", "", id, "primary", role, "", "", place[id], "")
           for role, ids in (("teacher", tutor), ("student", student)) for id in ids])
    classes, enrolled = [], []
    teachers = {each: [id for id in tutor if place[id] == each] for each in school}
    pupils = {each: [id for id in student if place[id] == each] for each in school}
    for each in school:
        for period in range(1, 7):
            here = pupils[each][:]
            chance.shuffle(here)
            for first in range(0, len(here), 25):
                id, subject = f"cl-{len(classes):05}", chance.choice(SUBJECTS)
                classes.append((id, "", "", f"{subject.title()} {period}", "09", f"course-{subject}", id[3:], "scheduled",
                                "", each, "year", subject, "", period))
                members = [(chance.choice(teachers[each]), "teacher", "true")]
                members += [(pupil, "student", "") for pupil in here[first:first + 25]]
                enrolled += [(f"en-{len(enrolled) + number:06}", "", "", id, each, person, role, primary, "", "")
                             for number, (person, role, primary) in enumerate(members)]
    table(folder, "classes.csv", start + ["title", "grades", "courseSourcedId", "classCode", "classType", "location",
                                          "schoolSourcedId", "termSourcedIds", "subjects", "subjectCodes", "periods"], classes)
    table(folder, "enrollments.csv", start + ["classSourcedId", "schoolSourcedId", "userSourcedId", "role", "primary",
                                              "beginDate", "endDate"], enrolled)
    table(folder, "students.csv", ["id", "readingImprovementPlan", "homeboundTeacher"],
          [(id, "yes" if chance.random() < 0.1 else "no", chance.choice(tutor) if chance.random() < 0.01 else "")
           for id in student])
    table(folder, "grades.csv", ["student", "subject", "grade"],
          [(id, each, chance.choice("AABBCCDF")) for id in student for each in SUBJECTS])
    table(folder, "stateAssessments.csv", ["student", "test", "subject", "level"],
          [(id, "MAP", each, chance.choice(["below-basic", "basic", "proficient", "advanced"]))
           for id in student for each in SUBJECTS[:2]])
    table(folder, "districtAssessments.csv", ["student", "test", "subject", "belowGradeLevel"],
          [(id, "STAR", each, chance.choice(["true", "false"])) for id in student for each in SUBJECTS[:2]])
    table(folder, "approvals.csv", ["person", "school"],
          [(id, each) for id in tutor for each in dict.fromkeys([place[id], chance.choice(school)])])
    table(folder, "work-orders.csv", ["id", "title", "kind", "activity", "tutor", "validFrom", "validUntil", "fund",
                                      "payCode", "hourlyRate"],
          [(f"wo-{id}", f"Tutoring {id}", "tutoring", "tutoring", id, "2026-08-17", "2027-05-29", "Title I", "TUT", "2750")
           for id in tutor])


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--schools", type=int, default=30)
    parser.add_argument("--students", type=int, default=14_000)
    parser.add_argument("--tutors", type=int, default=900)
    options = parser.parse_args()
    make(options.folder, options.seed, options.schools, options.students, options.tutors)
