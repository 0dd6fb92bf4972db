import CEL
import Diagnostics
import PolicyEngine

/// The sessions that are tried for changes of one declaration, made one after the other as they are asked
/// for, and kept.
///
/// First come the sessions of the cases, then what becomes of them when one fact that the rules read is
/// changed. One that shows something of the rules that none before did, such as a part of a condition that
/// is true for once, is changed further before the others: so conditions are met part by part.
struct SessionPool {
  /// A session with what the right policies make of it.
  struct Session {
    let draft: DraftSession
    let seen: SeenDocument
    /// Whether one of the rules is violated.
    let isViolating: Bool
  }

  /// The decisions taken, by their index.
  let decisions: [Int]
  private let policies: PolicySet
  private let variants: SessionVariants
  /// The rules that may differ, by their index; nil for all.
  private let rules: [Int]?
  private let keys: Set<SessionVariants.FactKey>
  private let constants: [CELValue]

  private var sessions: [Session] = []
  /// The cases still to come.
  private var cases: ArraySlice<MutationBaseline.Case>
  /// Sessions to be changed, by their index.
  private var bases: [Int] = []
  private var nextBase = 0
  /// What is still to be changed in the present one.
  private var changes: ArraySlice<DraftSession.Change> = []
  /// What was seen of the rules so far.
  private var sights: Set<Sight> = []
  private var texts: Set<SessionKey> = []

  /// A session by what it says.
  private struct SessionKey: Hashable {
    let today: CivilDate
    let text: ArraySlice<UInt8>
  }

  /// Something seen of a rule.
  private enum Sight: Hashable {
    case outcomes([RuleOutcome])
    case part(SourceRange, Bool)
  }

  init(
    cases: [MutationBaseline.Case], variants: SessionVariants, policies: PolicySet, rules: [Int]?,
    facts: Set<FieldReference>, constants: [CELValue], decisions: [Int]
  ) {
    self.decisions = decisions
    self.policies = policies
    self.variants = variants
    self.rules = rules
    self.cases = cases[...]
    keys = Set(facts.compactMap { variants.key(of: $0) })
    self.constants = constants.eachOnce
  }

  /// The session at a position, in an order that is always the same; nil where there are no more.
  mutating func session(_ index: Int) -> Session? {
    while sessions.count <= index {
      guard grow() else { return nil }
    }
    return sessions[index]
  }

  /// Adds a session, or finds that one is none or known; false when nothing more can be made.
  private mutating func grow() -> Bool {
    if let next = cases.popFirst() {
      add(DraftSession(next.fixture), next.seen.document, isFromCases: true)
      if cases.isEmpty { sortBases() }
      return true
    }
    while changes.isEmpty {
      guard nextBase < bases.count else { return false }
      let base = sessions[bases[nextBase]].draft
      changes = base.possibleChanges(variants, at: keys, constants)[...]
      if changes.isEmpty { nextBase += 1 }
    }
    guard let change = changes.popFirst() else { return true }
    let base = sessions[bases[nextBase]]
    defer { if changes.isEmpty { nextBase += 1 } }
    guard let draft = base.draft.changed(by: change) else { return true }
    if case .today = change {
      add(draft, base.seen.document)
    } else if let document = draft.document(by: policies.vocabulary.schema) {
      add(draft, document)
    }
    return true
  }

  private mutating func add(
    _ draft: DraftSession, _ document: FactDocument, isFromCases: Bool = false
  ) {
    guard texts.insert(SessionKey(today: draft.today, text: document.text)).inserted else { return }
    let seen = SeenDocument(
      document, today: draft.today, decisions: decisions, rules: rules, policies: policies)
    let outcomes = (rules ?? Array(policies.rules.indices))
      .flatMap { seen.findings(of: $0).map(\.outcome) }
    let isNew = show(.outcomes(outcomes), partsOf: seen)
    if isFromCases {
      bases.append(sessions.count)
    } else if isNew {
      bases.insert(sessions.count, at: min(nextBase + 1, bases.count))
    }
    sessions.append(
      Session(draft: draft, seen: seen, isViolating: outcomes.contains(.violated)))
  }

  /// Notes what is seen of the rules; whether any of it is new.
  private mutating func show(_ outcomes: Sight, partsOf seen: SeenDocument) -> Bool {
    var isNew = sights.insert(outcomes).inserted
    func show(_ trace: Trace) {
      if case .value(.bool(let isTrue)) = trace.result,
        sights.insert(.part(trace.expression.range, isTrue)).inserted
      {
        isNew = true
      }
      for child in trace.children { show(child) }
    }
    func show(_ condition: RuleObservation.ObservedCondition) {
      if let trace = condition.trace { show(trace) }
      for part in condition.parts { show(part) }
    }
    for finding in (rules ?? []).flatMap({ seen.findings(of: $0) }) {
      for condition in policies.observe(finding, in: seen.context).conditions { show(condition) }
    }
    return isNew
  }

  /// Puts those first to be changed that stand for the outcomes that rules can have, where a rule applies before
  /// where none does.
  private mutating func sortBases() {
    var seen: Set<[RuleOutcome]> = []
    let ranked = bases.map { base -> (base: Int, rank: Int) in
      let outcomes = (rules ?? Array(policies.rules.indices))
        .flatMap { sessions[base].seen.findings(of: $0).map(\.outcome) }
      let applies = outcomes.contains { if case .doesNotApply = $0 { false } else { true } }
      return (base, (seen.insert(outcomes).inserted ? 0 : 2) + (applies ? 0 : 1))
    }
    bases = ranked.enumerated().sorted {
      ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
    }.map(\.element.base)
  }
}

extension [CELValue] {
  /// Each value once, in the order of the first.
  fileprivate var eachOnce: [CELValue] {
    var seen: Set<String> = []
    return filter { seen.insert("\($0.type) \(ValueLiteral.text(of: $0))").inserted }
  }
}
