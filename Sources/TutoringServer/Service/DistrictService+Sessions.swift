#if Server
import CEL
import Diagnostics
import PolicyEngine
import PolicyRemedies
import TutoringSessions
package import TutoringStore

extension DistrictService {
  /// All that a page about one session shows.
  package func session(_ id: String, for actor: Actor) async throws -> SessionDetails {
    let judge = judge(for: actor)
    let (record, surroundings) = try await visibleSession(id, to: actor)
    let schools = try await schoolNames()
    let summary = judge.summary(
      of: record, in: surroundings, finding(for: record, in: surroundings, judge),
      schools: schools)
    var waysOut: [WayOut] = []
    var outlook: [SessionDetails.Outlook] = []
    if let document = try? judge.document(of: record, in: surroundings),
      !summary.decisions.allSatisfy({ $0.outcome == .pass })
    {
      let remedies = remedies(for: document, of: record, in: surroundings, judge)
      outlook = remedies.lines.map {
        .init(decision: $0.decision, title: $0.title, line: $0.line, until: $0.until)
      }
      if (try? requireChange(of: record, by: actor)) != nil {
        let orders = try await assignable(to: record, in: surroundings, judge)
        waysOut = judge.planner(for: record, document).waysOut(of: remedies) { step, _ in
          orders.choices(solving: step.problems.map(\.rule))
        }
      }
    }
    var members: [StudentRecord] = []
    if let group = record.group { members = try await store.members(ofGroup: group) }
    let (actions, refusals) = try possibleActions(on: record, in: surroundings, judge)
    return SessionDetails(
      summary: summary, policies: judge.taken, today: judge.today, now: judge.now,
      waysOut: waysOut, outlook: outlook,
      groupMembers: members.map { StudentCard($0, schools: schools) }, actions: actions,
      refusals: refusals, document: try? judge.document(of: record, in: surroundings))
  }

  /// The actions whose names have a meaning for a session as it is: what its life allows, without those that
  /// the policies refuse, which are given with why.
  private func possibleActions(
    on record: SessionRecord, in surroundings: Surroundings, _ judge: SessionJudge
  ) throws -> (actions: Set<String>, refusals: [String: Refusal]) {
    guard (try? requireChange(of: record, by: judge.actor)) != nil else { return ([], [:]) }
    let names: Set<String>
    switch record.stage {
    case .active:
      names = [
        "time-in", "time-out", "edit-encounter", "remove-encounter", "restore-encounter", "end",
        "edit", "assign-work-order", "tag", "untag", "delete",
      ]
    case .finished:
      names = [
        "time-in", "edit-encounter", "remove-encounter", "restore-encounter", "reopen", "edit",
        "assign-work-order", "tag", "untag", "delete",
      ]
    case .exported: names = judge.actor.changesAllSessions ? ["correct"] : []
    case .deleted: names = ["restore"]
    }
    var refusals: [String: Refusal] = [:]
    for name in names {
      let after = Self.runningAgain(name, record) ?? record
      refusals[name] = try judge.refusal(
        of: judge.questions(name, from: record, to: after), for: after, in: surroundings)
    }
    return (names.subtracting(refusals.keys), refusals)
  }

  /// The session after an action that lets it run again; nil for other actions.
  private static func runningAgain(_ action: String, _ record: SessionRecord) -> SessionRecord? {
    let again: [SessionAction] = [.restore, .reopen]
    return again.first { $0.name == action }.flatMap { try? SessionLife.applying($0, to: record) }
  }

  // MARK: - Work orders that would do

  /// The work orders that could be assigned to a session, with the rules that would stand in the way then.
  struct Assignable {
    let orders: [(choice: WayOut.Choice, violated: Set<String>)]

    /// Those with which none of some rules stands in the way any more.
    func choices(solving rules: [String]) -> [WayOut.Choice] {
      orders.filter { $0.violated.isDisjoint(with: rules) }.map(\.choice)
    }
  }

  /// Each work order that the tutor may use is tried: the session is decided as it would be with it.
  private func assignable(
    to record: SessionRecord, in surroundings: Surroundings, _ judge: SessionJudge
  ) async throws -> Assignable {
    let orders = try await store.workOrders(for: record.tutor, on: record.date)
      .filter { $0.id != record.workOrder?.workOrder }
    return Assignable(
      orders: orders.compactMap { order in
        let assignment = SessionRecord.Assignment(
          workOrder: order.id, assignedOn: judge.today)
        guard let after = try? SessionLife.applying(.assignWorkOrder(assignment), to: record)
        else { return nil }
        var around = surroundings
        around.workOrders[order.id] = order
        guard let document = try? judge.document(of: after, in: around) else { return nil }
        let verdict = judge.policies.decide(document, today: judge.today)
        return (
          WayOut.Choice(value: order.id, label: judge.label(of: order)),
          Set((verdict.violated + verdict.undetermined).map(\.rule))
        )
      })
  }

  // MARK: - Tags

  /// What the dialog for tags offers.
  package func tagsForm(_ id: String, for actor: Actor) async throws -> TagsForm {
    let judge = judge(for: actor)
    let (record, surroundings) = try await visibleSession(id, to: actor)
    let uses = try await store.popularTags(of: record.tutor, limit: 200)
    let document = try? judge.document(of: record, in: surroundings)
    let path = AttributePath(
      root: judge.policies.vocabulary.documentName, steps: [.field("tags")])
    let listed =
      document.map {
        judge.policies.choices(of: path, in: $0, today: judge.today, for: actor.viewer).all
      } ?? []
    var choices: [TagsForm.Choice] = listed.compactMap { choice in
      guard case .string(let value) = choice.value else { return nil }
      return TagsForm.Choice(
        value: value, label: choice.name,
        uses: uses.first { $0.tag.value == value && !$0.tag.isOwn }?.uses ?? 0,
        isChosen: record.tags.contains { $0.value == value })
    }
    // Sorting is stable here: what is used equally often stays in the order of the list.
    choices = choices.enumerated().sorted {
      ($1.element.uses, $0.offset) < ($0.element.uses, $1.offset)
    }.map(\.element)
    let known = Set(choices.map(\.value))
    let used = uses.filter { !known.contains($0.tag.value) }
    let own =
      used.map(\.tag.value)
      + record.tags.map(\.value).filter { tag in
        !known.contains(tag) && !used.contains { $0.tag.value == tag }
      }
    return TagsForm(
      choices: choices,
      own: own.map { value in
        TagsForm.Choice(
          value: value, label: value, uses: uses.first { $0.tag.value == value }?.uses ?? 0,
          isChosen: record.tags.contains { $0.value == value })
      },
      refusal: try judge.refusal(of: "tag", for: record, in: surroundings), record: record)
  }

  // MARK: - The log

  /// What happened to a session, the oldest first.
  package func events(_ id: String, for actor: Actor) async throws -> [Event] {
    _ = try await visibleSession(id, to: actor)
    return try await store.events(of: .session, id)
  }

  /// The log of all records, the newest first, for those who see all of it.
  package func audit(
    _ filter: EventFilter, limit: Int = 100, after sequence: Int64? = nil, for actor: Actor
  ) async throws -> [Event] {
    guard actor.seesAllSessions else { throw ServiceError.notAllowed }
    return try await store.events(filter, limit: min(max(1, limit), 500), after: sequence)
  }
}
#endif
