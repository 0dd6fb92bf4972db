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
  var tables: FactTables
  private let documentType: Int
  /// The elements of the lists of objects and of lists that are being read, innermost last.
  private var pending = WordBuffer()
  private var lastDay = LastDay()
  var scratch: [UInt8] = []

  /// The mistakes of the last document against the schema, in the order of the text.
  var mistakes: [FactMistake] = []
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
    /// The offset of the line feed that ends the line, or of the end of the text.
    ///
    /// Without a row it means nothing.
    package let end: Int
  }

  /// Decodes the document at an offset of a text, behind what the arena has already.
  ///
  /// With `isLine`, the document ends with its line, as in NDJSON, rather than with the text. Texts of
  /// 2 GiB and more are refused: places in them would not fit.
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
    ofType type: Int, at place: inout JSONScanner, into arena: inout FactArena, depth: Int
  ) throws(JSONSyntaxError) -> Int {
    var scanner = place
    defer { place.follow(scanner) }
    let bitWords = Int(tables.types[type].bitWords)
    let row = arena.allocate(Int(tables.types[type].wordCount))
    arena[row] = 0
    arena[row &+ 1] = 0
    if bitWords > 1 { for index in 2..<2 * bitWords { arena[row &+ index] = 0 } }
    var entry = tables.types[type].start
    var separator = UInt8(ascii: "{")
    while true {
      let next = entry.fact.next
      if scanner.byte == separator, tables.isNext(next, at: scanner, distance: 1) {
        scanner.advance(by: 1 &+ Int(next.fact.length))
        scanner.skipSpace()
        entry = next
      } else if scanner.byte == UInt8(ascii: "}") {
        scanner.advance()
        break
      } else {
        var value = scanner
        let other = try otherMember(ofType: type, after: entry, at: &value, depth: depth)
        scanner.follow(value)
        guard let other else { break }
        entry = other
      }
      separator = UInt8(ascii: ",")
      let presence = row &+ Int(entry.fact.bitWord)
      guard arena[presence] & entry.fact.bit == 0 else {
        scanner.follow(try afterRepeated(scanner, depth: depth))
        continue
      }
      arena[presence] |= entry.fact.bit
      let slot = row &+ Int(entry.fact.slot)
      let isStored = try value(
        entry.fact.kind, Int(entry.fact.shape), Int(entry.fact.detail), to: slot, at: &scanner,
        into: &arena, depth: depth &+ 1)
      if !isStored { arena[presence &+ bitWords] |= entry.fact.bit }
    }
    // What is null was marked as present, too, so that it could be seen to repeat.
    for index in row..<row &+ bitWords { arena[index] &= ~arena[index &+ bitWords] }
    return row
  }

  /// Goes to the value of a member that isn't the expected one, or not written as densely; nil at the end
  /// of the object.
  @inline(never)
  private mutating func otherMember(
    ofType type: Int, after previous: FactEntry, at scanner: inout JSONScanner, depth: Int
  ) throws(JSONSyntaxError) -> FactEntry? {
    var isFirst = previous == tables.types[type].start && scanner.byte == UInt8(ascii: "{")
    while true {
      let hasMember = try isFirst ? scanner.enterObject() : scanner.nextMember()
      guard hasMember else { return nil }
      isFirst = false
      let next = previous.fact.next
      if tables.isNext(next, at: scanner, distance: 0) {
        scanner.advance(by: Int(next.fact.length))
        scanner.skipSpace()
        return next
      }
      if let other = try lookUpKey(ofType: type, after: previous, at: &scanner, depth: depth) {
        return other
      }
    }
  }

  /// Goes from a key to its value; nil when there is no such fact, and the value has been passed too.
  private mutating func lookUpKey(
    ofType type: Int, after previous: FactEntry, at scanner: inout JSONScanner, depth: Int
  ) throws(JSONSyntaxError) -> FactEntry? {
    defer { scratch.removeAll(keepingCapacity: true) }
    let key = try scanner.key(scratch: &scratch)
    let name = Fingerprint(key, in: scanner, decoded: scratch)
    if let entry = tables.fact(
      named: name, ofType: type, byteAt: { key.byte(at: $0, in: scanner, decoded: scratch) })
    {
      previous.fact.next = entry
      return entry
    }
    note(.unknownFact, scanner.offset..<scanner.offset)
    try scanner.skipValue(depth: depth + 1, scratch: &scratch)
    return nil
  }

  /// Notes that the object has the key before this value already, and goes over the value.
  @inline(never)
  private mutating func afterRepeated(
    _ value: JSONScanner, depth: Int
  ) throws(JSONSyntaxError) -> JSONScanner {
    note(.repeatedFact, value.offset..<value.offset)
    var scanner = value
    try scanner.skipValue(depth: depth + 1, scratch: &scratch)
    return scanner
  }

  // MARK: - Values

  /// Goes over a value and stores it; false when it is null, or not what it should be.
  @inline(__always)
  private mutating func value(
    _ kind: FactTables.Kind, _ shape: Int, _ detail: Int, to slot: Int,
    at scanner: inout JSONScanner, into arena: inout FactArena, depth: Int
  ) throws(JSONSyntaxError) -> Bool {
    switch kind {
    case .object:
      guard scanner.byte == UInt8(ascii: "{"), depth < JSONScanner.maximumDepth else { break }
      var end = scanner
      let row = try object(ofType: detail, at: &end, into: &arena, depth: depth)
      scanner.follow(end)
      arena[slot] = UInt64(truncatingIfNeeded: row)
      return true
    case .objects, .list:
      guard scanner.byte == UInt8(ascii: "["), depth < JSONScanner.maximumDepth else { break }
      var end = scanner
      let list =
        try kind == .objects
        ? objects(ofType: detail, at: &end, into: &arena, depth: depth)
        : self.list(of: detail, at: &end, into: &arena, depth: depth)
      scanner.follow(end)
      arena[slot] = list.word
      return true
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
      let start = scanner
      let string = try scanner.string(into: &scratch)
      if !string.isDecoded,
        let position = tables.case(
          Fingerprint(string, in: scanner, decoded: []), of: detail,
          byteAt: { string.byte(at: $0, in: scanner, decoded: []) })
      {
        arena[slot] = UInt64(truncatingIfNeeded: position)
        return true
      }
      scanner.follow(start)
    case .date:
      guard scanner.byte == UInt8(ascii: "\""), let day = scanner.usualDate(&lastDay) else { break }
      arena[slot] = UInt64(bitPattern: day)
      return true
    case .timestamp:
      guard scanner.byte == UInt8(ascii: "\""), let instant = scanner.usualTimestamp(&lastDay)
      else {
        break
      }
      arena.store(instant.seconds, instant.nanoseconds, at: slot)
      return true
    case .duration, .int, .double: break
    }
    var end = scanner
    defer { scanner.follow(end) }
    return try unusualValue(shape, to: slot, at: &end, into: &arena, depth: depth)
  }

  // MARK: - Lists

  /// Goes over a list of objects of one type from its opening bracket.
  ///
  /// In the arena the elements of a list follow each other, which they can only when all are there: so
  /// they wait in `pending`.
  private mutating func objects(
    ofType type: Int, at place: inout JSONScanner, into arena: inout FactArena, depth: Int
  ) throws(JSONSyntaxError) -> FactList {
    var scanner = place
    defer { place.follow(scanner) }
    guard try scanner.enterArray() else { return FactList(start: 0, count: 0) }
    let firstPending = pending.count
    repeat {
      var end = scanner
      defer { scanner.follow(end) }
      if scanner.byte == UInt8(ascii: "{"), depth &+ 1 < JSONScanner.maximumDepth {
        let row = try object(ofType: type, at: &end, into: &arena, depth: depth &+ 1)
        pending[pending.append(count: 1)] = UInt64(truncatingIfNeeded: row)
      } else {
        try noObject(at: &end, depth: depth &+ 1)
      }
    } while try scanner.nextElement()
    return storePending(from: firstPending, in: &arena)
  }

  /// Goes over a list of other elements from its opening bracket.
  private mutating func list(
    of element: Int, at place: inout JSONScanner, into arena: inout FactArena, depth: Int
  ) throws(JSONSyntaxError) -> FactList {
    var scanner = place
    defer { place.follow(scanner) }
    guard try scanner.enterArray() else { return FactList(start: 0, count: 0) }
    let kind = tables.shapes[element].kind
    let detail = Int(tables.shapes[element].detail)
    let wordCount = Int(tables.shapes[element].wordCount)
    let firstPending = pending.count
    let start = arena.count
    var count = 0
    repeat {
      let offset = scanner.offset
      let slot = arena.allocate(wordCount)
      let isStored = try value(
        kind, element, detail, to: slot, at: &scanner, into: &arena, depth: depth &+ 1)
      if !isStored { noteNullElement(offset, at: scanner) }
      if kind.isContainer { pending[pending.append(count: 1)] = arena[slot] }
      count &+= 1
    } while try scanner.nextElement()
    // The elements of a list of lists have theirs between them.
    if kind.isContainer { return storePending(from: firstPending, in: &arena) }
    return FactList(start: start, count: count)
  }

  /// Stores elements that waited, behind each other.
  @inline(__always)
  private mutating func storePending(
    from firstPending: Int, in arena: inout FactArena
  ) -> FactList {
    let count = pending.count &- firstPending
    let start = arena.allocate(count)
    for index in 0..<count { arena[start &+ index] = pending[firstPending &+ index] }
    pending.removeAll(from: firstPending)
    return FactList(start: start, count: count)
  }
}

// MARK: - Booleans

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
