import CEL
import Diagnostics
import TestSupport
import Testing

/// Properties that hold for all expressions, tried on random ones against random sessions.
struct `Every expression` {
  @Test(arguments: 0..<8)
  func `prints, checks, evaluates and explains consistently`(seed: Int) {
    var generator = ExpressionGenerator(seed: UInt64(seed))
    for _ in 0..<50 {
      let text = generator.bool(depth: 4)
      let checked = Checked(text)
      guard !checked.diagnostics.hasErrors else {
        // Constant parts may always fail, which is the only mistake that the generator makes.
        #expect(checked.diagnostics.allSatisfy { $0.code == .alwaysFails }, "\(text)")
        continue
      }
      checkPrinting(text)
      for _ in 0..<5 {
        let facts = RandomFacts(&generator.random)
        let result = schoolEvaluator.evaluate(checked.expression, in: facts.activation)
        let trace = schoolEvaluator.trace(checked.expression, in: facts.activation)
        #expect(shown(trace.result) == shown(result), "\(text)")
        #expect(trace.firstMistyped == nil, "\(text)")
        checkReads(of: trace, facts, text, &generator.random)
      }
    }
  }

  @Test(arguments: 0..<8)
  func `comes to the same where derived fields are kept`(seed: Int) throws {
    var generator = ExpressionGenerator(seed: UInt64(seed))
    var found = 0
    for _ in 0..<60 {
      // A definition that does not read itself, and is worth keeping.
      let definition = (0..<3).map { _ in generator.bool(depth: 3) }.joined(separator: " || ")
        .replacing("session.isCareerLadder", with: "has(session.workOrder)")
      let evaluator = try evaluator(isCareerLadder: definition)
      let texts = (0..<4).map { _ in
        "session.isCareerLadder && \(generator.bool(depth: 2)) || \(generator.bool(depth: 3))"
      }
      let facts = RandomFacts(&generator.random)
      var activation = facts.activation
      activation.derivedValues = DerivedValues()
      for text in texts + texts {
        let expression = Checked(text).expression
        var (steps, keptSteps) = (0, 0)
        if Bool.random(using: &generator.random) {
          let result = evaluator.evaluate(expression, in: facts.activation, work: &steps)
          let kept = evaluator.evaluate(expression, in: activation, work: &keptSteps)
          #expect(shown(kept) == shown(result), "\(text) with \(definition)")
        } else {
          let result = evaluator.record(expression, in: facts.activation, work: &steps)
          let kept = evaluator.record(expression, in: activation, work: &keptSteps)
          #expect(shown(kept.result) == shown(result.result), "\(text) with \(definition)")
          #expect(kept.reads == result.reads, "\(text) with \(definition)")
          found += result.reads.count { if case .derived = $0 { true } else { false } }
        }
        #expect(keptSteps == steps, "\(text) with \(definition)")
      }
    }
    #expect(found > 20)
  }

  private func evaluator(isCareerLadder definition: String) throws -> Evaluator {
    let locals = [Environment.Variable(name: "session", type: .object("Session"))]
    let index = try #require(School.session.fields.firstIndex { $0.name == "isCareerLadder" })
    let field = FieldReference(typeName: "Session", index: index, name: "isCareerLadder")
    var definitions = schoolEvaluator.derivedFields
    definitions[field] = Checked(definition, locals: locals).expression
    return Evaluator(derivedFields: definitions)
  }

  private func checkPrinting(_ text: String) {
    var diagnostics: [Diagnostic] = []
    let parsed = Expression.parse(
      MappedText(Source(name: "text", text: text)), into: &diagnostics)
    let printed = parsed.description
    let again = Expression.parse(
      MappedText(Source(name: "printed", text: printed)), into: &diagnostics)
    #expect(diagnostics == [])
    #expect(again.structure == parsed.structure, "\(text) printed as \(printed)")
  }

  /// Changes facts that were not cited and expects that nothing changes.
  private func checkReads(
    of trace: Trace, _ facts: RandomFacts, _ text: String, _ random: inout SeededNumbers
  ) {
    // Which facts are missing, and with which message it fails, is no part of the outcome.
    func outcome(_ evaluation: Evaluation) -> String {
      switch evaluation {
      case .value(let value): shown(value)
      case .error: "error"
      case .unknown: "unknown"
      }
    }
    let recorded = schoolEvaluator.record(trace.expression, in: facts.activation)
    #expect(shown(recorded.result) == shown(trace.result), "\(text)")
    let cited = recorded.reads.compactMap { read in
      switch read {
      case .fact(let path), .presence(let path): path.description
      case .global, .row, .dated, .days, .derived: nil
      }
    }
    for _ in 0..<5 {
      let changed = facts.changingOthers(than: cited, &random)
      let after = schoolEvaluator.evaluate(trace.expression, in: changed.activation)
      #expect(
        outcome(after) == outcome(trace.result),
        "\(text)\n  cites \(cited)\n  before \(facts)\n  after \(changed)")
    }
  }
}

extension Trace {
  /// The first node whose value is not of the deduced type.
  fileprivate var firstMistyped: String? {
    if case .value(let value) = result, !value.isOf(expression.type) {
      return "\(expression.range.text) is \(shown(value)), deduced \(expression.type)"
    }
    return children.lazy.compactMap(\.firstMistyped).first
  }
}

extension CELValue {
  /// Whether the value, with its parts, is of a type.
  fileprivate func isOf(_ type: CELType) -> Bool {
    switch (self, type) {
    case (_, .dyn), (.string, .enumeration), (.string, .string), (.bool, .bool), (.int, .int),
      (.date, .date), (.double, .double):
      true
    case (.list(let elements), .list(let element)): elements.allSatisfy { $0.isOf(element) }
    case (.map(let map), .map(let key, let value)):
      map.entries.allSatisfy { $0.key.isOf(key) && $0.value.isOf(value) }
    case (.optional(let inner), .optional(let type)): inner?.isOf(type) ?? true
    case (.object(let object), .object(let name)): object.typeName == name
    default: false
    }
  }
}

/// The facts of a session, each there, not there, or missing.
private struct RandomFacts: CustomStringConvertible {
  struct Student {
    var name: String?
    var age: Int64?
    var remedial: Bool?
  }

  var id: String?
  var kind: String?
  var color: String?
  var tags: [String]?
  var students: [Student]

  init(_ random: inout SeededNumbers) {
    id = ["S-1", "math", nil].randomElement(using: &random) ?? nil
    kind = School.kinds.cases.randomElement(using: &random)
    if Bool.random(using: &random) { kind = nil }
    color = ["red", "green", nil].randomElement(using: &random) ?? nil
    tags = (0..<Int.random(in: 0...3, using: &random)).map { _ in Self.text(&random) }
    if Int.random(in: 0..<6, using: &random) == 0 { tags = nil }
    students = (0..<Int.random(in: 0...3, using: &random)).map { _ in Self.student(&random) }
  }

  private static func text(_ random: inout SeededNumbers) -> String {
    ["math", "art", "after-school", ""].randomElement(using: &random) ?? ""
  }

  private static func student(_ random: inout SeededNumbers) -> Student {
    Student(
      name: ["math", "Ann", nil].randomElement(using: &random) ?? nil,
      age: [7, 0, 12, nil].randomElement(using: &random) ?? nil,
      remedial: [true, false, nil].randomElement(using: &random) ?? nil)
  }

  /// The facts with those changed that no cited path stands for.
  func changingOthers(than cited: [String], _ random: inout SeededNumbers) -> RandomFacts {
    func isFree(_ path: String) -> Bool { !cited.contains { $0.hasPrefix(path) } }
    var changed = self
    let other = RandomFacts(&random)
    if isFree("session.id") { changed.id = other.id }
    if isFree("session.workOrder") { changed.kind = other.kind }
    if kind != nil, !cited.contains("session.workOrder.kind") {
      changed.kind = changed.kind == nil ? nil : School.kinds.cases.randomElement(using: &random)
    }
    if isFree("session.color") { changed.color = other.color }
    if isFree("session.tags") {
      changed.tags = other.tags
    } else if !cited.contains("session.tags"), let tags {
      changed.tags = tags.enumerated().map {
        cited.contains("session.tags[\($0)]") ? $1 : Self.text(&random)
      }
    }
    if isFree("session.students") {
      changed.students = other.students
    } else {
      for index in students.indices {
        let new = Self.student(&random)
        let path = "session.students[\(index)]"
        if isFree(path + ".name") { changed.students[index].name = new.name }
        if isFree(path + ".age") { changed.students[index].age = new.age }
        if isFree(path + ".remedial") { changed.students[index].remedial = new.remedial }
      }
    }
    return changed
  }

  var activation: Activation {
    let session = School.makeSession(
      kind: kind, tags: tags, students: students.map { ($0.name, $0.age, $0.remedial) }, id: id,
      color: color)
    return School.activation(session)
  }

  var description: String {
    "id \(id ?? "-"), kind \(kind ?? "-"), color \(color ?? "-"), tags \(tags ?? ["-"]), "
      + students.map { "\($0.name ?? "-") \($0.age ?? -1) \($0.remedial as Any)" }.joined(
        separator: "; ")
  }
}

/// Makes expressions about the school that the checker accepts.
private struct ExpressionGenerator {
  var random: SeededNumbers
  private var variables: [(name: String, isStudent: Bool)] = []
  private var bindingCount = 0

  init(seed: UInt64) { random = SeededNumbers(seed: seed) }

  private mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

  mutating func bool(depth: Int) -> String {
    guard depth > 0 else {
      if let student = variable(isStudent: true), pick(2) == 0 {
        return ["\(student).remedial", "has(\(student).age)"][pick(2)]
      }
      return [
        "has(session.workOrder)", "has(session.color)", "session.isCareerLadder", "true", "false",
        "session.?workOrder.hasValue()",
      ][pick(6)]
    }
    let next = depth - 1
    switch pick(14) {
    case 0: return "(\(bool(depth: next)) && \(bool(depth: next)))"
    case 1: return "(\(bool(depth: next)) || \(bool(depth: next)))"
    case 2: return "!(\(bool(depth: next)))"
    case 3: return "(\(bool(depth: next)) ? \(bool(depth: next)) : \(bool(depth: next)))"
    case 4: return "\(int(depth: next)) \(["<", "<=", "==", "!="][pick(4)]) \(int(depth: next))"
    case 5: return "\(text(depth: next)) \(["==", "!=", "<"][pick(3)]) \(text(depth: next))"
    case 6: return "\(text(depth: next)) in \(texts(depth: next))"
    case 7: return "session.workOrder.kind == '\(School.kinds.cases[pick(3)])'"
    case 8: return "session.color == '\(["red", "green"][pick(2)])'"
    case 9: return "\(texts(depth: next)) == \(texts(depth: next))"
    case 10:
      let value = int(depth: next)
      bindingCount += 1
      let name = "n\(bindingCount)"
      return "cel.bind(\(name), \(value), \(bool(depth: next)) || \(name) > 1)"
    case 11: return "\(text(depth: next)).startsWith(\(text(depth: next)))"
    default: return comprehension(depth: next)
    }
  }

  private mutating func comprehension(depth: Int) -> String {
    let macro = ["all", "exists", "exists_one"][pick(3)]
    let isStudent = pick(2) == 0
    let range = isStudent ? students(depth: depth) : texts(depth: depth)
    let name = "\(isStudent ? "s" : "t")\(variables.count)"
    variables.append((name, isStudent))
    defer { variables.removeLast() }
    return "\(range).\(macro)(\(name), \(bool(depth: depth)))"
  }

  private mutating func students(depth: Int) -> String {
    guard depth > 0, pick(2) == 0 else { return "session.students" }
    let name = "f\(variables.count)"
    variables.append((name, true))
    defer { variables.removeLast() }
    return "session.students.filter(\(name), \(bool(depth: depth - 1)))"
  }

  mutating func int(depth: Int) -> String {
    guard depth > 0 else {
      if let student = variable(isStudent: true), pick(2) == 0 { return "\(student).age" }
      return ["days", "0", "7", "size(session.tags)", "size(session.students)"][pick(5)]
    }
    let next = depth - 1
    switch pick(7) {
    case 0: return "(\(int(depth: next)) \(["+", "-", "*"][pick(3)]) \(int(depth: next)))"
    case 1: return "(\(int(depth: next)) / \(int(depth: next)))"
    case 2: return "size(\(text(depth: next)))"
    case 3: return "(\(bool(depth: next)) ? \(int(depth: next)) : \(int(depth: next)))"
    case 4: return "sum(\(students(depth: next)).map(m, m.age))"
    case 5: return ofList(depth: next)
    default: return int(depth: 0)
    }
  }

  mutating func text(depth: Int) -> String {
    guard depth > 0 else {
      if pick(2) == 0, let variable = variables.randomElement(using: &random) {
        return variable.isStudent ? "\(variable.name).name" : variable.name
      }
      return ["session.id", "'math'", "session.tags[0]", "'S-1'", "session.tags[1]"][pick(5)]
    }
    let next = depth - 1
    switch pick(4) {
    case 0: return "(\(text(depth: next)) + \(text(depth: next)))"
    case 1: return "(\(bool(depth: next)) ? \(text(depth: next)) : \(text(depth: next)))"
    case 2: return "session.?color.orValue('red')"
    default: return text(depth: 0)
    }
  }

  /// A number that is made of all elements of a list.
  private mutating func ofList(depth: Int) -> String {
    let list = students(depth: depth)
    let outer = int(depth: depth)
    let name = "l\(variables.count)"
    variables.append((name, true))
    defer { variables.removeLast() }
    switch pick(11) {
    case 0: return "\(list).sum(\(name), \(int(depth: depth)))"
    case 1: return "\(list).count(\(name), \(bool(depth: depth)))"
    case 2: return "\(list).\(["minBy", "maxBy"][pick(2)])(\(name), \(int(depth: depth))).age"
    case 3: return "\(list).sortBy(\(name), \(text(depth: depth)))[0].age"
    case 4: return "\(list).groupBy(\(name), \(text(depth: depth))).size()"
    case 5: return "\(list).longestRun(\(name), \(bool(depth: depth)))"
    case 6:
      return "\(list).mostAtOnce(\(name), \(int(depth: depth)), \(name).age + \(pick(5)))"
    case 7: return "\(list).mostWithin(\(name), \(int(depth: depth)), \(outer))"
    case 8:
      return "\(list).reduce(r\(name), \(outer), \(name), \(int(depth: depth)) + r\(name))"
    case 9: return "\(list).runningSum(\(name), \(int(depth: depth))).\(["min", "max"][pick(2)])()"
    default: return "\(list).map(\(name), \(int(depth: depth))).sort().\(["min", "max"][pick(2)])()"
    }
  }

  private mutating func texts(depth: Int) -> String {
    guard depth > 0 else { return ["session.tags", "names"][pick(2)] }
    let next = depth - 1
    switch pick(6) {
    case 0: return "[\(text(depth: next)), \(text(depth: next))]"
    case 1: return "(session.tags + \(texts(depth: next)))"
    case 4: return "\(texts(depth: next)).\(["sort", "distinct", "reverse"][pick(3)])()"
    case 2: return "\(students(depth: next)).map(m, m.name)"
    case 3:
      let name = "t\(variables.count)"
      variables.append((name, false))
      defer { variables.removeLast() }
      return "session.tags.filter(\(name), \(bool(depth: next)))"
    default: return texts(depth: 0)
    }
  }

  private mutating func variable(isStudent: Bool) -> String? {
    variables.filter { $0.isStudent == isStudent }.randomElement(using: &random)?.name
  }
}
