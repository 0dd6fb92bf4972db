#if Store
import GRDB
import TutoringSessions

extension Database {
  /// The records that some sessions refer to, in as many statements for many sessions as for one.
  func surroundings(of records: [SessionRecord]) throws -> Surroundings {
    var surroundings = Surroundings()
    let tutors = Set(records.map(\.tutor))
    surroundings.people = try PersonRecord.byID(tutors, in: self)
    surroundings.groups = try GroupRecord.byID(Set(records.compactMap(\.group)), in: self)
    surroundings.workOrders = try WorkOrderRecord.byID(
      Set(records.compactMap(\.workOrder?.workOrder)), in: self)
    let schools = surroundings.people.values.flatMap(\.approvedSchools)
    surroundings.schools = try SchoolRecord.byID(
      Set(records.compactMap(\.school) + schools), in: self)
    surroundings.students = try StudentRecord.byID(
      Set(records.flatMap { $0.encounters.map(\.student) }), in: self)
    try addTutorsOwn(
      "IN (SELECT value FROM json_each(?))", [.list(tutors)], to: &surroundings)
    return surroundings
  }

  /// Adds what is told of tutors elsewhere than in their own records, for those that a condition finds.
  func addTutorsOwn(
    _ condition: String, _ values: [SQLValue], to surroundings: inout Surroundings
  ) throws {
    let homebound = try rows(
      """
      SELECT homebound_teacher, id FROM students
      WHERE homebound_teacher \(condition) ORDER BY homebound_teacher, id
      """, values
    ) { (try $0.text(0), try $0.text(1)) }
    for (tutor, student) in homebound {
      surroundings.homeboundStudents[tutor, default: []].append(student)
    }
    let running = try rows(
      """
      SELECT tutor, id, start FROM sessions
      WHERE tutor \(condition) AND end IS NULL AND is_deleted = 0
      ORDER BY tutor, start_second, number
      """, values
    ) { (try $0.text(0), Surroundings.RunningSession(id: try $0.text(1), start: try $0.time(2))) }
    for (tutor, session) in running {
      surroundings.runningSessions[tutor, default: []].append(session)
    }
  }
}
#endif
