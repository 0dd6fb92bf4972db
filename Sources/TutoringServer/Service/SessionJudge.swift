#if Server
import CEL
import Diagnostics
import Foundation
import PolicyEngine
import PolicyRemedies
import TutoringSessions

/// Decides sessions by the policies in force on a day, as one reader may see it.
struct SessionJudge {
  let taken: PolicyKeeper.Taken
  let now: OffsetDateTime
  /// Who reads.
  let actor: Actor

  /// The policies were taken, and it is this day now.
  var today: CivilDate { now.localDate }
  var policies: PolicySet { taken.policies }

  /// What a session has that the policies' vocabulary can't take.
  struct Unreadable: Error {
    let diagnostics: [Diagnostic]
  }

  /// The session as the policies read it.
  ///
  /// - Throws: `Unreadable` where some of it is not of the type that the vocabulary declares.
  func document(
    of record: SessionRecord, in surroundings: Surroundings
  ) throws(Unreadable) -> FactDocument {
    var diagnostics: [Diagnostic] = []
    let document = SessionDocument(of: record, in: surroundings)
      .read(by: policies.vocabulary.schema, into: &diagnostics)
    guard let document else { throw Unreadable(diagnostics: diagnostics) }
    return document
  }

  // MARK: - In a line

  /// What was worked out of a session, apart from the record itself.
  struct Finding: Sendable {
    var decisions: [SessionSummary.Decided] = []
    var reasons: [Reason] = []
    var nextStep: String?
    var deadline: (day: CivilDate, action: String)?
    var failure: String?
    var verdict: Verdict?
  }

  /// What the policies say of a session.
  ///
  /// - Parameters:
  ///   - record: The session.
  ///   - surroundings: The records that it refers to.
  ///   - remedies: Gives the ways out of the session as it is read.
  /// - Returns: What was found; a failure where the session can't be read.
  func finding(
    for record: SessionRecord, in surroundings: Surroundings,
    remedies: (FactDocument) -> Remedies
  ) -> Finding {
    var finding = Finding()
    do {
      let document = try document(of: record, in: surroundings)
      let explanation = policies.explain(document, today: today, decisions: nil, for: actor.viewer)
      finding.decisions = decided(in: explanation)
      finding.reasons = explanation.reasons
      finding.verdict = policies.decide(
        document, today: today, decisions: policies.defaultDecisions, for: .person(nil))
      guard !explanation.passes else { return finding }
      let lines = remedies(document).lines
      // The decision that counts in the end needs the others: what helps it helps them.
      let last = lines.last { line in
        finding.decisions.contains { $0.name == line.decision && $0.isFinal }
      }
      finding.nextStep = (last ?? lines.first)?.firstStep
      finding.deadline = deadline(in: finding.reasons, lines: lines)
    } catch {
      finding.failure = Self.sentence(for: error)
    }
    return finding
  }

  private func decided(in explanation: Explanation) -> [SessionSummary.Decided] {
    let needed = Set(explanation.decisions.flatMap(\.needs))
    return explanation.decisions.filter(\.isAskedFor).map { decision in
      SessionSummary.Decided(
        name: decision.name, title: decision.title, outcome: decision.outcome,
        word: decision.word, prospect: decision.prospect,
        isFinal: !needed.contains(decision.name))
    }
  }

  /// The next last day, with what to do until then.
  private func deadline(
    in reasons: [Reason], lines: [Remedies.Line]
  ) -> (day: CivilDate, action: String)? {
    let byRules = reasons.compactMap { reason in
      reason.kind == .violated
        ? reason.deadline.map { (day: $0, action: reason.fix ?? reason.title) } : nil
    }
    let byWays = lines.compactMap { line in line.until.map { (day: $0, action: line.firstStep) } }
    return (byRules + byWays).filter { $0.day >= today }.min { $0.day < $1.day }
  }

  /// A session that can't be decided, in a sentence.
  static func sentence(for error: Unreadable) -> String {
    let what = error.diagnostics.first.map { ": \($0.message)" } ?? ""
    return "The session can't be decided\(what)."
  }

  /// A session in a line.
  func summary(
    of record: SessionRecord, in surroundings: Surroundings, _ finding: Finding,
    schools: [String: String]
  ) -> SessionSummary {
    let deadline = finding.deadline.map { deadline in
      SessionSummary.Deadline(
        day: deadline.day, daysLeft: Int(today.days(until: deadline.day)), action: deadline.action)
    }
    let worst = finding.reasons.first { $0.kind == .violated }
    return SessionSummary(
      record: record, names: names(of: record, in: surroundings, schools: schools),
      decisions: finding.decisions,
      reason: finding.failure
        ?? (worst ?? finding.reasons.first { $0.kind == .undetermined })?.text,
      reasons: finding.reasons, nextStep: finding.nextStep, deadline: deadline,
      failure: finding.failure)
  }

  /// The words for what a record refers to.
  func names(
    of record: SessionRecord, in surroundings: Surroundings, schools: [String: String]
  ) -> RecordNames {
    RecordNames(
      tutor: surroundings.people[record.tutor]?.name ?? record.tutor,
      school: record.school.map { schools[$0] ?? $0 },
      group: record.group.map { surroundings.groups[$0]?.name ?? $0 },
      workOrder: record.workOrder.map { assignment in
        surroundings.workOrders[assignment.workOrder].map { label(of: $0) } ?? assignment.workOrder
      },
      students: Dictionary(
        record.encounters.map { ($0.student, $0.student) }, uniquingKeysWith: { first, _ in first }
      ).compactMapValues { id in
        surroundings.students[id].map { StudentCard($0, schools: schools) }
      })
  }

  /// A work order in words: what it is called, or its id, with the kind as the vocabulary words it.
  func label(of order: WorkOrderRecord) -> String {
    let type = policies.vocabulary.types.flatMap(\.facts).first { fact in
      if case .enumeration(let index) = fact.type {
        policies.vocabulary.enumerations[index].cases.contains { $0.value == order.kind }
      } else {
        false
      }
    }
    var words = order.kind
    if case .enumeration(let index)? = type?.type {
      words = policies.vocabulary.enumerations[index].label(of: order.kind) ?? order.kind
    }
    return "\(order.title ?? words) (\(order.id))"
  }

  // MARK: - Actions

  /// The decisions that are asked before an action makes one session of another: that of the action's name, and, for one
  /// that runs again, whether it may start.
  func questions(
    _ action: String, from before: SessionRecord?, to after: SessionRecord
  ) -> [String] {
    let start = SessionAction.startName
    let runsAgain = before.map { $0.stage != .active } == true && after.stage == .active
    return runsAgain && action != start ? [action, start] : [action]
  }

  /// What the policies say against the first of some actions that they refuse; nil where they allow all.
  func refusal(
    of actions: [String], for record: SessionRecord, in surroundings: Surroundings
  ) throws(ServiceError) -> Refusal? {
    for action in actions {
      if let refusal = try refusal(of: action, for: record, in: surroundings) { return refusal }
    }
    return nil
  }

  /// What the policies say against an action, for the session as it would be; nil where they allow it, or
  /// have no decision of the action's name.
  ///
  /// What they can't tell they don't allow.
  func refusal(
    of action: String, for record: SessionRecord, in surroundings: Surroundings
  ) throws(ServiceError) -> Refusal? {
    guard let index = policies.decisionIndex(named: action) else { return nil }
    let document: FactDocument
    do { document = try self.document(of: record, in: surroundings) } catch {
      throw .invalid([InputMistake("", Self.sentence(for: error))])
    }
    let verdict = policies.decide(document, today: today, decisions: [index])
    guard !verdict.passes else { return nil }
    let explanation = policies.explain(
      document, today: today, decisions: [index], for: actor.viewer)
    let remedies = taken.knowledge.remedies(
      for: document, today: today, decisions: [index], viewer: actor.viewer)
    let decision = policies.decisions[index]
    return Refusal(
      action: action, title: decision.title,
      word: explanation.decisions.first { $0.isAskedFor }?.word ?? decision.failWord,
      reasons: explanation.reasons.filter { $0.kind != .warning },
      waysOut: planner(for: record, document).waysOut(of: remedies) { _, _ in [] },
      isWithholding: explanation.isWithholding)
  }

  /// What turns changes of a session into actions.
  func planner(for record: SessionRecord, _ document: FactDocument) -> WayOutPlanner {
    WayOutPlanner(
      record: record, policies: policies, timeZone: taken.timeZone, now: now, today: today,
      names: { [policies, today] in policies.names(of: $0, in: document, today: today) },
      isOffice: actor.changesAllSessions)
  }
}

extension Remedies.Line {
  /// The first change, with how many come after it.
  fileprivate var firstStep: String {
    guard let first = changes.first, changes.count > 1 else { return line }
    return "\(first.prefix(1).uppercased())\(first.dropFirst()), and \(changes.count - 1) more."
  }
}

extension StudentCard {
  /// What everybody may know of a student's record.
  init(_ record: StudentRecord, schools: [String: String]) {
    self.init(
      id: record.id, name: record.name, school: record.school,
      schoolName: schools[record.school] ?? record.school)
  }
}
#endif
