public import Diagnostics

/// A place where YAML takes part of an expression for its own notation.
///
/// Expressions stand in policy files as plain scalars, and share their characters with YAML: `: ` makes
/// a mapping, ` #` a comment, a leading `!` a tag. Some of this is a syntax error, some of it is silent;
/// either way the message is the same, and says how to write the expression instead.
public struct YAMLTrap: Hashable, Sendable {
  /// What YAML takes it for.
  public enum Kind: Hashable, Sendable {
    /// ` #` starts a comment that cuts off the rest.
    case comment
    /// A comment between two lines of an unquoted text ends it at the first.
    case commentBetweenLines
    /// `,`, `[`, `]`, `{` or `}` ends an unquoted text in a list or mapping in brackets.
    case flowIndicator
    /// `: ` makes the text before it a key.
    case colon
    /// A leading `!` is a tag.
    case tag
    /// A leading `&` is an anchor.
    case anchor
    /// A leading `*` is an alias.
    case alias
    /// A leading quote makes a text that ends at the closing quote.
    case quote
    /// A leading `[` or `{` makes a list or mapping that ends at its closing bracket.
    case bracket
    /// A leading `|` or `>` starts a block of text on the next line.
    case block
    /// A leading `- ` or `? ` starts a list or a key.
    case collectionIndicator
    /// A leading `@`, `` ` `` or `%` can't start a text.
    case reserved
  }

  /// What YAML takes the characters for.
  public let kind: Kind
  /// The characters that YAML takes for something else.
  public let range: SourceRange
  /// The key that the text is the value of, as written; nil when it has none on its line.
  public let key: String?
  /// The whole text as it was most likely meant.
  public let intended: String

  /// The mistake in words, with the way to write the text instead as help.
  public var diagnostic: Diagnostic {
    Diagnostic(code: .yamlTrap, message, at: range, help: help)
  }

  private var message: String {
    switch kind {
    case .comment: "' #' starts a comment here, which cuts off the rest of the text"
    case .commentBetweenLines: "a text without quotes can't go on behind a comment"
    case .flowIndicator: "'\(range.text)' ends a text without quotes inside '[ ]' and '{ }'"
    case .colon: "': ' can't stand in a text without quotes, where it would end a key"
    case .tag: "a text without quotes can't start with '!', which starts a tag"
    case .anchor: "a text without quotes can't start with '&', which names a value for later"
    case .alias: "a text without quotes can't start with '*', which repeats a named value"
    case .quote: "a text that starts with a quote ends at the closing quote, and more follows it"
    case .bracket: "a text that starts with a bracket ends at the closing one, and more follows it"
    case .block: "'\(range.text)' starts a block of text here, which begins on the next line"
    case .collectionIndicator: "a text without quotes can't start with '\(range.text) '"
    case .reserved: "a text without quotes can't start with '\(range.text)'"
    }
  }

  private var help: String {
    if kind == .commentBetweenLines {
      return "move the comment to a line of its own, above the key"
    }
    let key = key.map { "\($0.shortened): " } ?? ""
    guard let quoted = Self.quoted(intended) else {
      return "write '\(key)>-' and put the text on the next line, indented deeper"
    }
    let help = "put all of it in quotes: \(key)\(quoted)"
    switch (kind, range.text) {
    case (.block, _): return help + ", or the text on the next line"
    case (.collectionIndicator, "-"): return help + ", or start a list on the next line"
    default: return help
    }
  }

  /// A text in the quotes that need nothing in it escaped; nil when there are none, or it is long.
  static func quoted(_ text: String) -> String? {
    guard text.utf8.count <= 120 else { return nil }
    if !text.contains("\""), !text.contains("\\") { return "\"\(text)\"" }
    return text.contains("'") ? nil : "'\(text)'"
  }

  /// Whether a bracket or quote is left open in what may be an expression.
  ///
  /// An apostrophe in a word, or behind one, opens nothing: `the tutor's plan`.
  package static func isUnbalanced(_ text: some Sequence<UInt8>) -> Bool {
    var brackets = 0
    var quote: UInt8?
    var isEscaped = false
    var isBehindWord = false
    for byte in text {
      // Of ASCII only the letters, found without a table: every value of a policy is gone through.
      defer { isBehindWord = byte >= 0x80 || (0x61...0x7A).contains(byte | 0x20) }
      if isEscaped {
        isEscaped = false
      } else if let open = quote {
        if byte == UInt8(ascii: "\\") { isEscaped = true }
        if byte == open { quote = nil }
      } else {
        switch byte {
        case UInt8(ascii: "'") where isBehindWord: break
        case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): brackets += 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): brackets -= 1
        default: break
        }
      }
    }
    return brackets > 0 || quote != nil
  }
}
