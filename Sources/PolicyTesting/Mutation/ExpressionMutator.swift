import CEL
import Diagnostics
import PolicyEngine

/// Finds the small slips that a person could make in an expression.
///
/// Expressions are changed in the text of the file, byte for byte, so that what is tried is exactly what
/// a person could have written; a change that the checker refuses is not a mutant.
struct ExpressionMutator {
  /// The closed lists, for cases taken for others.
  let enumerations: [Enumeration]
  private(set) var mutations: [Mutation] = []

  init(enumerations: [Enumeration]) { self.enumerations = enumerations }

  /// Adds the slips in an expression that stands in a range of a file.
  mutating func mutate(expressionAt range: SourceRange) {
    // The range of an expression that begins or ends with a parenthesis leaves that out.
    let whole = range.includingParentheses
    var diagnostics: [Diagnostic] = []
    let text = MappedText(
      bytes: Array(whole.source.bytes[whole.bytes]), source: whole.source,
      segments: [MappedText.Segment(text: 0, origin: whole.bytes.lowerBound)],
      originEnd: whole.bytes.upperBound)
    let expression = Expression.parse(text, into: &diagnostics)
    // Escapes of a quoted scalar stand in the file and not in the expression.
    guard diagnostics.isEmpty else { return }
    visit(expression)
  }

  private mutating func visit(_ node: Expression) {
    switch node.kind {
    case .binary(let operation, let left, let right): compare(operation, left, right)
    case .and(let operands): combine(operands, "&&", "||", neutral: "true")
    case .or(let operands): combine(operands, "||", "&&", neutral: "false")
    case .not(let operand):
      add(.negated, "'!' is left out", at: node.range, operand.range.includingParentheses.text)
    case .conditional(_, let then, let otherwise):
      let range = then.range.union(otherwise.range)
      let between = SourceRange(
        source: range.source, bytes: then.range.bytes.upperBound..<otherwise.range.bytes.lowerBound)
      add(
        .choice, "the two outcomes are exchanged", at: range,
        otherwise.range.text + between.text + then.range.text)
    case .literal(let value): change(value, at: node.range)
    case .list(let elements) where elements.count > 1:
      for (index, element) in elements.enumerated() {
        let rest = elements.enumerated().filter { $0.offset != index }.map(
          \.element.value.range.text)
        add(
          .item, "\(element.value.range.text.folded) is left out", at: node.range,
          "[" + rest.joined(separator: ", ") + "]", shownAt: element.value.range)
      }
    case .comprehension(let comprehension): change(comprehension)
    case .listMacro(let macro): change(macro)
    case .call(_?, let function, let arguments) where arguments.isEmpty:
      let others = ["min": "max", "max": "min", "first": "last", "last": "first"]
      if let other = others[function.text] {
        add(
          .combination, "'\(function.text)' becomes '\(other)'", at: function.range, other)
      }
    case .call(_, let function, let arguments) where arguments.count == 1:
      if case .literal(.string(let text)) = arguments[0].kind {
        step(text, of: function.text, at: arguments[0].range)
      }
    case .identifier, .select, .has, .index, .call, .negation, .list, .map, .bind, .optionalMap,
      .error:
      break
    }
    for child in node.kind.children { visit(child) }
  }

  private mutating func compare(
    _ operation: Expression.BinaryOperator, _ left: Expression, _ right: Expression
  ) {
    let others: [Expression.BinaryOperator] =
      switch operation {
      case .less: [.lessOrEqual, .greater, .greaterOrEqual]
      case .lessOrEqual: [.less, .greater, .greaterOrEqual]
      case .greater: [.greaterOrEqual, .less, .lessOrEqual]
      case .greaterOrEqual: [.greater, .less, .lessOrEqual]
      case .equal: [.notEqual]
      case .notEqual: [.equal]
      case .add: [.subtract]
      case .subtract: [.add]
      case .isIn, .multiply, .divide, .remainder: []
      }
    guard
      let range = range(
        of: operation.rawValue, from: left.range.bytes.upperBound,
        to: right.range.bytes.lowerBound, in: left.range.source)
    else { return }
    for other in others {
      add(
        .comparison, "'\(operation.rawValue)' becomes '\(other.rawValue)'", at: range,
        other.rawValue)
    }
  }

  private mutating func combine(
    _ operands: [Expression], _ operation: String, _ other: String, neutral: String
  ) {
    for operand in operands {
      let range = operand.range.includingParentheses
      add(.dropped, "\(range.text.folded.quoted) is left out", at: range, neutral)
      add(.negated, "\(range.text.folded.quoted) is negated", at: range, range.text.negated)
    }
    for (left, right) in zip(operands, operands.dropFirst()) {
      guard
        let range = range(
          of: operation, from: left.range.bytes.upperBound, to: right.range.bytes.lowerBound,
          in: left.range.source)
      else { continue }
      add(.combination, "'\(operation)' becomes '\(other)'", at: range, other)
    }
  }

  private mutating func change(_ value: CELValue, at range: SourceRange) {
    switch value {
    case .int(let number):
      for other in [number &- 1, number &+ 1] {
        add(.threshold, "\(number) becomes \(other)", at: range, String(other))
      }
    case .uint(let number):
      for other in [number &- 1, number &+ 1] where number > 0 || other == 1 {
        add(.threshold, "\(number)u becomes \(other)u", at: range, "\(other)u")
      }
    case .double:
      for other in range.text.steppedDigits {
        add(.threshold, "\(range.text) becomes \(other)", at: range, other)
      }
    case .bool(let flag): add(.value, "\(flag) becomes \(!flag)", at: range, "\(!flag)")
    case .string(let text):
      for enumeration in enumerations where enumeration.label(of: text) != nil {
        for other in enumeration.cases where other.value != text {
          add(.value, "'\(text)' becomes '\(other.value)'", at: range, "'\(other.value)'")
        }
      }
    default: break
    }
  }

  /// Adds the dates, instants and spans of time that lie next to one that is written as a text.
  private mutating func step(_ text: String, of function: String, at range: SourceRange) {
    let others: [String]
    switch function {
    case "date":
      others =
        CivilDate(text).map { date in
          [-1, 1].map { CivilDate(daysSinceEpoch: date.daysSinceEpoch &+ $0).description }
        } ?? []
    case "timestamp":
      others =
        CELTimestamp(text).map { instant in
          [-1, 1].map { CELTimestamp(seconds: instant.seconds &+ $0).description }
        } ?? []
    case "duration": others = text.steppedDigits
    default: others = []
    }
    for other in others {
      add(.threshold, "\(text) becomes \(other)", at: range, "'\(other)'")
    }
  }

  private mutating func change(_ comprehension: Expression.Comprehension) {
    let swap: (String, String)? =
      switch comprehension.macro {
      case .all: ("all", "exists")
      case .exists: ("exists", "all")
      default: nil
      }
    guard let (word, other) = swap, let variable = comprehension.variables.first,
      let range = range(
        of: word, from: comprehension.range.range.bytes.upperBound,
        to: variable.range.bytes.lowerBound, in: variable.range.source)
    else { return }
    add(.combination, "'\(word)' becomes '\(other)'", at: range, other)
    if let predicate = comprehension.predicate?.range.includingParentheses {
      add(
        .negated, "\(predicate.text.folded.quoted) is negated", at: predicate,
        predicate.text.negated)
    }
  }

  private mutating func change(_ macro: Expression.ListMacro) {
    let other: Expression.ListMacro.Name? =
      switch macro.name {
      case .minBy: .maxBy
      case .maxBy: .minBy
      default: nil
      }
    if let other, let variable = macro.variables.first,
      let range = range(
        of: macro.name.rawValue, from: macro.range.range.bytes.upperBound,
        to: variable.range.bytes.lowerBound, in: variable.range.source)
    {
      add(
        .combination, "'\(macro.name.rawValue)' becomes '\(other.rawValue)'", at: range,
        other.rawValue)
    }
    guard macro.name == .count || macro.name == .longestRun,
      let condition = macro.bodies.first?.range.includingParentheses
    else { return }
    add(
      .negated, "\(condition.text.folded.quoted) is negated", at: condition, condition.text.negated)
  }

  private func range(of word: String, from start: Int, to end: Int, in source: Source)
    -> SourceRange?
  {
    guard start < end, source.bytes.indices.contains(end) else { return nil }
    let between = Array(source.bytes[start..<end])
    guard let found = between.firstRange(of: Array(word.utf8)) else { return nil }
    return SourceRange(
      source: source, bytes: start + found.lowerBound..<start + found.upperBound)
  }

  private mutating func add(
    _ kind: Mutation.Kind, _ change: String, at range: SourceRange, _ text: String,
    shownAt place: SourceRange? = nil
  ) {
    mutations.append(Mutation(kind, change, at: range, text, shownAt: place))
  }
}

extension String {
  /// The text with the number that its last digits are one less and one more, at the place of these:
  /// `2.50` gives `2.49` and `2.51`, `1h30m` gives `1h29m` and `1h31m`.
  ///
  /// None where there is no digit, or an exponent behind them.
  var steppedDigits: [String] {
    guard !contains(where: { "eExX".contains($0) }) || hasSuffix("m") || hasSuffix("s"),
      let end = lastIndex(where: { ("0"..."9").contains($0) }).map({ index(after: $0) })
    else { return [] }
    // What stands before a decimal point counts along, so that 1.0 becomes 0.9.
    let digits = self[..<end].reversed().prefix { ("0"..."9").contains($0) || $0 == "." }
    let start = index(end, offsetBy: -digits.count)
    let places = self[start..<end].split(separator: ".", omittingEmptySubsequences: false)
    guard places.count <= 2, let number = Int(places.joined()) else { return [] }
    let decimals = places.count == 2 ? places[1].count : 0
    return [number - 1, number + 1].filter { $0 >= 0 }.map { other in
      var text = String(other)
      text = String(repeating: "0", count: max(0, decimals + 1 - text.count)) + text
      if decimals > 0 { text.insert(".", at: text.index(text.endIndex, offsetBy: -decimals)) }
      return self[..<start] + text + self[end...]
    }
  }

  /// The expression's opposite, in a form that can begin an unquoted YAML text.
  var negated: String { "((\(self)) == false)" }

  /// The text on one line.
  var folded: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }

  var quoted: String { "'\(self)'" }
}

extension SourceRange {
  /// The range with what of the text around it closes its parentheses, or opens them.
  var includingParentheses: SourceRange {
    var depth = 0
    var lowest = 0
    for byte in source.bytes[bytes] {
      if byte == UInt8(ascii: "(") { depth += 1 }
      if byte == UInt8(ascii: ")") { depth -= 1 }
      lowest = min(lowest, depth)
    }
    var (low, high) = (bytes.lowerBound, bytes.upperBound)
    var missing = -lowest
    while missing > 0, let next = source.bytes[..<low].lastIndex(where: { !$0.isSpace }),
      source.bytes[next] == UInt8(ascii: "(")
    {
      low = next
      missing -= 1
    }
    missing = depth - lowest
    while missing > 0, let next = source.bytes[high...].firstIndex(where: { !$0.isSpace }),
      source.bytes[next] == UInt8(ascii: ")")
    {
      high = next + 1
      missing -= 1
    }
    return SourceRange(source: source, bytes: low..<high)
  }
}

extension UInt8 {
  fileprivate var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
