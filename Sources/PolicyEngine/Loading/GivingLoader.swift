import CEL
import Diagnostics
import YAML

/// What a decision says of the value that it gives.
struct GivingDeclaration: Sendable {
  let type: CELType
  let choice: GivenValue.Choice
  let otherwise: CheckedExpression?
  let combination: CheckedExpression?
  /// The rules in the order in which they are asked; nil where none is written down.
  let order: [(id: String, range: SourceRange)]?
  /// Where the order stands, or the way of choosing.
  let range: SourceRange
}

/// Reads what decisions say of the values that they give.
struct GivingLoader {
  let scope: ExpressionScope
  let enumerations: [Enumeration]

  /// What a decision about a type says of its value; nil where it gives none, and where that is not known.
  func load(
    _ reader: MappingReader, decision: String, about subject: Int,
    into diagnostics: inout [Diagnostic]
  ) -> GivingDeclaration? {
    guard let typeNode = reader.optionalNode("gives", into: &diagnostics) else {
      guard !reader.has("gives") else { return nil }
      for key in ["by", "order", "otherwise"] {
        guard let range = reader.range(ofKey: key) else { continue }
        diagnostics.append(.keyWithoutGives(key, decision: decision, at: range))
      }
      return nil
    }
    let type = loadType(typeNode, into: &diagnostics)
    let choice = loadChoice(reader, into: &diagnostics)
    let order = loadOrder(reader, choice: choice, into: &diagnostics)
    guard let type, let choice else { return nil }
    let otherwise = reader.optionalNode("otherwise", into: &diagnostics).flatMap { node in
      ExpressionScope.text(of: node, what: "'otherwise'", into: &diagnostics).map {
        scope.check(
          $0, locals: scope.locals(ofType: subject), expecting: type, into: &diagnostics)
      }
    }
    return GivingDeclaration(
      type: type, choice: choice, otherwise: otherwise,
      combination: combination(of: type, by: choice, at: typeNode.range, into: &diagnostics),
      order: order,
      range: reader.range(ofKey: "order") ?? reader.range(ofKey: "by") ?? typeNode.range)
  }

  private func loadType(_ node: YAMLNode, into diagnostics: inout [Diagnostic]) -> CELType? {
    var named: [String: CELType] = [:]
    for enumeration in enumerations { named[enumeration.name] = .enumeration(enumeration.name) }
    guard let notation = TypeNotation.read(node, named: named, into: &diagnostics) else {
      return nil
    }
    if notation.isOptional {
      diagnostics.append(.givesOptional(at: node.range))
      return nil
    }
    switch notation.type {
    case .bool, .list, .map, .object, .optional, .null, .bytes, .dyn, .type:
      diagnostics.append(.givesNoScalar(notation.type, at: node.range))
      return nil
    default: return notation.type
    }
  }

  private func loadChoice(
    _ reader: MappingReader, into diagnostics: inout [Diagnostic]
  ) -> GivenValue.Choice? {
    guard let node = reader.requiredNode("by", into: &diagnostics),
      let text = MappingReader.text(of: node, what: "'by'", into: &diagnostics)
    else { return nil }
    if let choice = GivenValue.Choice(rawValue: text) { return choice }
    diagnostics.append(.unknownChoice(text, at: node.range))
    return nil
  }

  private func loadOrder(
    _ reader: MappingReader, choice: GivenValue.Choice?, into diagnostics: inout [Diagnostic]
  ) -> [(id: String, range: SourceRange)]? {
    guard let range = reader.range(ofKey: "order") else { return nil }
    let named = reader.texts("order", into: &diagnostics)
    if let choice, choice != .first {
      diagnostics.append(.orderWithoutFirst(choice.rawValue, at: range))
    }
    return named.map { ($0.text, $0.range) }
  }

  /// What puts two values together, by the very operators of the language.
  private func combination(
    of type: CELType, by choice: GivenValue.Choice, at range: SourceRange,
    into diagnostics: inout [Diagnostic]
  ) -> CheckedExpression? {
    let text: String
    switch choice {
    case .first, .only: return nil
    case .sum: text = "one + other"
    case .greatest, .least: text = "one < other"
    }
    var mistakes: [Diagnostic] = []
    let locals = ["one", "other"].map { Environment.Variable(name: $0, type: type) }
    let checked = scope.check(
      MappedText(Source(name: "", text: text)), locals: locals,
      expecting: choice == .sum ? type : .bool, into: &mistakes)
    let isText =
      switch type {
      case .string, .enumeration: true
      default: false
      }
    guard mistakes.isEmpty, !isText else {
      diagnostics.append(.cannotBeCombined(type, by: choice.rawValue, at: range))
      return nil
    }
    return checked
  }
}

extension Diagnostic {
  fileprivate static func unknownChoice(_ text: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .unknownCase, "'\(text)' is not a way to choose a value", at: range,
      help: Suggestion.helpOrList(
        for: text, among: GivenValue.Choice.allCases.map(\.rawValue), listing: "the ways are"))
  }

  fileprivate static func keyWithoutGives(
    _ key: String, decision: String, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .missingKey, "'\(key)' is about a value, and decision '\(decision)' gives none",
      at: range, help: "add 'gives' with the type of the value, or remove the key")
  }

  fileprivate static func givesOptional(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .wrongType, "what a decision gives is not optional: it fails where there is no value",
      at: range, help: "remove the '?'")
  }

  fileprivate static func givesNoScalar(_ type: CELType, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .wrongType, "a decision can't give \(type.phrase)", at: range,
      help: type == .bool
        ? "a decision passes or fails already: write rules with 'require'"
        : "it gives a number, a date, a duration, a text or a case of an enumeration")
  }

  fileprivate static func orderWithoutFirst(_ choice: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .keysApart, "'order' is for 'by: first' alone, and this is chosen by '\(choice)'",
      at: range, help: "remove the key, or write 'by: first'")
  }

  fileprivate static func cannotBeCombined(
    _ type: CELType, by choice: String, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .wrongType,
      choice == "sum"
        ? "there is no sum of values of type \(type)"
        : "there is no \(choice) value of type \(type)", at: range,
      help: "choose by 'first' or 'only', or give a number, a date or a duration")
  }
}
