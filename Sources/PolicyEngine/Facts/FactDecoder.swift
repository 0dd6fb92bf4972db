import CEL

/// Reads session documents from JSON straight into an arena, in one pass, as their schema says.
///
/// Each key is first compared with the one that followed last time, since documents from one program
/// have their keys in one order; only another one is looked up. A mistake against the schema is noted
/// and decoding goes on; a text that isn't JSON ends it. Either way the document can't be used.
///
/// A decoder learns and keeps its memory, so one is used for many documents; it has no way of being
/// shared between threads: each has its own.
package struct FactDecoder: ~Copyable {
  var tables: FactTables
  private let documentType: Int
  /// Which lists may have only so many elements; nil where no list is limited.
  private let limits: ListLimits?
  /// The elements of the lists of objects and of lists that are being read, innermost last.
  private var pending = GrowingBuffer<UInt64>()
  /// The object that is being read and those around it, innermost last.
  private var openObjects = OpenObjects()
  private var days = KnownDays()
  var scratch: [UInt8] = []

  /// The mistakes of the last document against the schema, in the order of the text: the first ones, since
  /// a document may have a million.
  private(set) var mistakes = FactMistakes()
  /// Where the last document stopped being JSON; nil when it didn't.
  private(set) var syntaxError: JSONSyntaxError?

  /// A decoder for documents of a schema, whose layout is given.
  package init(_ schema: FactSchema, layout: FactLayout) {
    tables = FactTables(schema, layout: layout)
    documentType = schema.documentType
    limits = ListLimits(schema, layout: layout)
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
    if mistakes.count > 0 { mistakes.removeAll() }
    pending.removeAll()
    openObjects.removeAll()
    syntaxError = nil
    var scanner = JSONScanner(text, from: offset, isLine: isLine)
    var row: Int?
    var start = offset
    do throws(JSONSyntaxError) {
      guard text.count < 1 << 31 else { throw scanner.error(.tooLong) }
      scanner.enterDocument()
      start = scanner.offset
      if scanner.byte == UInt8(ascii: "{") {
        row = try object(ofType: documentType, at: &scanner, into: &arena, depth: 0)
      } else {
        let start = scanner.offset
        try scanner.skipValue(depth: 0, scratch: &scratch)
        note(.documentIsNotObject, start..<scanner.offset)
      }
      try scanner.finishDocument()
    } catch {
      syntaxError = error
    }
    if let limits, let row, mistakes.count == 0, syntaxError == nil {
      noteLongLists(limits, ofRow: row, documentAt: start, in: text, arena)
    }
    let isUsable = mistakes.count == 0 && syntaxError == nil
    return Result(row: isUsable ? row : nil, end: scanner.offset)
  }

  /// Notes a mistake.
  @inline(never)
  mutating func note(_ kind: FactMistake.Kind, _ range: Range<Int>) {
    mistakes.append(FactMistake(kind: kind, range: range))
  }

  /// Notes the lists that have more elements than they may.
  @inline(never)
  private mutating func noteLongLists(
    _ limits: ListLimits, ofRow row: Int, documentAt start: Int, in text: PaddedBytes,
    _ arena: borrowing FactArena
  ) {
    var found: [ListLimits.Excess] = []
    limits.excesses(ofType: documentType, row: row, in: arena, into: &found)
    let document = JSONPlaces(text, at: start)
    let mistakes = found.map { excess in
      (
        range: document.range(at: excess.path, in: text) ?? start..<start,
        kind: FactMistake.Kind.tooManyElements(excess.count, limit: excess.limit)
      )
    }
    for mistake in mistakes.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      note(mistake.kind, mistake.range)
    }
  }

  // MARK: - Objects

  /// Begins an object of a type; gives the index of its row.
  @inline(__always)
  private mutating func open(_ type: Int, depth: Int, in arena: inout FactArena) -> Int {
    let row = allocateRow(ofType: type, in: &arena)
    openObjects.append(
      OpenObject(
        type: type, depth: depth, row: row, bitWords: Int(tables.types[type].bitWords),
        entry: tables.types[type].start))
    return row
  }

  /// Takes a row for an object of a type without any fact; gives its index.
  @inline(__always)
  private func allocateRow(ofType type: Int, in arena: inout FactArena) -> Int {
    let bitWords = Int(tables.types[type].bitWords)
    let row = arena.allocate(Int(tables.types[type].wordCount))
    arena[row] = 0
    arena[row &+ 1] = 0
    if bitWords > 1 { clear(from: row &+ 2, count: 2 &* bitWords &- 2, in: &arena) }
    return row
  }

  @inline(never)
  private func clear(from start: Int, count: Int, in arena: inout FactArena) {
    for index in start..<start &+ count { arena[index] = 0 }
  }

  /// Goes over an object from its opening brace, with all that is in it; gives the index of its row.
  ///
  /// Objects inside it, and lists of them, are read in the same loop, while those around them wait in
  /// `openObjects`: there are many small ones, and calls would be most of the cost.
  private mutating func object(
    ofType type: Int, at place: inout JSONScanner, into arena: inout FactArena, depth: Int
  ) throws(JSONSyntaxError) -> Int {
    var scanner = place
    defer { place.follow(scanner) }
    let outermost = openObjects.end
    var row = open(type, depth: depth, in: &arena)
    var entry = tables.types[type].start
    var lead = FactTables.braceForComma
    while true {
      let next = entry.fact.next
      var isOver = false
      if tables.isNext(next, at: scanner, lead: lead) {
        scanner.advance(by: Int(next.fact.extent.length))
        scanner.skipSpace()
        entry = next
      } else if scanner.byte == UInt8(ascii: "}") {
        scanner.advance()
        isOver = true
      } else {
        var value = scanner
        let other = try otherMember(after: entry, lead: lead, at: &value)
        scanner.follow(value)
        if let other { entry = other } else { isOver = true }
      }
      lead = 0
      if isOver {
        openObjects.last.takeBackNulls(in: &arena)
        if openObjects.isFirst(after: outermost) {
          openObjects.removeLast()
          return row
        }
        if !openObjects.nextToLast.isInList {
          openObjects.removeLast()
          arena[openObjects.last.slot] = UInt64(truncatingIfNeeded: row)
        } else {
          pending.append(UInt64(truncatingIfNeeded: row))
          if try nextObject(at: &scanner, depth: openObjects.last.depth) {
            row = allocateRow(ofType: openObjects.last.type, in: &arena)
            openObjects.last.restart(atRow: row)
            entry = tables.types[openObjects.last.type].start
            lead = FactTables.braceForComma
            continue
          }
          openObjects.removeLast()
          let firstPending = openObjects.last.firstPending
          arena[openObjects.last.slot] = storePending(from: firstPending, in: &arena).word
        }
        row = openObjects.last.row
        entry = openObjects.last.entry
        continue
      }
      let presence = row &+ Int(entry.fact.bitWord)
      guard arena[presence] & entry.fact.bit == 0 else {
        scanner.follow(try afterRepeated(scanner))
        continue
      }
      arena[presence] |= entry.fact.bit
      let slot = row &+ Int(entry.fact.slot)
      let kind = entry.fact.kind
      let detail = Int(entry.fact.detail)
      if kind.isContainer, scanner.byte == UInt8(ascii: kind == .object ? "{" : "["),
        openObjects.last.depth &+ 1 < JSONScanner.maximumDepth
      {
        let depth = openObjects.last.depth &+ 1
        if kind == .object {
          openObjects.last.enter(entry, slot: slot)
          row = open(detail, depth: depth, in: &arena)
        } else if kind == .list {
          var end = scanner
          arena[slot] = try list(of: detail, at: &end, into: &arena, depth: depth).word
          scanner.follow(end)
          continue
        } else if try firstObject(at: &scanner, depth: depth &+ 1) {
          openObjects.last.enter(entry, slot: slot, firstPending: pending.count)
          row = open(detail, depth: depth &+ 1, in: &arena)
        } else {
          arena[slot] = FactList(start: 0, count: 0).word
          continue
        }
        entry = tables.types[detail].start
        lead = FactTables.braceForComma
        continue
      }
      if try usualScalar(kind, detail, to: slot, at: &scanner, into: &arena) { continue }
      var end = scanner
      let isStored = try unusualValue(
        tables.shape(of: entry), to: slot, at: &end, into: &arena,
        depth: openObjects.last.depth &+ 1)
      scanner.follow(end)
      if !isStored { arena[presence &+ openObjects.last.bitWords] |= entry.fact.bit }
    }
  }

  /// Goes to the value of a member that isn't the expected one, or not written as densely; nil at the end
  /// of the object.
  @inline(never)
  private mutating func otherMember(
    after previous: FactEntry, lead: UInt64, at scanner: inout JSONScanner
  ) throws(JSONSyntaxError) -> FactEntry? {
    if let next = tables.nextBefore(previous, at: scanner, lead: lead) {
      tables.expect(next, after: previous)
      scanner.advance(by: Int(next.fact.extent.length))
      scanner.skipSpace()
      return next
    }
    let type = openObjects.last.type
    var isFirst = lead != 0
    while true {
      let hasMember = try isFirst ? scanner.enterObject() : scanner.nextMember()
      guard hasMember else { return nil }
      isFirst = false
      // Whatever stands before the key, a space mostly, is taken for the comma.
      let next = previous.fact.next
      if tables.isNext(next, at: scanner.back, lead: scanner.back.byteForComma) {
        scanner.advance(by: Int(next.fact.extent.length) &- 1)
        scanner.skipSpace()
        return next
      }
      if let other = try lookUpKey(ofType: type, after: previous, at: &scanner) { return other }
    }
  }

  /// Goes from a key to its value; nil when there is no such fact, and the value has been passed too.
  private mutating func lookUpKey(
    ofType type: Int, after previous: FactEntry, at scanner: inout JSONScanner
  ) throws(JSONSyntaxError) -> FactEntry? {
    defer { scratch.removeAll(keepingCapacity: true) }
    let key = try scanner.key(scratch: &scratch)
    let name = Fingerprint(key, in: scanner, decoded: scratch)
    if let entry = tables.fact(
      named: name, ofType: type, byteAt: { key.byte(at: $0, in: scanner, decoded: scratch) })
    {
      if entry != previous.fact.next { tables.expect(entry, after: previous) }
      return entry
    }
    note(.unknownFact, scanner.offset..<scanner.offset)
    try scanner.skipValue(depth: openObjects.last.depth + 1, scratch: &scratch)
    return nil
  }

  /// Notes that the object has the key before this value already, and goes over the value.
  @inline(never)
  private mutating func afterRepeated(
    _ value: JSONScanner
  ) throws(JSONSyntaxError) -> JSONScanner {
    note(.repeatedFact, value.offset..<value.offset)
    var scanner = value
    try scanner.skipValue(depth: openObjects.last.depth + 1, scratch: &scratch)
    return scanner
  }

  // MARK: - Values

  /// Goes over a scalar in one of its usual forms and stores it; false, and nowhere, for all else.
  @inline(always)
  private mutating func usualScalar(
    _ kind: FactTables.Kind, _ detail: Int, to slot: Int, at scanner: inout JSONScanner,
    into arena: inout FactArena
  ) throws(JSONSyntaxError) -> Bool {
    switch kind {
    case .string:
      guard scanner.byte == UInt8(ascii: "\"") else { break }
      arena.store(try scanner.string(into: &arena.decodedText), at: slot)
      return true
    case .bool:
      guard let bool = scanner.bool() else { break }
      arena[slot] = bool ? 1 : 0
      return true
    case .enumeration:
      guard let position = tables.usualCase(of: detail, at: &scanner) else { break }
      arena[slot] = UInt64(truncatingIfNeeded: position)
      return true
    case .date:
      guard scanner.byte == UInt8(ascii: "\""), let day = scanner.usualDate(&days) else { break }
      arena[slot] = UInt64(bitPattern: day)
      return true
    case .timestamp:
      guard scanner.byte == UInt8(ascii: "\""), let instant = scanner.usualTimestamp(&days)
      else {
        break
      }
      arena.store(instant.seconds, instant.nanoseconds, at: slot)
      return true
    case .duration, .int, .double, .exact, .object, .objects, .list: break
    }
    return false
  }

  // MARK: - Lists

  /// Goes from the opening bracket of a list of objects to the first; false, and past the list, when there
  /// is none.
  @inline(__always)
  private mutating func firstObject(
    at scanner: inout JSONScanner, depth: Int
  ) throws(JSONSyntaxError) -> Bool {
    if scanner.byte(at: 1) == UInt8(ascii: "{"), depth < JSONScanner.maximumDepth {
      scanner.advance()
      return true
    }
    var other = scanner
    defer { scanner.follow(other) }
    let hasElement = try other.enterArray()
    return hasElement ? try otherObject(at: &other, depth: depth) : false
  }

  /// Goes from the end of an object of a list to the next one; false, and past the list, when there is none.
  @inline(__always)
  private mutating func nextObject(
    at scanner: inout JSONScanner, depth: Int
  ) throws(JSONSyntaxError) -> Bool {
    if scanner.byte == UInt8(ascii: ","), scanner.byte(at: 1) == UInt8(ascii: "{") {
      scanner.advance()
      return true
    }
    if scanner.byte == UInt8(ascii: "]") {
      scanner.advance()
      return false
    }
    var other = scanner
    defer { scanner.follow(other) }
    let hasElement = try other.nextElement()
    return hasElement ? try otherObject(at: &other, depth: depth) : false
  }

  /// Goes to the first object among the elements from here on; false, and past the list, when there is none.
  @inline(never)
  private mutating func otherObject(
    at scanner: inout JSONScanner, depth: Int
  ) throws(JSONSyntaxError) -> Bool {
    while scanner.byte != UInt8(ascii: "{") || depth >= JSONScanner.maximumDepth {
      try noContainer(at: &scanner, depth: depth)
      guard try scanner.nextElement() else { return false }
    }
    return true
  }

  /// Goes over a list of other elements than objects from its opening bracket.
  private mutating func list(
    of element: Int, at place: inout JSONScanner, into arena: inout FactArena, depth: Int
  ) throws(JSONSyntaxError) -> FactList {
    var scanner = place
    defer { place.follow(scanner) }
    let kind = tables.shapes[element].kind
    if kind.isContainer {
      return try listOfLists(of: element, at: &scanner, into: &arena, depth: depth)
    }
    guard try scanner.enterArray() else { return FactList(start: 0, count: 0) }
    let detail = Int(tables.shapes[element].detail)
    let wordCount = Int(tables.shapes[element].wordCount)
    let start = arena.count
    var count = 0
    repeat {
      let offset = scanner.offset
      let slot = arena.allocate(wordCount)
      count &+= 1
      if try usualScalar(kind, detail, to: slot, at: &scanner, into: &arena) { continue }
      var end = scanner
      let isStored = try unusualValue(
        element, to: slot, at: &end, into: &arena, depth: depth &+ 1)
      scanner.follow(end)
      if !isStored { noteNullElement(offset, at: scanner) }
    } while try scanner.nextElement()
    return FactList(start: start, count: count)
  }

  /// Goes over a list of lists from its opening bracket.
  ///
  /// In the arena the elements of a list follow each other, which lists and objects can only when all are
  /// there: so they wait in `pending`.
  private mutating func listOfLists(
    of element: Int, at scanner: inout JSONScanner, into arena: inout FactArena, depth: Int
  ) throws(JSONSyntaxError) -> FactList {
    guard try scanner.enterArray() else { return FactList(start: 0, count: 0) }
    let isOfObjects = tables.shapes[element].kind == .objects
    let detail = Int(tables.shapes[element].detail)
    let firstPending = pending.count
    repeat {
      guard scanner.byte == UInt8(ascii: "["), depth &+ 1 < JSONScanner.maximumDepth else {
        try noContainer(at: &scanner, depth: depth &+ 1)
        continue
      }
      let list =
        try isOfObjects
        ? objects(ofType: detail, at: &scanner, into: &arena, depth: depth &+ 1)
        : self.list(of: detail, at: &scanner, into: &arena, depth: depth &+ 1)
      pending.append(list.word)
    } while try scanner.nextElement()
    return storePending(from: firstPending, in: &arena)
  }

  /// Goes over a list of objects that is itself an element of a list, from its opening bracket.
  private mutating func objects(
    ofType type: Int, at scanner: inout JSONScanner, into arena: inout FactArena, depth: Int
  ) throws(JSONSyntaxError) -> FactList {
    let firstPending = pending.count
    var hasObject = try firstObject(at: &scanner, depth: depth &+ 1)
    while hasObject {
      let row = try object(ofType: type, at: &scanner, into: &arena, depth: depth &+ 1)
      pending.append(UInt64(truncatingIfNeeded: row))
      hasObject = try nextObject(at: &scanner, depth: depth &+ 1)
    }
    return storePending(from: firstPending, in: &arena)
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

// MARK: - Keys

extension JSONScanner {
  /// A place one byte before this one, which is not the first.
  fileprivate var back: JSONScanner {
    var scanner = self
    scanner.advance(by: -1)
    return scanner
  }

  /// What turns the current byte into a comma.
  fileprivate var byteForComma: UInt64 { UInt64(byte ^ UInt8(ascii: ",")) }
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
