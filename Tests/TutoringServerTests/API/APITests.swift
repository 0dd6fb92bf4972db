#if Server
import Foundation
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing
import TutoringServer
import TutoringSessions

@Suite struct APITests {
  @Test func `a session is held by a program from start to payment`() async throws {
    let district = try await TestDistrict()
    try await district.withAsker { asker in
      let ana = try await asker.program(as: "ana")
      let started = try await ana.post(
        "/api/v1/sessions", json: #"{"group": "G-1", "request": "request-1"}"#)
      #expect(started.status == .created)
      guard case .string(let id) = try started.json["id"] else {
        Issue.record("no id in \(started.text)")
        return
      }
      #expect(started.headers[.location] == "/api/v1/sessions/\(id)")
      func act(_ members: String, version: Int) async throws -> TestResponse {
        try await ana.post(
          "/api/v1/sessions/\(id)/actions",
          json: "{\(members), \"version\": \(version), \"request\": \"\(UUID().uuidString)\"}")
      }
      let timedIn = try await act(
        #""action": "time-in", "student": "S-1", "facts": {"activelyTutored": true, "creditRecoveryMaterial": false}"#,
        version: 1)
      #expect(timedIn.status == .ok)
      #expect(try timedIn.json["version"] == .number(2))
      let stale = try await act(#""action": "end""#, version: 1)
      #expect(stale.status == .conflict)
      #expect(try stale.json["kind"] == .string("changed-meanwhile"))
      #expect(try stale.json["version"] == .number(2))
      let early = try await act(#""action": "tag", "tag": "cl-goal-1""#, version: 2)
      #expect(early.status == .conflict)
      #expect(try early.json["kind"] == .string("refused"))
      guard case .array(let reasons) = try early.json["refusal"]["reasons"] else { return }
      #expect(reasons.contains { $0["rule"] == .string("session-ended-before-tagging") })
      district.hands.advance(bySeconds: 3_600)
      #expect(try await act(#""action": "end""#, version: 2).status == .ok)
      let twice = try await act(#""action": "end""#, version: 3)
      #expect(try twice.json["kind"] == .string("impossible"))
      #expect(
        try await act(#""action": "assign-work-order", "workOrder": "WO-1""#, version: 3).status
          == .ok)
      let details = try await ana.get("/api/v1/sessions/\(id)").json
      #expect(details["waysOut"] == .array([]))
      #expect(details["summary"]["needsAttention"] == .bool(false))
      let events = try await ana.get("/api/v1/sessions/\(id)/events").json["events"]
      guard case .array(let list) = events else { return }
      #expect(
        list.map { $0["action"] }
          == ["start", "time-in", "end", "assign-work-order"].map { .string($0) })
    }
  }

  @Test(arguments: [
    (#"{}"#, "action"), (#"{"action": "dance", "version": 1, "request": "request-1"}"#, "action"),
    (#"{"action": "end", "version": "1", "request": "request-1"}"#, "version"),
    (#"{"action": "end", "at": "noon", "version": 1, "request": "request-1"}"#, "at"),
    (#"{"action": "end", "att": "x", "version": 1, "request": "request-1"}"#, "att"),
    (#"{"action": "tag", "version": 1, "request": "request-1"}"#, "tag"),
    (#"{"action": "end", "version": 1, "request": "x"}"#, "request"),
    (
      #"{"action": "time-in", "student": "S-404", "version": 1, "request": "request-1"}"#, "student"
    ),
  ])
  func `an action that is not understood names the member`(body: String, field: String)
    async throws
  {
    let district = try await TestDistrict()
    try await district.withAsker { asker in
      let ana = try await asker.program(as: "ana")
      let session = try await district.service.start(
        StartInput(), request: "request-0", by: district.ana)
      let response = try await ana.post("/api/v1/sessions/\(session.id)/actions", json: body)
      #expect(response.status == .unprocessableContent)
      guard case .array(let mistakes) = try response.json["mistakes"] else { return }
      #expect(mistakes.contains { $0["field"] == .string(field) }, "\(response.text)")
    }
  }

  @Test func `a preview tells what would be, and nothing is`() async throws {
    let district = try await TestDistrict()
    try await district.withAsker { asker in
      let ana = try await asker.program(as: "ana")
      let preview = try await ana.post("/api/v1/sessions/preview", json: #"{"workOrder": "WO-2"}"#)
      #expect(try preview.json["allowed"] == .bool(false))
      #expect(
        try preview.json["refusal"]["reasons"]["rule"] == .string("career-ladder-description"))
      let dashboard = try await ana.get("/api/v1/dashboard").json
      #expect(dashboard["active"] == .array([]))
    }
  }

  @Test func `the description names every route, and each of them answers`() async throws {
    let district = try await TestDistrict()
    try await district.withAsker { asker in
      let ana = try await asker.program(as: "ana")
      let document = try await ana.get("/api/v1/openapi.json").json
      #expect(document["openapi"] == .string("3.1.0"))
      guard case .object(let paths) = document["paths"] else {
        Issue.record("no paths")
        return
      }
      var described: Set<String> = []
      for (path, operations) in paths {
        for method in operations.keys {
          described.insert("\(method.uppercased()) /api/v1\(path)")
          let uri = path.replacing("{id}", with: "S-404").replacing("{group}", with: "G-1")
          let response = try await ana.client.execute(
            uri: "/api/v1\(uri)", method: try #require(.init(method.uppercased())),
            headers: asker.headers)
          // Without a sign-in, each says so; a path that no route has would be not found.
          let isOpen = operations[method]["security"] == .array([])
          #expect(
            isOpen ? response.status == .unsupportedMediaType : response.status == .unauthorized)
        }
      }
      // A path with another method says which methods it has.
      let site = Site(service: district.service, desk: district.desk)
      for route in site.router(pages: PlainPages()).routes {
        let path = route.path.description
        guard path.hasPrefix("/api/v1/"), !path.hasSuffix("openapi.json"), route.method != .head,
          !described.contains("\(route.method.rawValue) \(path)")
        else { continue }
        let response = try await ana.client.execute(
          uri: path.replacing("{id}", with: "S-404").replacing("{group}", with: "G-1"),
          method: route.method, headers: ana.headers)
        #expect(response.status == .methodNotAllowed, "\(route)")
        #expect(response.headers[.allow] != nil)
      }
      let routes = Set(
        site.router(pages: PlainPages()).routes.map {
          "\($0.method.rawValue) \($0.path.description)"
        })
      #expect(described.isSubset(of: routes))
    }
  }

  @Test func `every named schema is used, and every name used has a schema`() async throws {
    let district = try await TestDistrict()
    try await district.withAsker { asker in
      let text = try await asker.get("/api/v1/openapi.json").text
      let document = try JSONDecoder().decode(DecodedJSON.self, from: Data(text.utf8))
      let names = document["components"]["schemas"].keys
      let used = Set(
        text.matches(of: /#\/components\/schemas\/(\w+)/).map { String($0.output.1) })
      #expect(used == names)
    }
  }
}
#endif
