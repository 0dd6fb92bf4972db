import CEL

/// Reads session documents from JSON straight into an arena, in one pass, as their schema says.
///
/// Each key is first compared with the one that followed last time, since documents from one program
/// have their keys in one order; only another one is looked up. A mistake against the schema is noted
/// and decoding goes on; a text that isn't JSON ends it. Either way the document can't be used.
///
/// A decoder learns and keeps its memory, so one is used for many documents; it has no way of being
/// shared between threads, each of which has its own.
package struct FactDecoder: ~Copyable {
  private var tables: FactTables
  private let documentType: Int
  /// The elements of the lists of objects and of lists that are being read, innermost last: in the
  /// arena they must follow each other, which they can only when all are there.
  private var pending = WordBuffer()
  private var scratch: [UInt8] = []

  /// The mistakes of the last document against the schema, in the order of the text.
  private(set) var mistakes: [FactMistake] = []
  /// Where the last document stopped being JSON; nil when it didn't.
  private(set) var syntaxError: JSONSyntaxError?

  /// A decoder for documents of a schema, whose layout is given.
  package init(_ schema: FactSchema, layout: FactLayout) {
    tables = FactTables(schema, layout: layout)
    documentType = schema.documentType
  }

  /// What became of a document.
  package struct Result {
    /// The index of the document's row; nil when the document can't be used.
    package let row: Int?
    /// The offset after the document: after its white space, and at the line feed that ends the line
    /// or at the end of the text. Without a row it means nothing.
    package let end: Int
  }

  /// Decodes the document at an offset of a text, behind what the arena has already.
  ///
  /// Texts of 2 GiB and more are refused: places in them would not fit.
  ///
  /// - Parameter isLine: Whether the document ends with its line, as in NDJSON, rather than with the
  ///   text.
  package mutating func decode(
    _ text: PaddedBytes, from offset: Int = 0, isLine: Bool = false, into arena: inout FactArena
  ) -> Result {
    if !mistakes.isEmpty { mistakes.removeAll(keepingCapacity: true) }
    pending.removeAll(from: 0)
    syntaxError = nil
    var scanner = JSONScanner(text, from: offset, isLine: isLine)
    var row: Int?
    do throws(JSONSyntaxError) {
      guard text.count < 1 << 31 else { throw scanner.error(.tooLong) }
      scanner.enterDocument()
      if scanner.byte == UInt8(ascii: "{") {
        row = try object(ofType: documentType, at: &scanner, into: &arena, depth: 0)
      } else {
        let start = scanner.offset
        try scanner.skipValue(depth: 0, scratch: &scratch)
        note(.documentIsNoObject, start..<scanner.offset)
      }
      try scanner.finishDocument()
    } catch {
      syntaxError = error
    }
    let isUsable = mistakes.isEmpty && syntaxError == nil
    return Result(row: isUsable ? row : nil, end: scanner.offset)
  }

  // MARK: - Objects

  /// Goes over an object from its opening brace; gives the index of its row.
  private mutating func object(
    ofType type: Int, at scanner: inout JSONScanner, into arena: inout FactArena, depth: Int
  ) throws(JSONSyntaxError) -> Int {
    let bitWords = tables.types[type].bitWords
    let row = arena.allocate(tables.types[type].wordCount)
    for index in 0..<2 &* bitWords { arena[row &+ index] = 0 }
    guard try scanner.enterObject() else { return row }
    var predicted = tables.types[type].predictedFirst
    var previous: Int?
    while true {
      let key = scanner
      var fact = predicted
      if fact >= 0, tables.isNext(fact, at: scanner) {
        scanner.advance(by: tables.facts[fact].length)
        scanner.skipSpace()
      } else {
        fact = try lookUpKey(ofType: type, after: previous, at: &scanner, depth: depth)
        if fact < 0 {
          guard try scanner.nextMember() else { return row }
          continue
        }
      }
      let presence = row &+ tables.facts[fact].bitWord
      let bit = tables.facts[fact].bit
      if arena[presence &+ bitWords] & bit != 0 {
        note(.repeatedFact, try key.rangeOfString())
        try scanner.skipValue(depth: depth &+ 1, scratch: &scratch)
      } else {
        arena[presence &+ bitWords] |= bit
        let slot = row &+ tables.facts[fact].slot
        if try value(
          tables.facts[fact].shape, to: slot, at: &scanner, into: &arena, depth: depth &+ 1)
        {
          arena[presence] |= bit
        }
      }
      guard try scanner.nextMember() else { return row }
      previous = fact
      predicted = tables.facts[fact].next
    }
  }

  /// Goes from a key that wasn't expected to its value; negative when there is no such fact, and the
  /// value has been passed too.
  @inline(never)
  private mutating func lookUpKey(
    ofType type: Int, after previous: Int?, at scanner: inout JSONScanner, depth: Int
  ) throws(JSONSyntaxError) -> Int {
    let start = scanner
    defer { scratch.removeAll(keepingCapacity: true) }
    let key = try scanner.key(scratch: &scratch)
    let name = Fingerprint(key, in: scanner, decoded: scratch)
    if let fact = tables.fact(
      named: name, ofType: type, bytes: { key.bytes(in: scanner, decoded: scratch) })
    {
      tables.learn(fact, after: previous, inType: type)
      return fact
    }
    note(.unknownFact, try start.rangeOfString())
    try scanner.skipValue(depth: depth + 1, scratch: &scratch)
    return -1
  }

  // MARK: - Values

  /// Goes over a value and stores it; false when it is null, or not what it should be.
  @inline(__always)
  private mutating func value(
    _ shape: FactTables.Shape, to slot: Int, at scanner: inout JSONScanner,
    into arena: inout FactArena, depth: Int
  ) throws(JSONSyntaxError) -> Bool {
    switch shape.kind {
    case .string:
      guard scanner.byte == UInt8(ascii: "\"") else { break }
      arena.store(try scanner.string(into: &arena.decodedText), at: slot)
      return true
    case .bool:
      guard let bool = scanner.bool() else { break }
      arena[slot] = bool ? 1 : 0
      return true
    case .enumeration:
      guard scanner.byte == UInt8(ascii: "\"") else { break }
      return try enumerationCase(Int(shape.detail), to: slot, at: &scanner, into: &arena)
    case .object:
      guard scanner.byte == UInt8(ascii: "{") else { break }
      guard depth < JSONScanner.maximumDepth else { throw scanner.error(.tooDeep) }
      let row = try object(ofType: Int(shape.detail), at: &scanner, into: &arena, depth: depth)
      arena[slot] = UInt64(truncatingIfNeeded: row)
      return true
    case .list:
      guard scanner.byte == UInt8(ascii: "[") else { break }
      guard depth < JSONScanner.maximumDepth else { throw scanner.error(.tooDeep) }
      arena[slot] =
        try list(of: tables.shapes[Int(shape.detail)], at: &scanner, into: &arena, depth: depth)
        .word
      return true
    case .date:
      guard scanner.byte == UInt8(ascii: "\"") else { break }
      if let day = scanner.usualDate() {
        arena[slot] = UInt64(bitPattern: day)
        return true
      }
      return try temporal(shape.kind, to: slot, at: &scanner, into: &arena)
    case .timestamp:
      guard scanner.byte == UInt8(ascii: "\"") else { break }
      if let seconds = scanner.usualTimestamp() {
        arena.store(seconds, 0, at: slot)
        return true
      }
      return try temporal(shape.kind, to: slot, at: &scanner, into: &arena)
    case .duration:
      guard scanner.byte == UInt8(ascii: "\"") else { break }
      return try temporal(shape.kind, to: slot, at: &scanner, into: &arena)
    case .int, .double:
      guard scanner.byte <= UInt8(ascii: "9"), scanner.byte >= UInt8(ascii: "-") else { break }
      return try number(shape.kind, to: slot, at: &scanner, into: &arena)
    }
    try irregular(at: &scanner, depth: depth)
    return false
  }

  @inline(__always)
  private mutating func enumerationCase(
    _ enumeration: Int, to slot: Int, at scanner: inout JSONScanner, into arena: inout FactArena
  ) throws(JSONSyntaxError) -> Bool {
    let start = scanner.offset
    let string = try scanner.string(into: &scratch)
    let name = Fingerprint(string, in: scanner, decoded: scratch)
    let position = tables.case(
      name, of: enumeration, bytes: { string.bytes(in: scanner, decoded: scratch) })
    if string.isDecoded { scratch.removeAll(keepingCapacity: true) }
    guard let position else {
      note(.noCase, start..<scanner.offset)
      return false
    }
    arena[slot] = UInt64(truncatingIfNeeded: position)
    return true
  }

  @inline(never)
  private mutating func temporal(
    _ kind: FactTables.Shape.Kind, to slot: Int, at scanner: inout JSONScanner,
    into arena: inout FactArena
  ) throws(JSONSyntaxError) -> Bool {
    let start = scanner.offset
    defer { scratch.removeAll(keepingCapacity: true) }
    let string = try scanner.string(into: &scratch)
    let text = string.bytes(in: scanner, decoded: scratch)
    do throws(TemporalText.Problem) {
      switch kind {
      case .date:
        arena[slot] = UInt64(bitPattern: Int64(try TemporalText.date(text).get().daysSinceEpoch))
      case .timestamp:
        let timestamp = try TemporalText.timestamp(text).get()
        arena.store(timestamp.seconds, timestamp.nanoseconds, at: slot)
      default:
        let duration = try TemporalText.duration(text).get()
        arena.store(duration.seconds, duration.nanoseconds, at: slot)
      }
      return true
    } catch {
      note(.notTemporal(error), start..<scanner.offset)
      return false
    }
  }

  @inline(never)
  private mutating func number(
    _ kind: FactTables.Shape.Kind, to slot: Int, at scanner: inout JSONScanner,
    into arena: inout FactArena
  ) throws(JSONSyntaxError) -> Bool {
    guard scanner.byte != UInt8(ascii: "."), scanner.byte != UInt8(ascii: "/") else {
      throw scanner.unexpected(.value)
    }
    let number = try scanner.number()
    if kind == .double {
      guard let value = number.double(in: scanner) else {
        note(.numberTooLarge, number.range)
        return false
      }
      arena[slot] = value.bitPattern
      return true
    }
    switch number.integer(in: scanner) {
    case .value(let value):
      arena[slot] = UInt64(bitPattern: value)
      return true
    case .fraction: note(.fraction, number.range)
    case .tooLarge: note(.numberTooLarge, number.range)
    }
    return false
  }

  /// Goes over a value that isn't written like one of its type: null, or a mistake.
  @inline(never)
  private mutating func irregular(
    at scanner: inout JSONScanner, depth: Int
  ) throws(JSONSyntaxError) {
    let start = scanner.offset
    let isNull = scanner.byte == UInt8(ascii: "n")
    try scanner.skipValue(depth: depth, scratch: &scratch)
    if !isNull { note(.wrongType, start..<scanner.offset) }
  }

  // MARK: - Lists

  /// Goes over a list from its opening bracket.
  private mutating func list(
    of element: FactTables.Shape, at scanner: inout JSONScanner, into arena: inout FactArena,
    depth: Int
  ) throws(JSONSyntaxError) -> FactList {
    guard try scanner.enterArray() else { return FactList(start: 0, count: 0) }
    let isNested = element.kind == .object || element.kind == .list
    return isNested
      ? try nestedList(of: element, at: &scanner, into: &arena, depth: depth)
      : try flatList(of: element, at: &scanner, into: &arena, depth: depth)
  }

  @inline(__always)
  private mutating func flatList(
    of element: FactTables.Shape, at scanner: inout JSONScanner, into arena: inout FactArena,
    depth: Int
  ) throws(JSONSyntaxError) -> FactList {
    let start = arena.count
    var count = 0
    repeat {
      let offset = scanner.offset
      let slot = arena.allocate(Int(element.wordCount))
      if try !value(element, to: slot, at: &scanner, into: &arena, depth: depth &+ 1) {
        noteNullElement(offset, at: scanner)
      }
      count &+= 1
    } while try scanner.nextElement()
    return FactList(start: start, count: count)
  }

  @inline(__always)
  private mutating func nestedList(
    of element: FactTables.Shape, at scanner: inout JSONScanner, into arena: inout FactArena,
    depth: Int
  ) throws(JSONSyntaxError) -> FactList {
    let firstPending = pending.count
    let slot = arena.allocate(1)
    repeat {
      let offset = scanner.offset
      if try value(element, to: slot, at: &scanner, into: &arena, depth: depth &+ 1) {
        pending[pending.append(count: 1)] = arena[slot]
      } else {
        noteNullElement(offset, at: scanner)
      }
    } while try scanner.nextElement()
    let count = pending.count &- firstPending
    let start = arena.allocate(count)
    for index in 0..<count { arena[start &+ index] = pending[firstPending &+ index] }
    pending.removeAll(from: firstPending)
    return FactList(start: start, count: count)
  }

  // MARK: - Mistakes

  @inline(never)
  private mutating func note(_ kind: FactMistake.Kind, _ range: Range<Int>) {
    mistakes.append(FactMistake(kind: kind, range: range))
  }

  /// Notes an element that wasn't stored, unless a mistake has been noted for it.
  @inline(never)
  private mutating func noteNullElement(_ start: Int, at scanner: JSONScanner) {
    if mistakes.last?.range.lowerBound ?? -1 < start { note(.nullElement, start..<scanner.offset) }
  }
}

extension JSONScanner {
  /// Goes over `true` or `false`; nil, and nowhere, when neither stands here.
  ///
  /// Without a branch on which it is, as that is what can't be predicted.
  @inline(__always)
  fileprivate mutating func bool() -> Bool? {
    let word = word()
    let isTrue = word & 0xFFFF_FFFF == 0x6575_7274
    let isFalse = word & 0xFF_FFFF_FFFF == 0x65_736C_6166
    guard isTrue != isFalse else { return nil }
    advance(by: isTrue ? 4 : 5)
    return isTrue
  }
}
