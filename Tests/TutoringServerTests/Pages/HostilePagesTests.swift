#if Server
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing
import TutoringSessions
import TutoringStore

@testable import TutoringServer

/// People who try what is not theirs, by every route that the pages have.
@Suite struct HostilePagesTests {
  /// A form with something for whatever a route may ask.
  private static func form(version: Int) -> [String: String] {
    [
      "version": String(version), "request": UUID().uuidString, "student": "S-1", "name": "De",
      "workOrder": "WO-1", "tag": "cl-goal-1", "way": "x", "decision": "payment", "end": "345",
      "arrived": "305", "start": "300", "date": "2026-11-23", "suppose": "1",
      "if.1.qualifiers.remedial": "true", "fact.qualifiers.remedial": "true",
    ]
  }

  /// The routes about one session, with its id and that of an encounter in their places.
  private static func routes(
    of id: String, in district: TestDistrict
  ) -> [(method: HTTPRequest.Method, path: String)] {
    let site = Site(service: district.service, desk: district.desk)
    return site.router(pages: DistrictPages(for: district.service)).routes.compactMap { route in
      let path = route.path.description
      guard path.hasPrefix("/sessions/{id}"), route.method == .get || route.method == .post else {
        return nil
      }
      return (
        route.method,
        path.replacing("{id}", with: id.pathEscaped).replacing("{encounter}", with: "1")
      )
    }
  }

  private func send(
    _ asker: Asker, _ route: (method: HTTPRequest.Method, path: String), version: Int
  ) async throws -> TestResponse {
    route.method == .get
      ? try await asker.get(route.path)
      : try await asker.post(route.path, form: Self.form(version: version))
  }

  @Test func `no route gives or does anything to the session of another tutor`() async throws {
    let district = try await TestDistrict()
    let session = try await district.finishedSession(workOrder: "WO-1")
    let routes = Self.routes(of: session.id, in: district)
    #expect(routes.count > 20)
    try await district.withAsker(pages: DistrictPages(for: district.service)) { asker in
      let (ben, paul) = (
        try await asker.signedIn(as: "ben"), try await asker.signedIn(as: "paul")
      )
      for person in [ben, paul] {
        for route in routes {
          let response = try await send(person, route, version: session.version)
          // Who is no tutor searches for nobody, in whichever session.
          let isSearch = route.path.hasSuffix("/students") && person.formToken == paul.formToken
          #expect(response.status == (isSearch ? .forbidden : .notFound), "\(route)")
          for word in ["DeShawn", "Carter", "Ana Ruiz", "Tutoring (WO-1)"] {
            #expect(!response.text.contains(word), "\(route)")
          }
        }
        let home = try await person.get("/?after=\(session.id)&deleted=\(session.id)")
        #expect(!home.text.contains("DeShawn") && !home.text.contains("Session \(session.id)"))
      }
      // Ada sees all of it, and changes nothing of it.
      let ada = try await asker.signedIn(as: "ada")
      for route in routes where route.method == .post {
        let response = try await send(ada, route, version: session.version)
        let isQuestion = ["/why", "/students", "/end/preview"].contains {
          route.path.hasSuffix($0)
        }
        #expect(response.status == .forbidden || isQuestion, "\(route)")
      }
    }
    #expect(try await district.store.session(session.id) == session)
  }

  @Test(arguments: [
    "S-1%2F..%2FS-2", "..%2F..%2Fpolicies", "%00", "S-1%00", "%E2%80%AE1-S", "%FF%FE",
    String(repeating: "S", count: 5_000), "S-1;S-2", "S-1'--", "%3Cscript%3E", "-1", "🎓",
  ])
  func `an id that is none is as good as none`(id: String) async throws {
    let district = try await TestDistrict()
    _ = try await district.finishedSession()
    try await district.withPages(as: "ana") { asker in
      for path in ["/sessions/\(id)", "/sessions/\(id)/why", "/sessions/S-1/encounters/\(id)"] {
        let response = try await asker.get(path)
        #expect([400, 404].contains(response.status.code), "\(path)")
        #expect(!response.text.contains("<script>"))
      }
    }
  }

  @Test func `a form of yesterday changes nothing, whichever it is`() async throws {
    let district = try await TestDistrict()
    let session = try await district.finishedSession(workOrder: "WO-1")
    let tagged = try await district.service.perform(
      .tag(.init("mine", isOwn: true)), on: session.id, expecting: session.version,
      request: UUID().uuidString, by: district.ana)
    try await district.withPages(as: "ana") { asker in
      for route in Self.routes(of: session.id, in: district) where route.method == .post {
        let response = try await send(asker, route, version: session.version)
        #expect(response.status.code < 500, "\(route)")
        #expect(response.status != .seeOther, "\(route)")
      }
      // One without a version, or with a version that is no number, is told so.
      for version in ["", "x", "99999999999999999999"] {
        let response = try await asker.post(
          Address.session(session.id, "delete"),
          form: ["version": version, "request": UUID().uuidString])
        #expect(response.status == .unprocessableContent)
      }
    }
    #expect(try await district.store.session(session.id) == tagged)
  }

  @Test func `what a form has too much of is left, and what can't be is said`() async throws {
    let district = try await TestDistrict()
    let session = try await district.finishedSession(workOrder: "WO-1")
    try await district.withPages(as: "ana") { asker in
      let address = Address.encounter(1, of: session.id)
      var form = try await PageReading.open(address, asker).form(to: address)
      // Facts that are not the tutor's to write, or nobody's, are not fields of the form.
      for name in ["fact.student.grades", "fact.student", "fact.id", "fact.__proto__", "fact."] {
        form[name] = "true"
      }
      form["arrived"] = "25:99"
      let refused = try await asker.post(address, form: form)
      #expect(refused.status == .unprocessableContent)
      form["arrived"] = "305"
      #expect(try await asker.post(address, form: form).status == .seeOther)
      let huge = String(repeating: "x", count: 300 << 10)
      let tooLarge = try await asker.post(
        Address.session(session.id, "tag"), form: ["tag": huge, "version": "1"])
      #expect(tooLarge.status == .contentTooLarge)
      #expect(tooLarge.text.contains("<h1>Too large</h1>"))
    }
    let stored = try #require(try await district.store.session(session.id)).encounters[0]
    #expect(Set(stored.facts.keys).isDisjoint(with: ["student", "id", "__proto__", ""]))
  }
}
#endif
