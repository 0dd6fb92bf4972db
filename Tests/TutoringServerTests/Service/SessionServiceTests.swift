#if Server
import PolicyEngine
import CEL
import Foundation
import PolicyRendering
import Testing
import TutoringServer
import TutoringSessions
import TutoringStore

@Suite struct SessionServiceTests {
  @Test func `a session is started, held and ended, and told what is missing`() async throws {
    let district = try await TestDistrict()
    let session = try await district.finishedSession()
    #expect(session.stage == .finished)
    let details = try await district.service.session(session.id, for: district.ana)
    #expect(details.summary.needsAttention)
    #expect(details.summary.decisions.contains { $0.name == "payment" && $0.outcome == .fail })
    #expect(details.summary.reason?.contains("no work order") == true)
    let deadline = try #require(details.summary.deadline)
    #expect(deadline.day == CivilDate("2026-11-30"))
    #expect(deadline.daysLeft == 7)
    #expect(details.actions.contains("assign-work-order"))
    #expect(!details.actions.contains("end"))
  }

  @Test func `a second session is refused while one runs, with the way out`() async throws {
    let district = try await TestDistrict()
    let running = try await district.service.start(
      StartInput(), request: "request-1", by: district.ana)
    let error = await #expect(throws: ServiceError.self) {
      try await district.service.start(StartInput(), request: "request-2", by: district.ana)
    }
    guard case .refused(let refusal)? = error else {
      Issue.record("expected a refusal, got \(String(describing: error))")
      return
    }
    #expect(refusal.action == "start")
    #expect(refusal.reasons.map(\.rule) == ["no-other-active-session"])
    let way = try #require(refusal.waysOut.first)
    #expect(way.otherSession == running.id)
    #expect(way.isDoable)
    let form = try await district.service.newSessionForm(for: district.ana)
    #expect(form.active.map(\.id) == [running.id])
    #expect(!form.preview.isAllowed)
    #expect(form.workOrders.map(\.value) == ["WO-1", "WO-2"])
  }

  @Test func `a repeated request starts one session`() async throws {
    let district = try await TestDistrict()
    let first = try await district.service.start(
      StartInput(), request: "request-1", by: district.ana)
    let second = try await district.service.start(
      StartInput(), request: "request-1", by: district.ana)
    #expect(first == second)
  }

  @Test func `a change for an older version changes nothing`() async throws {
    let district = try await TestDistrict()
    let session = try await district.service.start(
      StartInput(), request: "request-1", by: district.ana)
    _ = try await district.service.perform(
      .timeIn(student: "S-1", at: session.start, facts: [:]), on: session.id,
      expecting: session.version, request: "request-2", by: district.ana)
    await #expect(throws: ServiceError.self) {
      try await district.service.perform(
        .delete, on: session.id, expecting: session.version, request: "request-3",
        by: district.ana)
    }
    #expect(try await district.store.session(session.id)?.stage == .active)
  }

  @Test func `a claim that nobody made is not made, and what happened stays open`() async throws {
    let district = try await TestDistrict()
    let session = try await district.service.start(
      StartInput(), request: "request-1", by: district.ana)
    let after = try await district.service.perform(
      .timeIn(student: "S-1", at: session.start, facts: [:]), on: session.id,
      expecting: session.version, request: "request-2", by: district.ana)
    let facts = try #require(after.encounters.first?.facts)
    #expect(facts[path: ["qualifiers", "remedial"]] == .bool(false))
    #expect(facts["remedialCriteria"] == .list([]))
    #expect(facts["activelyTutored"] == nil)
  }

  @Test func `a way out is taken by its button`() async throws {
    let district = try await TestDistrict()
    let session = try await district.finishedSession()
    let details = try await district.service.session(session.id, for: district.ana)
    let way = try #require(
      details.waysOut.first { $0.changes.map(\.path) == ["session.workOrder"] })
    #expect(way.isDoable)
    guard case .choice(let choices) = try #require(way.changes.first).input else {
      Issue.record("expected a choice of work orders")
      return
    }
    // Career Ladder would need a description and a goal: it is not offered for payment's own step.
    #expect(choices.map(\.value).contains("WO-1"))
    let after = try await district.service.takeWayOut(
      way.id, of: session.id, values: ["WO-1"], expecting: session.version, request: "request-9",
      by: district.ana)
    #expect(after.workOrder?.workOrder == "WO-1")
    #expect(after.workOrder?.assignedOn == CivilDate("2026-11-23"))
    let passed = try await district.service.session(session.id, for: district.ana)
    #expect(passed.summary.decisions.allSatisfy { $0.outcome == .pass })
    #expect(passed.waysOut.isEmpty)
    // Sent again, it does nothing and says the same.
    let again = try await district.service.takeWayOut(
      way.id, of: session.id, values: ["WO-1"], expecting: session.version, request: "request-9",
      by: district.ana)
    #expect(again == after)
  }

  @Test func `choices of a way out have the names that people use`() async throws {
    let district = try await TestDistrict()
    let session = try await district.finishedSession(
      workOrder: "WO-2", description: "Worked on fractions")
    let details = try await district.service.session(session.id, for: district.ana)
    let way = try #require(details.waysOut.first { $0.changes.map(\.path) == ["session.tags"] })
    guard case .choice(let choices) = try #require(way.changes.first).input else {
      Issue.record("expected a choice of tags")
      return
    }
    #expect(choices.first == WayOut.Choice(value: "cl-goal-1", label: "Career Ladder Goal 1"))
  }

  @Test func `a work order is refused once its week is over`() async throws {
    let district = try await TestDistrict()
    let session = try await district.finishedSession()
    district.hands.advance(bySeconds: 8 * 86_400)
    let error = await #expect(throws: ServiceError.self) {
      try await district.service.perform(
        .assignWorkOrder(.init(workOrder: "WO-1", assignedOn: CivilDate(daysSinceEpoch: 0))),
        on: session.id, expecting: session.version, request: "request-9", by: district.ana)
    }
    guard case .refused(let refusal)? = error else {
      Issue.record("expected a refusal")
      return
    }
    #expect(refusal.word == "no longer allowed")
    #expect(refusal.reasons.first?.facts.isEmpty == false)
    #expect(refusal.waysOut.isEmpty)
    #expect(try await district.store.session(session.id)?.workOrder == nil)
  }

  @Test func `tags wait for the end, and the lists of the policies come first`() async throws {
    let district = try await TestDistrict()
    let running = try await district.service.start(
      StartInput(), request: "request-1", by: district.ana)
    let form = try await district.service.tagsForm(running.id, for: district.ana)
    #expect(form.refusal?.word == "not allowed yet")
    #expect(form.choices.map(\.value).contains("cl-goal-1"))
    await #expect(throws: ServiceError.self) {
      try await district.service.perform(
        .tag(.init("cl-goal-1")), on: running.id, expecting: running.version,
        request: "request-2", by: district.ana)
    }
    let ended = try await district.service.perform(
      .end(at: district.now), on: running.id, expecting: running.version, request: "request-3",
      by: district.ana)
    let tagged = try await district.service.perform(
      .tag(.init("cl-goal-2")), on: ended.id, expecting: ended.version, request: "request-4",
      by: district.ana)
    let after = try await district.service.tagsForm(tagged.id, for: district.ana)
    #expect(after.refusal == nil)
    #expect(after.choices.first?.value == "cl-goal-2")
    #expect(after.choices.first?.isChosen == true)
  }

  @Test func `what is supposed changes nothing`() async throws {
    let district = try await TestDistrict()
    let session = try await district.finishedSession()
    var question = WhyQuestion()
    question.suppositions = ["date=2026-10-01"]
    let why = try await district.service.why(session.id, question, for: district.ana)
    #expect(why.report.whatIf != nil)
    #expect(why.waysOut.isEmpty)
    #expect(try await district.store.session(session.id) == session)
    question.suppositions = ["no such fact=1"]
    await #expect(throws: ServiceError.self) {
      try await district.service.why(session.id, question, for: district.ana)
    }
  }

  @Test func `the dashboard has the running session on top, then what needs something`()
    async throws
  {
    let district = try await TestDistrict()
    let paid = try await district.finishedSession(workOrder: "WO-1")
    district.hands.advance(bySeconds: 60)
    let unpaid = try await district.finishedSession()
    district.hands.advance(bySeconds: 60)
    let running = try await district.service.start(
      StartInput(), request: "request-1", by: district.ana)
    let dashboard = try await district.service.dashboard(for: district.ana)
    #expect(dashboard.active.map(\.id) == [running.id])
    #expect(dashboard.needingAttention.map(\.id) == [unpaid.id])
    #expect(dashboard.others.map(\.id) == [paid.id])
    var filter = DashboardFilter()
    filter.rule = "has-work-order"
    let filtered = try await district.service.dashboard(filter, for: district.olga)
    #expect(filtered.needingAttention.map(\.id) == [unpaid.id])
    #expect(filtered.others.isEmpty)
    let other = try await district.service.dashboard(for: district.ben)
    #expect(other.active.isEmpty && other.needingAttention.isEmpty && other.others.isEmpty)
  }
}
#endif
