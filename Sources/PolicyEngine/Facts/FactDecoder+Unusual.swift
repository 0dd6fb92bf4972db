import CEL

/// The values that the decoder's inner loop leaves aside: rare ones, null, and mistakes.
extension FactDecoder {
  /// Goes over a value and stores it; false when it is null, or not what it should be.
  @inline(never)
  mutating func unusualValue(
    _ shape: Int, to slot: Int, at scanner: inout JSONScanner,
    into arena: inout FactArena, depth: Int
  ) throws(JSONSyntaxError) -> Bool {
    let start = scanner.offset
    let kind = tables.shapes[shape].kind
    switch (kind, scanner.byte) {
    case (.enumeration, UInt8(ascii: "\"")):
      return try enumerationCase(
        of: Int(tables.shapes[shape].detail), to: slot, at: &scanner, into: &arena)
    case (.date, UInt8(ascii: "\"")), (.timestamp, UInt8(ascii: "\"")),
      (.duration, UInt8(ascii: "\"")):
      return try temporal(kind, to: slot, at: &scanner, into: &arena)
    case (.int, UInt8(ascii: "-")), (.int, UInt8(ascii: "0")...UInt8(ascii: "9")):
      return try integer(to: slot, at: &scanner, into: &arena)
    case (.double, UInt8(ascii: "-")), (.double, UInt8(ascii: "0")...UInt8(ascii: "9")):
      let number = try scanner.number()
      guard let value = number.double(in: scanner) else {
        note(.numberTooLarge, number.range)
        return false
      }
      arena[slot] = value.bitPattern
      return true
    case (.exact, UInt8(ascii: "-")), (.exact, UInt8(ascii: "0")...UInt8(ascii: "9")),
      (.exact, UInt8(ascii: "\"")):
      return try exact(to: slot, at: &scanner, into: &arena)
    case (_, UInt8(ascii: "n")):
      try scanner.skipValue(depth: depth, scratch: &scratch)
      return false
    default:
      try scanner.skipValue(depth: depth, scratch: &scratch)
      note(.wrongType, start..<scanner.offset)
      return false
    }
  }

  /// Goes over an element that is to be an object or a list, and is not, or is too deep.
  @inline(never)
  mutating func noContainer(
    at scanner: inout JSONScanner, depth: Int
  ) throws(JSONSyntaxError) {
    let start = scanner.offset
    let isNull = scanner.byte == UInt8(ascii: "n")
    try scanner.skipValue(depth: depth, scratch: &scratch)
    note(isNull ? .nullElement : .wrongType, start..<scanner.offset)
  }

  private mutating func enumerationCase(
    of enumeration: Int, to slot: Int, at scanner: inout JSONScanner, into arena: inout FactArena
  ) throws(JSONSyntaxError) -> Bool {
    let start = scanner.offset
    let string = try scanner.string(into: &scratch)
    defer { if string.isDecoded { scratch.removeAll(keepingCapacity: true) } }
    guard
      let position = tables.case(
        Fingerprint(string, in: scanner, decoded: scratch), of: enumeration,
        byteAt: { string.byte(at: $0, in: scanner, decoded: scratch) })
    else {
      note(.noCase, start..<scanner.offset)
      return false
    }
    arena[slot] = UInt64(truncatingIfNeeded: position)
    return true
  }

  private mutating func temporal(
    _ kind: FactTables.Kind, to slot: Int, at scanner: inout JSONScanner,
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

  private mutating func integer(
    to slot: Int, at scanner: inout JSONScanner, into arena: inout FactArena
  ) throws(JSONSyntaxError) -> Bool {
    let number = try scanner.number()
    switch number.integer(in: scanner) {
    case .value(let value):
      arena[slot] = UInt64(bitPattern: value)
      return true
    case .fraction: note(.fraction, number.range)
    case .tooLarge: note(.numberTooLarge, number.range)
    }
    return false
  }

  /// A number or a text in decimal digits, kept as it is written: nothing of it is lost.
  private mutating func exact(
    to slot: Int, at scanner: inout JSONScanner, into arena: inout FactArena
  ) throws(JSONSyntaxError) -> Bool {
    let start = scanner.offset
    let stored: JSONString
    let bytes: [UInt8]
    if scanner.byte == UInt8(ascii: "\"") {
      stored = try scanner.string(into: &arena.decodedText)
      bytes = stored.bytes(in: scanner, decoded: arena.decodedText)
    } else {
      let range = try scanner.number().range
      bytes = unsafe Array(scanner.bytes(range))
      let head = bytes.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      stored = JSONString(
        offset: range.lowerBound, count: range.count, head: head, isDecoded: false)
    }
    guard CELDecimal(utf8: bytes) != nil else {
      note(.notExact, start..<scanner.offset)
      return false
    }
    arena.store(stored, at: slot)
    return true
  }

  /// Notes an element that wasn't stored, unless a mistake has been noted for it.
  @inline(never)
  mutating func noteNullElement(_ start: Int, at scanner: JSONScanner) {
    if mistakes.lastStart < start { note(.nullElement, start..<scanner.offset) }
  }
}
