#if Server
import Foundation
import Testing
import TutoringSessions
import TutoringStore

@testable import TutoringServer

extension AccessibilityTests {
  /// Files in a folder, by their names: some rows add, some change, and some are wrong.
  private static let files = [
    "students.csv": """
    id,firstName,lastName,school,readingImprovementPlan
    S-1,DeShawn,Carter,truman,yes
    N-1,Wolfeschlegelsteinhausenbergerdorff,Nguyễn-Papadimitriou,truman,no
    N-2,Ana,Moss,trumann,maybe
    N-3,,,,
    """,
    "grades.csv": """
    student,subject,grade
    S-1,algebra,D
    S-2,algebra,Q
    """,
    "grade.csv": "student,subject,grade\n",
  ]

  @Test func `files that are chosen are shown, by any width, before they are taken over`()
    async throws
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: "rosters-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var paths: [String] = []
    for (name, text) in Self.files.sorted(by: { $0.key < $1.key }) {
      let file = folder.appending(path: name)
      try Data(text.utf8).write(to: file)
      paths.append(file.path)
    }
    let zip = folder.appending(path: "more.zip")
    try #require(Data(base64Encoded: RosterImportTests.zip)).write(to: zip)
    let chosen = zip.path
    let separate = paths.joined(separator: "\n")
    try await BrowserDistrict.run { served in
      let axe = try BrowserPrograms.axe.map { try String(contentsOfFile: $0, encoding: .utf8) }
      try await served.browse { browser in
        try await Person(browser: browser, manner: .mouse).signIn("olga")
        for (name, files) in [("rosters-zip", chosen), ("rosters-preview", separate)] {
          try await browser.go("/office/rosters")
          try await browser.type(files, in: browser.find("#roster-files"))
          // The names are shown once the files are in the form.
          try await browser.waitFor(name == "rosters-zip" ? "more.zip" : "grades.csv, students.csv")
          try await browser.click("See what it would do")
          _ = try await browser.find("#preview")
          try await browser.run(
            "document.querySelectorAll('details').forEach(it => it.open = true); return true")
          try await look(browser, name, axe)
        }
        try await browser.click("Take 2 records over")
        try await browser.waitFor("Import 1 was taken over.")
        #expect(try await served.district.store.student("N-1") != nil)
        try await look(browser, "rosters-done", axe)
      }
    }
  }
}
#endif
