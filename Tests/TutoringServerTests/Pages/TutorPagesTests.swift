#if Server
import Foundation
import Hummingbird
import HummingbirdTesting
import PolicyEngine
import TestSupport
import Testing
import TutoringSessions
import TutoringStore

@testable import TutoringServer

/// What tutors do on the pages, by plain forms.
@Suite struct TutorPagesTests {
  private func startSession(_ asker: Asker) async throws -> PageReading {
    try await PageReading.open("/sessions/new", asker)
      .send(Address.newSession, ["group": "G-1", "workOrder": "WO-1"])
  }

  private func id(_ page: PageReading) -> String {
    String(page.path.dropFirst("/sessions/".count).prefix { $0 != "?" && $0 != "/" })
  }

  @Test func `a session is started, run and ended by plain forms`() async throws {
    let district = try await TestDistrict()
    try await district.withPages(as: "ana") { asker in
      var page = try await startSession(asker)
      let id = id(page)
      #expect(page.status == .ok)
      #expect(page.title == "Session \(id) · running")
      #expect(page.main.contains("The session has started."))
      page = try await page.send(Address.session(id, "time-in"), [:])
      #expect(page.main.contains("was timed in at 3:00 pm, the start of the session."))
      page = try await PageReading.open(Address.encounter(1, of: id), asker)
        .send(
          Address.encounter(1, of: id),
          ["fact.activelyTutored": "true", "fact.creditRecoveryMaterial": "false"])
      #expect(page.main.contains("was saved."))
      #expect(page.main.contains("Actively tutored"))
      district.hands.advance(bySeconds: 3_000)
      page = try await PageReading.open(Address.session(id, "end"), asker)
        .send(Address.session(id, "end"), ["end": "345"])
      #expect(page.title == "Session \(id) · finished")
      #expect(page.main.contains("The session ended at 3:45 pm."))
      #expect(page.main.contains("eligible"))
    }
  }

  @Test func `a form that is sent twice starts one session`() async throws {
    let district = try await TestDistrict()
    try await district.withPages(as: "ana") { asker in
      let form = try await PageReading.open("/sessions/new", asker)
      let fields = try form.form(to: Address.newSession)
      let first = try await form.send(Address.newSession, fields: fields)
      let second = try await form.send(Address.newSession, fields: fields)
      #expect(id(first) == id(second))
    }
  }

  @Test func `with a session running, another is refused with what ends or deletes that one`()
    async throws
  {
    let district = try await TestDistrict()
    try await district.withPages(as: "ana") { asker in
      let id = id(try await startSession(asker))
      var page = try await PageReading.open("/sessions/new", asker)
      #expect(page.main.contains(">End \(id)</a>"))
      #expect(page.main.contains(">Delete \(id)</button>"))
      page = try await page.send(Address.newSession)
      #expect(page.status == .conflict)
      #expect(page.main.contains("is still running"))
      // Deleting it leads back to the dialog, in which nothing stands in the way any more.
      page = try await page.send(Address.session(id, "delete"))
      #expect(page.path == Address.newSession)
      #expect(!page.main.contains("is still running"))
    }
  }

  @Test func `what can't be read is shown again with what is wrong beside it`() async throws {
    let district = try await TestDistrict()
    try await district.withPages(as: "ana") { asker in
      let id = id(try await startSession(asker))
      var page = try await PageReading.open(Address.session(id), asker)
        .send(Address.session(id, "time-in"))
      page = try await PageReading.open(Address.encounter(1, of: id), asker)
        .send(Address.encounter(1, of: id), ["arrived": "quarter <past>", "departed": "2:00 pm"])
      #expect(page.status == .unprocessableContent)
      #expect(page.main.contains("value=\"quarter &lt;past&gt;\""))
      #expect(page.main.contains("Arrival: “quarter &lt;past&gt;” is not a time."))
      #expect(page.main.contains("role=\"alert\""))
    }
  }

  @Test func `a page that is out of date does nothing and shows the session as it is`() async throws
  {
    let district = try await TestDistrict()
    try await district.withPages(as: "ana") { asker in
      let id = id(try await startSession(asker))
      let old = try await PageReading.open(Address.session(id), asker)
      _ = try await old.send(Address.session(id, "time-in"))
      var fields = try old.form(to: Address.session(id, "time-in"))
      fields["student"] = "S-2"
      fields["request"] = UUID().uuidString
      let refused = try await old.send(Address.session(id, "time-in"), fields: fields)
      #expect(refused.status == .conflict)
      #expect(refused.main.contains("Nothing was done."))
      #expect(
        try await district.service.session(id, for: district.ana).record.encounters.count == 1)
    }
  }

  @Test func `students are found by the first letters of either name, of other schools too`()
    async throws
  {
    let district = try await TestDistrict()
    try await district.withPages(as: "ana") { asker in
      let id = id(try await startSession(asker))
      let page = try await PageReading.open(Address.session(id), asker)
        .send(Address.session(id, "students"), ["name": "mos"])
      #expect(page.main.contains("1 student found."))
      #expect(page.main.contains("Time in Lena Moss") && page.main.contains("Bridger Middle"))
      let found = try await page.send(
        Address.session(id, "students"), ["name": "zz", "fragment": "1"])
      #expect(found.text.contains("Nobody has a first or last name that begins so."))
      #expect(!found.text.contains("<html"))
    }
  }

  @Test func `names and texts that people typed stay text on every page`() async throws {
    let district = try await TestDistrict()
    let evil = "<script>alert('x')</script>\"\u{202E}"
    try await district.save(
      StudentRecord(
        id: "S-3", firstName: evil, lastName: "O'Neil & Sons", school: "truman",
        facts: [
          "readingImprovementPlan": .bool(false), "grades": .list([]),
          "stateAssessments": .list([]), "districtAssessments": .list([]),
        ]))
    try await district.withPages(as: "ana") { asker in
      var page = try await PageReading.open("/sessions/new", asker)
        .send(Address.newSession, ["workOrder": "WO-2", "fact.description": evil])
      let id = id(page)
      let session = try await district.service.session(id, for: district.ana).record
      _ = try await district.service.perform(
        .timeIn(student: "S-3", at: session.start, facts: [:]), on: id,
        expecting: session.version, request: UUID().uuidString, by: district.ana)
      for path in [
        "/", Address.session(id), Address.encounter(1, of: id), Address.session(id, "end"),
        Address.session(id, "why"), Address.session(id, "edit"),
      ] {
        page = try await .open(path, asker)
        #expect(page.status == .ok, "\(path)")
        #expect(!page.text.contains("<script>alert"), "\(path)")
        #expect(page.text.components(separatedBy: "<script").count == 2, "\(path)")
      }
      #expect(page.text.contains("&lt;script&gt;alert(&#39;x&#39;)"))
    }
  }

  @Test func `a way out is a button that does it, and the page says what came of it`() async throws
  {
    let district = try await TestDistrict()
    let session = try await district.finishedSession()
    try await district.withPages(as: "ana") { asker in
      var page = try await PageReading.open(Address.session(session.id), asker)
      #expect(
        page.main.contains("assign a work order") || page.main.contains("Assign a work order"))
      page = try await page.send(Address.session(session.id, "way-out"))
      #expect(page.main.contains("was assigned."))
      #expect(page.main.contains("now."))
    }
  }

  @Test func `a work order is refused after its last day, which is said`() async throws {
    let district = try await TestDistrict()
    let session = try await district.finishedSession()
    district.hands.advance(bySeconds: 9 * 86_400)
    try await district.withPages(as: "ana") { asker in
      let page = try await PageReading.open(Address.session(session.id), asker)
      #expect(page.main.contains("the last day was Mon 30 Nov"))
      #expect(!page.main.contains("assign-work-order"))
    }
  }

  @Test func `tags are added by a click, and own ones are kept apart`() async throws {
    let district = try await TestDistrict()
    let session = try await district.finishedSession(
      workOrder: "WO-2", description: "Worked on factoring")
    try await district.withPages(as: "ana") { asker in
      let address = Address.session(session.id, "tags")
      var page = try await PageReading.open(address, asker)
      #expect(page.main.contains("Popular Tags"))
      page = try await page.send(Address.session(session.id, "tag"))
      #expect(page.path == address)
      var fields = try page.form(to: Address.session(session.id, "tag"))
      fields["tag"] = nil
      fields["own"] = "my <tag>"
      page = try await page.send(Address.session(session.id, "tag"), fields: fields)
      #expect(page.main.contains("my &lt;tag&gt;"))
      let tags = try await district.service.session(session.id, for: district.ana).record.tags
      #expect(tags.map(\.isOwn) == [false, true])
    }
  }

  @Test func `what is not theirs is not there, as a page`() async throws {
    let district = try await TestDistrict()
    let session = try await district.finishedSession()
    try await district.withPages(as: "ben") { asker in
      let page = try await PageReading.open(Address.session(session.id), asker)
      #expect(page.status == .notFound)
      #expect(page.text.contains("<h1>Not found</h1>"))
    }
    try await district.withPages(as: "ada") { asker in
      let page = try await PageReading.open(Address.session(session.id), asker)
      #expect(page.status == .ok)
      #expect(!page.main.contains("<button"))
    }
  }

  @Test func `why tells who entered what, supposes, and looks at other days`() async throws {
    let district = try await TestDistrict()
    let session = try await district.finishedSession(workOrder: "WO-1")
    try await district.withPages(as: "ana") { asker in
      let address = Address.session(session.id, "why")
      var page = try await PageReading.open(address, asker)
      #expect(page.status == .ok)
      #expect(page.main.contains("What if…"))
      page = try await page.send(
        address, ["suppose": "1", "if.1.qualifiers.homebound": "true"])
      #expect(page.status == .ok)
      #expect(page.main.contains("Nothing was changed."))
      #expect(page.main.contains("<li>DeShawn Carter: Homebound: Yes</li>"))
      #expect(page.main.contains("Ana Ruiz"))
      page = try await page.send(
        address, ["suppose": "1", "if.session.workOrder": "WO-2"])
      #expect(page.main.contains("<li>Work order: Career Ladder (WO-2), assigned today</li>"))
      #expect(page.main.contains("A Career Ladder session carries a Career Ladder Goal tag"))
      page = try await page.send(
        address, ["suppose": "1", "if.session.workOrder": "none"])
      #expect(page.main.contains("<li>No Work Order</li>"))
      page = try await page.send(address, fields: ["from": "11/23/2026", "until": "12/20/2026"])
      #expect(page.status == .ok)
    }
  }

  @Test(arguments: [
    ("dashboard", "/"), ("new-session", "/sessions/new"), ("session", "/sessions/{id}"),
    ("end", "/sessions/{id}/end"), ("encounter", "/sessions/{id}/encounters/1"),
    ("edit", "/sessions/{id}/edit"), ("tags", "/sessions/{id}/tags"),
    ("not-found", "/nothing"),
  ])
  func `pages are as they were looked at`(name: String, path: String) async throws {
    let district = try await TestDistrict()
    let session = try await district.finishedSession(
      workOrder: "WO-2", description: "Worked on factoring")
    try await district.withPages(as: "ana") { asker in
      let page = try await PageReading.open(path.replacing("{id}", with: session.id), asker)
      try assertSnapshot(page.settled, named: "\(name).html")
    }
  }

  @Test func `the page to sign in and the log are as they were looked at`() async throws {
    let district = try await TestDistrict()
    _ = try await district.finishedSession(workOrder: "WO-1")
    try await district.withAsker(pages: DistrictPages(for: district.service)) { asker in
      let signIn = try await PageReading.open("/sign-in", asker)
      try assertSnapshot(signIn.settled, named: "sign-in.html")
      let page = try await PageReading.open("/audit", try await asker.signedIn(as: "ada"))
      try assertSnapshot(page.settled, named: "audit.html")
    }
  }

  @Test func `an end that was set by mistake is taken back by one button`() async throws {
    let district = try await TestDistrict()
    try await district.withPages(as: "ana") { asker in
      let id = id(try await startSession(asker))
      var page = try await PageReading.open(Address.session(id), asker)
        .send(Address.session(id, "time-in"))
      page = try await PageReading.open(Address.session(id, "end"), asker)
        .send(Address.session(id, "end"))
      #expect(page.title == "Session \(id) · finished")
      page = try await page.send(Address.session(id, "reopen"))
      #expect(page.title == "Session \(id) · running")
      #expect(page.main.contains("The session goes on."))
      #expect(page.main.contains("Here since 3:00 pm"))
    }
  }

  @Test func `a session runs again only where the policies would let it start`() async throws {
    let district = try await TestDistrict()
    try await district.withPages(as: "ana") { asker in
      let first = id(try await startSession(asker))
      _ = try await PageReading.open(Address.session(first), asker)
        .send(Address.session(first, "delete"))
      let deleted = try await PageReading.open(Address.session(first), asker)
      let form = try deleted.form(to: Address.session(first, "restore"))
      _ = try await startSession(asker)
      // The page that was open in another tab still has the button; a new one has none.
      let refused = try await deleted.send(Address.session(first, "restore"), fields: form)
      #expect(refused.status == .conflict)
      #expect(refused.main.contains("is still running"))
      let page = try await PageReading.open(Address.session(first), asker)
      #expect(!page.main.contains(Address.session(first, "restore")))
    }
  }

  @Test func `a list is narrowed down by a rule in the way, and by what was recorded`() async throws
  {
    let district = try await TestDistrict()
    let unpaid = try await district.finishedSession()
    let remedial = try await district.finishedSession(workOrder: "WO-1")
    _ = try await district.service.perform(
      .editEncounter(
        1,
        EncounterEdit(
          arrived: remedial.start, departed: remedial.end,
          facts: remedial.encounters[0].facts.merging([
            "qualifiers": .object(["remedial": .bool(true)]),
            "remedialCriteria": .list([.text("grade-d-or-f")]),
          ]) { $1 })), on: remedial.id, expecting: remedial.version, request: UUID().uuidString,
      by: district.ana)
    try await district.withPages(as: "ana") { asker in
      for (query, found, other) in [
        ("rule=has-work-order", unpaid.id, remedial.id),
        ("recorded=qualifiers.remedial", remedial.id, unpaid.id),
        ("recorded=remedialCriteria%3Dgrade-d-or-f", remedial.id, unpaid.id),
      ] {
        let page = try await PageReading.open("/?show=all&\(query)", asker)
        #expect(page.main.contains("Session \(found),"))
        #expect(!page.main.contains("Session \(other),"))
        #expect(page.main.contains(" selected>"))
      }
      let page = try await PageReading.open("/?recorded=no.such.fact", asker)
      #expect(page.main.contains("No session is like that."))
    }
  }

  @Test func `who keeps the policies begins with them`() async throws {
    let district = try await TestDistrict()
    try await district.withPages(as: "paul") { asker in
      let response = try await asker.get("/")
      #expect(response.headers[.location] == "/policies")
      let page = try await PageReading.open("/policies", asker)
      #expect(!page.text.contains("href=\"/\""))
    }
  }

  @Test func `policies say how often each rule was in the way last month`() async throws {
    let district = try await TestDistrict()
    _ = try await district.finishedSession()
    let sentence = "in the way of 1 session last month"
    try await district.withAsker(pages: DistrictPages(for: district.service)) { asker in
      let paul = try await asker.signedIn(as: "paul")
      #expect(try await !PageReading.open("/policies", paul).main.contains(sentence))
      district.hands.advance(bySeconds: 86_400 * 10)
      let later = try await asker.signedIn(as: "paul")
      #expect(try await PageReading.open("/policies", later).main.contains(sentence))
      let ana = try await asker.signedIn(as: "ana")
      #expect(try await !PageReading.open("/policies", ana).main.contains(sentence))
    }
  }

  @Test func `a row has the first step of a way, and the session's page all of it`() async throws {
    let district = try await TestDistrict()
    let session = try await district.finishedSession(
      workOrder: "WO-2", description: "Worked on factoring")
    let wrong: [String: FactValue] = [
      "qualifiers": .object([
        "homebound": .bool(true), "detention": .bool(false), "creditRecovery": .bool(false),
        "remedial": .bool(false),
      ])
    ]
    let encounter = session.encounters[0]
    _ = try await district.service.perform(
      .editEncounter(
        1,
        EncounterEdit(
          arrived: encounter.arrived, departed: encounter.departed,
          facts: encounter.facts.merging(wrong) { $1 })), on: session.id,
      expecting: session.version, request: UUID().uuidString, by: district.ana)
    try await district.withPages(as: "ana") { asker in
      let details = try await district.service.session(session.id, for: district.ana)
      let whole = try #require(details.outlook.last?.line)
      let step = try #require(details.summary.nextStep)
      #expect(step.hasSuffix(", and 1 more."))
      #expect(step.count < whole.count)
      let row = try await PageReading.open("/", asker)
      #expect(row.main.contains(", and 1 more."))
    }
  }

  @Test func `the policies page has every decision, rule and dated value`() async throws {
    let district = try await TestDistrict()
    try await district.withPages(as: "ana") { asker in
      let page = try await PageReading.open("/policies", asker)
      let policies = district.keeper.current.policies
      for decision in policies.decisions {
        #expect(page.main.contains("id=\"decision-\(decision.name)\""))
      }
      for rule in policies.rules { #expect(page.main.contains("id=\"rule-\(rule.id)\"")) }
      for parameter in policies.vocabulary.parameters {
        #expect(page.main.contains("id=\"parameter-\(parameter.name)\""))
      }
    }
  }

  @Test func `a change of the policies with a mistake is shown to those who can correct it`()
    async throws
  {
    let district = try await TestDistrict()
    try district.rewritePolicies("ending.yaml") { $0.replacing("session.end", with: "session.ent") }
    try await district.withPages(as: "paul") { asker in
      let page = try await PageReading.open("/policies", asker)
      #expect(page.main.contains("the change has a mistake"))
      #expect(page.main.contains("ending.yaml:"))
    }
    try await district.withPages(as: "ana") { asker in
      let page = try await PageReading.open("/policies", asker)
      #expect(!page.main.contains("the change has a mistake"))
    }
  }

  @Test func `the log shows auditors who did what`() async throws {
    let district = try await TestDistrict()
    let session = try await district.finishedSession()
    try await district.withPages(as: "ada") { asker in
      let page = try await PageReading.open("/audit?subject=\(session.id)", asker)
      #expect(page.status == .ok)
      #expect(page.main.contains("Ana Ruiz") && page.main.contains("time-in"))
    }
    try await district.withPages(as: "ana") { asker in
      let page = try await PageReading.open("/audit", asker)
      #expect(page.status == .forbidden)
    }
  }
}
#endif
