import Diagnostics
import Foundation
import PolicyEngine
import TestSupport
import Testing

/// The pages on which mistakes are described, each with an example that is tried here.
///
/// A section has a code as its heading, then what is wrong, files of an example, a command and what that prints, and
/// what to do about it. The files are written into a folder as `tutorpolicy init` makes it. Only what no command shows
/// has no example there; `MistakePage.withoutExample` names the suite that has one.
@Suite struct MistakePageTests {
  @Test func `every code is described once`() throws {
    let described = try MistakePage.all.flatMap { try $0.codes() }
    let elsewhere = LintCheck.allCases.map(\.rawValue)
    #expect((described + elsewhere).sorted() == DiagnosticCode.allCases.map(\.rawValue).sorted())
  }

  @Test func `what has no example on a page has one in a test suite`() throws {
    let folder = packageRoot.appending(path: "Tests")
    let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    let suites = Set((files ?? []).map { URL(filePath: $0).lastPathComponent })
    let described = Set(try MistakePage.all.flatMap { try $0.codes() })
    for (code, suite) in MistakePage.withoutExample {
      #expect(suites.contains("\(suite).swift"), "\(code): \(suite)")
      #expect(described.contains(code), "\(code)")
    }
  }

  @Test(arguments: MistakePage.all)
  func `what is shown is what is printed, with the code`(page: MistakePage) async throws {
    let folder = try Folder(files: [:])
    let starter = try await runShell("tutorpolicy init", in: folder.url)
    try #require(starter.status == 0, "\(starter.standardError)")
    var text = try page.text()
    for section in try page.sections() {
      let output = try await section.output(startingFrom: folder.url)
      // Annotations of pull requests have the code as their title.
      let shown = ["[\(section.code)]", "title=\(section.code)::"].filter { output.contains($0) }
      #expect(!shown.isEmpty, "\(section.code)\n\(output)")
      #expect(section.isComplete, "\(section.code): a cause before the example, a remedy behind it")
      text = text.replacing(section.shown, with: section.showing(output))
    }
    try assertSnapshot(text, recordedIn: page.file)
  }
}
