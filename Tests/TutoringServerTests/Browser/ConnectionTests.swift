#if Server
import Foundation
import Testing
@testable import TutoringServer
import TutoringSessions

/// What becomes of what somebody has typed when it can't be sent.
@Suite(
  .enabled(if: BrowserPrograms.areThere, "chromium and chromedriver are not installed"),
  .serialized, .timeLimit(.minutes(30)))
struct ConnectionTests {
  @Test func `what was typed stays while the server can't be reached, and is sent afterwards`()
    async throws
  {
    try await BrowserDistrict.run { served in
      let district = served.district
      let session = try await district.finishedSession(workOrder: "WO-1")
      try await served.browse { browser in
        let tutor = Person(browser: browser, manner: .mouse)
        try await tutor.signIn("ana")
        try await browser.go(Address.session(session.id))
        try await tutor.press("Edit the session")
        try await tutor.fill("Description", with: "Worked on fractions")
        try await browser.goOffline(true)
        try await tutor.press("Save")
        try await browser.waitFor("The server can't be reached.")
        let kept = try await browser.run(
          "return document.querySelector('dialog [name=\"fact.description\"]').value")
        #expect(kept as? String == "Worked on fractions")
        try await browser.goOffline(false)
        try await tutor.press("Save")
        try await browser.waitFor("The session was saved.")
        #expect(try await !browser.text.contains("can't be reached"))
      }
      let stored = try await district.service.session(session.id, for: district.ana).record
      #expect(stored.description == "Worked on fractions")
    }
  }

  @Test func `a form of somebody who was signed out meanwhile keeps what was typed`() async throws {
    try await BrowserDistrict.run { served in
      let session = try await served.district.finishedSession(workOrder: "WO-1")
      try await served.browse { browser in
        let tutor = Person(browser: browser, manner: .mouse)
        try await tutor.signIn("ana")
        try await browser.go(Address.session(session.id))
        try await tutor.press("Edit the session")
        try await tutor.fill("Description", with: "Worked on fractions")
        // The sign-in ends after twelve hours.
        served.district.hands.advance(bySeconds: 13 * 3_600)
        try await tutor.press("Save")
        try await browser.waitFor("Sign in first")
        let kept = try await browser.run(
          "return document.querySelector('dialog [name=\"fact.description\"]').value")
        #expect(kept as? String == "Worked on fractions")
      }
    }
  }
}
#endif
