import CEL
import Diagnostics
import Foundation
import PolicyEngine
import PolicyRendering
import PolicyTesting
import TestSupport
import Testing

/// A small policy set with its fixtures, in a folder of its own.
struct OutcomePolicies: Sendable, CustomTestStringConvertible {
  let testDescription: String

  private static let folder = packageRoot.appending(
    path: "Tests/PolicyEngineTests/Fixtures/outcomes")

  static let all: [OutcomePolicies] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().map { OutcomePolicies(testDescription: $0) }
  }()

  var path: String { Self.folder.appending(path: testDescription).path }

  func load() throws -> PolicySet {
    let result = PolicySet.load(directory: path)
    return try #require(result.policies, "\(DiagnosticRenderer().render(result.diagnostics))")
  }

  func fixtures(_ policies: PolicySet) throws -> FixtureSuite {
    var mistakes: [Diagnostic] = []
    let suite = FixtureSuite.load(
      FixtureFiles.sources(at: [path + "/fixtures"], into: &mistakes), policies: policies,
      readFile: { try FixtureFiles.readBase($0) }, into: &mistakes)
    #expect(DiagnosticRenderer().render(mistakes) == "")
    return suite
  }
}

/// Grounds, exceptions and what decisions give, in policy sets as districts could have them.
@Suite struct OutcomePoliciesTests {
  @Test func `there are such policies`() {
    #expect(OutcomePolicies.all.count >= 5)
  }

  @Test(arguments: OutcomePolicies.all)
  func `every fixture passes`(of set: OutcomePolicies) throws {
    let policies = try set.load()
    let run = try set.fixtures(policies).run(on: policies)
    for failure in run.failures {
      for mismatch in failure.mismatches {
        Issue.record(
          "\(failure.fixture.name): \(mismatch.subject): \(mismatch.expected) expected, \(mismatch.actual)"
        )
      }
    }
    #expect(run.passes)
  }

  @Test(arguments: OutcomePolicies.all)
  func `plan, general evaluator and explanation agree on changed documents`(
    of set: OutcomePolicies
  ) throws {
    let policies = try set.load()
    let today = try #require(CivilDate(year: 2026, month: 11, day: 23))
    let decisions = Array(policies.decisions.indices)
    var lines = LineDecider(DocumentDecider(policies, today: today, decisions: decisions))
    let writer = VerdictLineWriter(lines.decider)
    var mutator = SessionMutator(seed: 7)
    var count = 0
    var outcomes: Set<DecisionOutcome> = []
    for fixture in try set.fixtures(policies).cases {
      guard let base = fixture.document else { continue }
      let value = try JSONSerialization.jsonObject(with: Data(base.text))
      for _ in 1...12 {
        let changed = try JSONSerialization.data(
          withJSONObject: mutator.mutated(value), options: .sortedKeys)
        var mistakes: [Diagnostic] = []
        guard
          let document = FactDocument.read(
            json: Source(name: "changed", bytes: Array(changed)),
            schema: policies.vocabulary.schema, into: &mistakes)
        else { continue }
        count += 1
        let text = Comment(rawValue: String(decoding: changed, as: UTF8.self))
        let general = policies.decide(document, today: today, decisions: decisions)
        outcomes.formUnion(general.decisions.map { $0.outcome })
        lines.decide(document) { decider in
          var buffer = ByteBuffer()
          writer.write(decider, to: &buffer)
          #expect(String(decoding: buffer.copy(), as: UTF8.self) == general.ndjsonLine + "\n", text)
          #expect(decider.verdict == general, text)
        }
        let explained = policies.explain(document, today: today, decisions: decisions)
        for (told, decided) in zip(explained.decisions, general.decisions) {
          #expect(told.name == decided.name)
          #expect(told.outcome == decided.outcome, text)
        }
      }
    }
    #expect(count > 50)
    #expect(outcomes.isSuperset(of: [.pass, .undetermined]))
  }
}
