import CEL
import Diagnostics
import Foundation
import PolicyEngine
import SchoolData
import TestSupport
import Testing
import TutoringSessions

struct RosterTests {
  private static let orgs = """
    sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId
    d,,,The District,district,,
    truman,,,Truman High,school,1,d
    bridger,,,Bridger Middle,school,2,d
    """
  private static let users11 = """
    sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,\
    familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password
    s1,,,true,truman,student,x,,DeShawn,Carter,,,,,,,9,hunter2
    s2,,,true,"d,bridger",student,x,,Lena,Moss,,,,,,,7,hunter2
    t1,,,true,truman,teacher,x,,Ana,Ruiz,,,,,,,,hunter2
    """
  private static let users12 = """
    sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,\
    identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,\
    preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns
    s1,,,true,x,,DeShawn,Carter,,,,,,,9,hunter2,,,,,truman,
    s2,,,true,x,,Helena,Moss,,,,,,,7,hunter2,,Lena,,,bridger,
    t1,,,true,x,,Ana,Ruiz,,,,,,,,hunter2,,,,,truman,
    """
  private static let roles = """
    sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId
    r1,,,s1,primary,student,,,truman,
    r2,,,s2,primary,student,,,bridger,
    r3,,,t1,primary,teacher,,,truman,
    """
  private static let classes = """
    sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,\
    schoolSourcedId,termSourcedId,subjects,subjectCodes,periods
    c1,,,Algebra lab,9,k,,scheduled,,truman,t,,,
    """
  private static let enrollments = """
    sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate
    e1,,,c1,truman,t1,teacher,true,,
    e2,,,c1,truman,s1,student,,,
    e3,,,c1,truman,s2,student,,,
    """

  private static func roster(_ files: [(String, String)]) throws -> Roster {
    let policies = try #require(
      PolicySet.load(directory: packageRoot.appending(path: "policies").path).policies)
    return RosterReader.read(
      files.map { Source(name: "in/\($0.0)", text: $0.1) }, schema: policies.vocabulary.schema)
  }

  private static func plan(
    _ files: [(String, String)], current: DistrictRecords = DistrictRecords(),
    byHand: [RosterKey: Set<[String]>] = [:], imported: Set<RosterKey> = []
  ) throws -> RosterPlan {
    RosterPlan(try roster(files), current: current, byHand: byHand, imported: imported)
  }

  @Test(arguments: [true, false])
  func `both versions of OneRoster give the same records`(isNewer: Bool) throws {
    var files = [
      ("orgs.csv", Self.orgs), ("classes.csv", Self.classes),
      ("enrollments.csv", Self.enrollments),
    ]
    files +=
      isNewer
      ? [("users.csv", Self.users12), ("roles.csv", Self.roles)] : [("users.csv", Self.users11)]
    let plan = try Self.plan(files)
    #expect(plan.diagnostics.map(\.message) == [])
    #expect(plan.added.count == 6)
    #expect(plan.records.schools.keys.sorted() == ["bridger", "truman"])
    #expect(plan.records.students["s2"]?.name == "Lena Moss")
    #expect(plan.records.students["s2"]?.school == "bridger")
    #expect(plan.records.people["t1"]?.name == "Ana Ruiz")
    #expect(plan.records.people["t1"]?.roles == [])
    #expect(plan.records.groups["c1"]?.members == ["s1", "s2"])
    #expect(!"\(plan.records)".contains("hunter2"))
  }

  @Test func `what is there already changes nothing`() throws {
    let files = [("orgs.csv", Self.orgs), ("users.csv", Self.users11)]
    let first = try Self.plan(files)
    let second = try Self.plan(files, current: first.records)
    #expect(second.isEmpty)
    #expect(second.unchanged == 5)
  }

  @Test func `changes are told field by field, and what is gone is no longer active`() throws {
    let first = try Self.plan([("orgs.csv", Self.orgs), ("users.csv", Self.users11)])
    let changed = Self.users11.replacing("Lena", with: "Helena")
      .split(separator: "\n").filter { !$0.hasPrefix("s1") }.joined(separator: "\n")
    let plan = try Self.plan(
      [("orgs.csv", Self.orgs), ("users.csv", changed)], current: first.records,
      imported: [RosterKey(.student, "s1")])
    #expect(
      plan.changed.map(\.changes) == [
        [FieldChange(path: ["firstName"], before: .text("Lena"), after: .text("Helena"))]
      ])
    #expect(plan.gone.map(\.key) == [RosterKey(.student, "s1")])
    #expect(plan.records.students["s1"]?.isActive == false)
    let other = try Self.plan(
      [("orgs.csv", Self.orgs), ("users.csv", changed)], current: first.records)
    #expect(other.gone.isEmpty)
  }

  @Test func `what was changed by hand is kept, and shown`() throws {
    let first = try Self.plan([("orgs.csv", Self.orgs), ("users.csv", Self.users11)])
    let key = RosterKey(.student, "s2")
    let plan = try Self.plan(
      [("orgs.csv", Self.orgs), ("users.csv", Self.users11.replacing("Lena", with: "Helena"))],
      current: first.records, byHand: [key: [["firstName"]]])
    #expect(plan.isEmpty)
    #expect(plan.kept.map(\.key) == [key])
    #expect(plan.kept[0].kept[0].after == .text("Helena"))
  }

  @Test func `what can't be kept is told, and the other rows go in`() throws {
    let first = try Self.plan([("orgs.csv", Self.orgs), ("users.csv", Self.users11)])
    let plan = try Self.plan(
      [
        (
          "students.csv",
          "id,firstName,lastName,school\ns1,A\0,B,truman\ns9,New,Pupil,truman\n"
        ), ("grades.csv", "student;subject;grade\ns1;algebra;D\n"),
        ("state-assessments.csv", "student\ttest\ts1\tMAP\n"),
        (
          "work-orders.csv",
          "id,kind,activity,validFrom,validUntil\nW-1,tutoring,tutoring,2026-12-01,2026-01-01\nW-2,tutoring,tutoring,2026-12-01,2026-12-01\n"
        ),
      ], current: first.records)
    #expect(plan.added.map(\.key) == [RosterKey(.student, "s9"), RosterKey(.workOrder, "W-2")])
    #expect(plan.records.workOrders["W-1"] == nil)
    let told = plan.diagnostics.map { "\($0.message) | \($0.help ?? "")" }
    for words in [
      "the row has a NUL character", "between semicolons", "between tabs",
      "the work order 'W-1' ends on 2026-01-01, before it begins on 2026-12-01",
    ] {
      #expect(told.contains { $0.contains(words) }, "\(words): \(told)")
    }
  }

  @Test func `schools have hours, and a student's single facts may have tables of their own`()
    throws
  {
    let first = try Self.plan([("orgs.csv", Self.orgs), ("users.csv", Self.users11)])
    let plan = try Self.plan(
      [
        ("schools.csv", "id,dayStart,dayEnd\ntruman,7:20,14:25\nbridger,8.25,15:30\n"),
        ("homebound-teacher.csv", "student,homeboundTeacher\ns1,t1\ns2,\n"),
        ("Reading Improvement Plan.csv", "student,readingImprovementPlan\ns1,yes\n"),
      ], current: first.records)
    #expect(
      plan.records.schools["truman"]?.facts
        == ["dayStart": .text("26400s"), "dayEnd": .text("51900s")])
    #expect(plan.records.schools["truman"]?.name == first.records.schools["truman"]?.name)
    #expect(plan.records.schools["bridger"] == nil)
    let student = try #require(plan.records.students["s1"])
    #expect(student.facts["homeboundTeacher"] == .text("t1"))
    #expect(student.facts["readingImprovementPlan"] == .bool(true))
    #expect(
      plan.diagnostics.map(\.message) == [
        "the row has no 'homeboundTeacher'", "'8.25' is not a time of day",
      ], "\(plan.diagnostics.map(\.message))")
  }

  @Test func `plain tables add the facts that the vocabulary has`() throws {
    let first = try Self.plan([("orgs.csv", Self.orgs), ("users.csv", Self.users11)])
    let plan = try Self.plan(
      [
        ("grades.csv", "student,subject,grade\ns1,algebra,D\ns1,history,A\ns2,algebra,G\n"),
        ("State-Assessments.csv", "student,test,subject,level\ns1,MAP,algebra,below-basic\n"),
        ("students.csv", "id,readingImprovementPlan,homeboundTeacher\ns1,yes,t1\n"),
        ("approvals.csv", "person,school\nt1,truman\nt1,bridger\n"),
        (
          "work-orders.csv",
          "id,kind,activity,tutor,validFrom,fund,hourlyRate\nWO-1,tutoring,tutoring,t1,2026-08-01,F,2750\nWO-2,tutring,tutoring,,,,\n"
        ),
      ], current: first.records)
    let student = try #require(plan.records.students["s1"])
    #expect(student.facts["readingImprovementPlan"] == .bool(true))
    #expect(student.facts["homeboundTeacher"] == .text("t1"))
    #expect(
      student.facts["grades"]
        == .list([
          .object(["subject": .text("algebra"), "grade": .text("D")]),
          .object(["subject": .text("history"), "grade": .text("A")]),
        ]))
    #expect(plan.records.people["t1"]?.approvedSchools == ["truman", "bridger"])
    #expect(plan.records.people["t1"]?.roles == [.tutor])
    #expect(plan.records.workOrders["WO-1"]?.facts["hourlyRate"] == .int(2_750))
    #expect(plan.records.workOrders["WO-2"] == nil)
    #expect(
      Set(plan.diagnostics.map(\.message)) == [
        "'G' is not a LetterGrade", "'tutring' is not a WorkOrderKind",
      ])
    #expect(plan.diagnostics.contains { $0.help == "did you mean 'tutoring'?" })
    #expect(plan.diagnostics.allSatisfy { $0.range != nil })
  }

  @Test func `a 1-1 file that is called 1-2 is read by its columns`() throws {
    let plan = try Self.plan([
      ("manifest.csv", "propertyName,value\noneroster.version,1.2\n"), ("orgs.csv", Self.orgs),
      ("users.csv", Self.users11),
    ])
    #expect(plan.records.students.count == 2)
  }

  @Test func `users of 1-2 without roles are refused with what to do`() throws {
    let plan = try Self.plan([("orgs.csv", Self.orgs), ("users.csv", Self.users12)])
    #expect(plan.records.students.isEmpty)
    #expect(
      plan.diagnostics.first?.help
        == "OneRoster 1.1 has the column, 1.2 the file: export the one or add the other")
  }

  @Test func `a student of no known school is listed, and the others are read`() throws {
    let users = Self.users11.replacing("true,truman,student", with: "true,trumann,student")
    let plan = try Self.plan([("orgs.csv", Self.orgs), ("users.csv", users)])
    #expect(plan.records.students.keys.sorted() == ["s2"])
    let mistake = try #require(plan.diagnostics.first)
    #expect(mistake.help == "did you mean 'truman'?")
    #expect(mistake.range?.start.line == 2)
  }

  @Test func `rows of a file of changes say themselves who is gone`() throws {
    let first = try Self.plan([("orgs.csv", Self.orgs), ("users.csv", Self.users11)])
    let delta = """
      sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,givenName,familyName
      s1,tobedeleted,2026-11-01,true,truman,student,DeShawn,Carter
      """
    let plan = try Self.plan(
      [("users.csv", delta)], current: first.records,
      imported: [RosterKey(.student, "s2"), RosterKey(.student, "s1")])
    #expect(plan.diagnostics.map(\.code) == [.unknownReference])
    let known = RosterReader.read(
      [Source(name: "users.csv", text: delta)],
      schema: try #require(
        PolicySet.load(directory: packageRoot.appending(path: "policies").path).policies
      ).vocabulary.schema, schools: ["truman"])
    let second = RosterPlan(
      known, current: first.records, imported: [RosterKey(.student, "s2")])
    #expect(second.records.students.keys.sorted() == ["s1"])
    #expect(second.records.students["s1"]?.isActive == false)
  }

  @Test func `enrollments that are changes alone are not read, and it is said so`() throws {
    let delta = """
      sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate
      e1,active,2026-11-01,c1,truman,t1,teacher,true,,
      """
    let plan = try Self.plan([
      ("orgs.csv", Self.orgs), ("users.csv", Self.users11), ("classes.csv", Self.classes),
      ("enrollments.csv", delta),
    ])
    #expect(plan.diagnostics.map(\.code) == [.partialFile])
    #expect(plan.diagnostics.first?.help == "export enrollments as 'bulk'")
    #expect(plan.records.groups.isEmpty)
  }

  @Test func `files that nothing is known of are named with the nearest known`() throws {
    let plan = try Self.plan([("grade.csv", "a\n"), ("demographics.csv", "sourcedId\n")])
    #expect(plan.diagnostics.map(\.help) == ["did you mean 'grades.csv'?"])
    #expect(plan.unread == ["in/grade.csv", "in/demographics.csv"])
  }
}
