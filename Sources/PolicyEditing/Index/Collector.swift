import CEL
import Diagnostics
import PolicyEngine
import YAML

/// Goes through files and notes where symbols are named.
///
/// It reads names by a policy set, which may be that of an earlier text: what has a mistake keeps its places,
/// as far as they can be told.
struct Collector {
  let policies: PolicySet
  let names: ExpressionNames
  private(set) var occurrences: [Occurrence] = []
  private(set) var expressions: [PlacedExpression] = []
  /// Where the text that is read stands in its file: a stream is read line by line.
  var place: (source: Source, offset: Int)?

  init(_ policies: PolicySet, enumerations: [EnumerationType] = []) {
    self.policies = policies
    names = ExpressionNames(policies, enumerations: enumerations)
  }

  var vocabulary: Vocabulary { policies.vocabulary }

  // MARK: Places

  mutating func add(
    _ symbol: Symbol, at range: SourceRange, _ form: Occurrence.Form, isDefinition: Bool = false
  ) {
    guard !range.bytes.isEmpty else { return }
    let range =
      place.map { place in
        SourceRange(
          source: place.source,
          bytes: range.bytes.lowerBound + place.offset..<range.bytes.upperBound + place.offset)
      } ?? range
    occurrences.append(
      Occurrence(symbol: symbol, range: range, isDefinition: isDefinition, form: form))
  }

  /// Notes a scalar that is a name as a whole.
  mutating func add(_ symbol: Symbol, in node: YAMLNode, isDefinition: Bool = false) {
    guard let style = node.scalar?.style, let range = Self.content(of: node) else { return }
    add(symbol, at: range, .scalar(style), isDefinition: isDefinition)
  }

  /// Where the text of a scalar stands, without quotes, and without the line break that ends a block.
  static func content(of node: YAMLNode) -> SourceRange? {
    guard let text = node.mappedText() else { return nil }
    let count = text.bytes.count - text.bytes.reversed().prefix { $0 == UInt8(ascii: "\n") }.count
    return text.range(of: 0..<count)
  }

  // MARK: Expressions

  /// Notes the names in an expression about a value of a type.
  mutating func expression(
    _ node: YAMLNode?, about type: Int, locals: [Environment.Variable] = [],
    expecting expected: CELType? = nil
  ) {
    guard let node, let style = node.scalar?.style, let text = node.mappedText() else { return }
    expression(text, in: style, about: type, locals: locals, expecting: expected)
  }

  /// Notes the names in the braces of a text about a value of a type.
  mutating func template(_ node: YAMLNode?, about type: Int, locals: [Environment.Variable] = []) {
    guard let node, let style = node.scalar?.style, let text = node.mappedText() else { return }
    for piece in ExpressionNames.expressions(inTemplate: text) {
      expression(piece, in: style, about: type, locals: locals, expecting: nil)
    }
  }

  private mutating func expression(
    _ text: MappedText, in style: YAMLScalar.Style, about type: Int,
    locals: [Environment.Variable], expecting expected: CELType?
  ) {
    guard vocabulary.types.indices.contains(type) else { return }
    let reading = names.read(text, about: type, locals: locals, expecting: expected)
    expressions.append(PlacedExpression(text: text, subject: type, reading: reading))
    for use in reading.uses { note(use, in: style, about: type) }
  }

  private mutating func note(_ use: NameUse, in style: YAMLScalar.Style, about type: Int) {
    switch use.meaning {
    case .global(let variable):
      if variable.name == vocabulary.documentName {
        add(Symbol(.document, variable.name), at: use.range, .name)
      } else if vocabulary.parameters.contains(where: { $0.name == variable.name }) {
        add(Symbol(.parameter, variable.name), at: use.range, .name)
      }
    case .local(let variable, depth: 0) where variable.name == vocabulary.types[type].variable:
      if type == vocabulary.documentType {
        add(Symbol(.document, variable.name), at: use.range, .name)
      } else {
        add(Symbol(.type, vocabulary.types[type].name), at: use.range, .variable)
      }
    case .field(let name, let owner, let isDerived):
      add(Symbol(isDerived ? .term : .fact, name, of: owner), at: use.range, .name)
    case .enumerationCase(let text, let owner): note(text, of: owner, at: use.range, in: style)
    case .local, .function, .unknownMember, .unknownName: break
    }
  }

  /// Notes a text that stands for a case, with or without its quotes.
  private mutating func note(
    _ text: String, of owner: String, at range: SourceRange, in style: YAMLScalar.Style
  ) {
    let symbol: Symbol
    if policies.decisionIndex(named: text) != nil, vocabulary.enumeration(named: owner) == nil,
      owner == "decision"
    {
      symbol = Symbol(.decision, text)
    } else if vocabulary.enumeration(named: owner)?.label(of: text) != nil {
      symbol = Symbol(.enumerationCase, text, of: owner)
    } else {
      return
    }
    let bytes = range.source.bytes
    // A text may be written with escapes, or in quotes of three; what it stands for is replaced as a whole.
    guard let found = Self.place(of: text, within: range.bytes, bytes) else { return }
    add(symbol, at: SourceRange(source: range.source, bytes: found), .literal(style))
  }

  /// Where a text stands within a range, written out.
  private static func place(
    of text: String, within range: Range<Int>, _ bytes: [UInt8]
  ) -> Range<Int>? {
    let wanted = Array(text.utf8)
    guard !wanted.isEmpty, range.count >= wanted.count else { return nil }
    let starts = range.lowerBound...range.upperBound - wanted.count
    return starts.first { bytes[$0..<$0 + wanted.count].elementsEqual(wanted) }
      .map { $0..<$0 + wanted.count }
  }

  // MARK: Conditions

  /// Notes the names in a condition: an expression, or `all:`, `any:` or `none:` over conditions.
  mutating func condition(
    _ node: YAMLNode?, about type: Int, locals: [Environment.Variable] = []
  ) {
    guard let node else { return }
    switch node.content {
    case .scalar: expression(node, about: type, locals: locals, expecting: .bool)
    case .sequence(let items): for item in items { condition(item, about: type, locals: locals) }
    case .mapping(let entries):
      for entry in entries { condition(entry.value, about: type, locals: locals) }
    }
  }

  // MARK: Types

  /// Notes the names in the notation of a type.
  mutating func notation(_ node: YAMLNode?) {
    guard let node else { return }
    switch node.content {
    case .sequence(let items): for item in items { notation(item) }
    case .mapping(let entries):
      for entry in entries {
        notation(entry.key)
        notation(entry.value)
      }
    case .scalar:
      guard let text = node.mappedText() else { return }
      for range in Self.words(in: text.bytes) {
        let name = String(decoding: text.bytes[range], as: UTF8.self)
        if let symbol = typeSymbol(name) { add(symbol, at: text.range(of: range), .name) }
      }
    }
  }

  /// The type or enumeration of a name.
  func typeSymbol(_ name: String) -> Symbol? {
    if vocabulary.type(named: name) != nil { return Symbol(.type, name) }
    return vocabulary.enumeration(named: name) == nil ? nil : Symbol(.enumeration, name)
  }

  /// The runs of letters, digits and underscores.
  static func words(in bytes: [UInt8]) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var start: Int?
    for (offset, byte) in bytes.enumerated() {
      if isOfWord(byte) {
        start = start ?? offset
      } else if let begun = start {
        words.append(begun..<offset)
        start = nil
      }
    }
    if let start { words.append(start..<bytes.count) }
    return words
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
