import CEL
import PolicyEngine

/// A document as it is or would be, with what the rules come to in it.
///
/// All decisions asked for look at the same changes, one after the other; so what was found out about a
/// changed document is kept with it, and so are the documents that differ from it by one more change.
final class Situation {
  /// The document with the changes made, made when it is asked for: most rules are decided without.
  private(set) lazy var draft = document.applying(changes)
  /// The changes, in the order made.
  let changes: [FactChange]
  /// What the findings come to that come to something else in the document as it is, by their number.
  let differences: [Int: Finding.State]
  /// How the rules were evaluated that the changes concern: nil inside where that can't be told.
  let trails: [Int: PlanTrail?]
  /// What the document is evaluated in, made when it is asked for.
  private(set) lazy var context = base.with(document: draft)
  /// That of a document with the same governing date.
  let base: DecisionContext
  /// The document as it is.
  private let document: Draft
  /// How much work it was to find this out.
  var work = 0
  var next: [FactChange.Identity: Situation] = [:]
  var facts: [Int: DecisivePaths] = [:]
  var candidates: [AttributePath: [FactChange]] = [:]

  init(
    _ document: Draft, changes: [FactChange], differences: [Int: Finding.State],
    trails: [Int: PlanTrail?], base: DecisionContext
  ) {
    self.document = document
    self.changes = changes
    self.differences = differences
    self.trails = trails
    self.base = base
  }
}

/// The facts that decided a finding; of one that can no longer be met, those by which it applies.
struct DecisivePaths {
  var list: [AttributePath] = []
  private(set) var set: Set<AttributePath> = []

  init(_ list: [AttributePath]) {
    self.list = list
    set = Set(list)
  }
}
