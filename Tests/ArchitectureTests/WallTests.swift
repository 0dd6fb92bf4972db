import Foundation
import TestSupport
import Testing

@Suite struct WallTests {
  @Test(arguments: try Target.all())
  func `no two folders of a target use each other`(target: Target) throws {
    let references = try target.references()
    for circle in references.circles {
      Issue.record("\(target.name):\n\(references.description(of: circle))")
    }
    #expect(references.longCircle == [], "folders use each other by way of others")
  }

  @Test(arguments: try Target.all())
  func `a target depends on what it imports`(target: Target) throws {
    #expect(try target.dependencies() == target.imports())
  }

  @Test func `the page on architecture names what each target imports`() throws {
    let rows = try ArchitecturePage.rows(below: "| target |")
    let named = rows.map { "\($0[0]): \(ArchitecturePage.names(in: $0[1]).sorted())" }
    let targets = try Target.all().map { "\($0.name): \(try $0.imports().sorted())" }
    #expect(named.sorted() == targets.sorted())
    var above: Set<String> = []
    for row in rows {
      #expect(ArchitecturePage.names(in: row[1]).isSubset(of: above), "\(row[0])")
      above.insert(row[0])
    }
  }

  @Test func `folders of the engine use those that the page on architecture names above`() throws {
    let engine = try #require(try Target.all().first { $0.name == "PolicyEngine" })
    let folders = try ArchitecturePage.rows(below: "| folder |").map { $0[0] }
    #expect(
      Set(folders)
        == Set(engine.files.keys.compactMap { $0.split(separator: "/").first }.map(String.init)))
    for (edge, files) in try engine.references().uses {
      let user = try #require(folders.firstIndex(of: edge.user))
      let used = try #require(folders.firstIndex(of: edge.used))
      #expect(used < user, "\(edge.user) uses \(edge.used): \(files)")
    }
  }
}

/// The page on architecture, as far as tests hold it to the sources.
private enum ArchitecturePage {
  /// The cells of each row of a table, found by how its heading begins; names without backticks.
  static func rows(below heading: String) throws -> [[String]] {
    let page = "Sources/PolicyEngine/PolicyEngine.docc/Architecture.md"
    let text = try String(contentsOf: packageRoot.appending(path: page), encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0.hasPrefix(heading) })
    return lines[(start + 2)...].prefix { $0.hasPrefix("|") }.map { line in
      line.split(separator: "|").map { String($0).replacing("`", with: "").trimmingSpace }
    }
  }

  static func names(in cell: String) -> Set<String> {
    Set(cell.split(separator: ",").map { String($0).trimmingSpace })
  }
}

extension String {
  fileprivate var trimmingSpace: String { trimmingCharacters(in: .whitespaces) }
}

/// A folder of `Sources` with its Swift files.
struct Target: Sendable, CustomTestStringConvertible {
  let name: String
  /// The files by their paths within it.
  let files: [String: SwiftFile]

  var testDescription: String { name }

  static func all() throws -> [Target] { try known.get() }

  /// The folders of the target, and which of them use each other.
  func references() throws -> FolderReferences {
    let others = try Target.all().filter { $0.name != name }.flatMap(\.files.values)
    return FolderReferences(target: files, others: others)
  }

  /// The targets of this package that its files import.
  func imports() throws -> Set<String> {
    let imported = files.values.reduce(into: Set<String>()) { $0.formUnion($1.imports) }
    return imported.intersection(try Target.all().map(\.name))
  }

  /// The targets of this package that Package.swift names as its dependencies.
  func dependencies() throws -> Set<String> {
    let manifest = try String(
      contentsOf: packageRoot.appending(path: "Package.swift"), encoding: .utf8)
    let parts = manifest.split(separator: "arget(").dropFirst()
    let own = try #require(
      parts.first { $0.drop { $0.isWhitespace }.hasPrefix("name: \"\(name)\"") })
    let names = own.split(separator: "\"").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    return Set(try Target.all().map(\.name)).intersection(names.map(String.init))
      .subtracting([name])
  }

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
