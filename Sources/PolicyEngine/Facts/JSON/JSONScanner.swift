internal import CByteScan

/// A place in a JSON text (RFC 8259) that moves over tokens; all reading of JSON is built on it.
///
/// It works on padded bytes and looks at several at a time; the padding's invariant is what makes
/// that safe. Strings are validated as UTF-8 as they are scanned; outside of strings only ASCII is
/// allowed, so that no byte of the text goes unchecked.
@safe
struct JSONScanner {
  /// How deep values may nest.
  ///
  /// RFC 8259, section 9, leaves the limit to the reader.
  static let maximumDepth = 256

  /// The current byte.
  private var current: UnsafePointer<UInt8>
  private let start: UnsafePointer<UInt8>
  private let end: UnsafePointer<UInt8>
  /// What counts as white space next to space, tab and carriage return: the line feed, or a space
  /// again where the text is one line of many and ends at the line feed.
  private let lineBreak: UInt8

  /// A scanner at an offset of a text; with `isLine`, the document ends with its line.
  init(_ text: PaddedBytes, from offset: Int = 0, isLine: Bool = false) {
    unsafe start = text.start
    unsafe current = text.start + offset
    unsafe end = text.start + text.count
    lineBreak = UInt8(ascii: isLine ? " " : "\n")
  }

  /// The current byte; NUL or a line feed at the end.
  @inline(__always) var byte: UInt8 { unsafe current.pointee }

  /// The offset of the current byte.
  @inline(__always) var offset: Int { unsafe current - start }

  /// Whether the text is at its end.
  var isAtEnd: Bool {
    unsafe current >= end || (lineBreak == UInt8(ascii: " ") && byte == UInt8(ascii: "\n"))
  }

  /// The byte so many after the current one, which must lie within the padding.
  @inline(__always) func byte(at distance: Int) -> UInt8 {
    unsafe current[distance]
  }

  /// The byte at an offset of the text.
  @inline(__always) func byte(atOffset offset: Int) -> UInt8 { unsafe start[offset] }

  /// Eight bytes, the first lowest, from so many after the current one; within the padding.
  @inline(__always) func word(at distance: Int = 0) -> UInt64 {
    unsafe UInt64(
      littleEndian: UnsafeRawPointer(current + distance).loadUnaligned(as: UInt64.self))
  }

  /// Eight bytes at an offset of the text; within the padding.
  @inline(__always) func word(atOffset offset: Int) -> UInt64 {
    unsafe UInt64(littleEndian: UnsafeRawPointer(start + offset).loadUnaligned(as: UInt64.self))
  }

  /// Which of the thirty-two bytes from so many after the current one end a run of plain ASCII in a string,
  /// the first as the lowest bit; within the padding.
  @inline(__always) func stops(at distance: Int) -> UInt32 {
    unsafe byte_scan_stops_of_32(current + distance)
  }

  /// The bytes of a range that was scanned.
  func bytes(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    unsafe UnsafeBufferPointer(start: start + range.lowerBound, count: range.count)
  }

  /// Goes forward, at most to the end, or back.
  @inline(__always) mutating func advance(by distance: Int = 1) {
    unsafe current += distance
    unsafe assert(current <= end)
  }

  /// Goes over white space.
  @inline(__always) mutating func skipSpace() {
    if byte <= 0x20 { unsafe current = afterSpace() }
  }

  @inline(never) private func afterSpace() -> UnsafePointer<UInt8> {
    var scanner = self
    while unsafe scanner.current < end,
      scanner.byte == 0x20 || scanner.byte == lineBreak || scanner.byte == 0x09
        || scanner.byte == 0x0D
    {
      unsafe scanner.current += 1
    }
    return unsafe scanner.current
  }

  /// Goes where a copy of this scanner went.
  ///
  /// A scanner that is changed through its address can't stay in registers, on frequent paths
  /// neither; so what isn't inlined is given a copy, and only its place is taken back.
  @inline(__always) mutating func follow(_ copy: JSONScanner) { unsafe current = copy.current }

  /// A syntax error so many bytes after the current one.
  func error(_ problem: JSONSyntaxError.Problem, at distance: Int = 0) -> JSONSyntaxError {
    JSONSyntaxError(problem: problem, offset: offset + distance)
  }

  /// A syntax error at the current byte, which should be something else.
  func unexpected(_ expected: JSONSyntaxError.Expected) -> JSONSyntaxError {
    error(isAtEnd ? .endOfText(expected) : .unexpected(expected))
  }
}

// MARK: - Values

extension JSONScanner {
  /// Goes over a value, whatever it is, and over nothing else.
  @inline(never)
  mutating func skipValue(depth: Int, scratch: inout [UInt8]) throws(JSONSyntaxError) {
    switch byte {
    case UInt8(ascii: "\""):
      _ = try string(into: &scratch)
      scratch.removeAll(keepingCapacity: true)
    case UInt8(ascii: "{"):
      guard depth < Self.maximumDepth else { throw error(.tooDeep) }
      try skipObject(depth: depth, scratch: &scratch)
    case UInt8(ascii: "["):
      guard depth < Self.maximumDepth else { throw error(.tooDeep) }
      try skipArray(depth: depth, scratch: &scratch)
    case UInt8(ascii: "t"): try word("true")
    case UInt8(ascii: "f"): try word("false")
    case UInt8(ascii: "n"): try word("null")
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): _ = try number()
    default: throw unexpected(.value)
    }
  }

  private mutating func skipObject(
    depth: Int, scratch: inout [UInt8]
  ) throws(JSONSyntaxError) {
    guard try enterObject() else { return }
    repeat {
      _ = try key(scratch: &scratch)
      scratch.removeAll(keepingCapacity: true)
      try skipValue(depth: depth + 1, scratch: &scratch)
    } while try nextMember()
  }

  private mutating func skipArray(
    depth: Int, scratch: inout [UInt8]
  ) throws(JSONSyntaxError) {
    guard try enterArray() else { return }
    repeat { try skipValue(depth: depth + 1, scratch: &scratch) } while try nextElement()
  }

  /// Goes from an opening brace to the first key; false when the object is empty and passed.
  @inline(__always)
  mutating func enterObject() throws(JSONSyntaxError) -> Bool {
    advance()
    skipSpace()
    guard byte == UInt8(ascii: "}") else { return true }
    advance()
    return false
  }

  /// Goes from a key to its value.
  mutating func key(scratch: inout [UInt8]) throws(JSONSyntaxError) -> JSONString {
    guard byte == UInt8(ascii: "\"") else { throw unexpected(.key) }
    let key = try string(into: &scratch)
    skipSpace()
    guard byte == UInt8(ascii: ":") else { throw unexpected(.colon) }
    advance()
    skipSpace()
    return key
  }

  /// Goes from the end of a member to the next key; false when the object ends and is passed.
  @inline(__always)
  mutating func nextMember() throws(JSONSyntaxError) -> Bool {
    skipSpace()
    if byte == UInt8(ascii: "}") {
      advance()
      return false
    }
    guard byte == UInt8(ascii: ",") else { throw unexpected(.commaOrBrace) }
    let comma = self
    advance()
    skipSpace()
    guard byte != UInt8(ascii: "}") else { throw comma.error(.trailingComma) }
    return true
  }

  /// Goes from an opening bracket to the first element; false when the array is empty and passed.
  @inline(__always)
  mutating func enterArray() throws(JSONSyntaxError) -> Bool {
    advance()
    skipSpace()
    guard byte == UInt8(ascii: "]") else { return true }
    advance()
    return false
  }

  /// Goes from the end of an element to the next; false when the array ends and is passed.
  @inline(__always)
  mutating func nextElement() throws(JSONSyntaxError) -> Bool {
    skipSpace()
    if byte == UInt8(ascii: "]") {
      advance()
      return false
    }
    guard byte == UInt8(ascii: ",") else { throw unexpected(.commaOrBracket) }
    let comma = self
    advance()
    skipSpace()
    guard byte != UInt8(ascii: "]") else { throw comma.error(.trailingComma) }
    return true
  }

  /// Goes over one of the three words of JSON, whose first letter is the current byte.
  mutating func word(_ word: StaticString) throws(JSONSyntaxError) {
    for index in 0..<word.utf8CodeUnitCount
    where unsafe byte(at: index) != word.utf8Start[index] {
      throw unexpected(.value)
    }
    advance(by: word.utf8CodeUnitCount)
  }

  /// Goes over the white space that may precede a document, and a byte order mark before it.
  mutating func enterDocument() {
    if offset == 0, byte == 0xEF, byte(at: 1) == 0xBB, byte(at: 2) == 0xBF { advance(by: 3) }
    skipSpace()
  }

  /// Checks that nothing but white space follows the document.
  mutating func finishDocument() throws(JSONSyntaxError) {
    skipSpace()
    guard isAtEnd else { throw error(.unexpected(.endOfDocument)) }
  }
}
