#if Store
import CEL
import PolicyEngine
import TutoringSessions

extension DemoMaker {
  /// The scenes, and between them the sessions of three usual weeks, the oldest first.
  mutating func makeSessions() throws {
    var scenes = DemoScene.all.filter { $0.kind == nil || kinds.kind($0.kind) != nil }
    for (index, day) in calendar.schoolDays(15).enumerated() {
      let daysAgo = Int(day.days(until: calendar.today))
      for tutor in tutors.indices {
        guard random.happens(55) else { continue }
        scenes.append(usualScene(daysAgo: daysAgo, tutor: tutor, isOld: index > 10))
      }
    }
    for scene in scenes.sorted(by: { ($0.daysAgo, $1.hour) > ($1.daysAgo, $0.hour) }) {
      try make(scene)
    }
  }

  /// Exports what is old enough, as the office did last week.
  mutating func export(
    policies: String?, _ file: ExportFile?, _ deciding: TutoringStore.DecidingExport
  ) throws {
    let days = calendar.schoolDays(20)
    guard let first = days.last, let last = days.dropFirst(10).first,
      let day = days.dropFirst(4).first, let office = DemoNames.staff.first?.id
    else { return }
    let time = calendar.time(day, 9, 0)
    if let policies {
      _ = try database.export(
        exported, for: first...last, policies: policies, file: file,
        by: author(office, time), deciding)
    } else {
      for id in exported {
        _ = try database.perform(
          [.export], on: id, expecting: nil, by: author(office, time), deciding: nil)
      }
    }
  }

  private mutating func usualScene(daysAgo: Int, tutor: Int, isOld: Bool) -> DemoScene {
    // The second kind, or the only one, is what most sessions are.
    let usual = kinds.kinds.dropFirst().first ?? kinds.kinds.first
    var scene = DemoScene(daysAgo: daysAgo, tutor: tutor, hour: 16, guests: [])
    if random.happens(92) { scene.kind = usual?.value }
    scene.description = random.pick(DemoNames.descriptions)
    let tags = random.below(3)
    scene.tags = random.some(tags, of: DemoNames.tags)
    for _ in 0..<2 + random.below(4) {
      scene.guests.append(random.happens(30) ? .remedial : .plain)
    }
    if isOld, scene.kind != nil, random.happens(70) { scene.fate = .exported }
    return scene
  }

  private mutating func make(_ scene: DemoScene) throws {
    let tutor = tutors[scene.tutor]
    let start =
      scene.fate == .active
      ? calendar.after(calendar.now, minutes: -25)
      : calendar.time(calendar.schoolDay(daysAgo: scene.daysAgo), scene.hour, random.below(3) * 5)
    let day = calendar.day(of: start)
    let date = day.adding(days: Int64(scene.datedAfter)) ?? day
    let order = order(of: scene)
    let assignment = order.map { order in
      SessionRecord.Assignment(
        workOrder: order, assignedOn: date.adding(days: Int64(scene.assignedAfter)) ?? date)
    }
    let school = scene.choosesSchool ? tutor.approvedSchools.first : nil
    let isOfGroup = random.happens(50)
    let group = groups.first { isOfGroup && $0.tutor == tutor.id }
    let draft = SessionDraft(
      tutor: tutor.id, date: date, school: school, description: scene.description,
      group: group?.id, start: start,
      workOrder: scene.assignedAfter == 0 ? assignment : nil)
    let id = try database.start(draft, by: author(tutor.id, start), deciding: nil).session.id
    let pupils = try timeIn(scene, id, at: start, of: tutor)
    guard scene.fate != .active else { return }
    let end = calendar.after(start, minutes: 45 + random.below(3) * 15)
    try perform([.end(at: end)], on: id, by: tutor, at: end)
    for (index, guest) in scene.guests.enumerated() {
      guard case .withoutDeparture = guest else { continue }
      let edit = EncounterEdit(
        arrived: start, departed: nil, facts: facts(of: guest, pupils[index]))
      try perform([.editEncounter(index + 1, edit)], on: id, by: tutor, at: end)
    }
    try perform(scene.tags.map { .tag(.init($0)) }, on: id, by: tutor, at: end)
    if scene.assignedAfter > 0, let assignment {
      let noon = calendar.time(assignment.assignedOn, 12, 0)
      try perform([.assignWorkOrder(assignment)], on: id, by: tutor, at: noon)
    }
    switch scene.fate {
    case .deleted: try perform([.delete], on: id, by: tutor, at: end)
    case .exported: exported.append(id)
    case .active, .finished: break
    }
  }

  private mutating func perform(
    _ actions: [SessionAction], on id: String, by person: PersonRecord, at time: OffsetDateTime
  ) throws {
    guard !actions.isEmpty else { return }
    _ = try database.perform(
      actions, on: id, expecting: nil, by: author(person.id, time), deciding: nil)
  }

  /// Times in everybody of a scene; the students are returned in that order.
  private mutating func timeIn(
    _ scene: DemoScene, _ id: String, at start: OffsetDateTime, of tutor: PersonRecord
  ) throws -> [StudentRecord] {
    var pupils: [StudentRecord] = []
    for (index, guest) in scene.guests.enumerated() {
      let pupil = pupil(for: guest, of: tutor, besides: pupils)
      pupils.append(pupil)
      var arrival = calendar.after(start, minutes: random.below(3) * 2)
      if case .early = guest { arrival = calendar.after(start, minutes: -10) }
      if case .withoutDeparture = guest { arrival = start }
      try perform(
        [.timeIn(student: pupil.id, at: arrival, facts: facts(of: guest, pupil))], on: id,
        by: tutor, at: arrival)
      if case .removed = guest {
        try perform([.removeEncounter(index + 1)], on: id, by: tutor, at: arrival)
      } else if case .plain = guest, random.happens(15) {
        let departure = calendar.after(start, minutes: 20)
        try perform(
          [.timeOut(encounter: index + 1, at: departure)], on: id, by: tutor, at: departure)
      }
    }
    return pupils
  }

  private func order(of scene: DemoScene) -> String? {
    guard let kind = kinds.kind(scene.kind), scene.activity < kinds.activities.count else {
      return nil
    }
    let activity = kinds.activities[scene.activity].value
    return orders.first { $0.kind == kind && $0.activity == activity }?.id
  }

  /// A student of one of the tutor's schools whose record suits what is entered.
  private mutating func pupil(
    for guest: DemoScene.Guest, of tutor: PersonRecord, besides others: [StudentRecord]
  ) -> StudentRecord {
    let free = students.filter { student in !others.contains { $0.id == student.id } }
    let near = free.filter { $0.school == tutor.approvedSchools.first }
    let fitting: [StudentRecord]
    switch guest {
    case .remedial: fitting = near.filter { $0.lowSubject != nil }
    case .homebound: fitting = free.filter { $0.facts["homeboundTeacher"] != nil }
    default: fitting = near.filter { $0.isUnremarkable }
    }
    return random.pick(fitting.isEmpty ? free : fitting)
  }

  /// What the tutor entered of an encounter.
  private func facts(of guest: DemoScene.Guest, _ pupil: StudentRecord) -> [String: FactValue] {
    var facts: [String: FactValue] = [
      "activelyTutored": .bool(true), "creditRecoveryMaterial": .bool(false),
      "remedialCriteria": .list([]), "subject": .text(pupil.lowSubject ?? DemoNames.subjects[2]),
    ]
    for name in ["homebound", "detention", "creditRecovery", "remedial"] {
      facts[path: ["qualifiers", name]] = .bool(false)
    }
    switch guest {
    case .plain, .early, .withoutDeparture, .removed: break
    case .remedial:
      facts[path: ["qualifiers", "remedial"]] = .bool(pupil.lowSubject != nil)
      if pupil.lowSubject != nil { facts["remedialCriteria"] = .list([.text("grade-d-or-f")]) }
    case .detention(let tutored, let remedial, let recorded):
      facts["activelyTutored"] = .bool(tutored)
      facts[path: ["qualifiers", "detention"]] = .bool(recorded)
      facts[path: ["qualifiers", "remedial"]] = .bool(remedial)
    case .homebound: facts[path: ["qualifiers", "homebound"]] = .bool(true)
    case .creditRecovery(let onMaterial):
      facts["creditRecoveryMaterial"] = .bool(onMaterial)
      facts[path: ["qualifiers", "creditRecovery"]] = .bool(true)
    case .claimedWithoutRecord:
      facts[path: ["qualifiers", "remedial"]] = .bool(true)
      facts["remedialCriteria"] = .list([.text("reading-improvement-plan")])
    case .unfinishedClaim(let hasSubject):
      facts[path: ["qualifiers", "remedial"]] = .bool(true)
      if !hasSubject {
        facts["subject"] = nil
        facts["remedialCriteria"] = .list([.text("reading-improvement-plan")])
      }
    }
    return facts
  }
}

extension StudentRecord {
  /// A subject in which the student has a D or F.
  fileprivate var lowSubject: String? {
    guard case .list(let grades)? = facts["grades"] else { return nil }
    let low = grades.compactMap(\.members).first { ["D", "F"].contains($0["grade"]?.text) }
    return low?["subject"]?.text
  }

  /// Whether nothing on record makes the student Remedial.
  fileprivate var isUnremarkable: Bool {
    guard lowSubject == nil, facts["readingImprovementPlan"] == .bool(false),
      facts["homeboundTeacher"] == nil,
      case .list(let tests)? = facts["districtAssessments"]
    else { return false }
    return tests.allSatisfy { $0.members?["belowGradeLevel"] == .bool(false) }
  }
}
#endif
