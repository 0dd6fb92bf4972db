import CEL
import TutoringSessions
import TutoringTestSupport

/// Every change to a session that its tutor could make, tried one by one and two by two.
///
/// Written against the session models and the second reading of the handbook, so that it shares nothing
/// with the search that it is held against.
struct BruteForce {
  /// One change; a work order can be assigned as long as the window is open.
  struct Change {
    let name: String
    let fact: String
    let apply: (inout TutoringSession) -> Void
  }

  let handbook = Handbook()
  let session: TutoringSession
  let today: CivilDate

  /// The fewest changes after which the session could be exported, if one or two are enough.
  func fewestChanges() -> (count: Int, names: [String])? {
    let all = changes
    for change in all where passes([change]) { return (1, [change.name]) }
    for (index, first) in all.enumerated() {
      for second in all[(index + 1)...] where first.fact != second.fact {
        if passes([first, second]) { return (2, [first.name, second.name]) }
      }
    }
    return nil
  }

  private func passes(_ changes: [Change]) -> Bool {
    var changed = session
    for change in changes { change.apply(&changed) }
    return handbook.violations(of: changed).isEmpty
  }

  private var changes: [Change] {
    var all: [Change] = []
    func add(_ fact: String, _ value: String, _ apply: @escaping (inout TutoringSession) -> Void) {
      all.append(Change(name: "\(fact)=\(value)", fact: fact, apply: apply))
    }
    for school in session.tutor.approvedSchools { add("school", school) { $0.school = school } }
    for text in handbook.events.sorted() + ["any text"] {
      add("description", text) { $0.description = text }
    }
    for goal in handbook.goals.sorted() { add("tags+\(goal)", goal) { $0.tags.append(goal) } }
    if session.tutor.activeSession != nil {
      add("activeSession", "none") { $0.tutor.activeSession = nil }
    }
    if session.end == nil {
      let last =
        session.encounters.flatMap { [$0.arrived, $0.departed] }.compactMap(\.self)
        .map(\.timestamp.seconds).max() ?? session.start.timestamp.seconds
      add("end", "now") { $0.end = time(last + 10_000) }
    }
    if session.date.days(until: today) <= handbook.backfillDays {
      for kind in WorkOrderKind.allCases {
        for activity in WorkOrderActivity.allCases {
          let order = WorkOrder(id: "WO", kind: kind, activity: activity, assignedOn: today)
          add("workOrder", "\(kind.rawValue) \(activity.rawValue)") { $0.workOrder = order }
        }
      }
    }
    for index in session.encounters.indices { addChanges(ofEncounter: index, add) }
    return all
  }

  private func addChanges(
    ofEncounter index: Int,
    _ add: (String, String, @escaping (inout TutoringSession) -> Void) -> Void
  ) {
    let encounter = session.encounters[index]
    func toggle(_ fact: String, _ path: WritableKeyPath<StudentEncounter, Bool>) {
      add("\(index).\(fact)", "other") { $0.encounters[index][keyPath: path].toggle() }
    }
    toggle("tutored", \.activelyTutored)
    toggle("material", \.creditRecoveryMaterial)
    toggle("homebound", \.qualifiers.homebound)
    toggle("detention", \.qualifiers.detention)
    toggle("creditRecovery", \.qualifiers.creditRecovery)
    toggle("remedial", \.qualifiers.remedial)
    for criterion in RemedialCriterion.allCases {
      add("\(index).\(criterion.rawValue)", "other") { session in
        let claimed = session.encounters[index].remedialCriteria
        session.encounters[index].remedialCriteria =
          claimed.contains(criterion) ? claimed.filter { $0 != criterion } : claimed + [criterion]
      }
    }
    for subject in ["algebra", "reading", "another"] {
      add("\(index).subject", subject) { $0.encounters[index].subject = subject }
    }
    let (start, arrived) = (session.start.timestamp.seconds, encounter.arrived.timestamp.seconds)
    let departed = encounter.departed?.timestamp.seconds
    for seconds in [start, start + 1, (departed ?? start) - 1] {
      add("\(index).arrived", "\(seconds)") { $0.encounters[index].arrived = time(seconds) }
    }
    for seconds in [start + 1, arrived + 1, session.end?.timestamp.seconds].compactMap(\.self) {
      add("\(index).departed", "\(seconds)") { $0.encounters[index].departed = time(seconds) }
    }
  }

  private func time(_ seconds: Int64) -> OffsetDateTime {
    OffsetDateTime(timestamp: CELTimestamp(seconds: seconds))
  }
}
