/// Writes random conditions about an encounter that the checker accepts.
public struct ExpressionGenerator {
  private var random: SeededNumbers
  /// Whether the conditions speak of calendars, values as of another day, records and bands too.
  private let hasCalendars: Bool
  /// The strings, grades and so on that comprehension variables in scope stand for.
  private var strings: [String] = []
  private var grades: [String] = []

  /// The parameters that the shipped vocabulary needs and those that the expressions read, as a policy file has them.
  public static let parameters = """
    parameters:
      backfillDays: {label: days, type: int, values: {2015-07-01: 7}}
      schoolNames: {label: names, type: {string: string}, values: {2015-07-01: {a: A, truman-high: T}}}
      subjectNames: {label: names, type: {string: string}, values: {2015-07-01: {a: A}}}
      goalNames: {label: names, type: {string: string}, values: {2015-07-01: {a: A}}}
      careerLadderGoals: {label: goals, type: [string], values: {2015-07-01: [a]}}
      approvedFamilyEvents: {label: events, type: [string], values: {2015-07-01: [a]}}
      opening: {label: hours, type: {string: duration}, values: {2015-07-01: {truman-high: 7:20, a: 8:00}}}

    """

  /// A generator of the same conditions for the same seed.
  public init(seed: UInt64, hasCalendars: Bool = false) {
    random = SeededNumbers(seed: seed)
    self.hasCalendars = hasCalendars
  }

  /// What conditions with calendars speak of beside `parameters`, as a policy file has it.
  public static let calendars = """

      credit: {type: {bands: int, gives: int}, values: {2015-07-01: {"0..1": 1, "2..": 2}}}
      levels: {type: {string: int}, values: {2015-07-01: {a: 1, truman-high: 2}, 2026-10-06: {a: 3}, 2026-10-20: none}}
      award: {type: Grade, values: {2015-07-01: {subject: Reading, grade: F}}}
    calendars:
      open:
        years:
          2026: {days: 2026-08-17..2026-12-18, closed: {2026-10-05: closed, 2026-10-12..2026-10-14: closed}}
      each:
        byKey: string
        calendars:
          truman-high: {years: {2026: {days: 2026-09-01..2026-11-18}}}
          a: {weekdays: [saturday], years: {2026: {days: 2026-09-01..2026-11-18}}}

    """

  private mutating func calendarLeaf() -> String {
    let order = pick(["==", "!=", "<", "<=", ">", ">="])
    switch random.below(8) {
    case 0: return "\(date()) in open"
    case 1: return "\(date()) in each[\(string())]"
    case 2: return "open.addDays(\(date()), \(number())) \(order) \(date())"
    case 3: return "open.daysBetween(\(date()), \(date())) \(order) \(number())"
    case 4: return "open.weeks(\(date()), \(date())).all(w, w.exists(d, d \(order) \(date())))"
    case 5: return "levels.on(\(date()))[\(string())] \(order) backfillDays.on(\(date()))"
    case 6: return "credit[\(number())] \(order) \(number())"
    default:
      return pick([
        "award.subject == \(string())", "award.grade in ['F']",
        "\(date()).isBetween('09-15', '10-05')", "\(date()).next('monday') \(order) \(date())",
        "open.term(\(date())).hasValue()", "open.year(\(date())).orValue('') == '2026'",
        "\(date()).ageOn(\(date())) \(order) \(number())",
      ])
    }
  }

  /// A condition whose parts are nested at most so deep.
  public mutating func condition(depth: Int) -> String {
    guard depth > 0 else { return leaf() }
    switch random.below(8) {
    case 0: return "(\(condition(depth: depth - 1)) && \(condition(depth: depth - 1)))"
    case 1: return "(\(condition(depth: depth - 1)) || \(condition(depth: depth - 1)))"
    case 2: return "!(\(condition(depth: depth - 1)))"
    case 3:
      return "(\(condition(depth: depth - 1)) ? \(condition(depth: depth - 1)) "
        + ": \(condition(depth: depth - 1)))"
    case 4: return loop(depth: depth - 1)
    default: return leaf()
    }
  }

  private mutating func loop(depth: Int) -> String {
    let macro = pick(["all", "exists", "exists_one"])
    let variable = "v\(depth)"
    let (outerStrings, outerGrades) = (strings, grades)
    defer { (strings, grades) = (outerStrings, outerGrades) }
    switch random.below(3) {
    case 0:
      strings.append(variable)
      return "session.tags.\(macro)(\(variable), \(condition(depth: depth)))"
    case 1:
      strings.append(variable + ".subject")
      grades.append(variable + ".grade")
      return "encounter.student.grades.\(macro)(\(variable), \(condition(depth: depth)))"
    default:
      strings.append(variable + ".student.name")
      return "session.encounters.\(macro)(\(variable), \(condition(depth: depth)))"
    }
  }

  private mutating func leaf() -> String {
    if hasCalendars, random.below(3) == 0 { return calendarLeaf() }
    let order = pick(["==", "!=", "<", "<=", ">", ">="])
    switch random.below(18) {
    case 0:
      return pick([
        "encounter.activelyTutored", "encounter.qualifiers.remedial", "encounter.hasLowGrade",
        "encounter.meetsRemedialCriterion", "session.isCareerLadder", "true", "false",
        "encounter.student.readingImprovementPlan",
      ])
    case 1:
      return "has("
        + pick([
          "session.end", "session.workOrder", "encounter.subject", "encounter.departed",
          "session.workOrder.kind", "session.id", "session.tutor.activeSession",
        ]) + ")"
    case 2: return "\(string()) \(order) \(string())"
    case 3: return "\(string()).\(pick(["startsWith", "endsWith", "contains"]))(\(string()))"
    case 4: return "\(string()) in \(pick(["session.tags", "session.tutor.approvedSchools"]))"
    case 5: return "\(string()) in ['T-0001', '', 'Reading', 'cl-goal-1', 'a much longer string']"
    case 6: return "\(number()) \(order) \(number())"
    case 7: return "\(date()) \(order) \(date())"
    case 8: return "\(instant()) \(order) \(instant())"
    case 9:
      return "session.workOrder.kind \(pick(["==", "!="])) "
        + pick(["'detention'", "'homebound'", "session.workOrder.kind"])
    case 10: return "session.workOrder.kind in ['detention', 'homebound']"
    case 11: return "'grade-d-or-f' in encounter.remedialCriteria"
    case 12: return "\(string()).trim() \(pick(["==", "!="])) ''"
    case 13: return "\(pick(grades + ["'D'"])) in ['D', 'F']"
    case 14: return "(\(condition(depth: 0))) == (\(condition(depth: 0)))"
    case 15: return "\(duration()) \(order) \(duration())"
    case 16: return ofList()
    // Left to the general evaluator.
    default:
      return pick([
        "size(encounter.student.grades.filter(x, x.grade == 'F')) > 0",
        "\(string()) + 'x' == 'Readingx'",
        "1 / size(session.tags) > 0",
      ])
    }
  }

  /// A condition on what all elements of a list come to together.
  private mutating func ofList() -> String {
    let order = pick(["==", "<", ">="])
    switch random.below(8) {
    case 0: return "session.tags.count(c, c \(order) \(string())) \(order) \(number())"
    case 1:
      return
        "encounter.student.grades.\(pick(["minBy", "maxBy"]))(c, c.grade).subject == \(string())"
    case 2:
      return "session.encounters.mostAtOnce(c, c.arrived, c.departed) \(order) \(number())"
    case 3:
      return
        "session.tags.\(pick(["sort", "distinct", "reverse"]))().first() == optional.of(\(string()))"
    case 4:
      return
        "session.encounters.map(c, \(instant())).\(pick(["min", "max"]))() \(order) \(instant())"
    case 5: return "encounter.student.grades.groupBy(c, c.grade).size() \(order) \(number())"
    case 6: return "session.tags.reduce(r, 0, c, r + size(c)) \(order) \(number())"
    default:
      return "session.encounters.sum(c, c.departed - c.arrived) \(order) \(duration())"
    }
  }

  private mutating func string() -> String {
    pick(
      strings + [
        "encounter.subject", "session.id", "session.description", "encounter.student.name",
        "session.tutor.id", "encounter.student.homeboundTeacher", "'Reading'", "''",
        "session.tutor.approvedSchools[0]", "session.schoolHeldAt",
        "(has(encounter.subject) ? encounter.subject : 'none')",
        "schoolNames[session.schoolHeldAt]",
        "schoolNames[?encounter.student.school].orValue(encounter.student.school)",
        "session.?workOrder.?fund.orValue(session.workOrder.id)",
        "encounter.?subject.optMap(s, s in session.tags ? 'tagged' : s).orValue('')",
      ])
  }

  private mutating func number() -> String {
    pick([
      "size(session.tags)", "size(encounter.remedialCriteria)", "2", "size(session.id)",
      "size(session.encounters) * 3 - 1", "session.date.month()", "session.date.dayOfWeek()",
      "session.workOrder.assignedOn.daysUntil(session.date)",
      "9223372036854775807 + size(session.tags)", "-size(session.tags)", "backfillDays",
      "session.workOrder.?hourlyRate.optMap(rate, rate * size(session.tags)).orValue(-1)",
      "\(duration()).getMinutes()", "\(duration()).getHours()", "\(duration()).getSeconds()",
    ])
  }

  private mutating func duration() -> String {
    pick([
      "(session.end - session.start)", "(encounter.departed - encounter.arrived)",
      "session.start.timeOfDay()", "encounter.departed.timeOfDay()", "duration('10h')",
      "opening[session.schoolHeldAt]", "opening[?encounter.student.school].orValue(duration('1s'))",
    ])
  }

  /// An expression of a value that a cell may have.
  public mutating func value() -> String {
    switch random.below(9) {
    case 0: condition(depth: 1)
    case 1: string()
    case 2: number()
    case 3: date()
    case 4: instant()
    case 5: duration()
    case 6: "\(condition(depth: 1)) ? \(number()) : minutes * batch"
    case 7: "entry == 'reversal' ? -minutes : minutes + \(number())"
    default:
      pick([
        "session.workOrder.?hourlyRate", "session.?workOrder.?fund", "session.?workOrder.fund",
        "session.workOrder.?hourlyRate.optMap(rate, minutes * rate)", "entry",
        "schoolNames[?session.schoolHeldAt]", "encounter.?departed", "encounter.?subject",
        "encounter.?subject.optMap(s, session.tags.exists(t, t == s))", "reason + entry",
        "session.workOrder.?kind", "encounter.qualifiers.?remedial",
      ])
    }
  }

  private mutating func date() -> String {
    pick([
      "session.date", "today", "session.workOrder.assignedOn", "session.date.addDays(7)",
      "session.date.addWeeks(-1)", "date('2026-10-05')", "date(session.start)",
      "date(encounter.departed)",
      "today.addDays(4000000 * size(session.tags))",
    ])
  }

  private mutating func instant() -> String {
    pick([
      "session.start", "session.end", "encounter.arrived", "encounter.departed",
      "timestamp('2026-10-05T20:00:00Z')",
    ])
  }

  private mutating func pick(_ choices: [String]) -> String {
    choices.randomElement(using: &random) ?? ""
  }
}
