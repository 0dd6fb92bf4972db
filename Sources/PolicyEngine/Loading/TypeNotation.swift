import CEL
import Diagnostics
import YAML

/// A type as an administrator writes it: `T`, `T?`, `[T]` or `{K: V}`, as YAML or within a text.
struct TypeNotation {
  /// The type for expressions.
  let type: CELType
  /// Whether it ends in `?`.
  let isOptional: Bool

  /// The names that stand for types everywhere.
  static let builtIn: [String: CELType] = [
    "bool": .bool, "int": .int, "double": .double, "string": .string, "date": .date,
    "timestamp": .timestamp, "duration": .duration, "decimal": .decimal, "money": .money,
  ]

  /// Reads a type; `named` gives the declared types and enumerations.
  static func read(
    _ node: YAMLNode, named: [String: CELType], into diagnostics: inout [Diagnostic]
  ) -> TypeNotation? {
    switch node.content {
    case .scalar(let scalar):
      return parse(
        Substring(scalar.text), named: named, at: node.range, into: &diagnostics)
    case .sequence(let items):
      guard items.count == 1, let item = items.first else {
        diagnostics.append(.wrongTypeNotation(at: node))
        return nil
      }
      return list(of: read(item, named: named, into: &diagnostics), at: node.range, &diagnostics)
    case .mapping(let entries)
    where Set(entries.compactMap { $0.key.scalar?.text }) == ["bands", "gives"]:
      return bands(node, named: named, into: &diagnostics)
    case .mapping(let entries):
      guard entries.count == 1, let entry = entries.first else {
        diagnostics.append(.wrongTypeNotation(at: node))
        return nil
      }
      return table(
        of: read(entry.key, named: named, into: &diagnostics), at: entry.key.range,
        read(entry.value, named: named, into: &diagnostics), at: entry.value.range, &diagnostics)
    }
  }

  /// A table with bands: `{bands: int, gives: decimal}`.
  private static func bands(
    _ node: YAMLNode, named: [String: CELType], into diagnostics: inout [Diagnostic]
  ) -> TypeNotation? {
    guard let keyNode = node["bands"], let valueNode = node["gives"] else { return nil }
    let key = read(keyNode, named: named, into: &diagnostics)
    let value = read(valueNode, named: named, into: &diagnostics)
    guard let key, let value else { return nil }
    if key.isOptional { diagnostics.append(.optionalPart(at: keyNode.range)) }
    if value.isOptional { diagnostics.append(.optionalPart(at: valueNode.range)) }
    guard BandReader.canBeKey(key.type) else {
      diagnostics.append(.wrongBandKey(key.type.description, at: keyNode.range))
      return nil
    }
    return TypeNotation(
      type: BandTable.type(key: key.type, value: value.type), isOptional: false)
  }

  private static func parse(
    _ text: Substring, named: [String: CELType], at range: SourceRange,
    into diagnostics: inout [Diagnostic]
  ) -> TypeNotation? {
    let text = text.trimmed
    if text.hasSuffix("?") {
      return parse(text.dropLast(), named: named, at: range, into: &diagnostics).map {
        if $0.isOptional { diagnostics.append(.optionalTwice(at: range)) }
        return TypeNotation(type: $0.type, isOptional: true)
      }
    }
    if text.hasPrefix("["), text.hasSuffix("]") {
      let item = parse(
        text.dropFirst().dropLast(), named: named, at: range, into: &diagnostics)
      return list(of: item, at: range, &diagnostics)
    }
    if text.hasPrefix("{"), text.hasSuffix("}"), let colon = text.firstIndex(of: ":") {
      // A key is a plain name, so the first colon is the table's own.
      let key = text[text.index(after: text.startIndex)..<colon]
      let value = text[text.index(after: colon)...].dropLast()
      return table(
        of: parse(key, named: named, at: range, into: &diagnostics), at: range,
        parse(value, named: named, at: range, into: &diagnostics), at: range, &diagnostics)
    }
    let name = String(text)
    if let type = builtIn[name] ?? named[name] {
      return TypeNotation(type: type, isOptional: false)
    }
    diagnostics.append(
      .unknownType(name, known: builtIn.keys.sorted() + named.keys.sorted(), at: range))
    return nil
  }

  private static func table(
    of key: TypeNotation?, at keyRange: SourceRange, _ value: TypeNotation?,
    at valueRange: SourceRange, _ diagnostics: inout [Diagnostic]
  ) -> TypeNotation? {
    guard let key, let value else { return nil }
    if key.isOptional { diagnostics.append(.optionalPart(at: keyRange)) }
    if value.isOptional { diagnostics.append(.optionalPart(at: valueRange)) }
    switch key.type {
    case .string, .int, .bool, .enumeration: break
    default:
      diagnostics.append(.wrongTableKey(key.type.description, at: keyRange))
      return nil
    }
    return TypeNotation(type: .map(key.type, value.type), isOptional: false)
  }

  private static func list(
    of item: TypeNotation?, at range: SourceRange, _ diagnostics: inout [Diagnostic]
  ) -> TypeNotation? {
    guard let item else { return nil }
    if item.isOptional { diagnostics.append(.listOfOptionals(at: range)) }
    return TypeNotation(type: .list(item.type), isOptional: false)
  }
}

extension Substring {
  /// The text without the spaces around it.
  fileprivate var trimmed: Substring {
    var rest = self
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    return rest
  }
}
