import Diagnostics
import TutoringSessions

/// Reads the files of OneRoster's CSV binding, 1.1 and 1.2: schools, people, students, and classes as groups.
///
/// Columns are found by name. Which version a file is shows by its columns, whatever the manifest says. Passwords are
/// never read, nor are demographics, which no rule asks for.
struct OneRosterReader {
  private var roster: Roster
  private var schools: Set<String> = []
  private var districtOrgs: Set<String> = []
  private var teachers: Set<String> = []

  private init(_ roster: Roster) { self.roster = roster }

  /// The names of the files that are read, in the order in which they are.
  static let files = ["orgs", "users", "roles", "classes", "enrollments"]
  /// The names of files that are known, and hold nothing that is kept.
  static let others: Set<String> = [
    "manifest", "academicsessions", "courses", "demographics", "categories", "classresources",
    "courseresources", "lineitems", "resources", "results", "userresources", "userprofiles",
    "lineitemlearningobjectiveids", "lineitemscorescales", "resultlearningobjectiveids",
    "resultscorescales", "scorescales",
  ]

  /// Adds what the files say to a roster; `known` are the ids of schools that are kept already.
  static func read(_ sources: [String: Source], known: Set<String>, into roster: inout Roster) {
    var reader = OneRosterReader(roster)
    reader.schools = known
    if let source = sources["orgs"] { reader.readOrgs(source) }
    let roles = sources["roles"].flatMap { reader.readRoles($0) }
    if let source = sources["users"] { reader.readUsers(source, roles: roles) }
    let classes = sources["classes"].map { reader.readClasses($0) } ?? [:]
    if let source = sources["enrollments"] { reader.readEnrollments(source, classes: classes) }
    roster = reader.roster
  }

  private static let start: [ColumnRule] = [
    .required("sourcedId"), .optional("status"), .optional("dateLastModified"),
  ]

  /// A table, with whether its rows are changes alone.
  private mutating func table(
    _ source: Source, _ rules: [ColumnRule], ignored: Set<String> = []
  ) -> (rows: [CSVTable.Row], isDelta: Bool)? {
    guard
      let table = CSVTable(
        source, rules: Self.start + rules, ignored: ignored, into: &roster.diagnostics)
    else { return nil }
    guard let first = table.rows.first, let idColumn = first.column("sourcedId") else {
      return ([], false)
    }
    var seen: Set<String> = []
    seen.reserveCapacity(table.rows.count)
    var rows = table.rows
    rows.removeAll { row in
      guard let id = row[idColumn] else { return true }
      guard !seen.insert(id.text).inserted else { return false }
      roster.diagnostics.append(.rowTwice(id.text, at: id.range))
      return true
    }
    // In a file of changes every row says what became of it, and in a whole one none does.
    let status = first.column("status")
    return (rows, status.map { status in rows.allSatisfy { $0.hasText(status) } } ?? false)
  }

  private func isDeleted(_ row: CSVTable.Row) -> Bool {
    row["status"]?.text.lowercased() == "tobedeleted"
  }

  // MARK: - Schools

  private mutating func readOrgs(_ source: Source) {
    guard
      let (rows, isDelta) = table(
        source,
        [
          .required("name"), .required("type"), .optional("identifier"),
          .optional("parentSourcedId"),
        ])
    else { return }
    if !isDelta, !rows.isEmpty { roster.complete.insert(.school) }
    for row in rows {
      guard let id = row["sourcedId"], let name = row["name"], let type = row["type"] else {
        continue
      }
      guard type.text.lowercased() == "school" else {
        districtOrgs.insert(id.text)
        continue
      }
      schools.insert(id.text)
      // A school that was closed stays, since sessions were held there.
      roster.set(["name"], of: RosterKey(.school, id.text), to: .text(name.text), at: row.range)
    }
  }

  // MARK: - People

  /// What a person is, and where.
  private struct Roles {
    var names: Set<String> = []
    var orgs: [String] = []
  }

  private mutating func readRoles(_ source: Source) -> [String: Roles]? {
    guard
      let (rows, _) = table(
        source,
        [
          .required("userSourcedId"), .required("role"), .required("orgSourcedId"),
          .optional("roleType"), .optional("beginDate"), .optional("endDate"),
          .optional("userProfileSourcedId"),
        ])
    else { return nil }
    var roles: [String: Roles] = [:]
    for row in rows where !isDeleted(row) {
      guard let user = row["userSourcedId"], let role = row["role"], let org = row["orgSourcedId"]
      else { continue }
      roles[user.text, default: Roles()].names.insert(role.text.lowercased())
      // The primary role's school is the one that a student attends.
      if row["roleType"]?.text.lowercased() == "primary" {
        roles[user.text, default: Roles()].orgs.insert(org.text, at: 0)
      } else {
        roles[user.text, default: Roles()].orgs.append(org.text)
      }
    }
    return roles
  }

  private static let users: [ColumnRule] = [
    .required("givenName"), .required("familyName"), .optional("enabledUser"),
    .optional("orgSourcedIds"), .optional("role"), .optional("primaryOrgSourcedId"),
    .optional("preferredGivenName"), .optional("preferredFamilyName"),
  ]
  /// Columns of users that are known and not read; the password is one of them.
  private static let ignored: Set<String> = [
    "username", "userIds", "middleName", "identifier", "email", "sms", "phone", "agentSourcedIds",
    "grades", "password", "userMasterIdentifier", "resourceSourcedIds", "preferredMiddleName",
    "pronouns",
  ]

  private mutating func readUsers(_ source: Source, roles: [String: Roles]?) {
    guard let (rows, isDelta) = table(source, Self.users, ignored: Self.ignored) else { return }
    if let first = rows.first, !first.has("role"), roles == nil {
      roster.diagnostics.append(.noRoles(at: first.range))
      return
    }
    if !isDelta, !rows.isEmpty { roster.complete.formUnion([.student, .person]) }
    for row in rows {
      guard let id = row["sourcedId"] else { continue }
      var found = roles?[id.text] ?? Roles()
      if let role = row["role"] { found.names.insert(role.text.lowercased()) }
      let orgs = row["orgSourcedIds"]?.text.split(separator: ",").map { $0.trimmed } ?? []
      found.orgs = (row["primaryOrgSourcedId"].map { [$0.text] } ?? []) + found.orgs + orgs
      if found.names.contains("student") {
        readStudent(id.text, row, found)
      } else if found.names.contains(where: Self.isStaff) {
        readPerson(id.text, row)
      }
    }
  }

  private static func isStaff(_ role: String) -> Bool {
    ["teacher", "aide", "proctor", "counselor"].contains(role)
  }

  private func isEnabled(_ row: CSVTable.Row) -> Bool {
    row["enabledUser"]?.text.lowercased() != "false" && !isDeleted(row)
  }

  private mutating func readStudent(_ id: String, _ row: CSVTable.Row, _ roles: Roles) {
    let key = RosterKey(.student, id)
    guard let school = roles.orgs.first(where: { schools.contains($0) }) else {
      roster.diagnostics.append(
        .noSchool(
          of: id, given: roles.orgs.filter { !districtOrgs.contains($0) },
          known: schools.sorted(), at: row.range))
      return
    }
    let given = row["preferredGivenName"] ?? row["givenName"]
    let family = row["preferredFamilyName"] ?? row["familyName"]
    roster.set(["firstName"], of: key, to: .text(given?.text ?? ""), at: row.range)
    roster.set(["lastName"], of: key, to: .text(family?.text ?? ""), at: row.range)
    roster.set(["school"], of: key, to: .text(school), at: row.range)
    roster.set(["isActive"], of: key, to: .bool(isEnabled(row)), at: row.range)
  }

  private mutating func readPerson(_ id: String, _ row: CSVTable.Row) {
    let key = RosterKey(.person, id)
    teachers.insert(id)
    let given = row["preferredGivenName"] ?? row["givenName"]
    let family = row["preferredFamilyName"] ?? row["familyName"]
    let name = [given?.text, family?.text].compactMap(\.self).joined(separator: " ")
    roster.set(["name"], of: key, to: .text(name), at: row.range)
    roster.set(["isActive"], of: key, to: .bool(isEnabled(row)), at: row.range)
  }

  // MARK: - Classes

  private mutating func readClasses(_ source: Source) -> [String: CSVTable.Row] {
    guard
      let (rows, _) = table(
        source, [.required("title")],
        ignored: [
          "grades", "courseSourcedId", "classCode", "classType", "location", "schoolSourcedId",
          "termSourcedIds", "termSourcedId", "subjects", "subjectCodes", "periods",
        ])
    else { return [:] }
    return Dictionary(rows.map { ($0["sourcedId"]?.text ?? "", $0) }) { first, _ in first }
  }

  private mutating func readEnrollments(_ source: Source, classes: [String: CSVTable.Row]) {
    guard
      let (rows, isDelta) = table(
        source, [.required("classSourcedId"), .required("userSourcedId"), .required("role")],
        ignored: ["schoolSourcedId", "primary", "beginDate", "endDate", "courseSourcedId"])
    else { return }
    // Groups are whole: which students a file of changes leaves in one is not told.
    guard !isDelta else { return roster.diagnostics.append(.partialEnrollments(source)) }
    guard let first = rows.first, let groupColumn = first.column("classSourcedId"),
      let userColumn = first.column("userSourcedId"), let roleColumn = first.column("role")
    else { return }
    let status = first.column("status")
    var tutors: [String: String] = [:]
    var members: [String: [String]] = [:]
    for row in rows {
      if let status, row.hasText(status), isDeleted(row) { continue }
      guard let group = row[groupColumn], let user = row[userColumn] else { continue }
      guard classes[group.text] != nil else {
        roster.diagnostics.append(
          .unknownReference(
            "class", group.text, known: classes.keys.sorted(), at: group.range))
        continue
      }
      switch row[roleColumn]?.text.lowercased() {
      case "teacher"?:
        if tutors[group.text] == nil || row["primary"]?.text == "true" {
          tutors[group.text] = user.text
        }
      case "student"?:
        guard roster.patches[RosterKey(.student, user.text)] != nil else {
          roster.diagnostics.append(
            .unknownReference("student", user.text, known: [], at: user.range))
          continue
        }
        members[group.text, default: []].append(user.text)
      default: break
      }
    }
    // A class without a teacher of the district is nobody's group.
    for (id, tutor) in tutors where teachers.contains(tutor) {
      guard let row = classes[id], let title = row["title"], let own = members[id] else { continue }
      let key = RosterKey(.group, id)
      roster.set(["name"], of: key, to: .text(title.text), at: row.range)
      roster.set(["tutor"], of: key, to: .text(tutor), at: row.range)
      roster.set(["isActive"], of: key, to: .bool(true), at: row.range)
      roster.set(["members"], of: key, to: .list(own.map { .text($0) }), at: row.range)
    }
  }
}

extension Substring {
  /// The text without white space around it.
  var trimmed: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
