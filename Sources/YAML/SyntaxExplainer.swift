import Diagnostics

/// Puts a syntax error into the words of the one who wrote the text.
///
/// libyaml says what its grammar expected next. What was written wrong is guessed from its words, the
/// two places it gives and the lines there; where no guess fits, its words are passed on.
struct SyntaxExplainer {
  private let problem: String
  private let context: String?
  private let source: Source
  /// Where libyaml stopped, and where what it was reading began.
  private let offset: Int
  private let contextOffset: Int?
  private let line: EntryLine
  /// Where the innermost collection starts that had begun.
  private let collectionStart: Int?

  /// An explainer of a problem found in a source, inside the collection that starts as given.
  init(
    _ problem: SyntaxProblem, in source: Source, offsets: CharacterOffsets, collectionStart: Int?
  ) {
    self.problem = problem.problem
    self.context = problem.context
    self.source = source
    self.offset = offsets.byteOffset(ofCharacter: problem.index)
    self.contextOffset = problem.contextIndex.map { offsets.byteOffset(ofCharacter: $0) }
    self.line = EntryLine(at: offset, in: source)
    self.collectionStart = collectionStart
  }

  /// The problem in words: the first guess that fits, those that are surest first.
  func diagnostic() -> Diagnostic {
    tab() ?? directive() ?? escape() ?? trap()?.diagnostic ?? quote() ?? bracket() ?? missingColon()
      ?? misplacedValue() ?? misplacedLine() ?? leftover() ?? .syntax(problem, context, at: here)
  }

  // MARK: Places

  private var here: SourceRange { place(offset, offset + 1) }
  private var isAtEnd: Bool { source.bytes[offset...].allSatisfy { $0 <= UInt8(ascii: " ") } }

  /// Whether only indentation precedes the place on its line.
  private var isAtLineStart: Bool { offset <= line.start }

  /// From the place to the end of what is written on its line.
  private var restOfLine: SourceRange { place(offset, line.value.upperBound) }

  /// The range between two offsets; empty when the second is not behind the first.
  private func place(_ start: Int, _ end: Int) -> SourceRange {
    SourceRange(source: source, bytes: start..<max(start, min(end, source.bytes.count)))
  }

  private func place(_ bytes: Range<Int>) -> SourceRange {
    SourceRange(source: source, bytes: bytes)
  }

  private func byte(at offset: Int) -> UInt8? {
    source.bytes.indices.contains(offset) ? source.bytes[offset] : nil
  }

  // MARK: Characters

  private func tab() -> Diagnostic? {
    guard
      problem.contains("cannot start any token") || problem.contains("a tab character")
        || problem.hasPrefix("mapping values are not allowed"),
      let tab = source.bytes[line.line.lowerBound..<line.start].firstIndex(of: UInt8(ascii: "\t"))
    else { return nil }
    let end = source.bytes[tab...].firstIndex { $0 != UInt8(ascii: "\t") }
    return .tabIndentation(at: place(tab, end ?? source.bytes.count))
  }

  private func directive() -> Diagnostic? {
    guard byte(at: line.line.lowerBound) == UInt8(ascii: "%") else { return nil }
    return .directive(at: place(line.line))
  }

  private func escape() -> Diagnostic? {
    guard context == "while parsing a quoted scalar",
      // libyaml stops at the backslash, or behind `\x`, `\u` or `\U`.
      let start = [offset, offset - 2].first(where: { byte(at: $0) == UInt8(ascii: "\\") })
    else { return nil }
    let kind = byte(at: start + 1)
    guard kind == UInt8(ascii: "x") || kind == UInt8(ascii: "u") || kind == UInt8(ascii: "U") else {
      return .unknownEscape(at: place(start, start + 2))
    }
    let digits = source.bytes[(start + 2)...].prefix(kind == UInt8(ascii: "U") ? 8 : 4)
      .prefix { Character(Unicode.Scalar($0)).isHexDigit }
    return .unknownCharacterCode(at: place(start, digits.endIndex))
  }

  // MARK: Expressions

  private func trap() -> YAMLTrap? {
    if let trap = commentBetweenLines() { return trap }
    if problem.hasPrefix("mapping values are not allowed") {
      guard let key = line.key, key.upperBound < offset, !line.value.isEmpty,
        !isDocumentStart(line)
      else { return nil }
      return YAMLTrap(
        kind: .colon, range: here, key: source.text(in: key), intended: line.intended)
    }
    return YAMLTrap(line, before: offset)
  }

  private func commentBetweenLines() -> YAMLTrap? {
    guard let above = line.lineAbove, above.key != nil, let comment = above.comment,
      line.indentation > above.indentation, line.key == nil || !startsWithWord
    else { return nil }
    return YAMLTrap(
      kind: .commentBetweenLines, range: place(comment, above.value.upperBound), key: nil,
      intended: "")
  }

  /// Whether the line starts as a key would, rather than as the rest of an expression.
  private var startsWithWord: Bool {
    byte(at: line.start).map { $0 >= 0x80 || Unicode.Scalar($0).properties.isAlphabetic } ?? false
  }

  // MARK: Quotes and brackets

  private func quote() -> Diagnostic? {
    if context == "while scanning a quoted scalar", let contextOffset {
      return .unclosedQuote(at: place(contextOffset, contextOffset + 1))
    }
    let before = source.bytes[..<offset].last { !EntryLine.isBlank($0) }
    guard problem.hasPrefix("did not find expected"), !isAtLineStart,
      before == UInt8(ascii: "\"") || before == UInt8(ascii: "'")
    else { return nil }
    return .textBehindQuote(at: restOfLine)
  }

  private func bracket() -> Diagnostic? {
    let open = [contextOffset, collectionStart].lazy.compactMap { $0 }
      .first { [UInt8(ascii: "["), UInt8(ascii: "{")].contains(byte(at: $0)) }
      .map { place($0, $0 + 1) }
    switch problem {
    case "did not find expected ',' or ']'", "did not find expected ',' or '}'":
      guard let open else { return nil }
      let isSameLine = open.bytes.lowerBound >= line.line.lowerBound
      return isSameLine && !isAtEnd
        ? .expectedCommaOrBracket(at: here, open: open) : .unclosedBracket(at: open, noticed: here)
    case "did not find expected node content":
      guard isAtEnd else { return .unexpectedCharacter(at: here) }
      return open.map { .unclosedBracket(at: $0, noticed: here) } ?? .expectedValue(at: here)
    default: return nil
    }
  }

  // MARK: Keys and values

  private func missingColon() -> Diagnostic? {
    guard context == "while scanning a simple key", let contextOffset else { return nil }
    let end = EntryLine(at: contextOffset, in: source).value.upperBound
    return .missingColon(at: place(contextOffset, end))
  }

  /// A key on a line where the lines above leave no room for a mapping.
  private func misplacedValue() -> Diagnostic? {
    guard problem.hasPrefix("mapping values are not allowed"), let key = line.key else {
      return nil
    }
    if isDocumentStart(line) { return .besideDocumentStart(at: place(line.start, line.start + 3)) }
    guard let above = line.lineAbove else { return nil }
    return above.key == nil
      ? .missingColon(at: place(above.value))
      : .deeperThanValue(at: place(key), above: place(above.value))
  }

  private func isDocumentStart(_ line: EntryLine) -> Bool {
    source.bytes[line.line].starts(with: "---".utf8)
  }

  /// A line that is indented like none of those that it could belong to.
  private func misplacedLine() -> Diagnostic? {
    let isInMapping = problem == "did not find expected key"
    guard isAtLineStart, isInMapping || problem == "did not find expected '-' indicator" else {
      return nil
    }
    let start = contextOffset.map { place($0, $0 + 1) }
    let subject = place(line.key ?? line.value)
    if isInMapping {
      return byte(at: offset) == UInt8(ascii: "-")
        ? .entryAmongKeys(at: here, mapping: start) : .misindentedKey(at: subject, like: start)
    }
    // Deeper than the list's entries, it was meant to be one of the keys above it.
    if let start, let above = line.lineAbove?.key, line.indentation >= start.start.column {
      return .misindentedKey(at: subject, like: place(above))
    }
    return .keyAmongEntries(at: subject, list: start)
  }

  /// What follows something that is complete.
  private func leftover() -> Diagnostic? {
    if problem == "did not find expected <document start>" {
      return .behindDocument(at: restOfLine)
    }
    if byte(at: offset) == UInt8(ascii: "\t") { return .tabIndentation(at: here) }
    let isPlain = [
      "not allowed in this context", "expected key", "expected '-' indicator", "start any token",
      "alphabetic or numeric character", "whitespace or line break", "comment or line break",
    ].contains { problem.hasSuffix($0) }
    return isPlain && !isAtEnd ? .unexpectedCharacter(at: here) : nil
  }
}
