import CEL
import Testing

struct `Bounds` {
  /// What an expression comes to with little work allowed.
  private func comesTo(_ text: String) -> String {
    let expression = Checked(text, mode: .standard).expression
    return shown(Evaluator(budget: 100_000).evaluate(expression, in: School.activation()))
  }

  /// Doubles a value so often that nothing could hold the result.
  private func doubling(_ start: String, _ step: String, times: Int = 40, end: String) -> String {
    var text = end.replacing("$", with: "x\(times)")
    for index in (0..<times).reversed() {
      text = "cel.bind(x\(index + 1), \(step.replacing("$", with: "x\(index)")), \(text))"
    }
    return "cel.bind(x0, \(start), \(text))"
  }

  @Test(
    arguments: [
      ("session.id", "$ + $", "size($)"), ("session.tags", "$ + $", "size($)"),
      ("session.tags", "[[$, $]]", "size($)"), ("session.id", "$.replace('', $)", "size($)"),
      ("session.tags", "$.map(y, $.join('-'))", "size($)"),
      ("session.id", "'%s%s'.format([$, $])", "size($)"),
    ])
  func `keep values from growing for ever`(start: String, step: String, end: String) {
    let result = comesTo(doubling(start, step, end: end))
    #expect(
      [
        "error: the result is too large", "error: the evaluation takes too much work", "1",
      ].contains(result))
  }

  @Test func `keep comparisons of shared values from taking for ever`() {
    let same = doubling("[session.id]", "[$, $]", end: "$ == $")
    #expect(comesTo(same) == "error: the evaluation takes too much work")
    let text = doubling("[session.id]", "[$, $]", end: "'%s'.format([$])")
    #expect(comesTo(text) == "error: the result is too large")
  }

  @Test func `keep nested loops within the budget`() {
    let list = "[\((0..<100).map(String.init).joined(separator: ","))]"
    let loops = "\(list).all(a, \(list).all(b, \(list).all(c, \(list).all(d, a + days >= 0))))"
    #expect(comesTo(loops) == "error: the evaluation takes too much work")
    // Nothing absorbs it.
    #expect(comesTo("(\(loops)) || true").hasPrefix("error:"))
  }

  @Test func `keep derived fields that go round in circles from recursing for ever`() {
    let locals = [Environment.Variable(name: "session", type: .object("Session"))]
    let reference = FieldReference(
      typeName: "Session",
      index: School.session.fields.firstIndex { $0.name == "isCareerLadder" } ?? 0,
      name: "isCareerLadder")
    let definition = Checked("!session.isCareerLadder", locals: locals).expression
    let evaluator = Evaluator(derivedFields: [reference: definition])
    let result = evaluator.evaluate(
      Checked("session.isCareerLadder").expression, in: School.activation())
    #expect(shown(result) == "error: the evaluation is nested too deeply")
  }

  @Test(arguments: [
    ("(", "days", ")"), ("!", "has(session.color)", ""), ("[", "1", "]"), ("-(", "days", ")"),
    ("size([", "1", "])"), ("[1].all(x, ", "true", ")"), ("cel.bind(x, 1, ", "x", ")"),
    ("days == 7 ? 1 : (", "2", ")"), ("{1: ", "2", "}"),
  ])
  func `go as deep as the parser allows`(start: String, middle: String, end: String) throws {
    let text =
      String(repeating: start, count: 49) + middle + String(repeating: end, count: 49)
    #expect(!evaluated(text, mode: .standard).hasPrefix("error"))
  }
}
