#if Server
import CEL
import Foundation
import Synchronization
import TestSupport
import Testing
import TutoringServer
import TutoringSessions
import TutoringStore

/// A small district in a folder of its own, with a clock that stands still until it is set.
///
/// Ana (T-1) and Ben (T-2) are tutors at Truman High, Olga is in the office, Paul keeps the policies, Ada
/// audits. Group G-1 is Ana's. It is Monday, 23 November 2026, 15:00 in Chicago.
final class TestDistrict: Sendable {
  /// The clock's time.
  final class Hands: Sendable {
    private let time: Mutex<Date>

    init(_ date: Date) { time = Mutex(date) }

    var now: Date { time.withLock { $0 } }

    func advance(bySeconds seconds: Double) { time.withLock { $0 += seconds } }
  }

  static let password = "correct horse battery"

  let folder: URL
  let policies: URL
  let store: TutoringStore
  let keeper: PolicyKeeper
  let hands: Hands
  let service: DistrictService
  let desk: SignInDesk
  let metrics = Metrics()
  let decisionLog: URL

  let ana = Actor(person: "T-1", name: "Ana Ruiz", roles: [.tutor])
  let ben = Actor(person: "T-2", name: "Ben Ode", roles: [.tutor])
  let olga = Actor(person: "O-1", name: "Olga Sand", roles: [.office])
  let paul = Actor(person: "P-1", name: "Paul Grey", roles: [.administrator])
  let ada = Actor(person: "A-1", name: "Ada Lind", roles: [.auditor])

  init(proxy: SignInDesk.ProxyHeader? = nil) async throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "district-\(UUID().uuidString)")
    policies = folder.appending(path: "policies")
    try FileManager.default.createDirectory(at: policies, withIntermediateDirectories: true)
    let shipped = packageRoot.appending(path: "policies")
    for file in try FileManager.default.contentsOfDirectory(atPath: shipped.path)
    where file.hasSuffix(".yaml") {
      try FileManager.default.copyItem(
        at: shipped.appending(path: file), to: policies.appending(path: file))
    }
    let start = try #require(OffsetDateTime("2026-11-23T15:00:00-06:00"))
    let hands = Hands(Date(timeIntervalSince1970: Double(start.timestamp.seconds)))
    self.hands = hands
    let clock = DistrictClock { hands.now }
    store = try await TutoringStore.open(folder: folder.appending(path: "data").path)
    keeper = try PolicyKeeper(folder: policies.path, clock: clock)
    decisionLog = folder.appending(path: "decisions.ndjson")
    service = DistrictService(
      store: store, keeper: keeper, clock: clock, metrics: metrics,
      decisionLog: DecisionLog(try LineFile(addingTo: decisionLog.path)))
    desk = SignInDesk(
      store: store, clock: clock, worker: PasswordWorker(logRounds: 2), metrics: metrics,
      proxy: proxy)
    try await fill()
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  var now: OffsetDateTime { service.clock.now(in: keeper.current.timeZone) }

  private func fill() async throws {
    for school in [
      SchoolRecord(id: "truman", name: "Truman High"),
      SchoolRecord(id: "bridger", name: "Bridger Middle"),
    ] {
      try await save(school)
    }
    let hash = try PasswordHash(of: Self.password, logRounds: 2).text
    for (actor, login) in [
      (ana, "ana"), (ben, "ben"), (olga, "olga"), (paul, "paul"), (ada, "ada"),
    ] {
      try await save(
        PersonRecord(
          id: actor.person, name: actor.name, login: login, roles: actor.roles,
          approvedSchools: actor.has(.tutor) ? ["truman"] : []))
      try await store.setPasswordHash(
        hash, of: actor.person, request: UUID().uuidString, by: nil, at: now)
    }
    let noRecord: [String: FactValue] = [
      "readingImprovementPlan": .bool(false), "grades": .list([]), "stateAssessments": .list([]),
      "districtAssessments": .list([]),
    ]
    try await save(
      StudentRecord(
        id: "S-1", firstName: "DeShawn", lastName: "Carter", school: "truman", facts: noRecord))
    try await save(
      StudentRecord(
        id: "S-2", firstName: "Lena", lastName: "Moss", school: "bridger",
        facts: noRecord.merging([
          "grades": .list([.object(["subject": .text("algebra"), "grade": .text("F")])])
        ]) { $1 }))
    try await save(
      GroupRecord(id: "G-1", name: "Algebra lab", tutor: "T-1", members: ["S-1", "S-2"]))
    try await save(
      WorkOrderRecord(id: "WO-1", kind: "tutoring", activity: "tutoring", tutor: "T-1"))
    try await save(
      WorkOrderRecord(id: "WO-2", kind: "career-ladder", activity: "tutoring", tutor: "T-1"))
    try await save(
      WorkOrderRecord(id: "WO-9", kind: "tutoring", activity: "tutoring", tutor: "T-2"))
  }

  @discardableResult
  func save<Record: StoredRecord>(_ record: Record) async throws -> Record {
    try await store.save(record, request: UUID().uuidString, by: nil, at: now)
  }

  /// A session of Ana's with DeShawn in it that has ended, an hour long, without a work order.
  func finishedSession(
    workOrder: String? = nil, description: String? = nil, by tutor: Actor? = nil
  ) async throws -> SessionRecord {
    let tutor = tutor ?? ana
    let session = try await service.start(
      StartInput(description: description, workOrder: workOrder),
      request: UUID().uuidString, by: tutor)
    let tutored: [String: FactValue] = [
      "activelyTutored": .bool(true), "creditRecoveryMaterial": .bool(false),
    ]
    let timedIn = try await service.perform(
      .timeIn(student: "S-1", at: session.start, facts: tutored), on: session.id,
      expecting: session.version, request: UUID().uuidString, by: tutor)
    hands.advance(bySeconds: 3_600)
    return try await service.perform(
      .end(at: now), on: session.id, expecting: timedIn.version, request: UUID().uuidString,
      by: tutor)
  }

  /// Rewrites a policy file, and has it looked at until it has been taken or refused.
  func rewritePolicies(_ file: String, _ change: (String) -> String) throws {
    let url = policies.appending(path: file)
    try change(String(contentsOf: url, encoding: .utf8))
      .write(to: url, atomically: true, encoding: .utf8)
    keeper.look()
    keeper.look()
  }
}
#endif
