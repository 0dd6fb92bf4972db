#if Server
import Foundation
import Testing
import TutoringSessions
import TutoringStore

@testable import TutoringServer

/// Every page, in light and dark colours, on a phone and on a desk: without obstacles, and as pictures.
@Suite(
  .enabled(if: BrowserPrograms.areThere, "chromium and chromedriver are not installed"),
  .serialized, .timeLimit(.minutes(15)))
struct AccessibilityTests {
  /// Sessions in every stage of their lives, and the addresses of all pages that show them.
  private static func fill(_ district: TestDistrict) async throws -> [(name: String, path: String)]
  {
    let unpaid = try await district.finishedSession()
    let ladder = try await district.finishedSession(
      workOrder: "WO-2", description: "Worked on factoring quadratics")
    let wrong = try await district.finishedSession(workOrder: "WO-1")
    let claimed = try await district.service.perform(
      .editEncounter(
        1,
        EncounterEdit(
          arrived: wrong.start, departed: wrong.end,
          facts: wrong.encounters[0].facts.merging([
            "qualifiers": .object([
              "remedial": .bool(true), "homebound": .bool(true), "detention": .bool(false),
              "creditRecovery": .bool(false),
            ]), "remedialCriteria": .list([.text("grade-d-or-f")]),
          ]) { $1 })), on: wrong.id, expecting: wrong.version, request: UUID().uuidString,
      by: district.ana)
    let deleted = try await district.finishedSession()
    _ = try await district.service.perform(
      .delete, on: deleted.id, expecting: deleted.version, request: UUID().uuidString,
      by: district.ana)
    let active = try await district.service.start(
      StartInput(group: "G-1", workOrder: "WO-1"), request: UUID().uuidString, by: district.ana)
    let timedIn = try await district.service.perform(
      .timeIn(student: "S-1", at: active.start, facts: [:]), on: active.id,
      expecting: active.version, request: UUID().uuidString, by: district.ana)
    let second = try await district.service.perform(
      .timeIn(student: "S-2", at: active.start, facts: [:]), on: active.id,
      expecting: timedIn.version, request: UUID().uuidString, by: district.ana)
    _ = try await district.service.perform(
      .removeEncounter(2), on: active.id, expecting: second.version, request: UUID().uuidString,
      by: district.ana)
    district.hands.advance(bySeconds: 2_820)
    try district.addFormats()
    _ = try await district.finishedSession(workOrder: "WO-9", by: district.ben)
    let export = try await district.service.exportPayroll(
      PayrollQuestion(), expecting: nil, request: UUID().uuidString, by: district.olga)
    #expect(export.sessions > 0)
    return [
      ("dashboard", "/"), ("dashboard-deleted", "/?show=deleted"), ("new-session", "/sessions/new"),
      ("session-active", Address.session(active.id)), ("end", Address.session(active.id, "end")),
      ("encounter", Address.encounter(1, of: active.id)),
      ("encounter-claims", Address.encounter(1, of: claimed.id)),
      ("session-finished-unpaid", Address.session(unpaid.id)),
      ("session-finished-ladder", Address.session(ladder.id)),
      ("session-finished-wrong", Address.session(claimed.id)),
      ("session-deleted", Address.session(deleted.id)),
      ("tags", Address.session(ladder.id, "tags")),
      ("edit-session", Address.session(ladder.id, "edit")),
      ("why-unpaid", Address.session(unpaid.id, "why")),
      ("why-wrong", Address.session(claimed.id, "why")), ("policies", "/policies"),
      ("not-found", "/sessions/none"),
    ]
  }

  @Test func `no page has an obstacle, in any colours and any width`() async throws {
    try await BrowserDistrict.run { served in
      let pages = try await Self.fill(served.district)
      let exported = try await served.district.store.rows(ofExport: 1).first?.session ?? ""
      let axe = try BrowserPrograms.axe.map { try String(contentsOfFile: $0, encoding: .utf8) }
      try await served.browse { browser in
        try await browser.go("/sign-in")
        try await look(browser, "sign-in", axe)
        try await Person(browser: browser, manner: .mouse).signIn("ana")
        for page in pages {
          try await browser.go(page.path)
          try await look(browser, page.name, axe)
        }
        try await browser.click("Sign out")
        try await Person(browser: browser, manner: .mouse).signIn("ada")
        for (name, path) in [("audit", "/audit"), ("dashboard-auditor", "/")] {
          try await browser.go(path)
          try await look(browser, name, axe)
        }
        try await browser.click("Sign out")
        try await Person(browser: browser, manner: .mouse).signIn("olga")
        let office = [
          ("payroll", "/office/payroll"), ("exports", "/office/exports"),
          ("export", "/office/exports/1"),
          ("exported-session", Address.exported(exported, with: 1)),
          ("report", "/office/report"), ("report-number", "/office/report/sessions?by=0"),
          ("correct", Address.correction(of: exported)), ("rosters", "/office/rosters"),
        ]
        for (name, path) in office {
          try await browser.go(path)
          try await look(browser, name, axe)
        }
        try await browser.click("Sign out")
        try await lookAtEditing(browser, axe)
      }
    }
  }

  /// The page on which policies are changed: as it is opened, with a mistake, and with what a change would do.
  private func lookAtEditing(_ browser: Browser, _ axe: String?) async throws {
    let policyKeeper = Person(browser: browser, manner: .mouse)
    try await policyKeeper.signIn("paul")
    let address = "/policies/edit?file=work-orders.yaml"
    try await browser.go(address)
    try await look(browser, "policy-edit", axe)
    for (name, change) in [("mistake", "severity: wrong"), ("plan", "severity: warning")] {
      try await browser.go(address)
      try await browser.run(
        """
        const it = document.querySelector("#policy-text");
        it.value = it.value.replace("require: has(", arguments[0] + "\\n    require: has(");
        """, [change])
      try await policyKeeper.press("Try this change")
      try await browser.waitFor(name == "plan" ? "What the change would do" : "has a mistake")
      try await look(browser, "policy-edit-\(name)", axe)
    }
  }

  @Test func `why prints on one sheet`() async throws {
    try await BrowserDistrict.run { served in
      let pages = try await Self.fill(served.district)
      try await served.browse { browser in
        try await Person(browser: browser, manner: .mouse).signIn("ana")
        for page in pages where page.name.hasPrefix("why") {
          try await browser.go(page.path)
          #expect(try await browser.printedPages(page.name) == 1)
        }
      }
    }
  }

  func look(_ browser: Browser, _ name: String, _ axe: String?) async throws {
    for (width, isDark) in [(1280, false), (1280, true), (360, false), (360, true)] {
      try await browser.show(width: width, isDark: isDark)
      let look = "\(name)-\(width)-\(isDark ? "dark" : "light")"
      try await browser.picture(look)
      let overflow = try await browser.run(
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth")
      #expect(overflow as? Int == 0, "\(look) is wider than its window")
      let small = try await browser.run(Self.smallTargets)
      #expect((small as? [String] ?? []).isEmpty, "\(look): \(small)")
      guard let axe else { continue }
      try await browser.run(axe + "\nreturn true")
      let found = try await browser.runAsync(
        """
        const done = arguments[arguments.length - 1];
        axe.run().then(result => done(result.violations.map(it =>
          it.id + ": " + it.help + "\\n  " + it.nodes.map(node => node.html).join("\\n  "))));
        """)
      #expect((found as? [String] ?? ["axe did not run"]).isEmpty, "\(look): \(found)")
    }
  }

  /// What can be pressed and is smaller than a finger needs; links within a sentence may be.
  private static let smallTargets = """
    return [...document.querySelectorAll("button, select, summary, .button, .bar a, .filters a, \\
    .list .title, .choice, input:not([type=hidden], [type=radio], [type=checkbox])")]
      .filter(it => it.offsetParent && !it.classList.contains("skip"))
      .filter(it => { const box = it.getBoundingClientRect(); return box.height < 43.5 || box.width < 43.5 })
      .map(it => it.outerHTML.slice(0, 120));
    """
}
#endif
