import Diagnostics
import Foundation
import PolicyEngine
import SchoolData
import TestSupport
import Testing
import TutoringSessions

/// What public sample files have other than OneRoster has it: each is read, or refused with what to do.
struct DriftTests {
  /// Files by their names, a small district as OneRoster 1.1 has it.
  private static let files = [
    "orgs.csv": """
    sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId
    truman,,,Truman High,school,1,
    """,
    "users.csv": """
    sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,\
    middleName,identifier,email,sms,phone,agentSourcedIds,grades,password
    s1,,,true,truman,student,x,,DeShawn,Carter,,,,,,,9,hunter2
    s2,,,true,truman,student,x,,Lena,Moss,,,,,,,7,hunter2
    t1,,,true,truman,teacher,x,,Ana,Ruiz,,,,,,,,hunter2
    """,
    "classes.csv": """
    sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,\
    schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods
    c1,,,Algebra lab,9,k,,scheduled,,truman,t,,,
    """,
    "enrollments.csv": """
    sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate
    e1,,,c1,truman,t1,teacher,true,,
    e2,,,c1,truman,s1,student,,,
    e3,,,c1,truman,s2,student,,,
    """,
  ]

  private static func plan(
    _ files: [String: String], current: DistrictRecords = DistrictRecords(),
    imported: Set<RosterKey> = []
  ) throws -> RosterPlan {
    let policies = try #require(
      PolicySet.load(directory: packageRoot.appending(path: "policies").path).policies)
    let sources = files.sorted { $0.key < $1.key }.map { Source(name: $0.key, text: $0.value) }
    let roster = RosterReader.read(
      sources, schema: policies.vocabulary.schema, schools: Set(current.schools.keys))
    return RosterPlan(roster, current: current, imported: imported)
  }

  /// A way in which files differ, and what is said of it.
  struct Drift: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var said: [String] = []
    let change: @Sendable (inout [String: String]) -> Void

    init(
      _ name: String, said: [String] = [],
      _ change: @Sendable @escaping (inout [String: String]) -> Void
    ) {
      testDescription = name
      self.said = said
      self.change = change
    }
  }

  private static let harmless = [
    Drift("a mark of UTF-8 in front") { files in
      for name in files.keys { files[name] = files[name].map { "\u{FEFF}" + $0 } }
    },
    Drift("lines of Windows") { files in
      for name in files.keys { files[name]?.replace("\n", with: "\r\n") }
    },
    Drift("quotes around every cell") { files in
      for name in files.keys { files[name] = changed(files[name]) { $0.map { "\"\($0)\"" } } }
    },
    Drift("columns in another order") { files in
      for name in files.keys { files[name] = changed(files[name]) { $0.reversed() } }
    },
    Drift("columns of metadata at the right") { files in
      files["users.csv"] = changed(files["users.csv"]) {
        $0 + [$0[0] == "sourcedId" ? "metadata.homeLanguage" : "es"]
      }
    },
    Drift("agentSourcedIds in another place") { files in
      files["users.csv"] = changed(files["users.csv"]) { cells in
        Array(cells[..<15] + cells[16...] + [cells[15]])
      }
    },
    Drift("no agentSourcedIds") { files in
      files["users.csv"] = changed(files["users.csv"]) { Array($0[..<15] + $0[16...]) }
    },
    Drift("resourceSourcedIds, which only one text of 1.2 has") { files in
      files["users.csv"] = changed(files["users.csv"]) {
        $0 + [$0[0] == "sourcedId" ? "resourceSourcedIds" : ""]
      }
    },
    Drift("termSourcedId, and courseSourcedId in enrollments") { files in
      files["classes.csv"]?.replace("termSourcedIds", with: "termSourcedId")
      files["enrollments.csv"] = changed(files["enrollments.csv"]) {
        $0 + [$0[0] == "sourcedId" ? "courseSourcedId" : "k"]
      }
    },
    Drift("demographics with nothing but a header, or of another case") { files in
      files["demographics.csv"] = "sourcedId,status,dateLastModified,stateofBirthAbbreviation\n"
    },
    Drift("a manifest that says 1.2") { files in
      files["manifest.csv"] = "propertyName,value\noneroster.version,1.2\nfile.users,delta\n"
    },
    Drift("names of files in capitals") { files in
      files["Users.CSV"] = files.removeValue(forKey: "users.csv")
    },
    Drift("roles in capitals") { files in files["users.csv"]?.replace("student", with: "Student") },
    Drift(
      "headers in other letters",
      said: [
        "'SourcedID' was taken for the column 'sourcedId'",
        "'Type' was taken for the column 'type'",
        "'org_sourced_ids' was taken for the column 'orgSourcedIds'",
      ]
    ) { files in
      files["orgs.csv"]?.replace("sourcedId,", with: "SourcedID,", maxReplacements: 1)
      files["orgs.csv"]?.replace(",type,", with: ",Type,")
      files["users.csv"]?.replace("orgSourcedIds", with: "org_sourced_ids")
    },
    Drift("a column that nothing is known of", said: ["the column 'homeRoom' was not read"]) {
      files in
      files["users.csv"] = changed(files["users.csv"]) {
        $0 + [$0[0] == "sourcedId" ? "homeRoom" : "12"]
      }
    },
  ]

  @Test(arguments: harmless)
  func `files that differ in what does not matter give the same records`(_ drift: Drift) throws {
    var files = Self.files
    drift.change(&files)
    let plan = try Self.plan(files)
    let usual = try Self.plan(Self.files)
    #expect(usual.added.count == 5)
    #expect(plan.records == usual.records)
    #expect(plan.diagnostics.map(\.message).sorted() == drift.said.sorted())
    #expect(!plan.diagnostics.hasErrors)
  }

  private static let refused = [
    Drift(
      "a column is missing",
      said: [
        "the column 'givenName' is missing; no row was read / is it 'givenNames'? Then name it 'givenName'"
      ]
    ) { $0["users.csv"]?.replace("givenName", with: "givenNames") },
    Drift(
      "there is no role, and no file of roles",
      said: [
        "nothing says who is a student and who a teacher: there is neither a column 'role' nor a file roles.csv / OneRoster 1.1 has the column, 1.2 the file: export the one or add the other"
      ]
    ) { files in
      files["users.csv"] = changed(files["users.csv"]) { Array($0[..<5] + $0[6...]) }
    },
  ]

  @Test(arguments: refused)
  func `files that can't be read are refused with what to do`(_ drift: Drift) throws {
    var files = Self.files
    files["enrollments.csv"] = nil
    drift.change(&files)
    let plan = try Self.plan(files)
    #expect(plan.records.students.isEmpty)
    #expect(
      plan.diagnostics.filter { $0.severity == .error }.map { "\($0.message) / \($0.help ?? "")" }
        == drift.said)
  }

  @Test func `a file with nothing but a header lets nobody go`() throws {
    let first = try Self.plan(Self.files)
    var files = Self.files
    for name in files.keys { files[name] = files[name].map { $0.prefix { $0 != "\n" } + "\n" } }
    let plan = try Self.plan(
      files, current: first.records, imported: Set(first.added.map(\.key)))
    #expect(plan.isEmpty)
    #expect(plan.diagnostics == [])
  }

  /// A table with its rows changed, cell by cell; none of them has quotes.
  private static func changed(_ table: String?, _ change: ([String]) -> [String]) -> String? {
    table?.split(separator: "\n").map { line in
      change(line.split(separator: ",", omittingEmptySubsequences: false).map(String.init))
        .joined(separator: ",")
    }.joined(separator: "\n")
  }
}
