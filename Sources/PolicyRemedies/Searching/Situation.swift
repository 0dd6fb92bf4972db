import CEL
import PolicyEngine

/// A document as it is or would be, with what the rules come to in it.
///
/// All decisions asked for look at the same changes, one after the other; so what was found out about a
/// changed document is kept with it, and so are the documents that differ from it by one more change.
final class Situation {
  /// What the rules come to: one for all situations that differ in the value of one change, which no rule can tell
  /// apart.
  final class Outcome {
    /// What the findings come to that come to something else in the document as it is, by their number.
    let differences: [Int: Finding.State]
    /// How the rules were evaluated that the changes concern: nil inside where that can't be told.
    let trails: [Int: PlanTrail?]

    init(differences: [Int: Finding.State], trails: [Int: PlanTrail?]) {
      self.differences = differences
      self.trails = trails
    }
  }

  /// What the plan told of a document with one more change, at some place, and what the rules came to by it.
  private struct Told {
    let place: ChangedPlace
    let answers: [DraftDecider.Answer]
    let outcome: Outcome
  }

  /// What documents with the same governing date are evaluated in.
  final class Base {
    let context: DecisionContext
    /// The governing date; nil where it is not known.
    let governingDate: CivilDate?

    init(_ context: DecisionContext) {
      self.context = context
      governingDate = context.knownGoverningDate
    }
  }

  /// The document with the changes made, made when it is asked for: most rules are decided without.
  private(set) lazy var draft = document.applying(changes)
  /// The changes, in the order made.
  let changes: [FactChange]
  /// What the changed facts have, where plans read them; nil where a change is of no fact.
  let fields: [DraftFacts.ChangedField]?
  let outcome: Outcome
  /// What the document is evaluated in, made when it is asked for.
  private(set) lazy var context = base.context.with(document: draft)
  let base: Base
  /// The document as it is.
  private let document: Draft
  /// How much work it was to find this out.
  var work = 0
  var next: [FactChange.Identity: Situation] = [:]
  /// What the plan told of documents with one more change.
  private var told: [Told] = []
  var facts: [Int: DecisivePaths] = [:]
  var candidates: [AttributePath: [FactChange]] = [:]

  init(
    _ document: Draft, changes: [FactChange], fields: [DraftFacts.ChangedField]?,
    outcome: Outcome, base: Base
  ) {
    self.document = document
    self.changes = changes
    self.fields = fields
    self.outcome = outcome
    self.base = base
  }

  /// What the rules come to with a change at a place of which the plan tells something: the same as with another
  /// value of the fact of which it told the same, since nothing that was found out on the way can differ.
  func outcome(
    where answers: [DraftDecider.Answer], areToldAt place: ChangedPlace, _ make: () -> Outcome
  ) -> Outcome {
    if let known = told.first(where: { $0.place === place && $0.answers == answers }) {
      return known.outcome
    }
    let made = make()
    told.append(Told(place: place, answers: answers, outcome: made))
    return made
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
