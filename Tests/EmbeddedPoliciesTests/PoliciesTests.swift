import CEL
import Diagnostics
import EmbeddedPolicies
import Foundation
import PolicyEngine
import TestSupport
import Testing

/// The policies that are shipped.
let shipped = packageRoot.appending(path: "policies").path
/// The date that the examples are decided for.
let today = CivilDate(daysSinceEpoch: 20_780)  // 23 November 2026

/// The text of an example session.
func example(_ name: String) throws -> String {
  try String(
    contentsOf: packageRoot.appending(path: "Examples/sessions/\(name)"), encoding: .utf8)
}

/// A set of a document with one number and one rule, which may call a function.
func limit(_ condition: String) -> [String: String] {
  [
    "rules.yaml": """
    document: {visit: Visit}
    governedBy: visit.date
    types:
      Visit:
        facts: {date: date, minutes: int}
    decisions:
      payment: {title: Payment, about: Visit, verdicts: {pass: paid, fail: unpaid}}
    topic: Visits
    rules:
      - rule: short-enough
        title: A visit is short enough
        decides: [payment]
        require: \(condition)
        because: It took {visit.minutes} minutes.

    """
  ]
}

@Suite struct PoliciesTests {
  @Test func `a document in YAML is decided and explained for its viewer`() throws {
    let policies = try Policies(folder: shipped)
    let document = try policies.document(
      yaml: example("claimed-criterion-on-record.yaml"), named: "session.yaml")
    let verdict = try policies.decide(document, today: today, decisions: ["payment"])
    #expect(!verdict.passes)
    let forNobody = try policies.explain(
      document, today: today, decisions: ["payment"], for: .person(nil))
    let forAll = try policies.explain(
      document, today: today, decisions: ["payment"], for: .privileged)
    // The grade is confidential: it is only in what the privileged viewer is given.
    #expect(forAll.description.contains("grade"))
    #expect(forNobody.description.contains("withheld"))
    #expect(forAll.json.hasPrefix("{"))
    #expect(!forAll.text(inWords: true).contains("session.yaml"))
  }

  @Test func `a document in JSON is decided`() throws {
    let policies = try Policies(folder: shipped)
    let verdict = try policies.decide(json: example("homebound.json"), today: today)
    #expect(verdict.passes)
    #expect(
      verdict.decisions.map(\.name)
        == policies.decisions.filter { name in
          verdict.decisions.contains { $0.name == name }
        })
  }

  @Test func `mistakes of policies and documents are thrown with their places`() throws {
    let mistaken = #expect(throws: PolicyMistakes.self) {
      try Policies(files: limit("visit.minuets <= 60"))
    }
    #expect(mistaken?.description.contains("rules.yaml:13:20: error:") == true)
    #expect(mistaken?.description.contains("minutes") == true)

    let policies = try Policies(files: limit("visit.minutes <= 60"))
    let odd = #expect(throws: DocumentMistakes.self) {
      try policies.decide(json: #"{"date": "2026-11-02", "minutes": "60"}"#, today: today)
    }
    #expect(odd?.description.contains("document:1:35: error:") == true)
    for (yaml, words) in [
      ("", "this text holds no document"), ("a: 1\n---\nb: 2\n", "this text holds 2 documents"),
    ] {
      let error = #expect(throws: DocumentMistakes.self) { try policies.document(yaml: yaml) }
      #expect(error?.description.contains(words) == true)
    }
    let unknown = #expect(throws: UnknownDecision.self) {
      try policies.decide(json: "{}", today: today, decisions: ["paymnt"])
    }
    #expect(unknown?.description.contains("did you mean 'payment'") == true)
  }

  @Test func `a fact that is missing leaves it undetermined`() throws {
    let policies = try Policies(files: limit("visit.minutes <= 60"))
    let verdict = try policies.decide(json: #"{"date": "2026-11-02"}"#, today: today)
    #expect(!verdict.passes)
    #expect(verdict.undetermined.map(\.missing) == [["minutes"]])
  }

  @Test func `a folder is read again, and what has a mistake is not taken`() throws {
    let files = try Folder(files: limit("visit.minutes <= 60"))
    let folder = try ReloadablePolicies(files.path)
    let visit = #"{"date": "2026-11-02", "minutes": 70}"#
    #expect(try folder.reload() == false)
    #expect(try !folder.policies.decide(json: visit, today: today).passes)

    let longer = try #require(limit("visit.minutes <= 90")["rules.yaml"])
    try Data(longer.utf8).write(to: files.url.appending(path: "rules.yaml"))
    #expect(try folder.reload() == true)
    #expect(try folder.policies.decide(json: visit, today: today).passes)

    let broken = try #require(limit("visit.minutes <=")["rules.yaml"])
    try Data(broken.utf8).write(to: files.url.appending(path: "rules.yaml"))
    #expect(throws: PolicyMistakes.self) { try folder.reload() }
    #expect(try folder.policies.decide(json: visit, today: today).passes)
  }
}
