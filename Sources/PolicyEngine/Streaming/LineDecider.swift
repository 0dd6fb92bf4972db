package import CEL

/// Decides the documents of pieces of an NDJSON stream: decodes each line, decides it, hands it on.
///
/// Each thread has its own.
package struct LineDecider: ~Copyable {
  /// A line that is not a document.
  package struct BadLine: Sendable {
    /// Its number in the piece, from 0.
    package let number: Int
    /// Its bytes, without the line break.
    package let bytes: [UInt8]

    /// A line by its number and bytes.
    package init(number: Int, bytes: [UInt8]) {
      self.number = number
      self.bytes = bytes
    }
  }

  private var decoder: FactDecoder
  private var arena = FactArena()
  /// The most bytes that a line may have, its break apart.
  private let limit: Int
  /// What decides the documents.
  package private(set) var decider: DocumentDecider

  /// A decider of lines, made of one of documents; a line longer than the limit is no document.
  package init(_ decider: consuming DocumentDecider, limit: Int = .max) {
    self.limit = limit
    let schema = decider.policies.vocabulary.schema
    decoder = FactDecoder(schema, layout: FactLayout(schema))
    self.decider = decider
  }

  /// What became of the lines of a piece.
  package struct Result: Sendable {
    /// The number of lines, with blank ones and bad ones.
    package var lineCount = 0
    /// The number of documents decided.
    package var documentCount = 0
    /// The lines that are not documents.
    package var badLines: [BadLine] = []

    /// Nothing yet.
    package init() {}
  }

  /// Decides the documents of a text, line by line; blank lines are passed over.
  ///
  /// - Parameters:
  ///   - bytes: The text, with `PaddedBytes.padding` more bytes behind it; all lines but the last end
  ///     with a line feed.
  ///   - count: The number of bytes of the text.
  ///   - decided: Called after each document.
  /// - Returns: What became of the lines.
  package mutating func decide(
    _ bytes: [UInt8], count: Int, _ decided: (borrowing DocumentDecider) -> Void
  ) -> Result {
    decide(bytes, count: count) { decider, _, _, _ in decided(decider) }
  }

  /// Decides the documents of a text in the same way, and reads what is asked of those that pass.
  ///
  /// - Parameters:
  ///   - bytes: The text and its padding.
  ///   - count: The number of bytes of the text.
  ///   - reader: What asks; it has the answers of the last document that passes.
  ///   - given: Makes the whole numbers that come with a document of its governing date.
  ///   - decided: Called after each document.
  package mutating func decide(
    _ bytes: [UInt8], count: Int, reading reader: inout SubjectReader,
    given: (CivilDate?) -> [Int64],
    _ decided: (borrowing DocumentDecider, borrowing SubjectReader) -> Void
  ) {
    _ = decide(bytes, count: count) { decider, arena, row, text in
      if decider.passes {
        reader.read(
          row: row, in: arena, text: text, length: decider.place.count, given: given)
      }
      decided(decider, reader)
    }
  }

  /// Calls `decided` after each document of a text, with the facts and the document's row in them, and its text.
  @inline(__always)
  private mutating func decide(
    _ bytes: [UInt8], count: Int,
    _ decided: (borrowing DocumentDecider, borrowing FactArena, Int, PaddedBytes) -> Void
  ) -> Result {
    precondition(bytes.count >= count + PaddedBytes.padding)
    var result = Result()
    unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      var offset = 0
      while offset < count {
        // Each line is a text of its own, so that what is kept of a document is not the whole piece.
        let text = unsafe PaddedBytes(unsafeStart: start + offset, count: count - offset)
        offset += decideLine(text, at: offset, into: &result, decided)
        result.lineCount += 1
      }
    }
    return result
  }

  /// Decides a line; gives its length with the line break.
  @inline(__always)
  private mutating func decideLine(
    _ text: PaddedBytes, at offset: Int, into result: inout Result,
    _ decided: (borrowing DocumentDecider, borrowing FactArena, Int, PaddedBytes) -> Void
  ) -> Int {
    arena.removeAll()
    let document = decoder.decode(text, isLine: true, into: &arena)
    guard let row = document.row, document.end <= limit else {
      return passOver(text, into: &result)
    }
    decider.decide(row: row, in: arena, text: text, length: document.end)
    decider.place = offset..<offset + document.end
    decider.lineNumber = result.lineCount
    decided(decider, arena, row, text)
    result.documentCount += 1
    return document.end + 1
  }

  /// Decides a document that was read before.
  package mutating func decide(
    _ document: FactDocument, _ decided: (borrowing DocumentDecider) -> Void
  ) {
    PaddedBytes.with(document.paddedText) { text in
      arena.removeAll()
      guard let row = decoder.decode(text, into: &arena).row else {
        preconditionFailure("a document is made of a text only when it can be decoded")
      }
      decider.decide(row: row, in: arena, text: text, length: text.count)
      decided(decider)
    }
  }

  @inline(never)
  private mutating func passOver(_ text: PaddedBytes, into result: inout Result) -> Int {
    let rest = unsafe UnsafeBufferPointer(start: text.start, count: text.count)
    let line = unsafe Array(rest.prefix { $0 != UInt8(ascii: "\n") })
    if !line.isBlankLine {
      result.badLines.append(BadLine(number: result.lineCount, bytes: line))
    }
    return line.count + 1
  }
}

extension [UInt8] {
  /// Whether a line of NDJSON is passed over, for it holds nothing but JSON's white space.
  package var isBlankLine: Bool { allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } }
}
