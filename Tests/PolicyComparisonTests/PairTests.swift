import CEL
import Diagnostics
import Foundation
import PolicyEngine
import TestSupport
import Testing

@testable import PolicyComparison

@Suite struct PairTests {
  @Test func `there are thirty pairs of each kind`() {
    let same = PolicyPair.all.filter(\.isSame).count
    #expect(same == 30)
    #expect(PolicyPair.all.count == 60)
  }

  @Test(arguments: PolicyPair.all)
  func `pairs are told apart when a session does, and only then`(pair: PolicyPair) throws {
    let proofs = pair.plan.proofs
    var differs = false
    for proof in proofs {
      let isDecision = if case .decision = proof.subject { true } else { false }
      switch proof.result {
      case .same: continue
      case .differs(let witnesses):
        if isDecision { differs = true }
        for witness in witnesses { try expectMinimal(witness, of: proof, pair) }
      case .unsettled(let reason):
        guard isDecision else { continue }
        Issue.record("not settled \(proof.dateWords): \(reason.words)")
      }
    }
    #expect(differs == !pair.isSame)
  }

  @Test(arguments: PolicyPair.all)
  func `what is proved to be the same is so of generated sessions`(pair: PolicyPair) throws {
    var generator = SessionGenerator(sets: [pair.old, pair.new], seed: 1)
    let proofs = pair.plan.proofs
    let sides = BothSides(old: pair.old, new: pair.new)
    for _ in 0..<150 {
      let session = generator.session()
      for proof in proofs where proof.isSame && proof.covers(session) {
        let question = try #require(pair.question(proof.subject))
        guard let found = sides.outcomes(of: session, question) else { continue }
        #expect(
          found.old == found.new,
          "\(proof.subject.name) \(proof.dateWords): \(session.document.compact) \(session.today)")
      }
    }
  }

  /// No fact of a witness can be left out or made plain without losing the difference.
  private func expectMinimal(
    _ witness: Witness, of proof: PlanProof, _ pair: PolicyPair
  ) throws {
    let document = try #require(JSONValue(parsing: witness.document))
    let question = try #require(pair.question(proof.subject))
    let sides = BothSides(old: pair.old, new: pair.new)
    func holds(_ document: JSONValue) -> Bool {
      let session = TrialSession(document: document, today: witness.today)
      guard let found = sides.outcomes(of: session, question) else { return false }
      return found.old == witness.old && found.new == witness.new
    }
    #expect(holds(document))
    #expect(witness.old != witness.new)
    for place in document.places where !place.steps.isEmpty {
      #expect(
        !holds(document.replacing(place.steps[...], with: nil)),
        "not needed: \(place.steps) of \(witness.document)")
      let value = try #require(document.value(at: place.steps[...]))
      guard let plain = value.default, plain.compact != value.compact else { continue }
      #expect(
        !holds(document.replacing(place.steps[...], with: plain)),
        "need not be more than \(plain.compact): \(place.steps) of \(witness.document)")
    }
  }
}

extension JSONValue {
  /// The value that says least of its kind; nil where there is none.
  fileprivate var `default`: JSONValue? {
    switch self {
    case .bool: .bool(false)
    case .int: .int(0)
    case .number: .number(0)
    case .string: .string("")
    case .array: .array([])
    case .object: .object([])
    case .null: nil
    }
  }
}

extension PolicyPair {
  func question(_ subject: PlanProof.Subject) -> BothSides.Question? {
    switch subject {
    case .decision(let name):
      guard let before = old.decisionIndex(named: name), let after = new.decisionIndex(named: name)
      else { return nil }
      return .decision(old: before, new: after)
    case .rule(let id):
      return .rule(
        old: old.rules.firstIndex { $0.id == id }, new: new.rules.firstIndex { $0.id == id })
    }
  }
}

extension PlanProof {
  /// Whether the proof speaks of the session's date.
  func covers(_ session: TrialSession) -> Bool {
    guard case .string(let text)? = session.document.value(at: [.key("date")]),
      let date = CivilDate(text)
    else { return dates == nil || (dates?.from == nil && dates?.until == nil) }
    guard let dates else { return false }
    return (dates.from.map { $0 <= date } ?? true) && (dates.until.map { date <= $0 } ?? true)
  }
}
