#if Store
/// A session of the invented district that shows something, as a row of data.
struct DemoScene {
  /// Who is in it, and what was entered.
  enum Guest {
    /// A student whose record says nothing of Remedial, with nothing claimed.
    case plain
    /// A student with a D or F, claimed by that grade and subject.
    case remedial
    /// Somebody who only serves detention; Remedial is Yes all the same, if asked for.
    case detention(tutored: Bool, remedial: Bool, recorded: Bool)
    /// A student with a homebound teacher, by the tutor who teaches or by another.
    case homebound(byTeacher: Bool)
    /// A student for whom Credit Recovery is Yes.
    case creditRecovery(onMaterial: Bool)
    /// Remedial is Yes, and a criterion is claimed that the record does not support.
    case claimedWithoutRecord
    /// Remedial is Yes without a criterion or without a subject.
    case unfinishedClaim(hasSubject: Bool)
    /// Arrived before the session started.
    case early
    /// Left without a time of departure, though the session has ended.
    case withoutDeparture
    /// Was timed in by mistake, and removed.
    case removed
  }

  /// What happened to it in the end.
  enum Fate { case active, finished, deleted, exported }

  /// How many days ago it was; the school day before when that was none.
  var daysAgo: Int
  /// The tutor, by the place in the list of names.
  var tutor: Int
  /// The kind of its work order; nil is No Work Order.
  var kind: String?
  /// Which activity of the vocabulary's list.
  var activity = 0
  /// How many days later the work order was assigned.
  var assignedAfter = 0
  /// How many days after its start it is dated.
  var datedAfter = 0
  var description: String?
  var tags: [String] = []
  var choosesSchool = true
  /// The hour of its start.
  var hour = 15
  var guests: [Guest] = [.plain, .remedial]
  var fate = Fate.finished

  /// Both sides of every rule that the shipped policies have.
  static let all: [DemoScene] = [
    DemoScene(daysAgo: 0, tutor: 2, kind: "tutoring", description: "Guided reading", fate: .active),
    DemoScene(daysAgo: 2, tutor: 0, tags: ["small-group"]),
    DemoScene(daysAgo: 6, tutor: 1),
    DemoScene(daysAgo: 12, tutor: 1),
    DemoScene(daysAgo: 11, tutor: 3, kind: "tutoring", assignedAfter: 7),
    DemoScene(daysAgo: 12, tutor: 3, kind: "tutoring", assignedAfter: 8),
    DemoScene(daysAgo: 3, tutor: 2, kind: "career-ladder", description: "Guided reading"),
    DemoScene(
      daysAgo: 4, tutor: 2, kind: "career-ladder", description: "Reading aloud in pairs",
      tags: ["cl-goal-1", "title-i"]),
    DemoScene(daysAgo: 5, tutor: 9, kind: "career-ladder", tags: ["cl-goal-2"]),
    DemoScene(
      daysAgo: 6, tutor: 9, kind: "career-ladder", activity: 1, description: "Family Math Night",
      tags: ["cl-goal-3"], hour: 18),
    DemoScene(
      daysAgo: 7, tutor: 9, kind: "career-ladder", activity: 1, description: "family math evening",
      tags: ["cl-goal-3"], hour: 18),
    DemoScene(
      daysAgo: 2, tutor: 7, kind: "detention",
      guests: [
        .detention(tutored: false, remedial: true, recorded: true),
        .detention(tutored: true, remedial: false, recorded: true),
      ]),
    DemoScene(
      daysAgo: 9, tutor: 7, kind: "detention",
      guests: [
        .detention(tutored: false, remedial: false, recorded: true),
        .detention(tutored: true, remedial: false, recorded: false),
      ]),
    DemoScene(
      daysAgo: 1, tutor: 11, kind: "homebound", hour: 10, guests: [.homebound(byTeacher: true)]),
    DemoScene(
      daysAgo: 3, tutor: 4, kind: "homebound", hour: 10, guests: [.homebound(byTeacher: false)]),
    DemoScene(
      daysAgo: 4, tutor: 11, kind: "tutoring", guests: [.homebound(byTeacher: true), .plain]),
    DemoScene(
      daysAgo: 1, tutor: 4, kind: "credit-recovery",
      guests: [.creditRecovery(onMaterial: true), .creditRecovery(onMaterial: false)]),
    DemoScene(
      daysAgo: 8, tutor: 4, kind: "credit-recovery",
      guests: [.creditRecovery(onMaterial: true), .plain]),
    DemoScene(
      daysAgo: 5, tutor: 5, kind: "tutoring",
      guests: [.unfinishedClaim(hasSubject: true), .unfinishedClaim(hasSubject: false)]),
    DemoScene(daysAgo: 6, tutor: 5, kind: "tutoring", guests: [.claimedWithoutRecord, .remedial]),
    DemoScene(daysAgo: 7, tutor: 6, kind: "tutoring", guests: [.early, .plain]),
    DemoScene(daysAgo: 8, tutor: 6, kind: "tutoring", guests: [.withoutDeparture, .plain]),
    DemoScene(daysAgo: 2, tutor: 8, kind: "tutoring", guests: [.removed, .plain, .remedial]),
    DemoScene(daysAgo: 3, tutor: 0, kind: "tutoring", choosesSchool: false),
    DemoScene(daysAgo: 4, tutor: 10, kind: "tutoring", guests: []),
    DemoScene(daysAgo: 6, tutor: 10, kind: "tutoring", datedAfter: 1),
    DemoScene(daysAgo: 9, tutor: 10, kind: "tutoring", hour: 9),
    DemoScene(daysAgo: 5, tutor: 8, kind: "tutoring", fate: .deleted),
    DemoScene(daysAgo: 10, tutor: 8, fate: .deleted),
    DemoScene(
      daysAgo: 16, tutor: 2, kind: "career-ladder", description: "Poems", tags: ["cl-goal-4"],
      fate: .exported),
    DemoScene(daysAgo: 17, tutor: 3, kind: "tutoring", tags: ["after-school"], fate: .exported),
    DemoScene(daysAgo: 18, tutor: 0, kind: "tutoring", fate: .exported),
  ]
}
#endif
