import CEL
import Diagnostics
import YAML

extension PolicyLoader {
  mutating func loadParameters(
    types: [TypeDeclaration], enumerations: [Enumeration]
  ) -> [Parameter] {
    var named: [String: CELType] = [:]
    for enumeration in enumerations { named[enumeration.name] = .enumeration(enumeration.name) }
    // A record is written as a mapping with the facts of its type.
    for type in types { named[type.name] = .object(type.name) }
    var constants = constants(enumerations)
    constants.records = Dictionary(types.map { ($0.name, $0.facts) }) { first, _ in first }
    return declarations.parameters.compactMap {
      loadParameter($0, named: named, constants: constants)
    }
  }

  private mutating func loadParameter(
    _ declaration: Declarations.Named, named: [String: CELType], constants: ConstantReader
  ) -> Parameter? {
    let name = declaration.name
    checkName(name, what: "a parameter", at: declaration.key)
    guard
      let reader = MappingReader(
        declaration.node, what: "parameter '\(name)'", keys: PolicyKeys.parameter,
        into: &diagnostics)
    else { return .unusable(declaration) }
    let label = reader.optionalText("label", into: &diagnostics)
    let source = reader.optionalText("source", into: &diagnostics)
    let quote = reader.quote(of: source, into: &diagnostics)
    let typeNode = reader.requiredNode("type", into: &diagnostics)
    let values = reader.requiredNode("values", into: &diagnostics)
    guard let typeNode,
      let notation = TypeNotation.read(typeNode, named: named, into: &diagnostics)
    else { return .unusable(declaration) }
    if notation.isOptional { diagnostics.append(.optionalParameter(at: typeNode.range)) }
    let dated =
      values.flatMap { loadDatedValues($0, of: name, type: notation.type, constants: constants) }
    checkLimit(reader, of: notation.type, dated ?? [])
    // Even without a value, the name and the type are known: rules that use it have no mistake.
    return Parameter(
      name: name, label: label, type: notation.type, values: dated ?? [], source: source,
      quote: quote, range: declaration.key)
  }

  private mutating func loadDatedValues(
    _ node: YAMLNode, of name: String, type: CELType, constants: ConstantReader
  ) -> [Parameter.DatedValue]? {
    guard case .mapping(let entries) = node.content else {
      diagnostics.append(
        .wrongKind(
          of: "the values of '\(name)'", expected: "a mapping from dates ({2026-07-01: ...})",
          found: node))
      return nil
    }
    if entries.isEmpty { diagnostics.append(.emptyValues(of: name, at: node.range)) }
    var values: [Parameter.DatedValue] = []
    var previous: (date: CivilDate, range: SourceRange)?
    for entry in entries {
      let date = constants.readDate(entry.key, into: &diagnostics)
      if let date {
        if let previous, date == previous.date {
          diagnostics.append(
            .duplicate("the value from \(date) on", at: entry.key.range, first: previous.range))
        } else if let previous, date < previous.date {
          diagnostics.append(.datesOutOfOrder(at: entry.key.range, previous: previous.range))
        }
        previous = (date, entry.key.range)
      }
      if entry.value.endsParameter {
        if let date { end(&values, with: .init(from: date, range: entry.key.range), of: name) }
        continue
      }
      let value = constants.read(
        entry.value, as: type, at: AttributePath(root: name), into: &diagnostics)
      if let date, let value {
        values.append(Parameter.DatedValue(from: date, value: value, range: entry.key.range))
      }
    }
    return values
  }

  /// Ends the last value, after which there is none until another one begins.
  private mutating func end(
    _ values: inout [Parameter.DatedValue], with end: Parameter.End, of name: String
  ) {
    guard let last = values.indices.last, values[last].end == nil else {
      diagnostics.append(.nothingToEnd(of: name, at: end.range))
      return
    }
    values[last].end = end
  }
}

extension YAMLNode {
  /// Whether the node stands for the end of a parameter's values: `none`, and no text in quotes.
  package var endsParameter: Bool { scalar?.style == .plain && scalar?.text == "none" }
}

extension Parameter {
  /// A parameter of which only the name is known: whatever uses it has no mistake.
  static func unusable(_ declaration: Declarations.Named) -> Parameter {
    Parameter(
      name: declaration.name, label: nil, type: .error, values: [], source: nil, quote: nil,
      range: declaration.key)
  }
}

extension MappingReader {
  /// The words of the handbook, which need a place that they are quoted from.
  func quote(of source: String?, into diagnostics: inout [Diagnostic]) -> String? {
    guard let node = optionalNode("quote", into: &diagnostics),
      let quote = MappingReader.text(of: node, what: "'quote'", into: &diagnostics)
    else { return nil }
    if source == nil, !has("source") { diagnostics.append(.quoteWithoutSource(at: node.range)) }
    return quote.foldingSpace()
  }
}
