import Diagnostics
import YAML

extension [Diagnostic] {
  /// The codes of mistakes that a name makes which nothing declares.
  private static let unknownNames: Set<DiagnosticCode> = [
    .unknownName, .unknownType, .unknownFact, .unknownDecision, .unknownCase,
  ]

  /// The mistakes without those that come of others: names that are declared with a mistake, or that a file may
  /// declare that can't be read.
  ///
  /// A name that is near to one that is known stays a mistake, unless the file has it too.
  func withoutConsequences(of unreadable: [Source], _ unusable: Set<Substring>) -> [Diagnostic] {
    guard !unreadable.isEmpty || !unusable.isEmpty else { return self }
    let words = unreadable.reduce(into: unusable) { $0.formUnion($1.words) }
    return filter { diagnostic in
      guard Self.unknownNames.contains(diagnostic.code), let range = diagnostic.range,
        !unreadable.contains(range.source)
      else { return true }
      if Source.words(in: range.text).contains(where: { words.contains($0) }) { return false }
      return unreadable.isEmpty || diagnostic.help?.hasPrefix("did you mean") ?? false
    }
  }
}

extension Declarations {
  /// The names of types, their facts and terms, and enumerations that are declared, but with a mistake by which
  /// nothing is known of them.
  func unusableNames(types: [TypeDeclaration], enumerations: [Enumeration]) -> Set<Substring> {
    let declared =
      self.types.map(\.name) + self.enumerations.map(\.name)
      + self.types.flatMap { type in
        [type.node["facts"], type.node["terms"]].flatMap { $0?.entries ?? [] }
          .compactMap { $0.key.scalar?.text }
      }
    let known = Set(
      enumerations.map(\.name)
        + types.flatMap { [$0.name] + $0.facts.map(\.name) + $0.terms.map(\.name) })
    return Set(declared.filter { !known.contains($0) }.map { $0[...] })
  }
}

extension Source {
  /// What may be a name in the text.
  fileprivate var words: [Substring] { Self.words(in: text(in: 0..<bytes.count)) }

  fileprivate static func words(in text: String) -> [Substring] {
    text.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "-" }
  }
}
