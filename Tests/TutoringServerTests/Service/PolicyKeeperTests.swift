#if Server
import Diagnostics
import HTTPTypes
import HummingbirdTesting
import CEL
import Foundation
import Testing
import TutoringServer
import TutoringSessions

@Suite struct PolicyKeeperTests {
  /// The window for work orders, made longer.
  private func twoWeeks(_ text: String) -> String {
    text.replacing("2015-07-01: 7", with: "2015-07-01: 14")
  }

  @Test func `a change is in force at once, without a restart`() async throws {
    let district = try await TestDistrict()
    let session = try await district.finishedSession()
    let before = try await district.service.session(session.id, for: district.ana)
    #expect(before.summary.deadline?.day == CivilDate("2026-11-30"))
    try district.rewritePolicies("work-orders.yaml", twoWeeks)
    let after = try await district.service.session(session.id, for: district.ana)
    #expect(after.summary.deadline?.day == CivilDate("2026-12-07"))
    #expect(after.policies.digest != before.policies.digest)
  }

  @Test func `a change with a mistake is not taken, and said so`() async throws {
    let district = try await TestDistrict()
    let digest = district.keeper.current.digest
    try district.rewritePolicies("work-orders.yaml") { twoWeeks($0) + "\nnonsense: true\n" }
    #expect(district.keeper.current.digest == digest)
    #expect(district.keeper.notTaken?.diagnostics.isEmpty == false)
    try await district.withAsker { asker in
      let ready = try await asker.get("/health/ready")
      #expect(ready.status == .ok)
      #expect(ready.text.contains("degraded"))
      #expect(ready.text.contains("nonsense"))
    }
    #expect(district.service.policies(for: district.paul).notTaken != nil)
    try district.rewritePolicies("work-orders.yaml") {
      $0.replacing("\nnonsense: true\n", with: "")
    }
    #expect(district.keeper.notTaken == nil)
    #expect(district.keeper.current.digest != digest)
  }

  @Test func `a folder that is taken away changes nothing`() async throws {
    let district = try await TestDistrict()
    let digest = district.keeper.current.digest
    try FileManager.default.removeItem(at: district.policies)
    district.keeper.look()
    district.keeper.look()
    #expect(district.keeper.current.digest == digest)
    #expect(district.keeper.notTaken != nil)
  }

  @Test func `files are taken once they stay the same from one look to the next`() async throws {
    let district = try await TestDistrict()
    let digest = district.keeper.current.digest
    let file = district.policies.appending(path: "work-orders.yaml")
    try twoWeeks(String(contentsOf: file, encoding: .utf8))
      .write(to: file, atomically: true, encoding: .utf8)
    #expect(district.keeper.look() == nil)
    #expect(district.keeper.current.digest == digest)
    #expect(district.keeper.look()?.digest != digest)
  }

  @Test func `a new qualifier is there without a new program`() async throws {
    let district = try await TestDistrict()
    let session = try await district.finishedSession(workOrder: "WO-1")
    try district.rewritePolicies("vocabulary.yaml") {
      $0.replacing(
        "  Qualifiers:\n    label: qualifiers of an encounter\n    facts:\n",
        with: """
            Qualifiers:
              label: qualifiers of an encounter
              facts:
                englishLearner: {type: bool?, label: English Learner, changedBy: tutor}

          """)
    }
    try "topic: English Learners\nrules:\n".appending(
      """
        - rule: no-english-learner
          title: Nobody is an English Learner here
          decides: [qualifiers]
          require: "!has(encounter.qualifiers.englishLearner) || !encounter.qualifiers.englishLearner"
          because: "{encounter.student.name} is an English Learner."
          fix: Set it to No.

      """
    ).write(
      to: district.policies.appending(path: "english.yaml"), atomically: true, encoding: .utf8)
    district.keeper.look()
    district.keeper.look()
    #expect(district.keeper.notTaken?.diagnostics.map(\.message) == nil)
    var facts = try #require(session.encounters.first?.facts)
    facts[path: ["qualifiers", "englishLearner"]] = .bool(true)
    let edit = EncounterEdit(
      arrived: session.encounters[0].arrived, departed: session.encounters[0].departed,
      facts: facts)
    let after = try await district.service.perform(
      .editEncounter(1, edit), on: session.id, expecting: session.version, request: "request-9",
      by: district.ana)
    let details = try await district.service.session(session.id, for: district.ana)
    #expect(details.reasons(for: 1).map(\.rule) == ["no-english-learner"])
    let way = try #require(details.waysOut.first { $0.rules == ["no-english-learner"] })
    let fixed = try await district.service.takeWayOut(
      way.id, of: session.id, values: [], expecting: after.version, request: "request-10",
      by: district.ana)
    #expect(fixed.encounters[0].facts[path: ["qualifiers", "englishLearner"]] != .bool(true))
  }

  @Test func `policies with an error don't start`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(throws: PolicyKeeper.Unusable.self) {
      try PolicyKeeper(folder: folder.path, clock: .system)
    }
  }
}
#endif
