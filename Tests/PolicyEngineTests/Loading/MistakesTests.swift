import Diagnostics
import Foundation
import PolicyEngine
import TestSupport
import Testing

/// A policy file with mistakes, read together with the base vocabulary.
struct MistakenFile: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let path: URL

  private static let folder = packageRoot.appending(path: "Tests/PolicyEngineTests/Fixtures")

  static let all: [MistakenFile] = {
    let mistakes = folder.appending(path: "mistakes")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: mistakes.path)) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted().map {
      MistakenFile(testDescription: $0, path: mistakes.appending(path: $0))
    }
  }()

  /// What reading the file comes to; a file that begins with `# alone` is read without the base.
  func load() throws -> PolicyLoadResult {
    let text = try Data(contentsOf: path)
    let source = Source(name: testDescription, bytes: Array(text))
    let isAlone = text.starts(with: Data("# alone".utf8))
    return PolicySet.load(isAlone ? [source] : [try Self.base(), source])
  }

  static func base() throws -> Source {
    let text = try Data(contentsOf: folder.appending(path: "base.yaml"))
    return Source(name: "base.yaml", bytes: Array(text))
  }
}

@Suite struct MistakesTests {
  @Test func `there are mistaken files`() {
    #expect(MistakenFile.all.count >= 20)
  }

  @Test func `the base vocabulary has no mistake`() throws {
    let result = PolicySet.load([try MistakenFile.base()])
    #expect(DiagnosticRenderer().render(result.diagnostics) == "")
    #expect(result.policies != nil)
  }

  @Test(arguments: MistakenFile.all)
  func `every mistake of a file is shown at its place, with what to do`(file: MistakenFile) throws {
    let result = try file.load()
    #expect(result.policies == nil, "a policy set with a mistake must decide nothing")
    let name = file.testDescription.replacing(".yaml", with: ".txt")
    try assertSnapshot(
      DiagnosticRenderer().render(result.diagnostics), named: name, in: "mistakes")
  }
}
