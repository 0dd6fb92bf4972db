import CEL
import Diagnostics
import Testing

struct `Tracing` {
  private func trace(_ text: String, _ activation: Activation = School.activation()) -> Trace {
    let checked = Checked(text)
    #expect(checked.messages == [])
    return schoolEvaluator.trace(checked.expression, in: activation)
  }

  /// The tree as text: the node's text, its result, and where its value stands.
  private func outline(_ trace: Trace, depth: Int = 0) -> [String] {
    let place = trace.origin.map { " @ \($0)" } ?? ""
    let iteration = trace.iteration.map { "#\($0) " } ?? ""
    let line =
      String(repeating: "  ", count: depth) + iteration
      + "\(trace.expression.range.text) = \(shown(trace.result))\(place)"
    return [line] + trace.children.flatMap { outline($0, depth: depth + 1) }
  }

  @Test func `leaves out what was skipped`() {
    #expect(
      outline(trace("days == 7 || session.id == 'x'")) == [
        "days == 7 || session.id == 'x' = true", "  days == 7 = true", "    days = 7", "    7 = 7",
      ])
    #expect(
      outline(trace("days > 7 ? 1 : 2")) == [
        "days > 7 ? 1 : 2 = 2", "  days > 7 = false", "    days = 7", "    7 = 7", "  2 = 2",
      ])
  }

  @Test func `keeps iterations apart and says where values stand`() {
    #expect(
      outline(trace("session.students.exists(s, s.remedial)")) == [
        "session.students.exists(s, s.remedial) = true",
        "  session.students = [session.students[0], session.students[1], session.students[2]] @ session.students",
        "    session = session @ session",
        "  #0 s.remedial = false @ session.students[0].remedial",
        "    s = session.students[0] @ session.students[0]",
        "  #1 s.remedial = true @ session.students[1].remedial",
        "    s = session.students[1] @ session.students[1]",
      ])
    #expect(
      outline(trace("session.tags.all(t, t != 'x')")).contains(
        "    t = 'math' @ session.tags[1]"))
    #expect(
      outline(trace("minutes.all(k, m, m > 0)")).last == "    0 = 0")
  }

  @Test func `goes through definitions`() {
    #expect(
      outline(trace("session.isCareerLadder")) == [
        "session.isCareerLadder = true", "  session = session @ session",
        "  has(session.workOrder) && session.workOrder.kind == 'career-ladder' = true",
        "    has(session.workOrder) = true @ session.workOrder",
        "      session = session @ session",
        "    session.workOrder.kind == 'career-ladder' = true",
        "      session.workOrder.kind = 'career-ladder' @ session.workOrder.kind",
        "        session.workOrder = session.workOrder @ session.workOrder",
        "          session = session @ session", "      'career-ladder' = 'career-ladder'",
      ])
  }

  @Test(
    arguments: [
      ("session.tags[1]", "session.tags[1]"),
      ("session.students[0].name", "session.students[0].name"),
      ("session.order", "session.workOrder"), ("session.?workOrder.?id", "session.workOrder.id"),
      ("cel.bind(w, session.workOrder, w.id)", "session.workOrder.id"),
      ("days > 1 ? session.id : ''", "session.id"), ("session.id + ''", nil), ("days", nil),
      ("session.students.filter(s, true)[1].name", "session.students[1].name"),
    ] as [(String, String?)])
  func `knows where a value stands`(text: String, origin: String?) {
    #expect(trace(text).origin?.description == origin)
  }
}

struct `Decisive reads` {
  private func reads(_ text: String, _ session: CELValue) -> [String] {
    let checked = Checked(text)
    #expect(checked.messages == [])
    return schoolEvaluator.record(checked.expression, in: School.activation(session))
      .reads.map { read in
        switch read {
        case .fact(let path): path.description
        case .presence(let path): "has(\(path))"
        case .global(let slot): School.environment.variables[slot].name
        case .row(let slot, let step): "\(School.environment.variables[slot].name) at \(step)"
        case .dated(let slot, let day, _): "\(School.environment.variables[slot].name) on \(day)"
        case .days(let name, let from, let through): "\(name) \(from)..\(through)"
        case .derived(let field, let path): "\(path?.description ?? "?"): \(field.name)"
        }
      }
  }

  @Test(
    arguments: [
      ("session.workOrder.kind == 'tutoring'", ["session.workOrder.kind"]),
      ("session.id == 'x' && session.workOrder.kind == 'tutoring'", ["session.id"]),
      ("session.id == 'S-1' && session.workOrder.kind == 'tutoring'", ["session.workOrder.kind"]),
      (
        "session.id == 'S-1' && session.workOrder.id == 'WO-9'",
        ["session.id", "session.workOrder.id"]
      ),
      ("session.id == 'x' || session.workOrder.id == 'WO-9'", ["session.workOrder.id"]),
      ("session.id == 'x' || session.workOrder.id == 'y'", ["session.id", "session.workOrder.id"]),
      ("has(session.workOrder)", ["has(session.workOrder)"]),
      ("session.color == 'red'", ["session.color"]),
      ("session.color == 'red' && session.id == 'S-1'", ["session.color", "session.id"]),
      ("session.color == 'red' && session.id == 'x'", ["session.id"]),
      ("days > 5 ? session.id == 'x' : session.color == 'red'", ["days", "session.id"]),
      ("size(session.tags) == days", ["session.tags", "days"]),
      ("session.tags[1] == 'math'", ["session.tags[1]"]),
      ("'math' in session.tags", ["session.tags"]),
      ("session.tags.exists(t, t in names)", ["session.tags[1]", "names"]),
      ("session.tags.exists(t, t == 'x')", ["session.tags"]),
      ("session.tags.all(t, t == 'after-school')", ["session.tags[1]"]),
      ("session.tags.all(t, t != 'x')", ["session.tags"]),
      (
        "session.students.exists(s, s.name == 'Bo' && s.remedial)",
        ["session.students[1].name", "session.students[1].remedial"]
      ),
      (
        "session.students.all(s, s.name != 'x')",
        [
          "has(session.students)", "session.students[0].name", "session.students[1].name",
          "session.students[2].name",
        ]
      ),
      ("session.students.all(s, s.remedial)", ["session.students[0].remedial"]),
      ("session.students.all(s, session.id == 'x')", ["has(session.students)", "session.id"]),
      (
        "session.students.filter(s, s.remedial).all(s, s.name == 'Bo')",
        [
          "has(session.students)", "session.students[0].remedial", "session.students[1].remedial",
          "session.students[2].remedial", "session.students[2].name",
        ]
      ),
      ("session.tags.filter(t, t == 'x') == []", ["session.tags"]),
      (
        "session.students.map(s, s.name) == []",
        [
          "has(session.students)", "session.students[0].name", "session.students[1].name",
          "session.students[2].name",
        ]
      ),
      (
        "session.isCareerLadder",
        ["session: isCareerLadder", "has(session.workOrder)", "session.workOrder.kind"]
      ),
      ("session.order.id == 'x'", ["session: order", "session.workOrder.id"]),
      ("cel.bind(w, session.workOrder, w.id == 'x')", ["session.workOrder.id"]),
      ("cel.bind(n, size(session.tags), days == 7 || n > 0)", ["days"]),
      ("cel.bind(n, size(session.tags), n > 0)", ["session.tags"]),
      ("session.?workOrder.hasValue()", ["session.workOrder"]),
      ("session.?color.orValue('red') == 'red'", ["session.color"]),
      (
        "session.?workOrder.optMap(w, w.kind).orValue('tutoring') == 'tutoring'",
        ["session.workOrder", "session.workOrder.kind"]
      ),
      ("session.date.addDays(days) < session.date", ["session.date", "days"]),
      ("minutes['tutoring'] > 0", ["minutes", "minutes at key(\"tutoring\")"]),
      ("1 + 1 == 2", []),
      ("session.color.size() + session.id.size() > 0", ["session.color"]),
    ])
  func `are those that made the difference`(text: String, expected: [String]) {
    #expect(reads(text, School.makeSession()) == expected)
  }

  @Test(
    arguments: [
      ("session.workOrder.kind == 'tutoring'", ["session.workOrder"]),
      (
        "has(session.workOrder) && session.workOrder.kind == 'tutoring'", ["has(session.workOrder)"]
      ),
      ("session.tags.exists(t, t == 'x')", ["session.tags"]),
      ("has(session.tags)", ["has(session.tags)"]),
      ("session.students.all(s, s.name != '')", ["has(session.students)"]),
    ])
  func `name what is missing`(text: String, expected: [String]) {
    #expect(reads(text, School.makeSession(kind: nil, tags: nil, students: [])) == expected)
  }

  /// Each list holds the one before it twice: gone through for each reading, they would take for ever.
  @Test func `of lists bound to one another are collected once for each list`() {
    let depth = 40
    let body = (1...depth).reversed().reduce("size(l\(depth)) == 2") { body, index in
      "cel.bind(l\(index), [l\(index - 1), l\(index - 1)], \(body))"
    }
    let text = "cel.bind(l0, session.tags, \(body))"
    #expect(reads(text, School.makeSession()) == ["session.tags"])
  }
}

struct `Reads of shared values` {
  @Test(arguments: [
    ("x$[0] == 'x' ? x$ : x$.map(t, t)", "session.tags", "size(x$) > 0", ["session.tags"]),
    (
      "x$.exists(t, t == 'math') == x$.exists(t, t == 'x') ? x$ : x$", "session.tags",
      "size(x$) > 0", ["session.tags"]
    ),
    (
      "session.tags.exists(t, x$) == session.tags.exists(t, x$)", "session.id == 'S-1'", "x$",
      ["session.id", "session.tags"]
    ),
  ])
  func `are collected once, however often each is read`(
    step: String, start: String, end: String, expected: [String]
  ) {
    let times = 16
    var text = end.replacing("$", with: "\(times)")
    for index in (0..<times).reversed() {
      text = "cel.bind(x\(index + 1), \(step.replacing("$", with: "\(index)")), \(text))"
    }
    let checked = Checked("cel.bind(x0, \(start), \(text))")
    #expect(checked.messages == [])
    let recorded = schoolEvaluator.record(checked.expression, in: School.activation())
    let paths = recorded.reads.compactMap { read in
      switch read {
      case .fact(let path), .presence(let path): path.description
      default: nil
      }
    }
    #expect(Set(paths).isSuperset(of: expected))
  }
}
