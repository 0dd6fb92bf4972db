import CEL

/// A schema as decoding needs it: flat tables, with what was learnt from the documents so far.
struct FactTables: ~Copyable {
  /// What a value must be.
  struct Shape {
    enum Kind: UInt8 {
      case bool, int, double, string, date, timestamp, duration, enumeration, object, list

      /// Whether the values have values in them.
      var isContainer: Bool { rawValue >= Kind.object.rawValue }
    }
    var kind: Kind
    /// For enumerations and objects the position in the schema, for lists that of the elements' shape.
    var detail: Int32
    /// The number of words that it takes.
    var wordCount: Int32
  }

  /// A fact of an object type.
  struct Fact {
    /// The first eight bytes of `"name":`, and the last eight.
    var head: UInt64
    var tail: UInt64
    /// The bits of both words that count: fewer than all where `"name":` is shorter.
    var mask: UInt64
    /// The length of `"name":`, and how far its last eight bytes are from its start.
    var length: Int
    var tailOffset: Int
    /// The distance of its slot from the start of the row.
    var slot: Int
    /// The distance of the word with its presence bit, and the bit.
    var bitWord: Int
    var bit: UInt64
    /// The position of its shape, and the kind that it has there.
    var shape: Int
    var kind: Shape.Kind
    /// The fact that followed this one in the last document.
    var next: Int
  }

  /// An object type.
  struct ObjectType {
    var wordCount: Int
    var bitWords: Int
    /// The position among the facts of all types of one that none matches and the first one follows;
    /// behind it are the type's facts.
    var start: Int
  }

  /// Names that are longer than this with quotes and colon are looked up, not predicted: the bytes
  /// looked at must lie within the padding.
  private static let longestPredicted = 40

  var facts: FixedTable<Fact>
  var types: FixedTable<ObjectType>
  let shapes: FixedTable<Shape>
  private let middleWords: FixedTable<SIMD4<UInt64>>
  private let names: NameIndex
  private let typeCount: Int

  /// The tables of a schema whose rows have the given layout.
  init(_ schema: FactSchema, layout: FactLayout) {
    var facts: [Fact] = []
    var types: [ObjectType] = []
    var shapes: [Shape] = []
    var middleWords: [SIMD4<UInt64>] = []
    for (type, row) in zip(schema.objectTypes, layout.rows) {
      let start = facts.count
      types.append(
        ObjectType(wordCount: row.wordCount, bitWords: row.bitWords, start: start))
      facts.append(Fact(next: type.facts.isEmpty ? start : start + 1))
      middleWords.append(.zero)
      for (index, fact) in type.facts.enumerated() {
        let quoted = Array("\"\(fact.name)\":".utf8)
        let isLast = index == type.facts.count - 1
        var entry = Fact(next: isLast ? start + 1 : facts.count + 1)
        if quoted.count <= Self.longestPredicted { entry.expect(quoted) }
        entry.slot = row.offsets[index]
        entry.bitWord = index / 64
        entry.bit = 1 << UInt64(index % 64)
        let shape = Self.shape(of: fact.type, appendingTo: &shapes)
        entry.shape = shapes.count
        entry.kind = shape.kind
        shapes.append(shape)
        facts.append(entry)
        middleWords.append(
          SIMD4(
            quoted.dropFirst(8).headWord, quoted.dropFirst(16).headWord,
            quoted.dropFirst(24).headWord, quoted.dropFirst(32).headWord))
      }
    }
    self.facts = FixedTable(facts)
    self.types = FixedTable(types)
    self.shapes = FixedTable(shapes)
    self.middleWords = FixedTable(middleWords)
    typeCount = types.count
    names = NameIndex(
      schema.objectTypes.map { $0.facts.map(\.name) } + schema.enumerations.map(\.cases))
  }

  /// Whether the text goes on with a fact's `"name":`.
  @inline(__always)
  func isNext(_ fact: Int, at scanner: JSONScanner) -> Bool {
    let head = scanner.word() ^ facts[fact].head
    let tailOffset = facts[fact].tailOffset
    let tail = scanner.word(at: tailOffset) ^ facts[fact].tail
    guard (head | tail) & facts[fact].mask == 0 else { return false }
    var distance = 8
    while distance < tailOffset {
      guard scanner.word(at: distance) == middleWords[fact][distance &>> 3 &- 1] else {
        return false
      }
      distance &+= 8
    }
    return true
  }

  /// The fact of a type by its name, as a position among the facts of all types.
  func fact(named name: Fingerprint, ofType type: Int, byteAt byte: (Int) -> UInt8) -> Int? {
    names.position(of: name, in: type, byteAt: byte).map { types[type].start + 1 + $0 }
  }

  /// The position of a case in an enumeration.
  @inline(__always)
  func `case`(_ name: Fingerprint, of enumeration: Int, byteAt byte: (Int) -> UInt8) -> Int? {
    names.position(of: name, in: typeCount &+ enumeration, byteAt: byte)
  }

  /// Notes which fact followed another in this document.
  mutating func learn(_ fact: Int, after previous: Int) { facts[previous].next = fact }

  private static func shape(
    of type: FactSchema.ValueType, appendingTo shapes: inout [Shape]
  ) -> Shape {
    let kind: Shape.Kind
    var detail = 0
    switch type {
    case .bool: kind = .bool
    case .int: kind = .int
    case .double: kind = .double
    case .string: kind = .string
    case .date: kind = .date
    case .timestamp: kind = .timestamp
    case .duration: kind = .duration
    case .enumeration(let index): (kind, detail) = (.enumeration, index)
    case .object(let index): (kind, detail) = (.object, index)
    case .list(let element):
      let shape = shape(of: element, appendingTo: &shapes)
      (kind, detail) = (.list, shapes.count)
      shapes.append(shape)
    }
    return Shape(
      kind: kind, detail: Int32(truncatingIfNeeded: detail),
      wordCount: Int32(truncatingIfNeeded: type.wordCount))
  }
}

extension FactTables.Fact {
  /// A fact that nothing matches: no text has two different first bytes.
  fileprivate init(next: Int) {
    self.init(
      head: 1, tail: 2, mask: 0xFF, length: 0, tailOffset: 0, slot: 0, bitWord: 0, bit: 0, shape: 0,
      kind: .bool, next: next)
  }

  /// Makes the fact match a text of its name with quotes and colon.
  fileprivate mutating func expect(_ quoted: [UInt8]) {
    head = quoted.headWord
    tail = quoted.suffix(8).headWord
    mask = quoted.count < 8 ? (1 << UInt64(quoted.count * 8)) - 1 : .max
    length = quoted.count
    tailOffset = max(quoted.count - 8, 0)
  }
}
