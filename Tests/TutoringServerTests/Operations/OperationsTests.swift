#if Server
import CEL
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import TestSupport
import Testing
import TutoringServer
import TutoringSessions

@Suite struct OperationsTests {
  @Test func `a live server says so, and which policies it decides by`() async throws {
    let district = try await TestDistrict()
    try await district.withAsker { asker in
      #expect(try await asker.get("/health/live").status == .ok)
      let ready = try await asker.get("/health/ready").json
      #expect(ready["status"] == .string("ready"))
      #expect(ready["policies"]["digest"] == .string(district.keeper.current.digest))
    }
  }

  @Test func `requests are counted by their routes, without names and ids`() async throws {
    let district = try await TestDistrict()
    let session = try await district.finishedSession()
    try await district.withAsker { asker in
      let ana = try await asker.program(as: "ana")
      _ = try await ana.get("/api/v1/sessions/\(session.id)")
      _ = try await ana.get("/api/v1/students?q=carter")
      _ = try await ana.get("/secret-path")
      let text = try await asker.get("/metrics").text
      #expect(
        text.contains(
          #"tutoring_requests_total{route="/api/v1/sessions/{id}",method="GET",status="200"} 1"#))
      #expect(text.contains(#"route="NotFound""#))
      #expect(text.contains(#"tutoring_decisions_total{decision="payment",outcome="fail"}"#))
      for word in [session.id, "carter", "secret-path", "DeShawn", "ana"] {
        #expect(!text.contains(word))
      }
      // Each line is a comment, or a name with labels and a number.
      for line in text.split(separator: "\n") where !line.hasPrefix("#") {
        #expect(line.wholeMatch(of: /[a-z_]+(\{[^\n]*\})? [0-9.e+-]+/) != nil, "\(line)")
      }
    }
  }

  @Test func `decisions are noted without a fact of anybody`() async throws {
    let district = try await TestDistrict()
    let session = try await district.finishedSession()
    _ = try await district.service.session(session.id, for: district.ana)
    let lines = try String(contentsOf: district.decisionLog, encoding: .utf8)
      .split(separator: "\n")
    let last = try JSONDecoder().decode(
      DecodedJSON.self, from: Data(try #require(lines.last).utf8))
    #expect(last["id"] == .string(session.id))
    #expect(last["decisions"]["payment"] == .string("fail"))
    #expect(last["violated"]["rule"] == .string("has-work-order"))
    #expect(last["policies"] == .string(district.keeper.current.digest))
    #expect(!lines.joined().contains("DeShawn"))
    #expect(!lines.joined().contains("Carter"))
  }

  @Test func `log lines are JSON and name no path`() async throws {
    let district = try await TestDistrict()
    let file = district.folder.appending(path: "log")
    let log = try LineFile(addingTo: file.path)
    let clock = district.service.clock
    var logger = Logger(label: "test") { JSONLogHandler(label: $0, file: log, clock: clock) }
    logger[metadataKey: "request"] = "1"
    let site = Site(service: district.service, desk: district.desk)
    let application = Application(router: site.router(pages: PlainPages()), logger: logger)
    try await application.test(.router) { client in
      _ = try await Asker(client: client).get("/sessions/S-1?name=carter")
    }
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    #expect(!lines.isEmpty)
    for line in lines {
      let value = try JSONDecoder().decode(DecodedJSON.self, from: Data(line.utf8))
      #expect(value["message"] != .null)
      #expect(!line.contains("carter"))
    }
  }

  @Test func `a clock that starts at an instant runs on from there`() {
    let start = Date(timeIntervalSince1970: 1_000)
    let clock = DistrictClock.starting(at: start)
    let first = clock.instant
    let second = clock.instant
    #expect(first >= start && second >= first)
    #expect(first.timeIntervalSince(start) < 3_600)
  }

  @Test(arguments: [
    ("2026-11-23T23:59:59-06:00", "2026-11-23"), ("2026-11-24T00:00:00-06:00", "2026-11-24"),
    ("2026-11-23T23:59:59Z", "2026-11-23"), ("1969-12-31T23:00:00-06:00", "1969-12-31"),
    ("1969-12-31T00:00:00Z", "1969-12-31"),
  ])
  func `the day of a time is that of its own place`(time: String, day: String) throws {
    let time = try #require(OffsetDateTime(time))
    #expect(time.localDate.description == day)
  }
}
#endif
