#if Server
import Diagnostics
import Foundation
import TestSupport
import Testing
import TutoringServer
import TutoringSessions

/// Policies that are edited while people use the pages: what they say is there at once, and nothing that was
/// recorded is lost when they say it no more.
@Suite(
  .enabled(if: BrowserPrograms.areThere, "chromium and chromedriver are not installed"),
  .serialized, .timeLimit(.minutes(10)))
struct PolicyChangeTests {
  /// What the page on changing policies does to add English Learner.
  private static func walk() throws -> [ReadmeBlock] {
    try ReadmeBlock.all(of: ReadmeBlock.pages[2]).filter { $0.isEdit && $0.text.contains("nglish") }
  }

  @Test func `the documented qualifier is added and taken away while the server runs`() async throws
  {
    try await BrowserDistrict.run { served in
      let district = served.district
      try await served.browse { browser in
        let tutor = Person(browser: browser, manner: .mouse)
        try await tutor.signIn("ana")
        let id = try await runningSession(tutor, district)
        let edits = try Self.walk()
        #expect(edits.count == 4)
        // The words, then the rule with the slip that the page shows: the policies go on as they were.
        for edit in edits.dropLast() { try district.take { try edit.edit(in: $0) } }
        #expect(
          district.keeper.notTaken?.diagnostics.contains {
            $0.help?.contains("did you mean 'englishLearnerPlan'?") == true
          } == true)
        for edit in edits.suffix(1) { try district.take { try edit.edit(in: $0) } }
        try await browser.go("/policies")
        try await browser.waitFor("English Learner is for students with an English Learner plan")

        try await claim(tutor, id)
        try await look(browser, id)
        district.hands.advance(bySeconds: 3_600)
        try await filter(tutor, id)
        try await takeAway(browser, district, id, edits)
      }
    }
  }

  /// A session with a student in it, of whom all is said that has to be.
  private func runningSession(_ tutor: Person, _ district: TestDistrict) async throws -> String {
    let session = try await district.service.start(
      StartInput(group: "G-1", workOrder: "WO-1"), request: UUID().uuidString, by: district.ana)
    let tutored: [String: FactValue] = [
      "activelyTutored": .bool(true), "creditRecoveryMaterial": .bool(false),
    ]
    _ = try await district.service.perform(
      .timeIn(student: "S-1", at: session.start, facts: tutored), on: session.id,
      expecting: session.version, request: UUID().uuidString, by: district.ana)
    return session.id
  }

  /// In the dialog: the question, and what the rule says to Yes before it is saved.
  private func claim(_ tutor: Person, _ id: String) async throws {
    let browser = tutor.browser
    try await browser.go("/sessions/\(id)")
    try await tutor.press("Edit the encounter of DeShawn Carter")
    try await tutor.answer("English Learner", "Yes")
    try await browser.waitFor(
      "English Learner is Yes for DeShawn Carter, who has no English Learner plan.")
    try await tutor.press("Save")
    try await browser.waitFor("DeShawn Carter was saved.")
  }

  /// On the session's page and in the explanation.
  private func look(_ browser: Browser, _ id: String) async throws {
    try await browser.waitFor("Set English Learner to No for DeShawn Carter.")
    try await browser.go("/sessions/\(id)/why")
    try await browser.waitFor("English Learner is for students with an English Learner plan")
    try await browser.waitFor(
      "English Learner is Yes for DeShawn Carter, who has no English Learner plan.")
  }

  /// Once the session has ended: by the rule, and by what was recorded.
  private func filter(_ tutor: Person, _ id: String) async throws {
    let browser = tutor.browser
    try await browser.go("/sessions/\(id)/end")
    try await tutor.press("Finish")
    try await browser.waitFor("The session ended")
    for (label, choice) in [
      ("Rule in the way", "English Learner is for"), ("Recorded of a student", "English Learner"),
    ] {
      try await browser.go("/?show=all")
      try await tutor.press("More filters")
      try await tutor.select(choice, in: label)
      try await tutor.press("Show")
      try await browser.waitFor("Show all")
      try await browser.waitFor(id)
    }
    try await browser.go("/?recorded=qualifiers.homebound")
    try await browser.waitFor("No session is like that.")
  }

  /// What was recorded stays, is in nobody's way, and is there again with the words for it.
  private func takeAway(
    _ browser: Browser, _ district: TestDistrict, _ id: String, _ edits: [ReadmeBlock]
  ) async throws {
    let (vocabulary, rule) = (
      district.policies.appending(path: "vocabulary.yaml"),
      district.policies.appending(path: "english-learners.yaml")
    )
    let words = try Data(contentsOf: vocabulary)
    let rules = try Data(contentsOf: rule)
    try district.take { _ in
      try FileManager.default.removeItem(at: rule)
      try FileManager.default.copyItem(
        at: packageRoot.appending(path: "policies/vocabulary.yaml"), replacing: vocabulary)
    }
    try await browser.go("/sessions/\(id)")
    try await browser.waitFor("DeShawn Carter")
    #expect(try await !browser.text.contains("English Learner"))
    try district.take { _ in
      try words.write(to: vocabulary)
      try rules.write(to: rule)
    }
    try await browser.go("/sessions/\(id)")
    try await browser.waitFor(
      "English Learner is Yes for DeShawn Carter, who has no English Learner plan.")
  }

  @Test func `a new case of a closed list and a new value of a dated list can be chosen at once`()
    async throws
  {
    try await BrowserDistrict.run { served in
      let district = served.district
      try await served.browse { browser in
        let tutor = Person(browser: browser, manner: .mouse)
        try await tutor.signIn("ana")
        let id = try await runningSession(tutor, district)
        try district.rewritePolicies("vocabulary.yaml") {
          $0.replacing(
            "    below-basic-state:\n",
            with: "    counselor: a referral by the counselor\n    below-basic-state:\n")
        }
        try district.rewritePolicies("remedial.yaml") {
          $0.replacing(
            "        biology: Biology\n", with: "        biology: Biology\n        botany: Botany\n"
          )
        }
        #expect(district.keeper.notTaken == nil)
        try await browser.go("/sessions/\(id)")
        try await tutor.press("Edit the encounter of DeShawn Carter")
        try await tutor.answer("Remedial", "Yes")
        try await tutor.answer("Criteria claimed for Remedial", "A referral by the counselor")
        try await tutor.select("Botany", in: "Subject tutored")
        try await tutor.press("Save")
        try await browser.waitFor("DeShawn Carter was saved.")
        try await browser.waitFor("Subject tutored: Botany")
        try await browser.waitFor("a referral by the counselor")
        let stored = try await district.service.session(id, for: district.ana).record.encounters[0]
        #expect(stored.facts["remedialCriteria"] == .list([.text("counselor")]))
        #expect(stored.facts["subject"] == .text("botany"))
      }
    }
  }
}

extension TestDistrict {
  /// Changes files beside each other in the district's folder, and has the policies looked at until the change
  /// has been taken or refused.
  fileprivate func take(_ change: (URL) throws -> Void) throws {
    try change(folder)
    keeper.look()
    keeper.look()
  }
}

extension FileManager {
  fileprivate func copyItem(at source: URL, replacing target: URL) throws {
    try removeItem(at: target)
    try copyItem(at: source, to: target)
  }
}
#endif
