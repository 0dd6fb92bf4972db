/// Session documents in JSON.
enum SessionTexts {
  /// A document in which every fact of the schema has a value.
  static let complete = #"""
    {"id":"S-1","tutor":{"id":"T-39","name":"Zoë Ramírez","approvedSchools":["a","b"],
    "homeboundStudents":[],"activeSession":"S-0"},"date":"2026-10-13","school":"three-trails",
    "group":{"id":"G-36","name":"Saturday \"school\" \u00e9\ud83d\ude00"},"description":"",
    "start":"2026-10-13T16:15:00-05:00","end":"2026-10-13T22:00:00.25Z",
    "workOrder":{"id":"WO-695","kind":"career-ladder","activity":"family-involvement",
    "assignedOn":"2024-02-29"},"tags":["cl-goal-4"],
    "encounters":[{"student":{"id":"ST-1","name":"Quinn","school":"nowlin-middle",
    "readingImprovementPlan":false,"homeboundTeacher":"T-39",
    "grades":[{"subject":"math","grade":"D"},{"subject":"geometry","grade":"A"}],
    "stateAssessments":[{"test":"MAP","subject":"english","level":"advanced"}],
    "districtAssessments":[{"test":"STAR","subject":"reading","belowGradeLevel":true}]},
    "arrived":"2026-10-13T16:15:00-05:00","departed":"2026-10-13T16:59:30-05:00",
    "activelyTutored":false,"creditRecoveryMaterial":false,
    "qualifiers":{"homebound":false,"detention":false,"creditRecovery":false,"remedial":true},
    "remedialCriteria":["grade-d-or-f","reading-improvement-plan"],"subject":"math"}]}
    """#
}
