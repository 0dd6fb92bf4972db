package import Diagnostics

/// A path to a fact of documents as people write it: `list[0].fact`, `list[+]`.
package struct FactPath: Sendable {
  /// One step down.
  package enum Step: Hashable, Sendable {
    case field(String)
    /// A position in a list, from 0.
    case index(Int)
    /// Behind the last element of a list, written `[+]`.
    case end
  }

  package let steps: [Step]
  /// The path as it is written.
  package let text: String
  /// Where it is written.
  package let range: SourceRange

  /// The path in a text; nil when it is none.
  ///
  /// The name of the document (`session.`) may stand in front.
  package init?(_ text: String, documentName: String, at range: SourceRange) {
    guard var steps = Self.steps(in: text) else { return nil }
    if steps.count > 1, steps.first == .field(documentName) { steps.removeFirst() }
    self.steps = steps
    self.text = text
    self.range = range
  }

  private static func steps(in text: String) -> [Step]? {
    var steps: [Step] = []
    for (index, part) in text.split(separator: ".", omittingEmptySubsequences: false).enumerated() {
      let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
      guard let name = pieces.first, !name.isEmpty || (index == 0 && text == part) else {
        return nil
      }
      guard name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }), !name.isEmpty else {
        return nil
      }
      steps.append(.field(String(name)))
      for piece in pieces.dropFirst() {
        guard piece.last == "]" else { return nil }
        let inside = piece.dropLast()
        if inside == "+" {
          steps.append(.end)
        } else if inside.allSatisfy({ ("0"..."9").contains($0) }), let number = Int(inside) {
          steps.append(.index(number))
        } else {
          return nil
        }
      }
    }
    return steps
  }

  /// The type of what is at the path; nil, with a diagnostic, where the vocabulary has no such fact.
  package func resolve(
    in vocabulary: Vocabulary, into diagnostics: inout [Diagnostic]
  ) -> FactSchema.ValueType? {
    resolve(steps[...], in: vocabulary, into: &diagnostics)
  }

  /// The type of what some of its steps from the document lead to; nil, with a diagnostic, where there is none.
  package func resolve(
    _ steps: ArraySlice<Step>, in vocabulary: Vocabulary, into diagnostics: inout [Diagnostic]
  ) -> FactSchema.ValueType? {
    var type = FactSchema.ValueType.object(vocabulary.documentType)
    for step in steps {
      switch (step, type) {
      case (.field(let name), .object(let index)):
        let owner = vocabulary.types[index]
        guard let fact = owner.facts.first(where: { $0.name == name }) else {
          diagnostics.append(.unknownFact(name, of: owner, in: self))
          return nil
        }
        type = fact.type
      case (.index, .list(let element)), (.end, .list(let element)):
        type = element
      case (.field(let name), .list):
        diagnostics.append(.listWithoutPosition(before: name, in: self))
        return nil
      case (.field(let name), _):
        diagnostics.append(.nothingBelow(name, in: self))
        return nil
      case (.index, _), (.end, _):
        diagnostics.append(.noList(in: self))
        return nil
      }
    }
    return type
  }
}
