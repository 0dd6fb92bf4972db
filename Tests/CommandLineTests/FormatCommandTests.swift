import Foundation
import TestSupport
import Testing

@Suite struct FormatCommandTests {
  @Test func `--check names what would change, and format changes it`() async throws {
    let folder = try Folder(files: [
      "a.yaml": "rules:\n- rule:   a   # why\n  when: x==1&&y\n", "b.yaml": "a: 1\n",
      "c.yaml": "a: [\n",
    ])
    let path = folder.path
    let checked = try await tutorpolicy("format", "--check", path + "/a.yaml", path + "/b.yaml")
    #expect(checked.status == 1)
    #expect(checked.standardOutput == "\(path)/a.yaml:2: is not laid out\n")
    let formatted = try await tutorpolicy("format", path + "/a.yaml", path + "/b.yaml")
    #expect(formatted.status == 0)
    #expect(formatted.standardOutput == "laid out: \(path)/a.yaml\n")
    let text = try String(contentsOf: URL(filePath: path + "/a.yaml"), encoding: .utf8)
    #expect(text == "rules:\n  - rule: a   # why\n    when: x == 1 && y\n")
    let again = try await tutorpolicy("format", "--check", path + "/a.yaml")
    #expect(again.status == 0)
    #expect(again.standardOutput == "1 file laid out already\n")
    let broken = try await tutorpolicy("format", path + "/c.yaml")
    #expect(broken.status == 3)
    #expect(broken.standardError.contains("c.yaml:"))
  }
}
