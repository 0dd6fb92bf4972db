import Diagnostics

/// A name that is none of a decision.
public struct UnknownDecision: Error, Hashable, CustomStringConvertible {
  /// The name asked for.
  public let name: String
  /// The names there are.
  public let known: [String]

  /// A name, and those that there are.
  package init(name: String, known: [String]) {
    self.name = name
    self.known = known
  }

  /// What is wrong, and the nearest right name.
  public var description: String {
    let help = Suggestion.helpOrList(for: name, among: known, listing: "the decisions are")
    return "'\(name)' is not a decision of these policies" + (help.map { ": " + $0 } ?? "")
  }
}

extension PolicySet {
  /// The indexes of decisions by their names, in the order given, each once.
  ///
  /// - Throws: `UnknownDecision` for the first name that is none of a decision.
  public func decisionIndexes(_ names: [String]) throws(UnknownDecision) -> [Int] {
    var indexes: [Int] = []
    for name in names {
      guard let index = decisionIndex(named: name) else {
        throw UnknownDecision(name: name, known: decisions.map(\.name))
      }
      if !indexes.contains(index) { indexes.append(index) }
    }
    return indexes
  }
}
