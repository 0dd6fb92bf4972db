import CEL

/// Decides the documents of pieces of an NDJSON stream by two policy sets, one beside the other.
///
/// Where both read documents in the same way, each line is decoded once. Each thread has its own.
package struct PairedLineDecider: ~Copyable {
  private var decoder: FactDecoder
  private var otherDecoder: FactDecoder?
  private var arena = FactArena()
  private var otherArena = FactArena()
  private var old: DocumentDecider
  private var new: DocumentDecider
  /// The most bytes that a line may have, its break apart.
  private let limit: Int

  /// What decides by the old policies, and what by the new ones.
  package init(old: consuming DocumentDecider, new: consuming DocumentDecider, limit: Int = .max) {
    let (before, after) = (old.policies.vocabulary.schema, new.policies.vocabulary.schema)
    decoder = FactDecoder(before, layout: FactLayout(before))
    otherDecoder = before.isSame(as: after) ? nil : FactDecoder(after, layout: FactLayout(after))
    self.old = old
    self.new = new
    self.limit = limit
  }

  /// What became of the lines of a piece.
  package struct Result: Sendable {
    /// The number of lines, with blank ones and bad ones.
    package var lineCount = 0
    /// The number of documents that both could read.
    package var documentCount = 0
    /// The lines that neither can read, from 0.
    package var unreadable: [Int] = []
    /// The lines that only the new policies can read, and those that only the old ones can.
    package var onlyNew: [Int] = []
    /// The lines that only the old policies can read.
    package var onlyOld: [Int] = []
  }

  /// Decides the documents of a text, line by line; blank lines are passed over.
  ///
  /// `bytes` has `PaddedBytes.padding` more bytes behind the `count` of the text; `decided` gets each document
  /// that both can read, with its place in the text and the number of its line.
  package mutating func decide(
    _ bytes: [UInt8], count: Int,
    _ decided: (borrowing DocumentDecider, borrowing DocumentDecider, Range<Int>, Int) -> Void
  ) -> Result {
    precondition(bytes.count >= count + PaddedBytes.padding)
    var result = Result()
    unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      var offset = 0
      while offset < count {
        let text = unsafe PaddedBytes(unsafeStart: start + offset, count: count - offset)
        offset += decideLine(text, at: offset, into: &result, decided)
        result.lineCount += 1
      }
    }
    return result
  }

  @inline(__always)
  private mutating func decideLine(
    _ text: PaddedBytes, at offset: Int, into result: inout Result,
    _ decided: (borrowing DocumentDecider, borrowing DocumentDecider, Range<Int>, Int) -> Void
  ) -> Int {
    arena.removeAll()
    let document = decoder.decode(text, isLine: true, into: &arena)
    var other = document
    if otherDecoder != nil {
      otherArena.removeAll()
      if let found = otherDecoder?.decode(text, isLine: true, into: &otherArena) { other = found }
    }
    guard let row = document.row, let otherRow = other.row, document.end <= limit else {
      return passOver(text, isOld: document.row != nil, isNew: other.row != nil, into: &result)
    }
    old.decide(row: row, in: arena, text: text, length: document.end)
    if otherDecoder == nil {
      new.decide(row: otherRow, in: arena, text: text, length: document.end)
    } else {
      new.decide(row: otherRow, in: otherArena, text: text, length: document.end)
    }
    decided(old, new, offset..<offset + document.end, result.lineCount)
    result.documentCount += 1
    return document.end + 1
  }

  @inline(never)
  private func passOver(
    _ text: PaddedBytes, isOld: Bool, isNew: Bool, into result: inout Result
  ) -> Int {
    let rest = unsafe UnsafeBufferPointer(start: text.start, count: text.count)
    let line = unsafe Array(rest.prefix { $0 != UInt8(ascii: "\n") })
    guard !line.isBlankLine else { return line.count + 1 }
    if isOld == isNew {
      result.unreadable.append(result.lineCount)
    } else if isOld {
      result.onlyOld.append(result.lineCount)
    } else {
      result.onlyNew.append(result.lineCount)
    }
    return line.count + 1
  }
}

extension FactSchema {
  /// Whether documents are read in the same way by both.
  fileprivate func isSame(as other: FactSchema) -> Bool {
    objectTypes == other.objectTypes && documentType == other.documentType
      && documentName == other.documentName
      && enumerations.map(\.name) == other.enumerations.map(\.name)
      && enumerations.map(\.cases) == other.enumerations.map(\.cases)
  }
}
