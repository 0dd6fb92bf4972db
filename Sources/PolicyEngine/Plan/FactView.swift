import CEL

/// The facts in an arena as the plan reads them: without asking whether an index is within bounds.
///
/// - INVARIANT: Rows and lists that are read come from the document's row downwards, through slots that
///   hold such, as the layout has it; so every index was stored by decoding. It is used only while the
///   arena that it was made from is neither changed nor gone, and the text neither.
@safe
struct FactView {
  private let words: UnsafePointer<UInt64>
  private let text: UnsafePointer<UInt8>
  private let decodedText: UnsafePointer<UInt8>

  @inline(__always)
  init(
    words: UnsafePointer<UInt64>, text: UnsafePointer<UInt8>, decodedText: UnsafePointer<UInt8>
  ) {
    unsafe self.words = words
    unsafe self.text = text
    unsafe self.decodedText = decodedText
  }

  /// The word at an index.
  @inline(__always)
  subscript(index: Int) -> UInt64 { unsafe words[index] }

  /// The word at an index as a signed number.
  @inline(__always)
  func number(at index: Int) -> Int64 { Int64(bitPattern: self[index]) }

  /// Whether the object with a row has a fact.
  @inline(__always)
  func has(_ fact: Int32, row: Int) -> Bool {
    self[row &+ Int(fact &>> 6)] &>> UInt64(truncatingIfNeeded: fact & 63) & 1 != 0
  }

  /// Whether a bit of the word at an index is set.
  @inline(__always)
  func isSet(_ bit: UInt8, at index: Int) -> Bool {
    self[index] &>> UInt64(truncatingIfNeeded: bit & 63) & 1 != 0
  }

  /// The string in two words from an index on.
  @inline(__always)
  func string(at index: Int) -> PlanString {
    let string = FactString(head: self[index], place: self[index &+ 1])
    let start = unsafe (string.isDecoded ? decodedText : text) + string.offset
    return unsafe PlanString(bytes: start, count: string.count, head: string.head)
  }

  /// The instant or duration in two words from an index on.
  @inline(__always)
  func instant(at index: Int) -> PlanInstant {
    PlanInstant(seconds: number(at: index), nanoseconds: number(at: index &+ 1))
  }
}

extension FactArena {
  /// Calls `body` with the facts of documents that were decoded from a text, to be read fast.
  borrowing func withView<Result>(of text: PaddedBytes, _ body: (FactView) -> Result) -> Result {
    unsafe decodedText.withUnsafeBufferPointer { decoded in
      body(
        unsafe FactView(
          words: words.start, text: text.start, decodedText: decoded.baseAddress ?? text.start))
    }
  }
}

/// An instant, or a duration: seconds, and nanoseconds of the same sign or above zero.
struct PlanInstant: Equatable, Comparable {
  let seconds: Int64
  let nanoseconds: Int64

  /// The span from another instant to this one; nil where durations don't reach so far.
  func since(_ other: PlanInstant) -> PlanInstant? {
    func timestamp(_ instant: PlanInstant) -> CELTimestamp {
      CELTimestamp(
        seconds: instant.seconds, nanoseconds: Int32(truncatingIfNeeded: instant.nanoseconds))
    }
    return timestamp(self).since(timestamp(other)).map {
      PlanInstant(seconds: $0.seconds, nanoseconds: Int64($0.nanoseconds))
    }
  }

  @inline(__always)
  static func < (left: PlanInstant, right: PlanInstant) -> Bool {
    left.seconds != right.seconds
      ? left.seconds < right.seconds : left.nanoseconds < right.nanoseconds
  }
}
