#if Server
import Testing

/// The handbook's day of a tutor, in a browser.
@Suite(
  .enabled(if: BrowserPrograms.areThere, "chromium and chromedriver are not installed"),
  .serialized, .timeLimit(.minutes(10)))
struct TutorDayTests {
  @Test(arguments: Manner.allCases)
  func `a tutor starts, runs, ends and tags a session`(manner: Manner) async throws {
    try await BrowserDistrict.run { district in
      try await district.browse(hasScript: manner != .withoutScript) { browser in
        let tutor = Person(browser: browser, manner: manner)
        try await tutor.signIn("ana")
        try await start(tutor)
        try await timeIn(tutor, district)
        try await recordEncounter(tutor)
        try await removeAndUndo(tutor)
        try await refuseSecondSession(tutor)
        try await end(tutor, district)
        try await tag(tutor)
        try await askWhy(tutor)
      }
    }
  }

  /// From the dashboard, with a group and a work order.
  private func start(_ tutor: Person) async throws {
    let browser = tutor.browser
    try await tutor.press("New Session")
    try await browser.waitFor("Save and start")
    #expect(try await browser.title.hasPrefix("New Session"))
    try await tutor.select("Algebra", in: "Group")
    try await tutor.select("Career", in: "Work order")
    // A Career Ladder session must have a description: it is said before it is tried where script runs.
    if tutor.manner != .withoutScript { try await browser.waitFor("has no description") }
    try await tutor.press("Save and start")
    try await browser.waitFor("Nothing was saved yet.")
    try await browser.waitFor("has no description")
    try await tutor.fill("Description", with: "Worked on factoring quadratics")
    try await tutor.press("Save and start")
    try await browser.waitFor("The session has started.")
    #expect(try await browser.title.contains("running"))
  }

  /// One of the group by a click, another one by the first letters of the last name.
  private func timeIn(_ tutor: Person, _ district: BrowserDistrict) async throws {
    let browser = tutor.browser
    try await tutor.press("Time in DeShawn Carter")
    try await browser.waitFor("DeShawn Carter was timed in at 3:00 pm, the start of the session.")
    district.district.hands.advance(bySeconds: 600)
    try await tutor.fill("First letters of the first or last name", with: "mo")
    if tutor.manner == .withoutScript { try await tutor.press("Search") }
    try await browser.waitFor("1 student found.")
    if tutor.manner == .keyboard {
      try await browser.press(.down, .enter)
    } else {
      try await browser.click(try await browser.find("#found button"))
    }
    try await browser.waitFor("Lena Moss was timed in")
  }

  /// The encounter dialog: times as people type them, questions that come up with answers, the verdict as one goes.
  private func recordEncounter(_ tutor: Person) async throws {
    let browser = tutor.browser
    try await tutor.press("Edit the encounter of Lena Moss")
    try await browser.waitFor("Remedial")
    try await tutor.fill("Arrival", with: "305")
    if tutor.manner != .withoutScript { try await browser.waitFor("That is 3:05 pm.") }
    try await tutor.answer("Actively tutored", "Yes")
    try await tutor.answer("Worked on credit recovery material", "No")
    try await tutor.answer("Remedial", "Yes")
    if tutor.manner == .withoutScript {
      try await tutor.press("Save")
      try await browser.waitFor("brings up more questions")
    }
    try await browser.waitFor("Criteria claimed for Remedial")
    try await tutor.answer("Criteria claimed for Remedial", "A D or F in the subject")
    try await tutor.select("Algebra", in: "Subject tutored")
    if tutor.manner == .keyboard {
      try await browser.waitUntilAnswered()
      try await browser.press(.enter, holding: .control)
    } else {
      try await tutor.press("Save")
    }
    try await browser.waitFor("Lena Moss was saved.")
    try await browser.waitFor("Remedial")
    try await tutor.press("Edit the encounter of DeShawn Carter")
    try await browser.waitFor("Actively tutored")
    try await tutor.answer("Actively tutored", "Yes")
    try await tutor.answer("Worked on credit recovery material", "No")
    try await tutor.press("Save")
    try await browser.waitFor("DeShawn Carter was saved.")
  }

  private func removeAndUndo(_ tutor: Person) async throws {
    let browser = tutor.browser
    try await tutor.press("Remove Lena Moss")
    try await browser.waitFor("Lena Moss was removed.")
    #expect(try await browser.has(".removed"))
    try await tutor.press("Undo: put Lena Moss back")
    try await browser.waitFor("Lena Moss was put back.")
    #expect(try await !browser.has(".removed"))
    try await tutor.press("Time out Lena Moss")
    try await browser.waitFor("Lena Moss was timed out at 3:10 pm.")
  }

  /// Not while one is running: what ends it is at hand.
  private func refuseSecondSession(_ tutor: Person) async throws {
    let browser = tutor.browser
    let path = try await browser.path.prefix { $0 != "?" }
    let id = path.split(separator: "/").last.map(String.init) ?? ""
    try await browser.go("/sessions/new")
    try await browser.waitFor("Session \(id) is still running")
    _ = try await browser.control("Delete \(id)")
    try await tutor.press("End \(id)")
    try await browser.waitFor("End time")
    try await browser.go(String(path))
  }

  private func end(_ tutor: Person, _ district: BrowserDistrict) async throws {
    let browser = tutor.browser
    district.district.hands.advance(bySeconds: 3_600)
    try await tutor.press("End Session")
    try await browser.waitFor("1 student who is still here is timed out at that time:")
    try await tutor.fill("End time", with: "2:00 pm")
    try await tutor.press("Finish")
    try await browser.waitFor("The end lies before")
    try await tutor.fill("End time", with: "400")
    try await tutor.press("Finish")
    try await browser.waitFor(
      "The session ended at 4:00 pm. 1 student who was still here was timed out then.")
    #expect(try await browser.title.contains("finished"))
  }

  /// Without a goal a Career Ladder session is not exported; with one it is.
  private func tag(_ tutor: Person) async throws {
    let browser = tutor.browser
    try await browser.waitFor("none of its tags is a Career Ladder Goal")
    try await tutor.press("Tags")
    try await browser.waitFor("Popular Tags")
    let goal = try await browser.find("[id^=tag-cl-goal]")
    let name = try await browser.run(
      "return document.querySelector('[id^=tag-cl-goal]').getAttribute('aria-label')")
    if tutor.manner == .keyboard {
      try await tutor.press(name as? String ?? "")
    } else {
      try await browser.click(goal)
    }
    _ = try await browser.find(".dialog .chip")
    try await tutor.press("Close")
    try await browser.waitFor("eligible")
    try await browser.waitUntilGone("none of its tags is a Career Ladder Goal")
  }

  private func askWhy(_ tutor: Person) async throws {
    let browser = tutor.browser
    try await tutor.press("Why?")
    try await browser.waitFor("What if…")
    #expect(try await browser.title.hasPrefix("Why"))
  }
}
#endif
