import CEL

/// A schema as decoding needs it: flat tables, with what was learnt from the documents so far.
struct FactTables: ~Copyable {
  /// What a value must be.
  enum Kind: UInt8 {
    case bool, int, double, string, date, timestamp, duration, enumeration
    /// Decimals and amounts of money, which are kept as they are written.
    case exact
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
    /// `,"name":`.
    var key = ExpectedText.nothing
    /// The presence bit.
    var bit: UInt64 = 0
    /// The fact that followed this one in the last document.
    var next: FactEntry
    /// The distance of its slot from the start of the row.
    var slot: Int32 = 0
    /// What its shape says.
    var detail: Int32 = 0
    /// The distance from the start of the row of the word with its presence bit.
    var bitWord: Int32 = 0
    var kind = Kind.bool
    var extent = ExpectedText.Extent(length: 0)
  }

  /// What is asked more rarely of a fact.
  struct FactDetails {
    /// What of `,"name":` is neither at its start nor at its end.
    var middle: SIMD4<UInt64> = .zero
    /// The position of its shape.
    var shape = 0
    /// What followed it before `next` did: members that some objects have and others don't come next in
    /// turn.
    var nextBefore: FactEntry
  }

  /// An object type.
  struct ObjectType {
    /// An entry that the type's first fact follows, and that nothing matches.
    let start: FactEntry
    let wordCount: Int32
    let bitWords: Int32
  }

  /// What turns the opening brace before an object's first key into the comma before the others.
  static let braceForComma = UInt64(UInt8(ascii: "{") ^ UInt8(ascii: ","))

  private let facts: FixedTable<Fact>
  let types: FixedTable<ObjectType>
  let shapes: FixedTable<Shape>
  private var details: FixedTable<FactDetails>
  private let names: NameIndex
  private let cases: CaseTables
  private let typeCount: Int

  /// The tables of a schema whose rows have the given layout.
  init(_ schema: FactSchema, layout: FactLayout) {
    // Before the facts of each type stands one that none matches and the first one follows.
    let facts = FixedTable<Fact>.matchingNothing(
      count: schema.objectTypes.map { $0.facts.count + 1 }.reduce(0, +))
    var types: [ObjectType] = []
    var shapes: [Shape] = []
    var details: [FactDetails] = []
    for (type, row) in zip(schema.objectTypes, layout.rows) {
      let start = facts.entry(at: details.count)
      types.append(
        ObjectType(
          start: start, wordCount: Int32(truncatingIfNeeded: row.wordCount),
          bitWords: Int32(truncatingIfNeeded: row.bitWords)))
      details.append(FactDetails(nextBefore: start))
      var last = start
      for (index, fact) in type.facts.enumerated() {
        let key = Array(",\"\(fact.name)\":".utf8)
        let shape = Self.shape(of: fact.type, appendingTo: &shapes)
        let entry = facts.entry(at: details.count)
        // Longer ones are looked up, not predicted.
        if key.count <= ExpectedText.maximumLength {
          entry.fact.key = ExpectedText(key)
          entry.fact.extent = ExpectedText.Extent(length: key.count)
        }
        entry.fact.kind = shape.kind
        entry.fact.detail = shape.detail
        entry.fact.slot = Int32(truncatingIfNeeded: row.offsets[index])
        entry.fact.bitWord = Int32(truncatingIfNeeded: index / 64)
        entry.fact.bit = 1 << UInt64(index % 64)
        details.append(
          FactDetails(
            middle: ExpectedText.middle(of: key), shape: shapes.count, nextBefore: start))
        shapes.append(shape)
        last.fact.next = entry
        last = entry
      }
      last.fact.next = start.fact.next
    }
    self.facts = facts
    self.types = FixedTable(types)
    self.shapes = FixedTable(shapes)
    self.details = FixedTable(details)
    typeCount = types.count
    cases = CaseTables(schema.enumerations.map(\.cases))
    names = NameIndex(
      schema.objectTypes.map { $0.facts.map(\.name) } + schema.enumerations.map(\.cases))
  }

  /// Whether the text goes on with a fact's `,"name":`, or with `{"name":` where `lead` is `braceForComma`
  /// rather than zero.
  @inline(__always)
  func isNext(_ entry: FactEntry, at scanner: JSONScanner, lead: UInt64) -> Bool {
    entry.fact.key.stands(
      at: scanner, lead: lead, extent: entry.fact.extent,
      middle: { details[facts.index(of: entry)].middle })
  }

  /// The fact that followed another one before the last that did, if the text goes on with that.
  func nextBefore(_ entry: FactEntry, at scanner: JSONScanner, lead: UInt64) -> FactEntry? {
    let before = details[facts.index(of: entry)].nextBefore
    return isNext(before, at: scanner, lead: lead) ? before : nil
  }

  /// Learns what follows a fact.
  mutating func expect(_ next: FactEntry, after entry: FactEntry) {
    details[facts.index(of: entry)].nextBefore = entry.fact.next
    entry.fact.next = next
  }

  /// The position of a fact's shape.
  func shape(of entry: FactEntry) -> Int { details[facts.index(of: entry)].shape }

  /// The fact of a type by its name.
  func fact(
    named name: Fingerprint, ofType type: Int, byteAt byte: (Int) -> UInt8
  ) -> FactEntry? {
    names.position(of: name, in: type, byteAt: byte).map {
      facts.entry(at: facts.index(of: types[type].start) + 1 + $0)
    }
  }

  /// Goes over a case of an enumeration from its opening quote and gives its position; nil, and nowhere, for
  /// all else, and for some enumerations for all.
  @inline(__always)
  func usualCase(of enumeration: Int, at scanner: inout JSONScanner) -> Int? {
    cases.position(in: enumeration, at: &scanner)
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
    case .decimal, .money: kind = .exact
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
  /// A fact that nothing matches.
  static func matchingNothing(before next: FactEntry) -> FactTables.Fact {
    FactTables.Fact(next: next)
  }
}
