import CEL

/// A schema as decoding needs it: flat tables, with what was learnt from the documents so far.
struct FactTables: ~Copyable {
  /// What a value must be.
  enum Kind: UInt8 {
    case bool, int, double, string, date, timestamp, duration, enumeration
    /// An object, a list of objects, a list of anything else.
    case object, objects, list

    /// Whether the values have values in them.
    var isContainer: Bool { rawValue >= Kind.object.rawValue }
  }

  /// What a value must be, in full.
  struct Shape {
    let kind: Kind
    /// For enumerations, objects and lists of objects the position in the schema, for other lists that of
    /// the elements' shape.
    let detail: Int32
    /// The number of words that it takes.
    let wordCount: Int32
  }

  /// A fact of an object type: 64 bytes, a line of the cache.
  struct Fact {
    /// The first eight bytes of `"name":`, and the last eight.
    var head: UInt64
    var tail: UInt64
    /// The bits of both words that count: fewer than all where `"name":` is shorter.
    var mask: UInt64
    /// The presence bit.
    var bit: UInt64 = 0
    /// The fact that followed this one in the last document.
    var next: FactEntry
    /// The distance of its slot from the start of the row.
    var slot: Int32 = 0
    /// The position of its shape, with what that says.
    var shape: Int32 = 0
    var detail: Int32 = 0
    /// The distance from the start of the row of the word with its presence bit.
    var bitWord: Int32 = 0
    var kind = Kind.bool
    /// The length of `"name":`, and how far its last eight bytes are from its start.
    var length: UInt8 = 0
    var tailOffset: UInt8 = 0
    /// Its position among the facts of all types.
    var index: Int32 = 0
  }

  /// An object type.
  struct ObjectType {
    /// An entry that the type's first fact follows, and that nothing matches.
    let start: FactEntry
    let wordCount: Int32
    let bitWords: Int32
  }

  /// Names that are longer than this with quotes and colon are looked up, not predicted: the bytes
  /// looked at must lie within the padding.
  private static let longestPredicted = 40

  private let facts: FixedTable<Fact>
  let types: FixedTable<ObjectType>
  let shapes: FixedTable<Shape>
  private let middleWords: FixedTable<SIMD4<UInt64>>
  private let names: NameIndex
  private let typeCount: Int

  /// The tables of a schema whose rows have the given layout.
  init(_ schema: FactSchema, layout: FactLayout) {
    // Before the facts of each type stands one that none matches and the first one follows.
    let facts = FixedTable<Fact>.matchingNothing(
      count: schema.objectTypes.map { $0.facts.count + 1 }.reduce(0, +))
    var types: [ObjectType] = []
    var shapes: [Shape] = []
    var middleWords: [SIMD4<UInt64>] = []
    for (type, row) in zip(schema.objectTypes, layout.rows) {
      let start = facts.entry(at: middleWords.count)
      types.append(
        ObjectType(
          start: start, wordCount: Int32(truncatingIfNeeded: row.wordCount),
          bitWords: Int32(truncatingIfNeeded: row.bitWords)))
      start.fact.index = Int32(truncatingIfNeeded: middleWords.count)
      middleWords.append(.zero)
      var last = start
      for (index, fact) in type.facts.enumerated() {
        let quoted = Array("\"\(fact.name)\":".utf8)
        let shape = Self.shape(of: fact.type, appendingTo: &shapes)
        let entry = facts.entry(at: middleWords.count)
        if quoted.count <= Self.longestPredicted { entry.fact.expect(quoted) }
        entry.fact.index = Int32(truncatingIfNeeded: middleWords.count)
        entry.fact.kind = shape.kind
        entry.fact.detail = shape.detail
        entry.fact.shape = Int32(truncatingIfNeeded: shapes.count)
        entry.fact.slot = Int32(truncatingIfNeeded: row.offsets[index])
        entry.fact.bitWord = Int32(truncatingIfNeeded: index / 64)
        entry.fact.bit = 1 << UInt64(index % 64)
        shapes.append(shape)
        middleWords.append(
          SIMD4(
            quoted.dropFirst(8).headWord, quoted.dropFirst(16).headWord,
            quoted.dropFirst(24).headWord, quoted.dropFirst(32).headWord))
        last.fact.next = entry
        last = entry
      }
      last.fact.next = start.fact.next
    }
    self.facts = facts
    self.types = FixedTable(types)
    self.shapes = FixedTable(shapes)
    self.middleWords = FixedTable(middleWords)
    typeCount = types.count
    names = NameIndex(
      schema.objectTypes.map { $0.facts.map(\.name) } + schema.enumerations.map(\.cases))
  }

  /// Whether the text goes on with a fact's `"name":` at so many bytes after the current one.
  @inline(__always)
  func isNext(_ entry: FactEntry, at scanner: JSONScanner, distance: Int) -> Bool {
    let head = scanner.word(at: distance) ^ entry.fact.head
    let tailOffset = Int(entry.fact.tailOffset)
    let tail = scanner.word(at: distance &+ tailOffset) ^ entry.fact.tail
    guard (head | tail) & entry.fact.mask == 0 else { return false }
    var offset = 8
    while offset < tailOffset {
      let middle = middleWords[Int(entry.fact.index)][offset &>> 3 &- 1]
      guard scanner.word(at: distance &+ offset) == middle else { return false }
      offset &+= 8
    }
    return true
  }

  /// The fact of a type by its name.
  func fact(
    named name: Fingerprint, ofType type: Int, byteAt byte: (Int) -> UInt8
  ) -> FactEntry? {
    names.position(of: name, in: type, byteAt: byte).map {
      facts.entry(at: Int(types[type].start.fact.index) + 1 + $0)
    }
  }

  /// The position of a case in an enumeration.
  @inline(__always)
  func `case`(_ name: Fingerprint, of enumeration: Int, byteAt byte: (Int) -> UInt8) -> Int? {
    names.position(of: name, in: typeCount &+ enumeration, byteAt: byte)
  }

  private static func shape(
    of type: FactSchema.ValueType, appendingTo shapes: inout [Shape]
  ) -> Shape {
    let kind: Kind
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
    case .list(.object(let index)): (kind, detail) = (.objects, index)
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
  static func matchingNothing(before next: FactEntry) -> FactTables.Fact {
    FactTables.Fact(head: 1, tail: 2, mask: 0xFF, next: next)
  }

  /// Makes the fact match a text of its name with quotes and colon.
  fileprivate mutating func expect(_ quoted: [UInt8]) {
    head = quoted.headWord
    tail = quoted.suffix(8).headWord
    mask = quoted.count < 8 ? (1 << UInt64(quoted.count * 8)) - 1 : .max
    length = UInt8(truncatingIfNeeded: quoted.count)
    tailOffset = UInt8(truncatingIfNeeded: max(quoted.count - 8, 0))
  }
}
