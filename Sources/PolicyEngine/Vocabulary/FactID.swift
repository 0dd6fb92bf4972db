package import CEL

/// A fact of the vocabulary: its type and its position there.
package struct FactID: Hashable, Sendable {
  package let type: Int
  package let fact: Int

  package init(type: Int, fact: Int) {
    self.type = type
    self.fact = fact
  }
}

extension Vocabulary {
  /// The facts that a path goes through, each with the number of steps that lead to its value.
  package func factsOnTheWay(of path: AttributePath) -> [(id: FactID, length: Int)] {
    var found: [(FactID, Int)] = []
    var type = FactSchema.ValueType.object(documentType)
    for (index, step) in path.steps.enumerated() {
      switch (step, type) {
      case (.field(let name), .object(let owner)):
        guard let fact = types[owner].facts.firstIndex(where: { $0.name == name }) else {
          return found
        }
        found.append((FactID(type: owner, fact: fact), index + 1))
        type = types[owner].facts[fact].type
      case (.index, .list(let element)): type = element
      default: return found
      }
    }
    return found
  }

  /// The declaration of a fact.
  package func declaration(of id: FactID) -> VocabularyType.Fact { types[id.type].facts[id.fact] }

  /// What the vocabulary says of a fact's changes.
  package func changes(of id: FactID) -> FactChanges? { types[id.type].changes[id.fact] }
}

extension AttributePath {
  /// Whether one value can be known from both: they don't lead into different elements of one list.
  package func isCompatible(with other: AttributePath) -> Bool {
    for (left, right) in zip(steps, other.steps) where left != right {
      if case (.index, .index) = (left, right) { return false }
      return true
    }
    return true
  }
}
