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
  /// The elements of the lists of objects and of lists that are being read, innermost last: in the
  /// arena they must follow each other, which they can only when all are there.
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
    let bitWords = tables.types[type].bitWords
    let row = arena.allocate(tables.types[type].wordCount)
    arena[row] = 0
    arena[row &+ 1] = 0
    if bitWords > 1 { for index in 2..<2 * bitWords { arena[row &+ index] = 0 } }
    guard try scanner.enterObject() else { return row }
    var previous = tables.types[type].start
    repeat {
      var fact = tables.facts[previous].next
      if tables.isNext(fact, at: scanner) {
        scanner.advance(by: tables.facts[fact].length)
        scanner.skipSpace()
      } else {
        var value = scanner
        fact = try lookUpKey(ofType: type, after: previous, at: &value, depth: depth)
        scanner.follow(value)
        if fact < 0 { continue }
      }
      previous = fact
      let presence = row &+ tables.facts[fact].bitWord
      let bit = tables.facts[fact].bit
      guard (arena[presence] | arena[presence &+ bitWords]) & bit == 0 else {
        scanner.follow(try afterRepeated(scanner, depth: depth))
        continue
      }
      arena[presence] |= bit
      let kind = tables.facts[fact].kind
      let slot = row &+ tables.facts[fact].slot
      let isStored: Bool
      if kind == .object,
        let row = try objectHere(
          tables.facts[fact].shape, at: &scanner, into: &arena, depth: depth &+ 1)
      {
        arena[slot] = UInt64(truncatingIfNeeded: row)
        isStored = true
      } else if kind.isContainer {
        var end = scanner
        isStored = try container(
          tables.facts[fact].shape, to: slot, at: &end, into: &arena, depth: depth &+ 1)
        scanner.follow(end)
      } else {
        isStored = try scalar(
          kind, tables.facts[fact].shape, to: slot, at: &scanner, into: &arena, depth: depth &+ 1)
      }
      if !isStored { takeBack(fact, row: row, bitWords: bitWords, in: &arena) }
    } while try scanner.nextMember()
    return row
  }

  /// Goes over an object, if there is one and not too deep; else it goes nowhere, and `container` tells.
  ///
  /// It is `container` without the way through it, which for small objects costs as much as they do.
  @inline(__always)
  private mutating func objectHere(
    _ shape: Int, at scanner: inout JSONScanner, into arena: inout FactArena, depth: Int
  ) throws(JSONSyntaxError) -> Int? {
    guard scanner.byte == UInt8(ascii: "{"), depth < JSONScanner.maximumDepth else { return nil }
    var end = scanner
    defer { scanner.follow(end) }
    return try object(
      ofType: Int(tables.shapes[shape].detail), at: &end, into: &arena, depth: depth)
  }

  /// Turns a fact that seemed to have a value into one that is only named.
  @inline(never)
  private func takeBack(_ fact: Int, row: Int, bitWords: Int, in arena: inout FactArena) {
    let presence = row + tables.facts[fact].bitWord
    arena[presence] &= ~tables.facts[fact].bit
    arena[presence + bitWords] |= tables.facts[fact].bit
  }

  /// Goes from a key that wasn't expected to its value; negative when there is no such fact, and the
  /// value has been passed too.
  @inline(never)
  private mutating func lookUpKey(
    ofType type: Int, after previous: Int, at scanner: inout JSONScanner, depth: Int
  ) throws(JSONSyntaxError) -> Int {
    defer { scratch.removeAll(keepingCapacity: true) }
    let key = try scanner.key(scratch: &scratch)
    let name = Fingerprint(key, in: scanner, decoded: scratch)
    if let fact = tables.fact(
      named: name, ofType: type, byteAt: { key.byte(at: $0, in: scanner, decoded: scratch) })
    {
      tables.learn(fact, after: previous)
      return fact
    }
    note(.unknownFact, scanner.offset..<scanner.offset)
    try scanner.skipValue(depth: depth + 1, scratch: &scratch)
    return -1
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

  /// Goes over a value other than an object or a list and stores it; false when it is null, or not
  /// what it should be.
  @inline(always)
  private mutating func scalar(
    _ kind: FactTables.Shape.Kind, _ shape: Int, to slot: Int, at scanner: inout JSONScanner,
    into arena: inout FactArena, depth: Int
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
      guard scanner.byte == UInt8(ascii: "\"") else { break }
      let start = scanner
      let string = try scanner.string(into: &scratch)
      if !string.isDecoded,
        let position = tables.case(
          Fingerprint(string, in: scanner, decoded: []), of: Int(tables.shapes[shape].detail),
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
    case .duration, .int, .double, .object, .list: break
    }
    var end = scanner
    defer { scanner.follow(end) }
    return try unusualValue(shape, to: slot, at: &end, into: &arena, depth: depth)
  }

  /// Goes over an object or a list.
  @inline(never)
  private mutating func container(
    _ shape: Int, to slot: Int, at scanner: inout JSONScanner, into arena: inout FactArena,
    depth: Int
  ) throws(JSONSyntaxError) -> Bool {
    let isObject = tables.shapes[shape].kind == .object
    let detail = Int(tables.shapes[shape].detail)
    guard scanner.byte == UInt8(ascii: isObject ? "{" : "[") else {
      return try unusualValue(shape, to: slot, at: &scanner, into: &arena, depth: depth)
    }
    guard depth < JSONScanner.maximumDepth else { throw scanner.error(.tooDeep) }
    if isObject {
      let row = try object(ofType: detail, at: &scanner, into: &arena, depth: depth)
      arena[slot] = UInt64(truncatingIfNeeded: row)
    } else {
      arena[slot] = try list(of: detail, at: &scanner, into: &arena, depth: depth).word
    }
    return true
  }

  // MARK: - Lists

  /// Goes over a list from its opening bracket.
  @inline(__always)
  private mutating func list(
    of element: Int, at scanner: inout JSONScanner, into arena: inout FactArena,
    depth: Int
  ) throws(JSONSyntaxError) -> FactList {
    guard try scanner.enterArray() else { return FactList(start: 0, count: 0) }
    return tables.shapes[element].kind.isContainer
      ? try nestedList(of: element, at: &scanner, into: &arena, depth: depth)
      : try flatList(of: element, at: &scanner, into: &arena, depth: depth)
  }

  /// Goes over the elements of a list, and stores each as it comes.
  private mutating func flatList(
    of element: Int, at place: inout JSONScanner, into arena: inout FactArena,
    depth: Int
  ) throws(JSONSyntaxError) -> FactList {
    var scanner = place
    defer { place.follow(scanner) }
    let kind = tables.shapes[element].kind
    let wordCount = Int(tables.shapes[element].wordCount)
    let start = arena.count
    var count = 0
    repeat {
      let offset = scanner.offset
      let slot = arena.allocate(wordCount)
      if try !scalar(kind, element, to: slot, at: &scanner, into: &arena, depth: depth &+ 1) {
        noteNullElement(offset, at: scanner)
      }
      count &+= 1
    } while try scanner.nextElement()
    return FactList(start: start, count: count)
  }

  /// Goes over the elements of a list, which store facts of their own, and stores them at its end.
  private mutating func nestedList(
    of element: Int, at scanner: inout JSONScanner, into arena: inout FactArena,
    depth: Int
  ) throws(JSONSyntaxError) -> FactList {
    let firstPending = pending.count
    let slot = arena.allocate(1)
    let isOfObjects = tables.shapes[element].kind == .object
    repeat {
      let offset = scanner.offset
      if isOfObjects,
        let row = try objectHere(element, at: &scanner, into: &arena, depth: depth &+ 1)
      {
        pending[pending.append(count: 1)] = UInt64(truncatingIfNeeded: row)
      } else if try container(element, to: slot, at: &scanner, into: &arena, depth: depth &+ 1) {
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
