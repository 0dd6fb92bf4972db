/// What a Swift file declares for others, and which names it uses.
///
/// Found by the words alone, relying on the indentation that the formatter gives: no types are known.
struct SwiftFile {
  /// A member that an extension adds to a type.
  struct ExtensionMember: Hashable {
    let type: String
    let name: String
    /// Whether it is itself a type.
    let isType: Bool
  }

  /// The modules that it imports.
  private(set) var imports: Set<String> = []
  /// Types, functions and values outside any other, but for private ones.
  private(set) var declarations: Set<String> = []
  /// Members that extensions add, but for private ones and initializers.
  private(set) var extensionMembers: Set<ExtensionMember> = []
  /// Initializers that extensions add, as `Type(label:`.
  private(set) var extensionInitializers: Set<String> = []
  /// All names declared anywhere in it, private and local ones too.
  private(set) var allDeclarations: Set<String> = []

  /// Names used that begin with a capital letter.
  private(set) var typeWords: Set<String> = []
  /// Names followed by an opening parenthesis.
  private(set) var calledWords: Set<String> = []
  /// Names after a point.
  private(set) var memberWords: Set<String> = []
  /// What stands where a type is called, as `Type(label:`.
  private(set) var initializations: Set<String> = []

  init(text: String) {
    let tokens = swiftTokens(of: text)
    var extended: String?
    for (index, token) in tokens.enumerated() {
      if token.isWord { readUse(of: token, at: index, in: tokens) }
      if namingWords.contains(token.text) { readNames(after: index, in: tokens) }
      guard let indentation = token.indentation, indentation == 0 || indentation == 2 else {
        continue
      }
      let line = declaration(at: index, in: tokens)
      if indentation == 0 {
        extended = line?.keyword == "extension" && line?.isPrivate == false ? line?.name : nil
      }
      guard let line else { continue }
      if line.keyword == "import" { imports.insert(line.name) }
      guard !line.isPrivate else { continue }
      if indentation == 0, line.keyword != "extension" {
        declarations.insert(line.name)
      } else if let extended, line.keyword == "init" {
        extensionInitializers.insert("\(extended)(\(line.name):")
      } else if indentation == 2, let extended {
        extensionMembers.insert(
          ExtensionMember(
            type: extended, name: line.name, isType: typeKeywords.contains(line.keyword)))
      }
    }
  }

  private mutating func readUse(of token: SwiftToken, at index: Int, in tokens: [SwiftToken]) {
    let name = String(token.text)
    let previous = index > 0 ? tokens[index - 1].text : ""
    let isCall = index + 1 < tokens.count && tokens[index + 1].text == "("
    if previous == "." { memberWords.insert(name) }
    if name.first?.isUppercase == true {
      typeWords.insert(name)
      if isCall, index + 3 < tokens.count, tokens[index + 3].text == ":" {
        initializations.insert("\(name)(\(tokens[index + 2].text):")
      }
    } else if isCall, previous != ".", previous != "func" {
      calledWords.insert(name)
    }
  }

  /// The names after a word that declares one, or several as `case` does.
  private mutating func readNames(after index: Int, in tokens: [SwiftToken]) {
    var next = index + 1
    while next < tokens.count, tokens[next].isWord, tokens[next].indentation == nil {
      let following = next + 1 < tokens.count ? tokens[next + 1].text : ""
      // As in the pattern `case Type.name`.
      if following != "." { allDeclarations.insert(String(tokens[next].text)) }
      guard following == "," else { return }
      next += 2
    }
  }

  /// The declaration that a line begins with, after its attributes and modifiers.
  ///
  /// The name of an initializer is its first label, that of an extension the last part of the type.
  private func declaration(
    at start: Int, in tokens: [SwiftToken]
  ) -> (keyword: Substring, name: String, isPrivate: Bool)? {
    var index = start
    var isPrivate = false
    while index + 1 < tokens.count {
      let word = tokens[index].text
      guard word == "@" || modifiers.contains(word) else { break }
      index += word == "@" ? 2 : 1
      // As in `private(set)` or `@inline(__always)`.
      let hasArgument = index < tokens.count && tokens[index].text == "("
      if hasArgument { index += 3 }
      isPrivate = isPrivate || word.hasSuffix("private") && !hasArgument
    }
    guard index + 1 < tokens.count else { return nil }
    let keyword = tokens[index].text
    guard declaringWords.contains(keyword) else { return nil }
    index += 1
    if keyword == "init" {
      while index + 1 < tokens.count, tokens[index].text != "(" { index += 1 }
      index += 1
    }
    guard index < tokens.count, tokens[index].isWord else { return nil }
    while keyword == "extension", index + 2 < tokens.count, tokens[index + 1].text == "." {
      index += 2
    }
    return (keyword, String(tokens[index].text), isPrivate)
  }
}

private let typeKeywords: Set<Substring> = [
  "struct", "enum", "class", "actor", "protocol", "typealias",
]

private let namingWords = typeKeywords.union(["func", "let", "var", "case"])

private let declaringWords = namingWords.union(["extension", "init", "import"])

private let modifiers: Set<Substring> = [
  "public", "package", "internal", "private", "fileprivate", "final", "indirect", "static",
  "mutating", "nonmutating", "nonisolated", "lazy", "override", "weak", "consuming", "borrowing",
  "unsafe", "convenience", "required",
]
