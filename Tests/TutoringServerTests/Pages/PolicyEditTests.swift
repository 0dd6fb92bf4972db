#if Server
import CEL
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing
import TutoringSessions
import TutoringStore

@testable import TutoringServer

/// Policies that are changed in a browser: tried first, published then, by those who keep them.
@Suite struct PolicyEditTests {
  private static let file = "work-orders.yaml"
  private static let page = "/policies/edit?file=work-orders.yaml"
  private static let attempt = "/policies/edit/try"
  private static let publish = "/policies/edit/publish"

  /// A text in which a missing work order only warns.
  private static func onlyWarning(_ text: String) -> String {
    text.replacing(
      "    require: has(session.workOrder)\n",
      with: "    severity: warning\n    require: has(session.workOrder)\n")
  }

  private func text(of district: TestDistrict, _ file: String = file) throws -> String {
    try String(contentsOf: district.policies.appending(path: file), encoding: .utf8)
  }

  /// Proofs take several times as long without optimization, and other tests run beside.
  private func patient(_ district: TestDistrict) -> DistrictService {
    var service = district.service
    service.planLimits.proofs = .seconds(600)
    service.planLimits.replay = .seconds(600)
    return service
  }

  private func withPages(
    _ district: TestDistrict, as login: String = "paul", service: DistrictService? = nil,
    _ body: @escaping @Sendable (Asker) async throws -> Void
  ) async throws {
    let service = service ?? patient(district)
    let site = Site(service: service, desk: district.desk)
    let router = site.router(pages: DistrictPages(for: service))
    try await Application(router: router).test(.router) { client in
      try await body(try await Asker(client: client).signedIn(as: login))
    }
  }

  @Test func `a change is tried on policies, sessions and fixtures, and nothing is written`()
    async throws
  {
    let district = try await TestDistrict()
    for (from, to) in [
      ("policies/fixtures", "policies/fixtures"), ("Examples", "Examples"),
    ] {
      try FileManager.default.copyItem(
        at: packageRoot.appending(path: from), to: district.folder.appending(path: to))
    }
    let session = try await district.finishedSession()
    let before = try text(of: district)
    let digest = district.keeper.current.digest
    try await withPages(district) { paul in
      let overview = try await PageReading.open("/policies", paul)
      #expect(overview.main.contains("/policies/edit"))
      let page = try await PageReading.open(Self.page, paul)
      #expect(page.main.contains("require: has(session.workOrder)"))
      let tried = try await page.send(Self.attempt, ["text": Self.onlyWarning(before)])
      #expect(tried.status == .ok)
      let main = tried.main
      #expect(main.contains("What the change would do"))
      #expect(main.contains("rule has-work-order, changed"))
      #expect(main.contains("severity: <code>error → warning</code>"), "\(main)")
      #expect(main.contains("payment, fail to pass: 1 session, 1.0 h"), "\(main)")
      // Who keeps the policies is told of sessions by their ids alone.
      #expect(main.contains(session.id))
      #expect(!main.contains("/sessions/\(session.id)"))
      #expect(!main.contains("DeShawn"))
      #expect(main.contains("without a work order there is no pay"), "\(main)")
      #expect(main.contains("Publish work-orders.yaml"))
    }
    #expect(try text(of: district) == before)
    #expect(district.keeper.current.digest == digest)
    #expect(try await district.store.events(EventFilter(action: "publish"), limit: 1).isEmpty)
  }

  @Test func `mistakes are told at their line, beside the text as it was typed`() async throws {
    let district = try await TestDistrict()
    let mistaken = try text(of: district).replacing("{backfillDays}", with: "{backfilDays}")
    try await withPages(district) { paul in
      let page = try await PageReading.open(Self.page, paul)
      let tried = try await page.send(Self.attempt, ["text": mistaken])
      #expect(tried.status == .unprocessableContent)
      #expect(tried.main.contains("work-orders.yaml:31:76"), "\(tried.main)")
      #expect(tried.main.contains("did you mean &#39;backfillDays&#39;?"))
      #expect(!tried.main.contains(district.policies.path))
      #expect(tried.main.contains("{backfilDays} calendar days"))
      #expect(!tried.main.contains(Self.publish))
    }
  }

  @Test func `what was tried is published once, is in force at once, and is in the log`()
    async throws
  {
    let district = try await TestDistrict()
    let url = district.policies.appending(path: Self.file)
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: url.path)
    let before = try text(of: district)
    let old = district.keeper.current.digest
    try await withPages(district) { paul in
      let page = try await PageReading.open(Self.page, paul)
      // A browser sends its own line breaks.
      let sent = Self.onlyWarning(before).replacing("\n", with: "\r\n")
      let tried = try await page.send(Self.attempt, ["text": sent])
      var fields = try tried.form(to: Self.publish)
      fields["text"] = sent
      let done = try await tried.send(Self.publish, fields: fields)
      #expect(done.main.contains("work-orders.yaml was published."))
      let again = try await tried.send(Self.publish, fields: fields)
      #expect(again.status == .ok)
    }
    #expect(try text(of: district) == Self.onlyWarning(before))
    let permissions = try FileManager.default.attributesOfItem(atPath: url.path)
    #expect(permissions[.posixPermissions] as? Int == 0o640)
    let new = district.keeper.current.digest
    #expect(new != old)
    let events = try await district.store.events(EventFilter(action: "publish"), limit: 9)
    #expect(events.map(\.subject) == [Self.file])
    #expect(events.first?.kind == .policyFile)
    #expect(events.first?.person == "P-1")
    #expect(
      events.first?.changes == [
        FieldChange(path: ["digest"], before: .text(old), after: .text(new)),
        FieldChange(
          path: ["rule", "has-work-order", "severity"], before: .text("error"),
          after: .text("warning")),
      ])
    #expect(try await district.store.policyVersions().last?.person == "P-1")
    #expect(try await district.store.check() == [])
  }

  @Test func `nothing is written over what somebody else has changed`() async throws {
    let district = try await TestDistrict()
    let before = try text(of: district)
    try await withPages(district) { paul in
      let page = try await PageReading.open(Self.page, paul)
      let tried = try await page.send(Self.attempt, ["text": Self.onlyWarning(before)])
      var fields = try tried.form(to: Self.publish)
      fields["text"] = Self.onlyWarning(before)
      // Another file: the change was tried with what it said before.
      try district.rewritePolicies("attendance.yaml") { $0 + "# Looked at.\n" }
      let other = try await tried.send(Self.publish, fields: fields)
      #expect(other.status == .unprocessableContent)
      #expect(other.main.contains("The policies are not what they were"))
      #expect(other.main.contains("severity: warning"))
      // The same file.
      try district.rewritePolicies(Self.file) { $0 + "# Looked at.\n" }
      for address in [Self.publish, Self.attempt] {
        let same = try await tried.send(address, fields: fields)
        #expect(same.status == .unprocessableContent)
        #expect(same.main.contains("Somebody has changed work-orders.yaml since you opened it."))
      }
      // A text that was not tried.
      let fresh = try await PageReading.open(Self.page, paul)
      var untried = try fresh.form(to: Self.attempt)
      untried.merge(["text": "rules: []\n", "tried": fields["tried"] ?? ""]) { $1 }
      untried["request"] = "request-1"
      #expect(
        try await fresh.send(Self.publish, fields: untried).status == .unprocessableContent)
    }
    #expect(try text(of: district) == before + "# Looked at.\n")
    #expect(try await district.store.events(EventFilter(action: "publish"), limit: 1).isEmpty)
  }

  @Test(arguments: ["ana", "olga", "ada"])
  func `only those who keep the policies change them`(login: String) async throws {
    let district = try await TestDistrict()
    let before = try text(of: district)
    try await withPages(district, as: login) { asker in
      let page = try await asker.get(Self.page)
      #expect(page.status == .forbidden)
      #expect(try await !asker.get("/policies").text.contains("/policies/edit"))
      let form = [
        "file": Self.file, "text": "rules: []\n", "opened": "", "tried": "",
        "request": "request-1",
      ]
      for address in [Self.attempt, Self.publish] {
        #expect(try await asker.post(address, form: form).status == .forbidden)
      }
    }
    #expect(try text(of: district) == before)
  }

  @Test func `a form of another site, a file of elsewhere and a flood are refused`() async throws {
    let district = try await TestDistrict()
    try await withPages(district) { paul in
      let outside = try await paul.get("/policies/edit?file=..%2Fvocabulary.yaml")
      #expect(outside.status == .notFound)
      let form = ["file": Self.file, "text": "rules: []\n", "opened": "", "request": "request-1"]
      for address in [Self.attempt, Self.publish] {
        #expect(try await paul.post(address, form: form, token: "x").status == .forbidden)
        let elsewhere = form.merging(["file": "../data/district.sqlite"]) { $1 }
        #expect(try await paul.post(address, form: elsewhere).status == .notFound)
        let flood = form.merging(["text": String(repeating: "#", count: 3 << 20)]) { $1 }
        #expect(try await paul.post(address, form: flood).status == .contentTooLarge)
      }
    }
  }

  @Test func `what there was no time for is said`() async throws {
    let district = try await TestDistrict()
    for _ in 0..<3 { _ = try await district.finishedSession() }
    let before = try text(of: district)
    var hasty = district.service
    hasty.planLimits.proofs = .zero
    hasty.planLimits.replay = .zero
    hasty.planLimits.sessions = 1
    try await withPages(district, service: hasty) { [hasty] paul in
      let page = try await PageReading.open(Self.page, paul)
      let tried = try await page.send(Self.attempt, ["text": Self.onlyWarning(before)])
      #expect(tried.main.contains("is not settled"), "\(tried.main)")
      #expect(tried.main.contains("the time was up"))
      // Nobody tries two changes at a time: others are told, and keep what they typed.
      try await hasty.planWorker.alone {
        let busy = try await page.send(Self.attempt, ["text": Self.onlyWarning(before)])
        #expect(busy.status == .unprocessableContent)
        #expect(busy.main.contains("Another change is being tried"))
        #expect(busy.main.contains("severity: warning"))
      }
    }
  }
}
#endif
