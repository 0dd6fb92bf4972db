#if Store
import CEL
import GRDB
package import PolicyEngine
package import TutoringSessions

/// An invented district, for trying the application: nobody in it exists.
///
/// It has six schools, twelve tutors, the office, four hundred students with their records, groups, work orders
/// of every kind that the vocabulary lists, and three weeks of sessions on both sides of every rule. The same
/// seed and time give the same district.
package struct DemoDistrict: Sendable {
  /// The id of the tutor whose session runs.
  package static let activeTutor = "T-3"

  private let vocabulary: Vocabulary
  private let now: OffsetDateTime
  private let seed: UInt64
  private let passwordHash: String?

  /// A district as it is at a time.
  ///
  /// - Parameters:
  ///   - vocabulary: Which kinds of work orders there are, and the time zone.
  ///   - now: The time at which it is looked at; its session that runs was started before.
  ///   - seed: Tells one district from another.
  ///   - passwordHash: What the password of everybody is kept as; nil for nobody can sign in by one.
  package init(
    vocabulary: Vocabulary, now: OffsetDateTime, seed: UInt64 = 1, passwordHash: String? = nil
  ) {
    self.vocabulary = vocabulary
    self.now = now
    self.seed = seed
    self.passwordHash = passwordHash
  }

  /// Fills an empty store, in one transaction.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - policies: What the exported sessions are frozen with; nil to freeze nothing.
  ///   - file: How the file of the export is written; nil for an export without one.
  ///   - deciding: Says what is frozen of a session; one that it leaves out stays finished.
  /// - Throws: `StoreError` when the store is not empty or can't be written.
  package func fill(
    _ store: TutoringStore, policies: PolicyVersion? = nil,
    file: ExportFile? = nil,
    deciding: @escaping TutoringStore.DecidingExport = { _, _ in nil }
  ) async throws {
    let (district, hash) = (self, passwordHash)
    if let policies { try await store.addPolicyVersion(policies) }
    try await store.write { database in
      var maker = DemoMaker(
        database, kinds: DemoKinds(district.vocabulary),
        calendar: DemoCalendar(now: district.now, timeZone: district.vocabulary.timeZone),
        random: DemoRandom(seed: district.seed))
      try maker.makePeople()
      try maker.makeStudents()
      try maker.makeGroups()
      try maker.makeWorkOrders()
      try maker.makeSessions()
      try maker.export(policies: policies?.digest, file, deciding)
      try database.run("UPDATE people SET password = ? WHERE login IS NOT NULL", .text(hash))
    }
  }
}

/// Makes the records of the invented district, one kind after the other.
struct DemoMaker {
  let database: Database
  let kinds: DemoKinds
  let calendar: DemoCalendar
  var random: DemoRandom
  var tutors: [PersonRecord] = []
  var students: [StudentRecord] = []
  var groups: [GroupRecord] = []
  var orders: [WorkOrderRecord] = []
  /// The ids of the sessions to be exported.
  var exported: [String] = []
  private var requests = 0

  init(_ database: Database, kinds: DemoKinds, calendar: DemoCalendar, random: DemoRandom) {
    self.database = database
    self.kinds = kinds
    self.calendar = calendar
    self.random = random
  }

  /// Who makes a change, by a form of its own.
  mutating func author(_ person: String?, _ time: OffsetDateTime) -> Authorship {
    requests += 1
    return Authorship(request: "demo-\(requests)", person: person, at: time)
  }

  /// The day on which the district's records were set up.
  private var beginning: OffsetDateTime {
    calendar.time(calendar.schoolDays(25).last ?? calendar.today, 8, 0)
  }

  private mutating func keep<Record: StoredRecord>(_ record: Record) throws -> Record {
    try database.keep(record, by: author(nil, beginning)).record
  }

  mutating func makePeople() throws {
    for (id, name) in DemoNames.schools { _ = try keep(SchoolRecord(id: id, name: name)) }
    for (index, tutor) in DemoNames.tutors.enumerated() {
      let person = try keep(
        PersonRecord(
          id: "T-\(index + 1)", name: tutor.name, login: tutor.login, roles: [.tutor],
          approvedSchools: tutor.schools.map { DemoNames.schools[$0].0 }))
      tutors.append(person)
    }
    for (id, name, login, role) in DemoNames.staff {
      _ = try keep(PersonRecord(id: id, name: name, login: login, roles: [role]))
    }
  }

  mutating func makeStudents() throws {
    for number in 0..<400 {
      let school = DemoNames.schools[number % DemoNames.schools.count].0
      let student = try keep(
        StudentRecord(
          id: "ST-\(1_000 + number)", firstName: random.pick(DemoNames.firstNames),
          lastName: random.pick(DemoNames.lastNames), school: school,
          facts: record(ofStudent: number)))
      students.append(student)
    }
  }

  /// What is on record of a student: of ten, two have a low grade, one a plan, one weak tests.
  private mutating func record(ofStudent number: Int) -> [String: FactValue] {
    let type = number / DemoNames.schools.count % 10
    let subjects = random.some(3, of: DemoNames.subjects)
    let low = random.pick(subjects)
    var facts: [String: FactValue] = ["readingImprovementPlan": .bool(type == 2)]
    facts["grades"] = .list(
      subjects.map { subject in
        let grades = type < 2 && subject == low ? ["D", "F"] : ["A", "B", "C"]
        let grade = random.pick(grades)
        return .object(["subject": .text(subject), "grade": .text(grade)])
      })
    facts["stateAssessments"] = .list([
      .object([
        "test": .text(random.pick(["EOC", "MAP"])), "subject": .text(low),
        "level": .text(
          type == 3 ? "below-basic" : random.pick(["basic", "proficient", "advanced"])),
      ])
    ])
    facts["districtAssessments"] = .list([
      .object([
        "test": .text("STAR"), "subject": .text(low), "belowGradeLevel": .bool(type == 3),
      ])
    ])
    // The last tutor teaches those who can't come to school.
    if number % 100 == 55 { facts["homeboundTeacher"] = .text(tutors.last?.id ?? "") }
    return facts
  }

  mutating func makeGroups() throws {
    for (index, name) in DemoNames.groups.enumerated() {
      let tutor = tutors[index]
      let pupils = students.filter { $0.school == tutor.approvedSchools.first }
      let size = 5 + random.below(4)
      let group = try keep(
        GroupRecord(
          id: "G-\(index + 1)", name: name, tutor: tutor.id,
          members: random.some(size, of: pupils.map(\.id))))
      groups.append(group)
    }
  }

  mutating func makeWorkOrders() throws {
    let (first, last) = schoolYear
    for (index, kind) in kinds.kinds.enumerated() {
      for (place, activity) in kinds.activities.enumerated()
      // Other activities than tutoring are there once.
      where place == 0 || index == 0 {
        let order = try keep(
          WorkOrderRecord(
            id: "WO-\(orders.count + 1)",
            title: place == 0 ? kind.label : "\(kind.label), \(activity.label)",
            kind: kind.value, activity: activity.value, validFrom: first, validUntil: last,
            fund: "F-\(110 + index * 10)", payCode: "P\(index + 1)\(place + 1)",
            facts: ["hourlyRate": .int(Int64(2_750 + index * 250))]))
        orders.append(order)
      }
    }
    guard let kind = kinds.kinds.last, let activity = kinds.activities.first else { return }
    // One of a year that is over, one that is not valid yet, and one that is made out to a tutor.
    let limits: [(String, CivilDate?, CivilDate?, String?)] = [
      ("last year", first.adding(months: -12), first.adding(days: -1), nil),
      ("next month", calendar.today.adding(days: 30), last, nil),
      ("for one tutor", first, last, tutors.first?.id),
    ]
    for (index, (words, from, until, tutor)) in limits.enumerated() {
      guard let from, let until, from <= until else { continue }
      _ = try keep(
        WorkOrderRecord(
          id: "WO-\(91 + index)", title: "\(kind.label), \(words)",
          kind: kind.value, activity: activity.value, tutor: tutor, validFrom: from,
          validUntil: until))
    }
  }

  /// The first and the last day of the school year that today is in.
  private var schoolYear: (CivilDate, CivilDate) {
    let today = calendar.today
    let year = today.month >= 7 ? today.year : today.year - 1
    return (
      CivilDate(year: year, month: 7, day: 1) ?? today,
      CivilDate(year: year + 1, month: 6, day: 30) ?? today
    )
  }
}
#endif
