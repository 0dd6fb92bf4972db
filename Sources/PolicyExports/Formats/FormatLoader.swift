import CEL
import Diagnostics
import PolicyEngine
import YAML

/// What the loaders of exports and of reports have alike.
protocol FormatLoader {
  /// What a file is turned into.
  associatedtype Format: Identifiable<String>

  /// What a file holds, in a word.
  static var kind: String { get }

  var policies: PolicySet { get }
  var diagnostics: [Diagnostic] { get set }
  /// Where the format's name stands.
  var place: SourceRange? { get set }

  init(policies: PolicySet)

  /// The format in a file; nil where it has a mistake, which is reported.
  mutating func load(_ source: Source) -> Format?
}

extension FormatLoader {
  /// The formats in some files, each of a name of its own; those with a mistake, which is reported, are left out.
  static func formats(
    in sources: [Source], policies: PolicySet, into diagnostics: inout [Diagnostic]
  ) -> [Format] {
    var formats: [Format] = []
    var places: [String: SourceRange] = [:]
    for source in sources {
      var loader = Self(policies: policies)
      let format = loader.load(source)
      diagnostics += loader.diagnostics.sortedByPlace()
      guard let format, let place = loader.place else { continue }
      if let first = places.updateValue(place, forKey: format.id) {
        diagnostics.append(.duplicate("\(kind) '\(format.id)'", at: place, first: first))
      } else {
        formats.append(format)
      }
    }
    return formats
  }

  /// The columns of a file; that there is none is reported.
  mutating func columnItems(of file: MappingReader) -> [YAMLNode] {
    guard let list = file.requiredNode("columns", into: &diagnostics) else { return [] }
    let items = items("columns", of: file)
    if case .sequence = list.content, items.isEmpty {
      diagnostics.append(.noColumns(at: list.range))
    }
    return items
  }

  mutating func name(of file: MappingReader, _ key: String, _ node: YAMLNode) -> String? {
    guard let id = file.requiredText(key, into: &diagnostics), let place = node[key]?.range
    else { return nil }
    self.place = place
    let isName =
      !id.isEmpty && !id.hasPrefix("-") && !id.hasSuffix("-")
      && id.utf8.allSatisfy {
        (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d
      }
    guard isName else {
      diagnostics.append(.wrongExportName(id, at: place))
      return nil
    }
    return id
  }

  mutating func decision(of file: MappingReader) -> Int? {
    guard let node = file.requiredNode("decision", into: &diagnostics),
      let name = MappingReader.text(of: node, what: "'decision'", into: &diagnostics)
    else { return nil }
    if let index = policies.decisionIndex(named: name) { return index }
    diagnostics.append(
      .unknownInExport(
        "a decision", name, among: policies.decisions.map(\.name), at: node.range))
    return nil
  }

  mutating func subjectType(of file: MappingReader) -> Int? {
    guard let node = file.requiredNode("about", into: &diagnostics),
      let name = MappingReader.text(of: node, what: "'about'", into: &diagnostics)
    else { return nil }
    let types = policies.vocabulary.types
    if let index = types.firstIndex(where: { $0.name == name }), policies.routes[index].isReachable
    {
      return index
    }
    let known = types.indices.filter { policies.routes[$0].isReachable }.map { types[$0].name }
    diagnostics.append(
      .unknownInExport(
        "a type whose values stand in a document", name, among: known, at: node.range))
    return nil
  }

  /// One of a few words behind a key; nil where it is missing, or another one, which is reported.
  mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String, of reader: MappingReader, _ type: Choice.Type, _ what: String
  ) -> Choice? {
    guard let node = reader.optionalNode(key, into: &diagnostics),
      let text = MappingReader.text(of: node, what: "'\(key)'", into: &diagnostics)
    else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    diagnostics.append(
      .unknownInExport(what, text, among: Choice.allCases.map(\.rawValue), at: node.range))
    return nil
  }

  mutating func items(_ key: String, of file: MappingReader) -> [YAMLNode] {
    guard let node = file.optionalNode(key, into: &diagnostics) else { return [] }
    if let items = node.elements { return items }
    diagnostics.append(.wrongKind(of: "'\(key)'", expected: "a list", found: node))
    return []
  }

  mutating func format(
    of reader: MappingReader, _ item: YAMLNode, _ value: CheckedExpression
  ) -> CellFormat? {
    let type = value.type.valueOrSelf
    guard let node = reader.optionalNode("format", into: &diagnostics) else {
      refuseDecimalKeys(of: reader, item)
      guard let format = CellFormat(usualFor: type) else {
        diagnostics.append(.noFormat(for: type, at: value.range))
        return nil
      }
      return format
    }
    guard let text = MappingReader.text(of: node, what: "'format'", into: &diagnostics) else {
      return nil
    }
    let format: CellFormat
    switch text {
    case "text": format = .text
    case "number": format = .number
    case "decimal":
      guard let decimal = decimal(of: reader) else { return nil }
      format = decimal
    default:
      guard let pattern = MomentPattern(text) else {
        diagnostics.append(.wrongFormat(text, at: node.range))
        return nil
      }
      format = .moment(pattern)
    }
    if text != "decimal" { refuseDecimalKeys(of: reader, item) }
    guard format.writes(type) else {
      diagnostics.append(.formatMismatch("'\(text)'", type, at: node.range))
      return nil
    }
    return format
  }

  mutating func refuseDecimalKeys(of reader: MappingReader, _ item: YAMLNode) {
    for key in ["per", "decimals", "rounding"] where reader.has(key) {
      diagnostics.append(.onlyForDecimal(key, at: item[key]?.range ?? item.range))
    }
  }

  mutating func decimal(of reader: MappingReader) -> CellFormat? {
    let per = reader.optionalNode("per", into: &diagnostics).map {
      number("per", $0, in: 1...1_000_000_000)
    }
    let decimals = reader.requiredNode("decimals", into: &diagnostics).flatMap {
      number("decimals", $0, in: 0...6)
    }
    let rounding =
      reader.requiredNode("rounding", into: &diagnostics) == nil
      ? nil : choice("rounding", of: reader, Rounding.self, "a way to round")
    guard let decimals, let rounding, per != .some(nil) else { return nil }
    return .decimal(per: (per ?? 1) ?? 1, decimals: Int(decimals), rounding)
  }

  mutating func number(
    _ key: String, _ node: YAMLNode, in range: ClosedRange<Int64>
  ) -> Int64? {
    if case .int(let number)? = node.scalar?.value, range.contains(number) { return number }
    diagnostics.append(.notANumber(key, in: range, found: node))
    return nil
  }
}

extension OutsideExpressions {
  /// The expression in a node, as `read` gives it; nil also where it tells of a confidential fact, which is reported.
  func readOpenly(
    _ node: YAMLNode, what: String, about type: Int, locals: [Environment.Variable],
    expecting expected: CELType?, into diagnostics: inout [Diagnostic]
  ) -> CheckedExpression? {
    let expression = read(
      node, what: what, about: type, locals: locals, expecting: expected, into: &diagnostics)
    if let expression, let fact = confidentialFact(readBy: expression) {
      diagnostics.append(.exportTellsConfidentialFact(fact, at: expression.range))
      return nil
    }
    return expression
  }
}

extension CELType {
  /// The type of what an optional may hold; itself for others.
  fileprivate var valueOrSelf: CELType {
    if case .optional(let value) = self { value } else { self }
  }
}

extension CellFormat {
  /// How values of a type are written unless something else is said; nil where there is no usual way.
  fileprivate init?(usualFor type: CELType) {
    switch type {
    case .string, .enumeration: self = .text
    case .int: self = .number
    case .date: self = .moment(.day)
    default: return nil
    }
  }

  /// Whether values of a type can be written so.
  fileprivate func writes(_ type: CELType) -> Bool {
    switch (self, type) {
    case (.text, .string), (.text, .enumeration), (.text, .int): true
    case (.number, .int), (.decimal, .int): true
    case (.moment(let pattern), .date): !pattern.needsClock
    case (.moment, .timestamp): true
    default: false
    }
  }
}
