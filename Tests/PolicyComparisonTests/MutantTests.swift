import CEL
import Diagnostics
import Foundation
import PolicyEngine
import PolicyTesting
import TestSupport
import Testing

@testable import PolicyComparison

/// Small slips in the shipped policies, one at a time, are classified, and generated sessions agree.
@Suite struct MutantTests {
  /// Every how many-th slip is tried, of some seven hundred: all of them (1) take a quarter of an hour and more.
  private static let step =
    ProcessInfo.processInfo.environment["TUTORPOLICY_ALL_MUTANTS"].flatMap { Int($0) } ?? 300

  @Test func `every slip is classified, and generated sessions agree`() throws {
    let folder = packageRoot.appending(path: "policies").path
    let sources = PolicySet.sources(inDirectory: folder)
    let original = try #require(PolicySet.load(sources).policies)
    let mutations = PolicyMutator.mutations(of: original, in: sources)
    var counts = (same: 0, differs: 0, unsettled: 0)
    for (index, mutation) in mutations.enumerated() where index % Self.step == 0 {
      // What the policy checks refuse is no policy set.
      guard let mutant = PolicySet.load(mutation.applied(to: sources)).policies else { continue }
      let pair = PolicyPair(file: mutation.change, old: original, new: mutant)
      let proofs = pair.plan.proofs
      let decisions = proofs.filter {
        if case .decision = $0.subject { true } else { false }
      }
      if decisions.contains(where: { if case .unsettled = $0.result { true } else { false } }) {
        counts.unsettled += 1
      } else if decisions.allSatisfy(\.isSame) {
        counts.same += 1
      } else {
        counts.differs += 1
      }
      try expectAgreement(proofs, pair, seed: UInt64(index))
    }
    #expect(counts.same + counts.differs > 0)
    #expect(counts.unsettled * 10 <= counts.differs + counts.same, "\(counts)")
  }

  /// No generated session tells apart what is proved to be the same, and every witness does.
  private func expectAgreement(_ proofs: [PlanProof], _ pair: PolicyPair, seed: UInt64) throws {
    var generator = SessionGenerator(sets: [pair.old, pair.new], seed: seed)
    let sides = BothSides(old: pair.old, new: pair.new)
    for _ in 0..<20 {
      let session = generator.session()
      for proof in proofs where proof.isSame && proof.covers(session) {
        let question = try #require(pair.question(proof.subject))
        guard let found = sides.outcomes(of: session, question) else { continue }
        #expect(
          found.old == found.new,
          "\(pair.file): \(proof.subject.name) \(proof.dateWords) \(session.document.compact)")
      }
    }
    for proof in proofs {
      guard case .differs(let witnesses) = proof.result else { continue }
      for witness in witnesses {
        let document = try #require(JSONValue(parsing: witness.document))
        let question = try #require(pair.question(proof.subject))
        let found = sides.outcomes(
          of: TrialSession(document: document, today: witness.today), question)
        #expect(found?.old == witness.old && found?.new == witness.new, "\(pair.file)")
      }
    }
  }
}
