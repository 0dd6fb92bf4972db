#if Server
import Foundation
import Testing
import TutoringSessions
import TutoringStore

@testable import TutoringServer

/// A change of the policies in a browser, from the mistake to its being in force.
@Suite(
  .enabled(if: BrowserPrograms.areThere, "chromium and chromedriver are not installed"),
  .serialized, .timeLimit(.minutes(15)))
struct PolicyEditingTests {
  @Test(arguments: Manner.allCases)
  func `a change is tried, corrected, published and in force`(manner: Manner) async throws {
    try await BrowserDistrict.run { served in
      let district = served.district
      _ = try await district.finishedSession()
      try await served.browse(hasScript: manner != .withoutScript) { browser in
        let paul = Person(browser: browser, manner: manner)
        try await paul.signIn("paul")
        try await browser.go("/policies")
        try await paul.press("Try a change")
        try await paul.press("work-orders.yaml")
        try await browser.waitFor("Text of work-orders.yaml")
        try await write("backfillDay", inFront: ": 7}", paul)
        try await paul.press("Try this change")
        try await browser.waitFor("The change has a mistake. Nothing was written.")
        try await browser.waitFor("work-orders.yaml:7:")
        #expect(try await browser.run("return document.activeElement.id") as? String == "mistakes")
        try await paul.press("work-orders.yaml")
        try await browser.waitFor("The policies in force")
        try await write(": 14, 2026-10-01", inFront: ": 7}", paul)
        try await paul.press("Try this change")
        try await browser.waitFor("What the change would do")
        try await browser.waitFor("parameter backfillDays, changed")
        #expect(try await browser.run("return document.activeElement.id") as? String == "result")
        let before = district.keeper.current.digest
        try await paul.press("Publish work-orders.yaml")
        try await browser.waitFor("work-orders.yaml was published.")
        #expect(district.keeper.current.digest != before)
        try await browser.waitFor("Since Thu 1 Oct")
      }
    }
  }

  /// Types in front of a text of the file: by keyboard from the start of the field, else where one clicks.
  private func write(_ text: String, inFront place: String, _ person: Person) async throws {
    let browser = person.browser
    guard person.manner == .keyboard else {
      try await browser.click(browser.labelled("Text of work-orders.yaml"))
      try await browser.run(
        """
        const it = document.activeElement, place = it.value.indexOf(arguments[0]);
        it.setSelectionRange(place, place);
        """, [place])
      try await browser.type(text)
      return
    }
    try await browser.tab(to: "Text of work-orders.yaml")
    let whole = try await browser.run("return document.activeElement.value") as? String ?? ""
    let lines = whole.prefix(upTo: whole.range(of: place)?.lowerBound ?? whole.startIndex)
      .split(separator: "\n", omittingEmptySubsequences: false)
    try await browser.press(.home, holding: .control)
    try await browser.type(
      String(repeating: Browser.Key.down.rawValue, count: lines.count - 1)
        + String(repeating: Browser.Key.right.rawValue, count: lines.last?.count ?? 0) + text)
  }
}
#endif
