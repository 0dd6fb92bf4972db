#if Server
import CEL
import PolicyEngine
import PolicyRemedies
import Synchronization
package import TutoringSessions
import TutoringStore

extension DistrictService {
  /// Does an action to a session.
  ///
  /// - Parameters:
  ///   - action: What is to happen.
  ///   - id: The session's id.
  ///   - version: The version that the person saw.
  ///   - request: Names the form that was sent; sent again, it does nothing and gives the session as it is.
  ///   - actor: Who does it.
  /// - Returns: The session as it is now.
  /// - Throws: `ServiceError`, with what the policies say where they refuse it.
  @discardableResult
  package func perform(
    _ action: SessionAction, on id: String, expecting version: Int, request: String,
    by actor: Actor
  ) async throws -> SessionRecord {
    try await perform([action], on: id, expecting: version, request: request, by: actor)
  }

  /// Does several actions to a session, all or none.
  @discardableResult
  package func perform(
    _ actions: [SessionAction], on id: String, expecting version: Int, request: String,
    by actor: Actor
  ) async throws -> SessionRecord {
    try await perform(on: id, expecting: version, request: request, by: actor) { _ in actions }
  }

  /// Does what follows from a session as it is.
  @discardableResult
  package func perform(
    on id: String, expecting version: Int, request: String, by actor: Actor,
    _ makeActions: @Sendable @escaping (SessionRecord) throws -> [SessionAction]
  ) async throws -> SessionRecord {
    let judge = judge(for: actor)
    guard id.utf8.count <= 100 else { throw ServiceError.notFound }
    // What is asked for is known once the session is; before that there is nothing to count.
    let asked = Mutex<String?>(nil)
    return try await counted(asked.withLock(\.self)) {
      try await store.perform(
        on: id, expecting: version, request: try checked(request), by: actor.person,
        at: judge.now, deciding: deciding(judge)
      ) { record, lookups in
        try requireChange(of: record, by: actor)
        let actions = try makeActions(record)
        asked.withLock { $0 = actions.map(\.name).joined(separator: " ") }
        return try actions.map { try checked($0, on: record, judge, lookups) }
      }.session
    }
  }

  /// What the policies would say of an action, and of the session after it.
  package func preview(
    _ action: SessionAction, on id: String, for actor: Actor
  ) async throws -> Preview {
    let judge = judge(for: actor)
    let (record, _) = try await visibleSession(id, to: actor)
    try requireChange(of: record, by: actor)
    let checked = try await store.look { lookups in
      try self.checked(action, on: record, judge, lookups)
    }
    do {
      let after = try SessionLife.applying(checked, to: record)
      let surroundings = try await store.surroundings(of: [after])
      return try preview(
        judge.questions(checked.name, from: record, to: after), after, in: surroundings, judge)
    } catch let refusal as LifeRefusal {
      return Preview(record: record, refusal: nil, obstacle: refusal, reasons: [], document: nil)
    }
  }

  /// What the policies would say of a session as it would be.
  func preview(
    _ actions: [String], _ record: SessionRecord, in surroundings: Surroundings,
    _ judge: SessionJudge
  ) throws -> Preview {
    let refusal = try judge.refusal(of: actions, for: record, in: surroundings)
    let document = try? judge.document(of: record, in: surroundings)
    let explanation = document.map {
      judge.policies.explain($0, today: judge.today, decisions: nil, for: judge.actor.viewer)
    }
    return Preview(
      record: record, refusal: refusal, obstacle: nil, reasons: explanation?.reasons ?? [],
      document: document)
  }

  /// Does what a way out of a session says, decided again.
  ///
  /// - Parameters:
  ///   - way: The id of the way out.
  ///   - id: The session's id.
  ///   - values: What was entered for each of its changes.
  ///   - version: The version of the session that the person saw.
  ///   - request: Names the form that was sent.
  ///   - decision: The decision that it was offered for.
  ///   - actor: Who does it.
  /// - Returns: The session that was changed, which may be another one of the tutor's.
  /// - Throws: `ServiceError.notFound` for a way out that there is not (any more), else as `perform` does.
  package func takeWayOut(
    _ way: String, of id: String, values: [String?], expecting version: Int, request: String,
    for decision: String? = nil, by actor: Actor
  ) async throws -> SessionRecord {
    let judge = judge(for: actor)
    let (record, surroundings) = try await visibleSession(id, to: actor)
    try requireChange(of: record, by: actor)
    // A repeated form finds the way out gone, since it was taken: it is answered by what it did.
    if try await isDone(request, by: actor) { return record }
    guard record.version == version else { throw ServiceError.changedMeanwhile(record) }
    let decisions = try decision.map { name -> [Int] in
      guard let index = judge.policies.decisionIndex(named: name) else {
        throw ServiceError.notFound
      }
      return [index]
    }
    guard let document = try? judge.document(of: record, in: surroundings) else {
      throw ServiceError.notFound
    }
    // The page that offered it has found the ways out of all decisions already.
    let remedies =
      decisions.map {
        judge.taken.knowledge.remedies(
          for: document, today: judge.today, decisions: $0, viewer: actor.viewer)
      } ?? remedies(for: document, of: record, in: surroundings, judge)
    let steps = try judge.planner(for: record, document).steps(
      for: way, values: values, of: remedies)
    // Another session is ended before this one is changed, by a request of its own.
    var changed = record
    for step in steps where step.session != id {
      let other = try await visibleSession(step.session, to: actor).session
      changed = try await perform(
        step.action, on: step.session, expecting: other.version,
        request: "\(request)/\(step.session)", by: actor)
    }
    let own = steps.filter { $0.session == id }.map(\.action)
    guard !own.isEmpty else { return changed }
    return try await perform(own, on: id, expecting: version, request: request, by: actor)
  }

  /// Whether somebody has lately done something by a form, to this session or for it to another.
  private func isDone(_ request: String, by actor: Actor) async throws -> Bool {
    try await store.events(EventFilter(kind: .session, person: actor.person), limit: 50)
      .contains { $0.request == request || $0.request?.hasPrefix(request + "/") == true }
  }

  // MARK: - Checks

  /// An action as somebody may ask for it: what it refers to exists, and what it enters is theirs to enter.
  private func checked(
    _ action: SessionAction, on record: SessionRecord, _ judge: SessionJudge, _ lookups: Lookups
  ) throws -> SessionAction {
    let rights = FactRights(judge)
    var mistakes: [InputMistake] = []
    var action = action
    switch action {
    case .timeIn(let student, let time, let facts):
      if try !lookups.hasStudent(student) {
        mistakes.append(InputMistake("student", "There is no such student."))
      }
      mistakes += rights.mistakes(inEncounter: facts, since: [:])
      action = .timeIn(student: student, at: time, facts: rights.withClaimsNotMade(facts))
    case .editEncounter(let id, let edit):
      let before = record.encounters.first { $0.id == id }?.facts ?? [:]
      mistakes += rights.mistakes(inEncounter: edit.facts, since: before)
    case .edit(let edit):
      mistakes += rights.mistakes(
        in: edit.facts, since: record.facts,
        ofDocument: judge.policies.vocabulary.documentType)
      if let school = edit.school, school != record.school,
        try !lookups.schools().contains(where: { $0.id == school })
      {
        mistakes.append(InputMistake("school", "There is no such school."))
      }
    case .assignWorkOrder(let assignment):
      let orders = try lookups.workOrders(for: record.tutor, on: record.date)
      if !orders.contains(where: { $0.id == assignment.workOrder }) {
        mistakes.append(
          InputMistake("workOrder", "The tutor has no such work order on the day of the session."))
      }
      // The day is today, whatever a form says.
      action = .assignWorkOrder(
        .init(workOrder: assignment.workOrder, assignedOn: judge.today))
    case .tag(let tag):
      let text = tag.value
      if text.allSatisfy(\.isWhitespace) || text.utf8.count > 200 {
        mistakes.append(InputMistake("tag", "A tag has between one and 200 characters."))
      }
    case .export:
      // An export is made of many sessions at once, and freezes what was decided of each.
      throw ServiceError.notAllowed
    case .correct(let reason, let actions):
      guard judge.actor.changesAllSessions else { throw ServiceError.notAllowed }
      action = .correct(
        reason: reason, try actions.map { try checked($0, on: record, judge, lookups) })
    case .timeOut, .removeEncounter, .restoreEncounter, .end, .reopen, .untag, .delete, .restore:
      break
    }
    guard mistakes.isEmpty else { throw ServiceError.invalid(mistakes) }
    return action
  }

  /// The id of a form, such as a UUID.
  func checked(_ request: String) throws(ServiceError) -> String {
    let isPlain = request.utf8.allSatisfy { byte in
      (UInt8(ascii: "!")...UInt8(ascii: "~")).contains(byte)
    }
    guard isPlain, (8...200).contains(request.utf8.count) else {
      throw .invalid([InputMistake("request", "The id of the request is missing.")])
    }
    return request
  }

  /// What decides in the middle of a change: the decision of the action's name, for the session after it.
  ///
  /// A change that makes a session one that can't be decided is refused too.
  func deciding(_ judge: SessionJudge) -> TutoringStore.Deciding {
    { proposal in
      let questions = judge.questions(
        proposal.action, from: proposal.before, to: proposal.session)
      let indexes = questions.compactMap { judge.policies.decisionIndex(named: $0) }
      let clock = ContinuousClock()
      let start = clock.now
      do throws(SessionJudge.Unreadable) {
        let document = try judge.document(of: proposal.session, in: proposal.surroundings)
        guard !indexes.isEmpty else { return }
        let verdict = judge.policies.decide(
          document, today: judge.today, decisions: indexes, for: .person(nil))
        note(verdict, by: judge, took: clock.now - start)
        if verdict.passes { return }
      } catch {
        // One that could not be decided before may go on as it is, where no decision has to be asked.
        let wasReadable =
          proposal.before.map { before in
            (try? judge.document(of: before, in: proposal.surroundings)) != nil
          } ?? true
        guard wasReadable || !indexes.isEmpty else { return }
        throw ServiceError.invalid([InputMistake("facts", SessionJudge.sentence(for: error))])
      }
      if let refusal = try judge.refusal(
        of: questions, for: proposal.session, in: proposal.surroundings)
      {
        throw ServiceError.refused(refusal)
      }
    }
  }

  /// Does something with the store, counts how it ended, and says errors in the service's words.
  ///
  /// What it is called is asked for in the end; nil is not counted.
  func counted<Value>(
    _ action: @autoclosure () -> String?, _ body: () async throws -> Value
  ) async throws -> Value {
    func count(_ outcome: String) {
      guard let action = action() else { return }
      metrics.count(.actions, ["action": action, "outcome": outcome])
    }
    do {
      let value = try await body()
      count("done")
      return value
    } catch {
      let told = Self.told(error)
      count(Self.outcome(of: told))
      throw told
    }
  }

  private static func told(_ error: any Error) -> any Error {
    switch error {
    case let error as StaleChange: ServiceError.changedMeanwhile(error.current)
    case let error as LifeRefusal: ServiceError.impossible(error, session: nil)
    case StoreError.missing: ServiceError.notFound
    case StoreError.requestReused:
      ServiceError.invalid([
        InputMistake(
          "request", "The form was sent before with something else in it. Open it again.")
      ])
    case StoreError.nulCharacter:
      ServiceError.invalid([InputMistake("", "A text has a character that can't be kept.")])
    default: error
    }
  }

  private static func outcome(of error: any Error) -> String {
    switch error {
    case ServiceError.refused: "refused"
    case ServiceError.changedMeanwhile: "changed-meanwhile"
    case ServiceError.impossible: "impossible"
    case ServiceError.invalid: "invalid"
    case ServiceError.notFound, ServiceError.notAllowed: "not-allowed"
    default: "failed"
    }
  }
}
#endif
