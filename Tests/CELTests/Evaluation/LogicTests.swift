import CEL
import Testing

/// Errors are made of `1 / zero` and unknown values of facts that are not there.
struct `Logic with errors and missing facts` {
  private let activation = School.activation(School.makeSession(kind: nil, tags: nil))

  private static let operands = [
    "true": "days == 7", "false": "days == 8", "error": "1 / (days - 7) == 1",
    "unknown": "session.workOrder.id == 'x'",
  ]

  @Test(
    arguments: [
      ("true", "true", "true", "true"), ("true", "false", "false", "true"),
      ("false", "false", "false", "false"), ("true", "error", "error", "true"),
      ("false", "error", "false", "error"), ("true", "unknown", "unknown", "true"),
      ("false", "unknown", "false", "unknown"), ("error", "error", "error", "error"),
      ("error", "unknown", "unknown", "unknown"), ("unknown", "unknown", "unknown", "unknown"),
    ])
  func `absorbs in both orders`(left: String, right: String, and: String, or: String) throws {
    for (left, right) in [(left, right), (right, left)] {
      let (a, b) = (try #require(Self.operands[left]), try #require(Self.operands[right]))
      #expect(evaluated("\(a) && \(b)", activation).hasPrefix(and))
      #expect(evaluated("\(a) || \(b)", activation).hasPrefix(or))
    }
  }

  @Test(
    arguments: [
      ("session.workOrder.kind == 'tutoring'", "unknown: session.workOrder"),
      ("has(session.workOrder)", "false"),
      ("has(session.workOrder) && session.workOrder.kind == 'tutoring'", "false"),
      ("has(session.tags)", "unknown: session.tags"),
      ("size(session.tags) > 0", "unknown: session.tags"),
      ("session.tags.exists(t, t == 'x')", "unknown: session.tags"),
      ("session.workOrder.id + session.tags[0] == ''", "unknown: session.workOrder, session.tags"),
      (
        "session.workOrder.id == 'x' || session.tags == []",
        "unknown: session.workOrder, session.tags"
      ),
      ("session.workOrder.id == 'x' ? 1 : 2", "unknown: session.workOrder"),
      ("days == 7 ? 1 : session.workOrder.id.size()", "1"),
      ("[session.workOrder.id, session.color]", "unknown: session.workOrder, session.color"),
      ("{session.workOrder.id: session.color}", "unknown: session.workOrder, session.color"),
      ("!(session.color == 'red')", "unknown: session.color"),
      ("cel.bind(c, session.color, days == 7 || c == 'red')", "true"),
      ("session.?workOrder.hasValue()", "false"),
      ("session.?workOrder.?kind.orValue('tutoring')", "'tutoring'"),
      ("session.?color.orValue('red')", "'red'"),
      ("session.students.all(s, s.age > 10)", "unknown: session.students[1].age"),
      ("session.students.all(s, s.age > 12)", "false"),
      ("session.students.exists(s, s.age > 12)", "true"),
      ("session.students.exists(s, s.age > 99)", "unknown: session.students[1].age"),
      ("session.students.exists_one(s, s.age > 12)", "unknown: session.students[1].age"),
      ("session.students.map(s, s.age)", "unknown: session.students[1].age"),
      ("session.students.filter(s, s.age > 12)", "unknown: session.students[1].age"),
      ("session.students.all(s, 1 / (s.age - 12) >= 0)", "unknown: session.students[1].age"),
      ("session.students.exists(s, 1 / (s.age - 12) < 0)", "unknown: session.students[1].age"),
      ("session.students.all(s, has(s.age) && 1 / (s.age - 12) > 0)", "false"),
      ("session.isCareerLadder", "false"),
      ("session.order.id", "unknown: session.workOrder"),
    ])
  func `is unknown for want of facts`(text: String, expected: String) {
    #expect(evaluated(text, activation) == expected)
  }

  @Test(
    arguments: [
      ("'horses' && false", "false"), ("true || 32", "true"),
      ("'a' || 'b'", "error: no such overload: a condition must be true or false"),
      ("x", "error: the name is not known"), ("x || true", "true"),
      ("f(1)", "error: there is no function 'f'"),
      ("1 + 'a'", "error: no such overload: '+' can't be given values of these types"),
      ("[1].all(x, x)", "error: no such overload: a condition must be true or false"),
      ("1.all(x, true)", "error: no such overload: a list or a map is expected"),
      ("1.x", "error: no such overload: the value has no fields"),
      ("{'a': 1}.b", "error: no such key: the map has no entry for it"),
    ])
  func `leaves mistakes to evaluation when dynamic`(text: String, expected: String) {
    #expect(evaluated(text, mode: .dynamic) == expected)
  }
}
