import Foundation
import TestSupport
import Testing

@Suite struct WallTests {
  @Test(arguments: try Target.all())
  func `no two folders of a target use each other`(target: Target) throws {
    let others = try Target.all().filter { $0.name != target.name }.flatMap(\.files.values)
    let references = FolderReferences(target: target.files, others: others)
    let known = Set(knownCircles.filter { $0.target == target.name }.map(\.folders))
    let found = Set(references.circles)
    for circle in found.subtracting(known) {
      Issue.record("\(target.name):\n\(references.description(of: circle))")
    }
    for circle in known.subtracting(found) {
      Issue.record("\(circle.user) and \(circle.used) of \(target.name) are a circle no more")
    }
    #expect(references.longCircle(without: known) == [], "folders use each other by way of others")
  }
}

/// A folder of `Sources` with its Swift files.
struct Target: Sendable, CustomTestStringConvertible {
  let name: String
  /// The files by their paths within it.
  let files: [String: SwiftFile]

  var testDescription: String { name }

  static func all() throws -> [Target] { try known.get() }

  private static let known = Result { try read() }

  private static func read() throws -> [Target] {
    let sources = packageRoot.appending(path: "Sources")
    let folders = try FileManager.default.contentsOfDirectory(atPath: sources.path).sorted()
    return try folders.compactMap { name in
      let folder = sources.appending(path: name)
      let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        .filter { $0.hasSuffix(".swift") }
      guard !paths.isEmpty else { return nil }
      let files = try paths.map { path in
        let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
        return (path, SwiftFile(text: text))
      }
      return Target(name: name, files: Dictionary(uniqueKeysWithValues: files))
    }
  }
}
