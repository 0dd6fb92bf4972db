import CEL
import Diagnostics
import Testing

@Suite(
  .enabled(
    if: ConformanceSuite.folder != nil,
    "TUTORPOLICY_CONFORMANCE names no folder with the conformance tests"))
struct `CEL conformance` {
  @Test(arguments: ConformanceSuite.files)
  func `passes the tests of`(file: String) throws {
    let tests = try ConformanceSuite.tests(in: file)
    #expect(!tests.isEmpty, "the file has no tests for this implementation")
    var failures = 0
    for test in tests {
      let label = "\(file)/\(test.section)/\(test.name)"
      let problem = ConformanceRun(test).problem
      if let reason = SkippedConformanceTests.reasons[label] {
        #expect(test.skippedBy?.isEmpty == false, "\(label) may not be skipped")
        #expect(problem != nil, "\(label) passes, so it needs no skipping (\(reason))")
      } else if let problem {
        failures += 1
        Issue.record("\(label): \(test.expr)\n  \(problem)")
      }
    }
    print("conformance: \(file): \(tests.count - failures) of \(tests.count)")
  }

  @Test func `skips only tests that are there`() throws {
    let labels = try ConformanceSuite.files.flatMap { file in
      try ConformanceSuite.tests(in: file).map { "\(file)/\($0.section)/\($0.name)" }
    }
    for label in SkippedConformanceTests.reasons.keys {
      #expect(labels.contains(label), "there is no test \(label)")
    }
  }
}

/// Runs one test as the suite means it.
struct ConformanceRun {
  let test: ConformanceTest

  init(_ test: ConformanceTest) { self.test = test }

  /// What is wrong; nil when the test passes.
  var problem: String? {
    var diagnostics: [Diagnostic] = []
    let source = Source(name: "test", text: test.expr)
    let parsed = Expression.parse(MappedText(source), into: &diagnostics)
    let hasParsed = !diagnostics.hasErrors
    let bindings = (test.bindings ?? [:]).sorted { $0.key < $1.key }
    var environment = Environment(Library.all)
    environment.container = test.container ?? ""
    let isChecked = test.disableCheck != true
    environment.variables = bindings.map { binding in
      let declared = test.typeEnv?.first { $0.name == binding.key }?.type?.type
      return Environment.Variable(name: binding.key, type: isChecked ? declared ?? .dyn : .dyn)
    }
    for declaration in test.typeEnv ?? [] {
      if let type = declaration.type, !bindings.contains(where: { $0.key == declaration.name }) {
        environment.variables.append(
          Environment.Variable(name: declaration.name, type: type.type))
      }
      environment.functions += (declaration.overloads ?? []).map { overload in
        Overload(
          id: overload.id, name: declaration.name, isMember: overload.instance,
          parameters: overload.params.map(\.type), result: overload.result.type, documentation: ""
        ) { _, _ in .failure(EvaluationError("declared only")) }
      }
    }
    let checker = Checker(environment: environment, mode: isChecked ? .standard : .dynamic)
    let checked = checker.check(parsed, into: &diagnostics)
    if diagnostics.hasErrors {
      // An error that the checker already finds is as good as one at evaluation.
      if test.evalError != nil, hasParsed { return nil }
      return diagnostics.map { "\($0.message) at '\($0.range?.text ?? "")'" }.joined(
        separator: "; ")
    }
    if let type = test.typedResult?.type.type, checked.type != type {
      return "deduced \(checked.type) instead of \(type)"
    }
    if test.checkOnly == true { return nil }
    let globals = bindings.map { Evaluation.value($0.value.value) }
    let activation = Activation(globals: globals)
    let result = Evaluator().evaluate(checked, in: activation)
    let traced = Evaluator().trace(checked, in: activation).result
    if "\(traced)" != "\(result)" { return "traced \(traced), evaluated \(result)" }
    return difference(from: result)
  }

  private func difference(from result: Evaluation) -> String? {
    switch result {
    case .value(let value):
      if test.evalError != nil { return "gave \(value) instead of an error" }
      guard let expected = test.value ?? test.typedResult?.value else { return "gave \(value)" }
      return value.isSame(as: expected.value) ? nil : "gave \(value) instead of \(expected.value)"
    case .error(let error): return test.evalError == nil ? "failed: \(error.message)" : nil
    case .unknown(let facts): return "is unknown: \(facts.paths)"
    }
  }
}

extension CELValue {
  /// Whether both are the same in kind and value: NaN is NaN, and an int is not a uint.
  func isSame(as other: CELValue) -> Bool {
    switch (self, other) {
    case (.double(let left), .double(let right)): left.isNaN ? right.isNaN : left == right
    case (.list(let left), .list(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
    case (.map(let left), .map(let right)):
      left.entries.count == right.entries.count
        && left.entries.allSatisfy { entry in right[entry.key]?.isSame(as: entry.value) == true }
    case (.int, .int), (.uint, .uint): isEqual(to: other)
    case (.int, _), (.uint, _), (.double, _): false
    default: isEqual(to: other)
    }
  }
}
