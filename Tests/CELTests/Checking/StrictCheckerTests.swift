import CEL
import Diagnostics
import Testing

struct `Strict checker` {
  @Test(
    arguments: [
      (
        "session.workOrdr.kind",
        ["'workOrdr' is not a fact of Session «workOrdr» did you mean 'workOrder'?"]
      ),
      ("sesion.id", ["'sesion' is not known here «sesion» did you mean 'session'?"]),
      (
        "zebra",
        ["'zebra' is not known here «zebra» known here are 'session', 'days', 'names', 'minutes'"]
      ),
      (
        "session.students.name",
        [
          "'name' can't be read from a list(Student), which has no facts «name» ask about its elements, as in .exists(x, x.name ...) or .all(x, x.name ...)"
        ]
      ),
      ("session.id.length", ["'length' can't be read from a string, which has no facts «length»"]),
      (
        "has(session.isCareerLadder)",
        [
          "'isCareerLadder' is defined for every Session, so it is always there «isCareerLadder» ask for the facts that its definition reads"
        ]
      ),
      ("session.tags.lenght()", ["there is no function 'lenght' «lenght»"]),
      (
        "session.id.startWith('S')",
        ["there is no function 'startWith' «startWith» did you mean 'startsWith'?"]
      ),
      (
        "startsWith(session.id, 'S')",
        [
          "'startsWith' is called on a value, after a dot «startsWith» write string.startsWith(string)"
        ]
      ),
      (
        "session.date.date()",
        [
          "'date' is not called on a value, but takes it in its parentheses «date» write date(date)"
        ]
      ),
      (
        "session.date.addDays('7')",
        [
          "'addDays' can't be called on a date with a string «'7'» it is written date.addDays(int)"
        ]
      ),
      (
        "math.gretest(1, 2)",
        ["there is no function 'math.gretest' «gretest» did you mean 'math.greatest'?"]
      ),
      (
        "session.students.all(s.name)",
        [
          "'all' is not used in this way «all» it is written list.all(x, condition)"
        ]
      ),
      ("size", ["'size' is a function and must be called: size(...) «size»"]),
      (
        "workOrder.kind == 'tutoring'",
        [
          "'workOrder' is not known here «workOrder» did you mean 'session.workOrder'?"
        ]
      ),
      (
        "session.workOrder.kind == tutoring",
        [
          "'tutoring' is not known here «tutoring» text is written in quotes: 'tutoring'"
        ]
      ),
      (
        "session.workOrder.kind == career-ladder",
        [
          "'career-ladder' is not known here «career-ladder» text is written in quotes: 'career-ladder'"
        ]
      ),
      (
        "session.date - session.date > 1",
        [
          "'-' can't be given a date and a date «session.date - session.date» the days between dates are a.daysUntil(b)"
        ]
      ),
      (
        "session.date + 7",
        [
          "'+' can't be given a date and an int «session.date» days are added with addDays(days)"
        ]
      ),
      (
        "1 + 'a'",
        [
          "'+' can't be given an int and a string «'a'» it is written int + int, string + string, int + decimal"
        ]
      ),
      ("days && true", ["this is an int, but a condition must be true or false «days»"]),
      (
        "session.tags || true",
        [
          "this is a list(string), but a condition must be true or false «session.tags» to ask whether there are any, write size(...) > 0"
        ]
      ),
      ("!session.id", ["this is a string, but a condition must be true or false «session.id»"]),
      (
        "true ? 1 : 'a'",
        [
          "both outcomes must be of one type, and these are an int and a string «true ? 1 : 'a'»"
        ]
      ),
      (
        "session.id.all(c, true)",
        ["this is a string, where a list or a map is expected «session.id»"]
      ),
      ("{1.5: 2}", ["a double can't be a key, which is a string, an int, a uint or a bool «1.5»"]),
      ("{'a': 1, 'a': 2}", ["the key 'a' is given twice in this map «'a'»"]),
    ])
  func `names what is wrong and what is right`(text: String, expected: [String]) {
    #expect(Checked(text).messages == expected)
  }

  @Test(
    arguments: [
      (
        "session.workOrder.kind == 'carreer-ladder'",
        [
          "'carreer-ladder' is not a Kind «'carreer-ladder'» did you mean 'career-ladder'?"
        ]
      ),
      (
        "'x' != session.workOrder.kind",
        [
          "'x' is not a Kind «'x'» Kind is one of 'career-ladder', 'tutoring', 'homebound'"
        ]
      ),
      (
        "session.workOrder.kind in ['tutoring', 'tutorin']",
        [
          "'tutorin' is not a Kind «'tutorin'» did you mean 'tutoring'?"
        ]
      ),
      (
        "'tutorin' in session.kinds",
        ["'tutorin' is not a Kind «'tutorin'» did you mean 'tutoring'?"]
      ),
      (
        "session.kinds == ['tutoring', 'homebond']",
        [
          "'homebond' is not a Kind «'homebond'» did you mean 'homebound'?"
        ]
      ),
      (
        "session.kinds.exists(k, k == 'homebond')",
        [
          "'homebond' is not a Kind «'homebond'» did you mean 'homebound'?"
        ]
      ),
      ("minutes['tutorin'] > 1", ["'tutorin' is not a Kind «'tutorin'» did you mean 'tutoring'?"]),
      ("minutes.tutorin > 1", ["'tutorin' is not a Kind «tutorin» did you mean 'tutoring'?"]),
      ("'tutorin' in minutes", ["'tutorin' is not a Kind «'tutorin'» did you mean 'tutoring'?"]),
      (
        "{'tutorin': 1}[session.workOrder.kind]",
        [
          "'tutorin' is not a Kind «'tutorin'» did you mean 'tutoring'?"
        ]
      ),
      (
        "(days > 1 ? session.workOrder.kind : 'tutorin') == 'tutoring'",
        [
          "'tutorin' is not a Kind «'tutorin'» did you mean 'tutoring'?"
        ]
      ),
      (
        "session.workOrder.kind == session.color",
        [
          "a Kind and a Color can never be equal «session.workOrder.kind == session.color»"
        ]
      ),
      (
        "session.color in session.kinds",
        [
          "a Color can never be in a list(Kind) «session.color in session.kinds»"
        ]
      ),
      (
        "session.date == '2026-05-01'",
        [
          "a date and a string can never be equal «session.date == '2026-05-01'» a date is written date('2026-05-01')"
        ]
      ),
      (
        "days == '7'",
        [
          "an int and a string can never be equal «days == '7'» numbers are written without quotes"
        ]
      ),
      (
        "session.workOrder == null",
        [
          "a WorkOrder and null can never be equal «session.workOrder == null» whether a fact is there is asked with has(...)"
        ]
      ),
      ("7 in session.tags", ["an int can never be in a list(string) «7 in session.tags»"]),
      ("session.tags == ['a', 1]", []),
      ("days == 7.0", []),
      ("session.color == 'red' || session.id == 'x'", []),
      ("session.workOrder.kind.startsWith('career')", []),
      ("session.kinds.map(k, k + '!')", []),
      ("(days > 1 ? session.workOrder.kind : session.id) == 'anything'", []),
      ("session.workOrder.kind in names", []),
    ])
  func `finds literals that are no case and comparisons that can't be true`(
    text: String, expected: [String]
  ) {
    #expect(Checked(text).messages == expected)
  }

  @Test(
    arguments: [
      (
        "date('2026-02-30')",
        [
          "'2026-02-30' is not a date: the calendar has no such day «'2026-02-30'»"
        ]
      ),
      (
        "session.date < date(2026, 13, 1)",
        [
          "'2026, 13, 1' is not a date: the calendar has no such date «date(2026, 13, 1)»"
        ]
      ),
      ("days / 0 > 1", []),
      ("1 / 0 > days", ["this always fails: division by zero «1 / 0»"]),
      (
        "9223372036854775807 + 1 > days",
        [
          "this always fails: the result is out of range: integer overflow «9223372036854775807 + 1»"
        ]
      ),
      (
        "timestamp('yesterday') < session.start",
        [
          "this always fails: the text can't be converted: it is not a timestamp «timestamp('yesterday')»"
        ]
      ),
      ("session.id.matches('(')", ["the pattern can't be read: '(' is not closed «'('»"]),
      (
        "session.id.matches('a{1001}')",
        [
          "the pattern can't be read: the count of a repetition is out of range «'a{1001}'»"
        ]
      ),
      ("[1, 2][5] > days", ["this always fails: no such element: the list has 2 «[1, 2][5]»"]),
      (
        "'%d'.format(['x']) == session.id",
        ["this always fails: %d of a format takes whole numbers only «'%d'.format(['x'])»"]
      ),
      (
        "'%d of %f'.format([session.id, days]) == ''",
        ["this always fails: %d of a format takes whole numbers only «session.id»"]
      ),
      (
        "'%s, %s'.format([session.id]) == ''",
        [
          "this always fails: the format has more clauses than there are values «'%s, %s'.format([session.id])»"
        ]
      ),
      (
        "'%q'.format([session.id]) == ''",
        [
          "this always fails: the format has the clause '%q', which there is not «'%q'.format([session.id])»"
        ]
      ),
      (
        "'%s'.format([session.?workOrder]) == ''",
        [
          "this always fails: %s of a format takes no optional values and no objects «session.?workOrder»"
        ]
      ),
    ])
  func `finds constants that fail`(text: String, expected: [String]) {
    #expect(Checked(text).messages == expected)
  }

  @Test func `collects all mistakes of an expression`() {
    let checked = Checked("sesion.id == 'x' && session.workOrdr.kind == 'y' && days + 'z' > 1")
    #expect(
      checked.messages.map { String($0.prefix { $0 != "«" }) } == [
        "'sesion' is not known here ", "'workOrdr' is not a fact of Session ",
        "'+' can't be given an int and a string ",
      ])
  }

  @Test(
    arguments: [
      (
        "session.id", CELType.bool,
        ["this is a string, but a condition must be true or false «session.id»"]
      ),
      ("session.id", .date, ["this is a string, where a date is expected «session.id»"]),
      ("'tutoring'", .enumeration("Kind"), []),
      (
        "'tutorin'", .enumeration("Kind"),
        ["'tutorin' is not a Kind «'tutorin'» did you mean 'tutoring'?"]
      ),
      (
        "['tutoring', 'x']", .list(.enumeration("Kind")),
        [
          "'x' is not a Kind «'x'» Kind is one of 'career-ladder', 'tutoring', 'homebound'"
        ]
      ),
      ("session.workOrder.kind", .string, []),
      ("[]", .list(.int), []),
      ("sesion", .bool, ["'sesion' is not known here «sesion» did you mean 'session'?"]),
    ])
  func `holds the result against what is expected`(
    text: String, expected: CELType, messages: [String]
  ) {
    #expect(Checked(text, expecting: expected).messages == messages)
  }

  @Test(
    arguments: [
      ("session.workOrder.kind", CELType.enumeration("Kind")),
      ("session.?workOrder", .optional(.object("WorkOrder"))),
      ("session.?workOrder.kind", .optional(.enumeration("Kind"))),
      ("session.?workOrder.?assignedOn.orValue(session.date)", .date),
      ("session.students.map(s, s.age)", .list(.int)),
      ("session.students.filter(s, s.remedial)", .list(.object("Student"))),
      ("session.students[0].name", .string),
      ("session.students.exists(i, s, i == s.age)", .bool),
      ("session.kinds + ['x']", .list(.string)),
      ("session.kinds + session.kinds", .list(.enumeration("Kind"))),
      ("[]", .list(.dyn)),
      ("[1, 'a']", .list(.dyn)),
      ("{'a': [1]}", .map(.string, .list(.int))),
      ("{'a': 1}.transformMap(k, v, v > 0)", .map(.string, .bool)),
      ("session.date.addDays(days)", .date),
      ("session.start - session.start", .duration),
      ("sum([1.5, 2.5])", .double),
      ("sum([duration('1h')])", .duration),
      ("type(1)", .type(.int)),
      ("minutes", .map(.enumeration("Kind"), .int)),
      ("minutes[session.workOrder.kind]", .int),
      ("cel.bind(w, session.workOrder, w.kind)", .enumeration("Kind")),
      ("optional.of(1).optMap(x, x > 0)", .optional(.bool)),
      ("days > 1 ? [] : [1]", .list(.int)),
      ("math.greatest(1, 2, 3)", .int),
      ("dyn(1)", .dyn),
    ])
  func `deduces the type`(text: String, type: CELType) {
    let checked = Checked(text)
    #expect(checked.messages == [])
    #expect(checked.expression.type == type)
  }

  @Test func `lets a local hide a variable`() {
    let local = Environment.Variable(name: "session", type: .object("Student"))
    #expect(Checked("session.name", locals: [local]).messages == [])
    #expect(Checked(".session.id", locals: [local]).messages == [])
  }
}

struct `Comparisons with the wrong type` {
  @Test(arguments: ["<", "<=", ">", ">=", "==", "!="], [false, true])
  func `are helped whichever operator and side they are written with`(
    operation: String, isReversed: Bool
  ) {
    let cases = [
      ("session.date", "'2026-10-14'", "a date is written date('2026-10-14')"),
      (
        "session.start", "'2026-10-14T15:00:00Z'",
        "an instant is written timestamp('2026-10-14T15:00:00Z')"
      ),
      (
        "session.start", "'2026-10-14'",
        "the date of an instant is date(...), and a date is written date('2026-10-14')"
      ),
      ("session.start", "session.date", "the date of an instant is date(...)"),
      ("session.start - session.start", "'2h'", "a duration is written duration('2h')"),
      (
        "(session.start - session.start)", "90",
        "a duration is written with its unit, such as duration('90m') or duration('90h')"
      ),
      ("days", "'7'", "numbers are written without quotes"),
      ("session.id", "7", "text is written in quotes: '7'"),
    ]
    for (value, other, help) in cases {
      let text = isReversed ? "\(other) \(operation) \(value)" : "\(value) \(operation) \(other)"
      #expect(Checked(text).diagnostics.map(\.help) == [help], "\(text)")
    }
  }
}

struct `Names of other languages` {
  @Test(arguments: [
    ("[1, days].maximum()", "write list.max()"),
    ("session.tags.unique()", "write list.distinct()"),
    ("session.tags.sorted()", "write list.sort()"),
    ("session.students.orderBy(s, s.age)", "write list.sortBy(x, key)"),
    ("session.tags.longestRn(t, true)", "did you mean 'longestRun'?"),
    ("session.tags.sort_by(t, t)", "did you mean 'sortBy'?"),
    ("session.tags.reduce(t, t)", "it is written list.reduce(sofar, start, x, next)"),
    ("session.tags.length()", "write size()"),
    ("session.tags.contains('x')", "write x in list"),
    ("session.tags.any()", "write list.exists(x, condition)"),
    ("session.id.toLowerCase()", "write lowerAscii()"), ("session.id.len()", "write size()"),
    ("max(1, 2)", "write [a, b].max()"), ("len(session.tags)", "write size(list)"),
    ("now()", "the date decided for is today"), ("session.date.maximal()", nil),
    ("session.date.mapp()", nil), ("session.date.addDay(1)", "did you mean 'addDays'?"),
    ("session.tags.addDay(1)", nil), ("session.tags.maps()", "did you mean 'map'?"),
  ])
  func `are answered with what is there for values of the type`(text: String, help: String?) {
    #expect(Checked(text).diagnostics.first?.help == help)
  }
}

struct `Variables of macros` {
  @Test(arguments: [
    ("session.tags.all(days, days != '')", "'days' is already the name of a variable «days»"),
    ("session.tags.exists(session, true)", "'session' is already the name of a variable «session»"),
    (
      "session.tags.all(x, session.tags.exists(x, x == ''))",
      "'x' is already the name of the variable of a macro around it «x»"
    ),
    ("cel.bind(names, 1, names > 0)", "'names' is already the name of a variable «names»"),
    (
      "optional.of(1).optMap(days, days).hasValue()",
      "'days' is already the name of a variable «days»"
    ),
    ("session.tags.all(i, days, i > 0)", "'days' is already the name of a variable «days»"),
  ])
  func `hide no other name`(text: String, message: String) {
    let help = " choose another name: in the expression only one of the two could be meant"
    #expect(Checked(text).messages == [message + help])
  }

  @Test func `may have one name one after the other`() {
    let text = "session.tags.all(x, x != '') && session.tags.exists(x, x == 'a')"
    #expect(Checked(text).messages == [])
  }
}

struct `Many mistakes of one expression` {
  @Test(arguments: [("#", ","), ("1 / 0", ","), ("x", ","), ("'a' < 1", ","), ("a b", ",")])
  func `are reported one by one as far as anybody reads`(mistake: String, separator: String) {
    let list = Array(repeating: mistake, count: 5_000).joined(separator: separator)
    let codes = Checked("[\(list)] == []").diagnostics.map(\.code)
    #expect((1...42).contains(codes.count))
    #expect(codes.contains(.moreMistakes))
  }
}

struct `Lists with null` {
  @Test(arguments: [
    ("[optional.of(1), null]", "list(optional(int))"),
    ("[null, optional.of(1)]", "list(optional(int))"),
    ("[session.start, null]", "list(timestamp)"), ("[1, null]", "list(dyn)"),
    ("[session.students[0], null]", "list(Student)"),
  ])
  func `have the type that the specification's checker deduces`(text: String, type: String) {
    #expect(Checked(text, mode: .standard).expression.type.description == type)
  }

  @Test func `are not made of optional values`() {
    #expect(
      Checked("[optional.of(1), null]").messages == [
        "a list can't hold both optional values and null «null» an optional value that is empty is written optional.none()"
      ])
  }
}
