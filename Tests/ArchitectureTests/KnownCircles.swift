/// Two folders of a target that use each other all the same.
struct KnownCircle: Sendable {
  let target: String
  let folders: FolderReferences.Edge
  /// What makes the circle: what would have to move, or why it stays.
  let reason: String

  init(_ target: String, _ first: String, _ second: String, _ reason: String) {
    self.target = target
    folders = FolderReferences.Edge(user: first, used: second)
    self.reason = reason
  }
}

/// The circles that are there.
///
/// None is added: a new circle is opened by moving what makes it.
let knownCircles = [
  KnownCircle(
    "PolicyRemedies", "Candidates", "Changing", "values' identity stands with candidates"),
  KnownCircle("PolicyRemedies", "Candidates", "Searching", "what is known stands with the search"),
  KnownCircle("PolicyRemedies", "Results", "Searching", "results are found by searching again"),
  KnownCircle("PolicyRemedies", "Results", "Wording", "results hold their words"),
]
