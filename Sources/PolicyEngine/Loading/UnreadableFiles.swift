import Diagnostics

extension [Diagnostic] {
  /// The codes of mistakes that a name makes which nothing declares.
  private static let unknownNames: Set<String> = [
    "unknown-name", "unknown-type", "unknown-fact", "unknown-decision", "unknown-case",
  ]

  /// The mistakes without those that come of files that can't be read: names that such a file may declare.
  ///
  /// A name that is near to one that is known stays a mistake, unless the file has it too.
  func withoutConsequences(of unreadable: [Source]) -> [Diagnostic] {
    guard !unreadable.isEmpty else { return self }
    let words = unreadable.reduce(into: Set<Substring>()) { $0.formUnion($1.words) }
    return filter { diagnostic in
      guard Self.unknownNames.contains(diagnostic.code), let range = diagnostic.range,
        !unreadable.contains(range.source)
      else { return true }
      let isNear = diagnostic.help?.hasPrefix("did you mean") ?? false
      return isNear && !Source.words(in: range.text).contains { words.contains($0) }
    }
  }
}

extension Source {
  /// What may be a name in the text.
  fileprivate var words: [Substring] { Self.words(in: text(in: 0..<bytes.count)) }

  fileprivate static func words(in text: String) -> [Substring] {
    text.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "-" }
  }
}
