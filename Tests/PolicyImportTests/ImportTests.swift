import Diagnostics
import Foundation
import PolicyImport
import TestSupport
import Testing

/// A file of another engine.
struct ForeignFile: Sendable, CustomTestStringConvertible {
  /// The path within the folder of fixtures.
  let path: String

  var testDescription: String { path }

  static let folder = packageRoot.appending(path: "Tests/PolicyImportTests/Fixtures")

  static let all: [ForeignFile] = ["dmn", "gorules", "jsonlogic"].flatMap { kind in
    let names =
      (try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: kind).path))
      ?? []
    return names.sorted().map { ForeignFile(path: "\(kind)/\($0)") }
  }

  func source() throws -> Source {
    Source(
      name: URL(filePath: path).lastPathComponent,
      bytes: Array(try Data(contentsOf: Self.folder.appending(path: path))))
  }
}

@Suite struct ImportTests {
  @Test func `there are files of each kind`() {
    #expect(Set(ForeignFile.all.compactMap { $0.path.split(separator: "/").first }).count == 3)
  }

  @Test(arguments: ForeignFile.all)
  func `a file becomes the policies that were recorded, or is refused as recorded`(
    file: ForeignFile
  ) throws {
    let result = PolicyImporter.read(try file.source())
    let kind = try #require(file.path.split(separator: "/").first)
    #expect(result.kind?.rawValue == String(kind))
    let policies = result.files.map { "=== \($0.path)\n\($0.text)" }.joined()
    try assertSnapshot(
      DiagnosticRenderer().render(result.diagnostics) + policies,
      named: file.path.replacing("/", with: "-") + ".txt", in: "import")
  }

  /// The importer tries the fixtures itself, and would have said so.
  @Test(arguments: ForeignFile.all)
  func `what is written has no mistake, and a case for each row that can count`(
    file: ForeignFile
  ) throws {
    let result = PolicyImporter.read(try file.source())
    let known: Set = [
      "cannot-be-imported", "left-out", "rows-overlap", "rows-leave-gap", "row-never-counts",
      "rows-not-compared", "nothing-to-decide",
    ]
    #expect(Set(result.diagnostics.map(\.code.rawValue)).subtracting(known) == [])
    let isWritten = result.files.contains { $0.path == "fixtures/rows.yaml" }
    #expect(isWritten == !result.files.isEmpty)
  }

  @Test func `a value that passes makes a decision of it`() throws {
    let file = ForeignFile(path: "dmn/room-request.dmn")
    let result = PolicyImporter.read(
      try file.source(), passing: [PassingValue(output: nil, value: "granted")])
    let rules = try #require(result.files.first { $0.path == "rules.yaml" })
    #expect(rules.text.contains(#"require: "input.roomRequest == 'granted'""#))
  }

  @Test func `where nothing can fail, a value that passes is asked for`() throws {
    let file = ForeignFile(path: "jsonlogic/bus-fare.json")
    let refused = PolicyImporter.read(try file.source())
    #expect(refused.diagnostics.map(\.help) == ["name the value that passes: --pass 'result=free'"])
    let result = PolicyImporter.read(
      try file.source(), passing: [PassingValue(output: "result", value: "free")])
    #expect(result.files.count == 4)
    #expect(!result.diagnostics.hasErrors)
  }

  @Test func `a value that nothing gives is refused, with the outputs that there are`() throws {
    let file = ForeignFile(path: "dmn/room-request.dmn")
    let result = PolicyImporter.read(
      try file.source(), passing: [PassingValue(output: "Room Requst", value: "granted")])
    let found = try #require(result.diagnostics.first { $0.code == .unknownValue })
    #expect(found.help == "did you mean 'Room Request'?")
  }

  @Test(arguments: [
    "", "{}", "[1]", "{\"nodes\": []}", "<a/>", "<definitions/>", "{\"a\": 1, \"a\": 2}",
  ])
  func `what is no decision is refused with its place`(text: String) {
    let result = PolicyImporter.read(Source(name: "file", text: text))
    #expect(result.files.isEmpty)
    #expect(result.diagnostics.hasErrors)
  }

  /// Bytes are changed, left out and repeated: what comes is refused or imported, and nothing is said of the importer's
  /// own files, which would be a mistake in it.
  @Test(arguments: ForeignFile.all)
  func `a file that was changed by accident is refused or imported, and never a crash`(
    file: ForeignFile
  ) throws {
    let whole = try file.source().bytes
    var numbers = SeededNumbers(seed: 22)
    for _ in 0..<12 {
      var bytes = whole
      let at = Int.random(in: 0..<bytes.count, using: &numbers)
      switch Int.random(in: 0..<3, using: &numbers) {
      case 0: bytes[at] = UInt8.random(in: 0...255, using: &numbers)
      case 1: bytes.removeSubrange(at..<min(at + 9, bytes.count))
      default: bytes.insert(contentsOf: bytes.suffix(from: at).prefix(20), at: at / 2)
      }
      let result = PolicyImporter.read(Source(name: "changed", bytes: bytes))
      #expect(!result.files.isEmpty || result.diagnostics.hasErrors)
      let places = result.diagnostics.compactMap { $0.range?.source.name }
      #expect(Set(places).isSubset(of: ["changed"]), "\(String(decoding: bytes, as: UTF8.self))")
    }
  }

  @Test func `a table of more rows than are compared is refused`() throws {
    let rows = (0...1_000).map { #"{"_id": "\#($0)", "i": "\#($0)", "o": "true"}"# }
    let text = """
      {"nodes": [{"id": "a", "type": "inputNode"}, {"id": "t", "type": "decisionTableNode", "name": "Bands",
       "content": {"hitPolicy": "first", "inputs": [{"id": "i", "field": "n"}],
       "outputs": [{"id": "o", "field": "ok"}], "rules": [\(rows.joined(separator: ","))]}}],
       "edges": [{"sourceId": "a", "targetId": "t"}]}
      """
    let result = PolicyImporter.read(Source(name: "bands.json", text: text))
    #expect(result.files.isEmpty)
    #expect(result.diagnostics.map(\.message) == ["'Bands' has 1001 rows, more than 1000"])
  }

  @Test func `a table of more rows than one expression can hold is imported`() throws {
    let rows = (0..<130).map {
      #"{"_id": "\#($0)", "i": "[\#($0 * 10)..\#($0 * 10 + 9)]", "o": "\#($0)"}"#
    }
    let text = """
      {"nodes": [{"id": "a", "type": "inputNode"}, {"id": "t", "type": "decisionTableNode", "name": "Bands",
       "content": {"hitPolicy": "first", "inputs": [{"id": "i", "field": "n"}],
       "outputs": [{"id": "o", "field": "band"}], "rules": [\(rows.joined(separator: ","))]}}],
       "edges": [{"sourceId": "a", "targetId": "t"}]}
      """
    let result = PolicyImporter.read(Source(name: "bands.json", text: text))
    #expect(!result.diagnostics.hasErrors)
    #expect(result.files.count == 4)
  }
}
