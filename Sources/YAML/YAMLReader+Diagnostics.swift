import Diagnostics

/// What the reader has to say; syntax errors are in `SyntaxExplainer`'s file.
extension Diagnostic {
  // MARK: Texts that are not read

  static func tooLarge(_ source: Source, limit: Int) -> Diagnostic {
    Diagnostic(
      code: .yamlSize,
      "the text has \(source.bytes.count) bytes; at most \(limit) can be read",
      at: SourceRange(source: source, bytes: 0..<0))
  }

  static func unreadable(_ flaw: TextCheck.Flaw, at range: SourceRange) -> Diagnostic {
    switch flaw {
    case .notUTF8:
      let byte = range.source.bytes[range.bytes.lowerBound]
      return Diagnostic(
        code: .yamlEncoding, "the byte \(hexadecimal(UInt32(byte), 2)) is not UTF-8 text here",
        at: range, help: "save the file in the encoding UTF-8")
    case .utf16:
      return Diagnostic(
        code: .yamlEncoding, "the text is in UTF-16; expected UTF-8", at: range,
        help: "save the file in the encoding UTF-8")
    case .unprintable(let scalar):
      let name = scalar.value == 0 ? "a NUL" : "the control character"
      return Diagnostic(
        code: .yamlCharacter,
        "\(name) (U+\(hexadecimal(scalar.value, 4))) can't stand in a YAML text", at: range,
        help: "remove it, or write it as \"\\u\(hexadecimal(scalar.value, 4))\" in double quotes")
    case .tooManyTagDirectives:
      return Diagnostic(
        code: .yamlSyntax, "this is the 101st '%TAG' line; expected at most 100", at: range)
    }
  }

  private static func hexadecimal(_ value: UInt32, _ digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  // MARK: Limits

  static func tooDeep(at range: SourceRange, limit: Int) -> Diagnostic {
    Diagnostic(
      code: .yamlDepth, "lists and mappings nest deeper than \(limit) levels here", at: range)
  }

  static func tooManyNodes(at range: SourceRange, limit: Int) -> Diagnostic {
    Diagnostic(
      code: .yamlNodes,
      "the text has more than \(limit) values up to here, counting what aliases repeat", at: range)
  }

  static func tooManyMistakes(at range: SourceRange, limit: Int) -> Diagnostic {
    Diagnostic(
      code: .yamlMistakes, "reading stops here, after \(limit) mistakes", at: range)
  }

  // MARK: Nodes

  static func duplicateKey(_ key: YAMLNode, first: SourceRange) -> Diagnostic {
    let name = key.scalar.map { "the key '\($0.text.shortened)'" } ?? "this key"
    return Diagnostic(
      code: .duplicateKey, "\(name) is given twice in one mapping", at: key.range,
      notes: [Note("it is first given here", at: first)],
      help: "keep one of the two")
  }

  static func unknownAlias(
    _ name: String, known: [String], trap: YAMLTrap?, at range: SourceRange
  ) -> Diagnostic {
    let shown = name.shortened
    return Diagnostic(
      code: .unknownAlias, "'*\(shown)' repeats a value that no '&\(shown)' before it names",
      at: range,
      help: Suggestion.nearest(to: name, among: known).map { "did you mean '*\($0)'?" }
        ?? trap?.diagnostic.help)
  }

  static func recursiveAlias(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .recursiveAlias, "'*\(name.shortened)' stands inside the value that it repeats",
      at: range)
  }

  static func unknownTag(_ tag: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .unknownTag, "'\(written(tag).shortened)' is a tag that is not known here", at: range,
      help: "leave it out; if the text is meant to start with '!', put all of it in quotes")
  }

  static func mismatchedTag(_ tag: CoreSchema.Tag, at range: SourceRange) -> Diagnostic {
    let kind =
      switch tag {
      case .null: "null"
      case .bool: "true or false"
      case .int: "a whole number"
      case .float: "a number"
      case .str: "text"
      case .seq: "a list"
      case .map: "a mapping"
      }
    return Diagnostic(
      code: .tagMismatch, "the tag '!!\(tag.rawValue)' expects \(kind)", at: range)
  }

  /// A resolved tag as it was most likely written.
  private static func written(_ tag: String) -> String {
    let prefix = CoreSchema.Tag.prefix
    if tag.hasPrefix(prefix) { return "!!" + tag.dropFirst(prefix.count) }
    return tag.hasPrefix("!") ? tag : "!<\(tag)>"
  }
}
