import CEL
import Diagnostics
import TestSupport
import Testing
import TutoringSessions
import TutoringTestSupport

@testable import PolicyEngine
@testable import PolicyRemedies

/// Explanations cite what decided: nothing else mattered, and all of it did.
@Suite struct FaithfulnessTests {
  /// A generated session with its explanation.
  private struct Explained {
    let draft: Draft
    let slots: DraftSlots
    let today: CivilDate
    let explanation: Explanation

    init(_ session: TutoringSession, _ policies: PolicySet) throws {
      var diagnostics: [Diagnostic] = []
      let document = try #require(
        FactDocument.read(
          json: Source(name: "", bytes: Array(try session.jsonData())),
          schema: policies.vocabulary.schema, into: &diagnostics))
      draft = document.draft
      slots = DraftSlots(
        of: draft, texts: ["another", "", "cl-goal-1", "Family Math Night", "homebound"])
      today = session.date
      explanation = policies.explain(
        document, today: today, decisions: Array(policies.decisions.indices))
    }

    /// Some changes at random, each of a fact for which `mayChange` holds; a fact may go missing as well.
    func changes(
      _ count: Int, using random: inout SeededNumbers, where mayChange: (AttributePath) -> Bool
    ) -> [DraftSlots.Change] {
      let open = slots.slots(of: draft).filter { mayChange($0.path) }
      guard !open.isEmpty else { return [] }
      return (0..<count).compactMap { _ in
        let slot = open[Int.random(in: open.indices, using: &random)]
        let missing = DraftSlots.Change(path: slot.path, field: .missing)
        let isElement = if case .index? = slot.path.steps.last { true } else { false }
        let all =
          slots.changes(of: slot, in: draft) + (slot.isOptional || isElement ? [] : [missing])
        return all.randomElement(using: &random)
      }
    }
  }

  @Test(arguments: 1...2)
  func `facts that are not cited can't change a rule or a decision`(seed: UInt64) throws {
    let policies = try ShippedPolicies.load()
    var generator = SessionGenerator(seed: seed)
    var random = SeededNumbers(seed: seed)
    var tried = 0
    for number in 0..<16 {
      let explained = try Explained(generator.session(number), policies)
      for (decision, rule) in explained.explanation.rulesForTheirSubjects {
        let changes = explained.changes(6, using: &random) {
          !rule.cites($0, in: explained.explanation)
        }
        tried += changes.count
        let question = RuleQuestion(rule, decision, explained.today, policies)
        check(rule.outcome.name, "\(rule.id) at \(rule.path)", changes, explained.draft) {
          question.outcome(in: $0)?.name
        }
      }
      for decision in explained.explanation.decisions {
        let index = try #require(policies.decisionIndex(named: decision.name))
        let changes = explained.changes(6, using: &random) {
          !decision.cites($0, in: explained.explanation)
        }
        tried += changes.count
        check(decision.outcome.rawValue, decision.name, changes, explained.draft) { draft in
          let context = DecisionContext(
            policies: policies, document: draft, today: explained.today)
          return Findings(asked: [index], in: context).outcomes(in: policies)[index]?.rawValue
        }
      }
    }
    // Citing everything would pass as well.
    #expect(tried > 2_000, "\(tried)")
  }

  /// Expects the same outcome with changes made; a failure names those of them that matter.
  private func check(
    _ expected: String, _ name: String, _ changes: [DraftSlots.Change], _ draft: Draft,
    outcome: (Draft) -> String?
  ) {
    func found(_ changes: [DraftSlots.Change]) -> String? {
      outcome(changes.reduce(draft) { $0.making($1) })
    }
    guard found(changes) != expected else { return }
    var needed = changes
    for index in changes.indices.reversed() {
      var fewer = needed
      fewer.remove(at: index)
      if found(fewer) != expected { needed = fewer }
    }
    Issue.record(
      "\(name) was \(expected), and is \(found(needed) ?? "gone") with \(needed), which it does not cite\n\(draft.json.compact)"
    )
  }

  @Test(arguments: 1...2)
  func `every fact that a violated rule cites made a difference`(seed: UInt64) throws {
    let policies = try ShippedPolicies.load()
    var generator = SessionGenerator(seed: seed)
    var (alone, together) = (0, 0)
    for number in 0..<16 {
      let explained = try Explained(generator.session(number), policies)
      for (decision, rule) in explained.explanation.rulesForTheirSubjects
      where rule.outcome == .violated {
        let search = CounterfactualSearch(
          question: RuleQuestion(rule, decision, explained.today, policies), slots: explained.slots)
        for fact in rule.citations.facts {
          let changes = search.changes(beginningWith: fact.path, in: explained.draft)
          switch changes?.count {
          case 1?: alone += 1
          case let count? where count > 1: together += 1
          // The search makes no durations, and so no school that has hours.
          case nil where fact.path.steps == [.field("schools")]: continue
          default:
            Issue.record(
              "\(rule.id) at \(rule.path) cites \(fact.path), which changes nothing\n\(explained.draft.json.compact)"
            )
          }
        }
      }
    }
    #expect(alone > 100, "alone \(alone), together \(together)")
    #expect(together < alone, "alone \(alone), together \(together)")
  }
}

/// A rule for a subject: what it comes to in a draft.
struct RuleQuestion {
  let rule: Rule
  let path: AttributePath
  let decision: Int?
  let today: CivilDate
  let policies: PolicySet

  init(
    _ rule: RuleExplanation, _ decision: String, _ today: CivilDate, _ policies: PolicySet
  ) {
    self.rule = policies.rules.first { $0.id == rule.id } ?? policies.rules[0]
    path = rule.path
    self.decision = self.rule.dependsOnDecision ? policies.decisionIndex(named: decision) : nil
    self.today = today
    self.policies = policies
  }

  private func context(_ draft: Draft) -> DecisionContext {
    DecisionContext(policies: policies, document: draft, today: today)
  }

  private func subject(in draft: Draft) -> (any CELObject)? {
    if case .present(.object(let object))? = draft.find(path) { object } else { nil }
  }

  /// What the rule comes to; where its subjects are not known, for the place where they are missing.
  func outcome(in draft: Draft) -> RuleOutcome? {
    let subject = subject(in: draft).map { Subject.value($0) }
    if subject == nil, case .missing? = draft.find(path) {
      return context(draft).outcome(of: rule, for: .missing(path), decision: decision)
    }
    return subject.map { context(draft).outcome(of: rule, for: $0, decision: decision) }
  }

  /// The facts that decided it.
  func decisiveFacts(in draft: Draft) -> [AttributePath] {
    subject(in: draft).map {
      context(draft).decisiveFacts(of: rule, for: $0, decision: decision).all
    } ?? []
  }

  /// How many of the expressions that it requires all of are not true.
  func failureCount(in draft: Draft) -> Int {
    guard let subject = subject(in: draft) else { return .max }
    let activation = context(draft).activation(for: subject, decision: decision)
    return rule.require.expressions.count { expression in
      if case .value(.bool(true)) = policies.evaluator.evaluate(expression, in: activation) {
        false
      } else {
        true
      }
    }
  }
}

/// Looks for values with which a violated rule is not violated any more, beginning with one fact.
///
/// Only values that a fact can have count: one that must be there is not taken away. But of a fact of a
/// closed list every case may do, as where any test counts: then all that matters is that it is given.
struct CounterfactualSearch {
  let question: RuleQuestion
  let slots: DraftSlots

  private struct State {
    let draft: Draft
    let changes: [DraftSlots.Change]
    let failureCount: Int
    let decisive: [AttributePath]
  }

  private static let depthLimit = 8
  /// How many sets of changes are followed further from each number of changes: few, and more where that
  /// finds nothing.
  private static let widths = [6, 60]

  /// The smallest set of changes, the first of a given fact, that mends the rule; nil when none is found.
  ///
  /// Without the first the rule is still violated.
  func changes(
    beginningWith path: AttributePath, in draft: Draft
  ) -> [DraftSlots.Change]? {
    for width in Self.widths {
      if let found = changes(beginningWith: path, in: draft, width: width) { return found }
    }
    return isGivenOnly(path, in: draft)
  }

  private func changes(
    beginningWith path: AttributePath, in draft: Draft, width: Int
  ) -> [DraftSlots.Change]? {
    var states = [state(draft, [])]
    for depth in 1...Self.depthLimit {
      var next: [State] = []
      for state in states {
        for place in depth == 1 ? [path] : state.decisive
        where !state.changes.contains(where: { $0.path.overlaps(place) }) {
          for slot in slots.slots(of: state.draft) where slot.path == place {
            for change in slots.changes(of: slot, in: state.draft) {
              let changes = state.changes + [change]
              let changed = state.draft.making(change)
              if !isViolated(changed) {
                if isNeeded(changes, in: draft) { return changes }
                continue
              }
              // Where the others have made it not matter, it won't again.
              guard isDecisive(path, in: undoingFirst(of: changes, in: draft)) else { continue }
              let found = self.state(changed, changes)
              // Of values that come to the same, one is followed.
              let isKnown = next.contains {
                $0.failureCount == found.failureCount && $0.decisive == found.decisive
                  && $0.changes.map(\.path) == changes.map(\.path)
              }
              if !isKnown { next.append(found) }
            }
          }
        }
      }
      states = Array(next.stableSorted { $0.failureCount < $1.failureCount }.prefix(width))
    }
    return nil
  }

  /// Whether the rule is not violated any more where a fact of a closed list is not given.
  private func isGivenOnly(_ path: AttributePath, in draft: Draft) -> [DraftSlots.Change]? {
    guard let slot = slots.slots(of: draft).first(where: { $0.path == path }),
      case .enumeration = slot.type
    else { return nil }
    let change = DraftSlots.Change(path: path, field: .missing)
    return isViolated(draft.making(change)) ? nil : [change]
  }

  private func state(_ draft: Draft, _ changes: [DraftSlots.Change]) -> State {
    State(
      draft: draft, changes: changes, failureCount: question.failureCount(in: draft),
      decisive: question.decisiveFacts(in: draft))
  }

  private func isViolated(_ draft: Draft) -> Bool { question.outcome(in: draft) == .violated }

  /// Whether all changes but the first leave the rule violated.
  private func isNeeded(_ changes: [DraftSlots.Change], in draft: Draft) -> Bool {
    isViolated(undoingFirst(of: changes, in: draft))
  }

  private func undoingFirst(of changes: [DraftSlots.Change], in draft: Draft) -> Draft {
    changes.dropFirst().reduce(draft) { $0.making($1) }
  }

  private func isDecisive(_ path: AttributePath, in draft: Draft) -> Bool {
    question.decisiveFacts(in: draft).contains { $0.overlaps(path) }
  }
}

extension AttributePath {
  fileprivate func overlaps(_ other: AttributePath) -> Bool {
    isOnTheWay(to: other) || other.isOnTheWay(to: self)
  }
}

extension Explanation {
  /// Each rule for each subject once, or once for each decision where that makes a difference to it.
  fileprivate var rulesForTheirSubjects: [(decision: String, rule: RuleExplanation)] {
    decisions.flatMap { decision in decision.rules.map { (decision.name, $0) } }
  }
}

extension RuleExplanation {
  /// What its conditions read that made the difference.
  fileprivate var citations: Citations {
    conditions.map(\.condition.decisiveCitations).reduce(Citations()) { $0.union($1) }
  }

  /// Whether changing what stands at a path is changing what it cites.
  fileprivate func cites(_ path: AttributePath, in explanation: Explanation) -> Bool {
    // Its subject must go on being there.
    if path.isOnTheWay(to: self.path) { return true }
    let citations = citations
    var facts = citations.facts
    if !citations.parameters.isEmpty || outcome == .doesNotApply(.notInForce) {
      facts += explanation.governing.facts
    }
    return facts.contains { $0.isChanged(at: path) }
  }
}

extension DecisionExplanation {
  /// Whether changing what stands at a path is changing what the decision, with those it needs, cites.
  fileprivate func cites(_ path: AttributePath, in explanation: Explanation) -> Bool {
    let needed = explanation.decisions.filter { needs.contains($0.name) }
    // Which subjects there are counts as well; where there are none, no rule tells of their list.
    return path.steps == [.field("encounters")]
      || rules.contains { $0.cites(path, in: explanation) }
      || needed.contains { $0.cites(path, in: explanation) }
  }
}

extension Citations.Fact {
  /// Whether a change at a path changes what is cited.
  fileprivate func isChanged(at changed: AttributePath) -> Bool {
    changed.isOnTheWay(to: path) || (!isPresenceOnly && path.isOnTheWay(to: changed))
  }
}

extension RuleOutcome {
  /// The outcome without what it is undetermined for want of.
  fileprivate var name: String {
    switch self {
    case .doesNotApply: "does not apply"
    case .satisfied: "satisfied"
    case .violated: "violated"
    case .undetermined: "undetermined"
    }
  }
}
