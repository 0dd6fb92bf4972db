extension YAMLNode {
  /// Whether another node says the same, wherever the two stand: the same structure, texts, tags and styles.
  package func says(sameAs other: YAMLNode) -> Bool {
    guard tag == other.tag else { return false }
    switch (content, other.content) {
    case (.scalar(let own), .scalar(let other)):
      return own.style == other.style && own.text == other.text
    case (.sequence(let own), .sequence(let others)):
      return own.count == others.count && zip(own, others).allSatisfy { $0.says(sameAs: $1) }
    case (.mapping(let own), .mapping(let others)):
      return own.count == others.count
        && zip(own, others).allSatisfy {
          $0.key.says(sameAs: $1.key) && $0.value.says(sameAs: $1.value)
        }
    case (.scalar, _), (.sequence, _), (.mapping, _): return false
    }
  }
}
