/// A text that may stand at a place of a JSON text, such as a key or a name of a closed list: comparing it
/// takes no loop up to sixteen bytes, and no look at where the text there ends.
struct ExpectedText: BitwiseCopyable {
  /// How long it may be: the bytes looked at must lie within the padding.
  static let maximumLength = 40

  /// The first eight bytes, and the last eight.
  private let head: UInt64
  private let tail: UInt64
  /// The bits of each that count: fewer than all where the text is shorter, and the first word then
  /// holds all of it.
  private let headMask: UInt64
  private let tailMask: UInt64

  /// How many bytes it has, and how far its last eight are from its start.
  struct Extent: BitwiseCopyable {
    let length: UInt8
    fileprivate let tailOffset: UInt8

    /// The extent of a text of at most `maximumLength` bytes.
    init(length: Int) {
      self.length = UInt8(truncatingIfNeeded: length)
      tailOffset = UInt8(truncatingIfNeeded: max(length - 8, 0))
    }
  }

  /// A text of at most `maximumLength` bytes.
  init(_ text: [UInt8]) {
    head = text.headWord
    tail = text.suffix(8).headWord
    headMask = text.count < 8 ? (1 << UInt64(text.count * 8)) - 1 : .max
    tailMask = text.count <= 8 ? 0 : .max
  }

  private init(head: UInt64, tail: UInt64, mask: UInt64) {
    self.head = head
    self.tail = tail
    headMask = mask
    tailMask = mask
  }

  /// What no text is: none has two different first bytes.
  static let nothing = ExpectedText(head: 1, tail: 2, mask: 0xFF)

  /// The eight bytes from the ninth on, those from the seventeenth on, and so on.
  static func middle(of text: [UInt8]) -> SIMD4<UInt64> {
    SIMD4(
      text.dropFirst(8).headWord, text.dropFirst(16).headWord, text.dropFirst(24).headWord,
      text.dropFirst(32).headWord)
  }

  /// Whether it stands at the scanner's place, whose first byte is taken for the one that differs from it
  /// by `lead`.
  @inline(__always)
  func stands(
    at scanner: JSONScanner, lead: UInt64 = 0, extent: Extent, middle: () -> SIMD4<UInt64>
  ) -> Bool {
    let tailOffset = Int(extent.tailOffset)
    let headDifference = (scanner.word() ^ lead ^ head) & headMask
    let tailDifference = (scanner.word(at: tailOffset) ^ tail) & tailMask
    guard headDifference | tailDifference == 0 else { return false }
    var offset = 8
    while offset < tailOffset {
      guard scanner.word(at: offset) == middle()[offset &>> 3 &- 1] else { return false }
      offset &+= 8
    }
    return true
  }
}
