import CEL
import Diagnostics
import PolicyEngine

/// The outcome of a condition in logic: true, false, or not known since some of the variables are missing.
enum LogicalValue: Hashable {
  case yes, no
  /// The variables that stand in the way, as bits.
  case undetermined(UInt64)

  static prefix func ! (value: LogicalValue) -> LogicalValue {
    switch value {
    case .yes: .no
    case .no: .yes
    case .undetermined: value
    }
  }

  init(_ isTrue: Bool) { self = isTrue ? .yes : .no }

  /// `&&` of both, as the evaluator has it: false decides, whatever the other is.
  static func both(_ left: LogicalValue, _ right: LogicalValue) -> LogicalValue {
    switch (left, right) {
    case (.no, _), (_, .no): .no
    case (.undetermined(let a), .undetermined(let b)): .undetermined(a | b)
    case (.undetermined, .yes): left
    case (.yes, _): right
    }
  }
}

/// A condition taken apart into logic over variables.
///
/// Every part that is not logic is a variable: one that is true, false or not known, independent of all
/// others, or a case of a closed list, or not known. That allows for more than documents can hold, never
/// for less: what is so for all values of the variables is so for all documents.
indirect enum LogicalForm: Sendable {
  case constant(Bool)
  /// A part that may have any value.
  case variable(Int)
  /// Whether the variable, a case of a closed list, is one of these.
  case isCase(Int, of: Set<Int>)
  case not(LogicalForm)
  /// True when all are; what follows one that is false is not evaluated.
  case and([LogicalForm])
  /// True when one is; what follows one that is true is not evaluated.
  case or([LogicalForm])
  /// True when all are; every one is evaluated.
  case all([LogicalForm])
  case conditional(LogicalForm, LogicalForm, LogicalForm)
  /// Whether a part is known to be true.
  case known(LogicalForm)
  /// A part whose values are asked for, with the part's place.
  case watched(Int, LogicalForm)

  /// Its value; `values` has each variable's: 0 not known, then false and true, or the cases.
  func value(_ values: [Int], watch: ((Int, LogicalValue) -> Void)? = nil) -> LogicalValue {
    switch self {
    case .constant(let flag): return LogicalValue(flag)
    case .variable(let index):
      let value = values[index]
      return value == 0 ? .undetermined(1 << UInt64(index)) : LogicalValue(value == 2)
    case .isCase(let index, let cases):
      let value = values[index]
      return value == 0
        ? .undetermined(1 << UInt64(index)) : LogicalValue(cases.contains(value - 1))
    case .not(let operand): return !operand.value(values, watch: watch)
    case .and(let operands): return Self.join(operands, values, watch: watch)
    case .or(let operands): return !Self.join(operands.map { .not($0) }, values, watch: watch)
    case .all(let parts):
      // Each is evaluated before they are put together.
      return parts.map { $0.value(values, watch: watch) }.reduce(.yes) { .both($0, $1) }
    case .conditional(let condition, let then, let otherwise):
      switch condition.value(values, watch: watch) {
      case .yes: return then.value(values, watch: watch)
      case .no: return otherwise.value(values, watch: watch)
      case .undetermined(let doubt): return .undetermined(doubt)
      }
    case .known(let operand): return LogicalValue(operand.value(values, watch: watch) == .yes)
    case .watched(let part, let form):
      let value = form.value(values, watch: watch)
      watch?(part, value)
      return value
    }
  }

  /// All together; what follows a part that is false is not evaluated, as the evaluator does it.
  private static func join(
    _ operands: [LogicalForm], _ values: [Int], watch: ((Int, LogicalValue) -> Void)?
  ) -> LogicalValue {
    var result = LogicalValue.yes
    for operand in operands {
      result = .both(result, operand.value(values, watch: watch))
      if result == .no { return .no }
    }
    return result
  }
}

/// Takes conditions apart; the same part gets the same variable in all of them.
struct LogicalForms {
  private let vocabulary: Vocabulary
  /// The parts whose values are asked for, by their place.
  private let watched: [SourceRange: Int]
  private var indexes: [String: Int] = [:]
  /// The watched parts met so far.
  private(set) var found: Set<Int> = []
  /// How many values each variable has.
  private(set) var sizes: [Int] = []

  /// `watching` are the places of the parts whose values are asked for.
  init(_ vocabulary: Vocabulary, watching: [SourceRange: Int] = [:]) {
    self.vocabulary = vocabulary
    watched = watching
  }

  mutating func form(of condition: Condition) -> LogicalForm {
    let form: LogicalForm
    switch condition.kind {
    case .expression(let expression): return self.form(of: expression)
    case .all(let parts): form = .all(parts.map { self.form(of: $0) })
    case .any(let parts): form = .not(.all(parts.map { .not(self.form(of: $0)) }))
    case .none(let parts): form = .all(parts.map { .not(self.form(of: $0)) })
    case .anyKnown(let parts):
      form = .not(.all(parts.map { .not(.known(self.form(of: $0))) }))
    case .gives(let given):
      form = .variable(variable("gives \(given.givers.map(\.id))", values: 3))
    case .inForce(let dates):
      form = .variable(variable("in force \(dates.words)", values: 3))
    }
    return watching(form, at: condition.range)
  }

  mutating func form(of node: CheckedExpression) -> LogicalForm {
    let form = logic(of: node)
    return watching(form, at: node.range)
  }

  private mutating func watching(_ form: LogicalForm, at range: SourceRange) -> LogicalForm {
    guard let part = watched[range] else { return form }
    found.insert(part)
    return .watched(part, form)
  }

  private mutating func logic(of node: CheckedExpression) -> LogicalForm {
    switch node.kind {
    case .constant(.bool(let flag)): return .constant(flag)
    case .not(let operand): return .not(form(of: operand))
    case .and(let left, let right): return .and([form(of: left), form(of: right)])
    case .or(let left, let right): return .or([form(of: left), form(of: right)])
    case .conditional(let condition, let then, let otherwise) where node.type == .bool:
      return .conditional(form(of: condition), form(of: then), form(of: otherwise))
    default: break
    }
    let levelled = node.levelled
    if case .not(let operand) = levelled.kind { return .not(logic(of: operand)) }
    switch levelled.kind {
    case .and, .or, .constant: return logic(of: levelled)
    default: return membership(levelled) ?? .variable(variable(levelled.key, values: 3))
    }
  }

  /// Whether a case of a closed list is a constant one, or one of several; nil for anything else.
  private mutating func membership(_ node: CheckedExpression) -> LogicalForm? {
    guard case .call(let name, _, let arguments) = node.kind, arguments.count == 2 else {
      return nil
    }
    for (operand, other) in [(arguments[0], arguments[1]), (arguments[1], arguments[0])] {
      guard case .enumeration(let type) = operand.type, case .constant(let constant) = other.kind,
        let cases = vocabulary.enumeration(named: type)?.cases
      else { continue }
      let wanted: [CELValue]
      switch (name, constant) {
      case ("_==_", .string): wanted = [constant]
      case ("@in", .list(let elements)): wanted = elements
      default: return nil
      }
      let texts = wanted.compactMap { if case .string(let text) = $0 { text } else { nil } }
      let found = cases.indices.filter { index in
        texts.contains { $0.utf8.elementsEqual(cases[index].value.utf8) }
      }
      return .isCase(variable(operand.key, values: cases.count + 1), of: Set(found))
    }
    return nil
  }

  private mutating func variable(_ key: String, values: Int) -> Int {
    if let index = indexes[key] { return index }
    indexes[key] = sizes.count
    sizes.append(values)
    return sizes.count - 1
  }

  /// Whether something holds for all values that the variables can have together; false, without a
  /// try, where there are too many of them.
  func holdForAll(limit: Int = 50_000, _ holds: ([Int]) -> Bool) -> Bool {
    guard sizes.count <= 64 else { return false }
    var count = 1
    for size in sizes {
      count *= size
      guard count <= limit else { return false }
    }
    var values = sizes.map { _ in 0 }
    while true {
      guard holds(values) else { return false }
      guard let next = sizes.indices.first(where: { values[$0] + 1 < sizes[$0] }) else {
        return true
      }
      values[next] += 1
      for index in 0..<next { values[index] = 0 }
    }
  }
}
