import CEL
import Diagnostics
import Testing

struct `Unguarded reads` {
  @Test(
    arguments: [
      ("session.id == 'x'", []),
      ("session.workOrder.kind == 'tutoring'", ["session.workOrder"]),
      ("has(session.workOrder) && session.workOrder.kind == 'tutoring'", []),
      ("session.workOrder.kind == 'tutoring' && has(session.workOrder)", []),
      ("!has(session.workOrder) || session.workOrder.kind == 'tutoring'", []),
      ("has(session.workOrder) || session.workOrder.kind == 'tutoring'", ["session.workOrder"]),
      ("has(session.workOrder) ? session.workOrder.kind == 'tutoring' : false", []),
      (
        "!has(session.workOrder) ? session.workOrder.kind == 'tutoring' : true",
        ["session.workOrder"]
      ),
      (
        "has(session.workOrder) && session.workOrder.assignedOn == session.date",
        ["session.workOrder.assignedOn"]
      ),
      ("session.students.all(s, s.age > 1)", ["s.age"]),
      ("session.students.all(s, has(s.age) && s.age > 1)", []),
      (
        "session.students.all(s, has(s.age)) && session.students[0].age > 1",
        ["session.students[0].age"]
      ),
      ("session.?workOrder.?kind.orValue('tutoring') == 'tutoring'", []),
      ("session.isCareerLadder", []),
      ("session.isCareerLadder && session.workOrder.kind == 'tutoring'", []),
      ("!session.isCareerLadder || session.workOrder.kind == 'tutoring'", []),
      ("session.isCareerLadder || session.workOrder.kind == 'tutoring'", ["session.workOrder"]),
      (
        "session.students.all(s, session.isCareerLadder) && session.workOrder.kind == 'tutoring'",
        ["session.workOrder"]
      ),
      ("session.order.id == 'x'", ["session.workOrder"]),
      ("has(session.workOrder) && session.order.id == 'x'", []),
      (
        "has(session.color) && session.order.id == 'x' && session.order.kind == 'tutoring'",
        ["session.workOrder"]
      ),
    ])
  func `are those without a has that holds`(text: String, expected: [String]) {
    let checked = Checked(text)
    #expect(checked.messages == [])
    let reads = checked.expression.unguardedReads(
      in: School.environment, derivedFields: schoolEvaluator.derivedFields)
    #expect(reads.map(\.range.text) == expected)
  }

  @Test func `are found once, however many ways lead to a definition`() {
    // Each term is read with what it asks for known, and without: two ways each, a million together.
    let count = 40
    let facts = (0..<count).map {
      ObjectType.Field(name: "f\($0)", type: .bool, isOptional: true)
    }
    let terms = (0...count).map { ObjectType.Field(name: "t\($0)", type: .bool, isDerived: true) }
    var environment = Environment(Library.all)
    environment.variables = [Environment.Variable(name: "o", type: .object("O"))]
    environment.objectTypes = ["O": ObjectType(name: "O", fields: facts + terms)]
    var definitions: [FieldReference: CheckedExpression] = [:]
    for index in 0...count {
      let field = FieldReference(typeName: "O", index: count + index, name: "t\(index)")
      let below = "o.t\(index - 1)"
      let text =
        index == 0
        ? (0..<count).map { "o.f\($0)" }.joined(separator: " && ")
        : "(has(o.f\(index - 1)) && \(below)) || \(below)"
      definitions[field] =
        Checked(text, in: environment, locals: environment.variables).expression
    }
    let reads = Checked("o.t\(count)", in: environment).expression
      .unguardedReads(in: environment, derivedFields: definitions)
    #expect(reads.count == count)
  }
}

struct `Specialized expressions` {
  @Test(
    arguments: [
      ("days == 7 ? session.id : 'y'", "session.id"),
      ("days == 8 ? session.id == 'x' : session.id == 'z'", "session.id == 'z'"),
      ("days == 7 || session.id == 'x'", nil), ("days < 7 && session.id == 'x'", nil),
      ("days < 7 || session.id == 'x'", "session.id == 'x'"),
      ("session.id == 'x' && days == 7", "session.id == 'x'"),
      ("!(days > 7) && session.id == 'x'", "session.id == 'x'"),
      ("session.id == 'x' || session.id == 'y'", "session.id == 'x' || session.id == 'y'"),
      // A part that fails is left, to fail when it is evaluated.
      ("1 / (days - 7) == 1 && session.id == 'x'", "1 / (days - 7) == 1 && session.id == 'x'"),
    ])
  func `have no parts that the values make superfluous`(text: String, expected: String?) throws {
    let checked = Checked(text)
    try #require(checked.messages == [])
    let slot = try #require(School.environment.variables.firstIndex { $0.name == "days" })
    let specialized = checked.expression.specialized([slot: .int(7)])
    if case .constant = specialized.kind {
      #expect(expected == nil)
    } else {
      #expect(specialized.range.text == expected)
    }
  }
}

struct `Cost estimate` {
  @Test(
    arguments: [
      ("days == 7", 3), ("session.tags.all(t, t == 'x')", 43), ("[1, 2].all(x, x > days)", 8),
      ("session.students.all(s, session.tags.all(t, t == s.name))", 543),
      ("session.isCareerLadder", 10),
    ])
  func `counts the nodes and the elements of the worst case`(text: String, cost: Int) {
    let checked = Checked(text)
    #expect(
      checked.expression.estimatedCost(
        assumingListSize: 10, derivedFields: schoolEvaluator.derivedFields) == cost)
  }

  @Test func `never overflows`() {
    let nested = (0..<90).reduce("true") { text, index in "names.all(n\(index), \(text))" }
    #expect(Checked(nested).expression.estimatedCost(assumingListSize: 1_000_000) == Int.max)
  }
}
