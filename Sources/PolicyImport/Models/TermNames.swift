/// Names for policies, made of names that files have: one word each, and no two the same.
struct TermNames {
  private var taken: Set<String>

  /// Names that are none of those in use.
  init(besides taken: Set<String> = []) { self.taken = taken }

  /// A name for something that is called so.
  mutating func name(for words: String) -> String {
    let base = Self.identifier(for: words)
    var name = base
    var number = 2
    while !taken.insert(name).inserted {
      name = "\(base)\(number)"
      number += 1
    }
    return name
  }

  /// The words in one: as they are where they are a name already, else joined with inner capitals.
  static func identifier(for words: String) -> String {
    if isName(words) { return reserved.contains(words) ? "\(words)_" : words }
    let parts = words.split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
    guard let first = parts.first else { return "value" }
    let rest = parts.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }
    let start = first.allSatisfy(\.isUppercase) ? first.lowercased() : lowered(first)
    let name = ([start] + rest).joined()
    let isNumber = name.first?.isNumber ?? true
    return isNumber || reserved.contains(name) ? "value\(name)" : name
  }

  /// A name of lower-case words with hyphens, as rules and decisions have.
  static func hyphenated(_ words: String) -> String {
    var text = ""
    var wasLower = false
    for character in words {
      let isWord = character.isASCII && (character.isLetter || character.isNumber)
      if isWord, character.isUppercase, wasLower { text += "-" }
      if isWord {
        text += character.lowercased()
      } else if !text.isEmpty, !text.hasSuffix("-") {
        text += "-"
      }
      wasLower = isWord && (character.isLowercase || character.isNumber)
    }
    while text.hasSuffix("-") { text.removeLast() }
    guard let first = text.first else { return "table" }
    return first.isNumber ? "table-\(text)" : text
  }

  private static func lowered(_ word: Substring) -> String {
    word.prefix(1).lowercased() + word.dropFirst()
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, !first.isDigit else { return false }
    return text.unicodeScalars.allSatisfy {
      $0 == "_" || $0.isDigit || ("a"..."z").contains($0) || ("A"..."Z").contains($0)
    }
  }

  /// Words that CEL keeps for itself (CEL, section "Syntax", RESERVED).
  private static let reserved: Set<String> = [
    "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in",
    "let", "loop", "namespace", "null", "package", "return", "true", "var", "void", "while",
  ]
}
