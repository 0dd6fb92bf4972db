import Diagnostics
import Foundation
import PolicyEngine
import PolicyExports
import PolicySchemas
import PolicyTesting
import TestSupport
import Testing
import YAML

@Suite struct SchemaTests {
  private static let policies = packageRoot.appending(path: "policies")
  private static let schemas = policies.appending(path: "schemas")

  /// The shipped files, each with the schema that it must point at.
  private static let shipped: [(path: String, kind: FileKind)] =
    files("policies").map { path in
      switch path {
      case "policies/vocabulary.yaml": (path, .vocabulary)
      case "policies/decisions.yaml": (path, .decisions)
      default: (path, .policies)
      }
    } + files("policies/fixtures").map { ($0, .fixtures) }
    + files("policies/exports").map { ($0, .exports) }
    + files("policies/reports").map { ($0, .reports) }
    + files("Examples/sessions").map { ($0, .session) }

  private static func files(_ folder: String) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(
      atPath: packageRoot.appending(path: folder).path)
    return (names ?? []).filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".json") }.sorted()
      .map { "\(folder)/\($0)" }
  }

  /// The shipped policies and the schemas for them, read once for all tests.
  private static let loaded = PolicySet.load(directory: policies.path)
  private static let written: [FileKind: String] = {
    guard let policies = loaded.policies else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: FileKind.allCases.map { ($0, $0.schema(for: policies)) })
  }()
  private static let validators = written.compactMapValues { text -> SchemaValidator? in
    var mistakes: [Diagnostic] = []
    return YAMLReader.read(Source(name: "schema", text: text), into: &mistakes).first
      .map { SchemaValidator(schema: $0) }
  }

  private func nodes(_ text: String, named name: String = "text.yaml") throws -> [YAMLNode] {
    var mistakes: [Diagnostic] = []
    var limits = YAMLLimits()
    limits.bytes = 8 << 20
    let nodes = YAMLReader.read(
      Source(name: name, text: text), limits: limits, into: &mistakes)
    try #require(mistakes.isEmpty, "\(DiagnosticRenderer().render(mistakes))")
    return nodes
  }

  private func validator(_ kind: FileKind) throws -> SchemaValidator {
    try #require(Self.validators[kind], "\(Self.loaded.diagnostics)")
  }

  @Test(arguments: FileKind.allCases)
  func `the shipped schema is what the program writes`(kind: FileKind) throws {
    try assertSnapshot(
      try #require(Self.written[kind]), recordedIn: Self.schemas.appending(path: kind.fileName))
  }

  @Test func `there are shipped files of every kind`() {
    #expect(Self.shipped.count > 40)
    // No change of the shipped policies is under way.
    #expect(
      Set(Self.shipped.map(\.kind)) == Set(FileKind.allCases).subtracting([.expectedChanges]))
  }

  @Test(arguments: shipped)
  func `a shipped file is as its schema says`(path: String, kind: FileKind) throws {
    let text = try String(contentsOf: packageRoot.appending(path: path), encoding: .utf8)
    let mistakes = try nodes(text, named: path).flatMap {
      try validator(kind).mistakes(in: $0)
    }
    // The one that shows what becomes of a session in which a fact is missing.
    let expected =
      path == "Examples/sessions/actively-tutored-missing.yaml"
      ? ["/encounters/0: required activelyTutored"] : []
    #expect(mistakes == expected)
  }

  @Test(arguments: shipped.filter { $0.path.hasSuffix(".yaml") })
  func `a shipped file points at its schema`(path: String, kind: FileKind) throws {
    let text = try String(contentsOf: packageRoot.appending(path: path), encoding: .utf8)
    let line = try #require(text.split(separator: "\n").first)
    let mark = "# yaml-language-server: $schema="
    #expect(line.hasPrefix(mark))
    let target = URL(filePath: path, relativeTo: packageRoot).deletingLastPathComponent()
      .appending(path: String(line.dropFirst(mark.count))).standardizedFileURL
    #expect(target.path == Self.schemas.appending(path: kind.fileName).standardizedFileURL.path)
  }

  @Test func `the editor's settings know the schema of the example sessions in JSON`() throws {
    let path = packageRoot.appending(path: ".vscode/settings.json")
    let settings = try #require(try nodes(String(contentsOf: path, encoding: .utf8)).first)
    let schema = "./policies/schemas/\(FileKind.session.fileName)"
    #expect(settings["json.schemas"]?.elements?.first?["url"]?.string == schema)
  }

  @Test(arguments: [
    (
      FileKind.policies, "rules: [{rule: a, titel: A, title: A, decides: [x], require: 'true'}]",
      "/rules/0/titel: additionalProperties"
    ),
    (.policies, "rules: [{rule: a, decides: [x], require: 'true'}]", "/rules/0: required title"),
    (
      .policies, "rules: [{rule: A_1, title: A, decides: x, require: 'true'}]",
      "/rules/0/rule: pattern"
    ),
    (
      .policies, "rules: [{rule: a, title: A, decides: x, require: 'true', severity: warn}]",
      "/rules/0/severity: enum"
    ),
    (
      .policies, "rules: [{rule: a, title: A, decides: x, require: {al: [b]}}]",
      "/rules/0/require/al: additionalProperties"
    ),
    (
      .policies,
      "rules: [{rule: a, title: A, decides: x, require: b, effective: {from: 2026-13-01}}]",
      "/rules/0/effective/from: pattern"
    ),
    (
      .policies, "rules: [{rule: a, title: A, decides: x, require: b, lint: {mising-fix: c}}]",
      "/rules/0/lint/mising-fix: additionalProperties"
    ),
    (
      .policies, "parameters: {p: {type: int, values: {1 July: 7}}}",
      "/parameters/p/values/1 July: pattern"
    ),
    (.vocabulary, "rules: []", "/rules: additionalProperties"),
    (
      .vocabulary, "types: {T: {facts: {a: {type: string, changdBy: b}}}}",
      "/types/T/facts/a/changdBy: additionalProperties"
    ),
    (.decisions, "decisions: {a: {title: A}}", "/decisions/a: required about"),
    (
      .fixtures, "topic: a\ncases: [{case: b, expect: {violatd: []}}]",
      "/cases/0/expect/violatd: additionalProperties"
    ),
    (
      .fixtures, "topic: a\ncases: [{case: b, expect: {decisions: {payment: passes}}}]",
      "/cases/0/expect/decisions/payment: enum"
    ),
    (.fixtures, "topic: a", ": required cases"),
  ])
  func `a typical mistake is refused in its place`(
    kind: FileKind, text: String, mistake: String
  ) throws {
    let found = try nodes(text).flatMap { try validator(kind).mistakes(in: $0) }
    #expect(found == [mistake])
  }

  @Test(arguments: [
    ("kind: tutoring", "kind: tutorin", "/workOrder/kind: enum"),
    ("date: 2026-09-15", "date: 15.9.2026", "/date: pattern"),
    ("start: 2026-09-15T13:00:00-05:00", "start: 13:00", "/start: pattern"),
    ("tags:", "tgas:", "/tgas: additionalProperties"),
    ("id: S-0815", "nr: S-0815", "/nr: additionalProperties"),
  ])
  func `a typical mistake in a session is refused in its place`(
    right: String, wrong: String, mistake: String
  ) throws {
    let path = packageRoot.appending(path: "Examples/sessions/eligible.yaml")
    var text = try String(contentsOf: path, encoding: .utf8)
    if right == "kind: tutoring" { text = text.replacing("kind: career-ladder", with: right) }
    try #require(text.contains(right))
    let found = try nodes(text.replacing(right, with: wrong)).flatMap {
      try validator(.session).mistakes(in: $0)
    }
    #expect(found.contains(mistake), "\(found)")
  }

  @Test func `the validator of these tests knows every keyword it meets`() throws {
    let schema = try #require(try nodes("{type: object, dependencies: {}}").first)
    let node = try #require(try nodes("{}").first)
    #expect(throws: SchemaValidator.UnknownKeyword.self) {
      try SchemaValidator(schema: schema).mistakes(in: node)
    }
  }

  @Test func `every key that the loader knows is described`() throws {
    let schemas: [(FileKind, String, [String])] = [
      (.policies, "rule", PolicyKeys.rule), (.policies, "type", PolicyKeys.type),
      (.policies, "decision", PolicyKeys.decision), (.policies, "parameter", PolicyKeys.parameter),
      (.fixtures, "case", FixtureKeys.case), (.fixtures, "table", FixtureKeys.table),
      (.fixtures, "expect", FixtureKeys.expect), (.exports, "column", ExportKeys.column),
      (.exports, "total", ExportKeys.total), (.reports, "column", ReportKeys.column),
      (.reports, "grouping", ReportKeys.grouping),
    ]
    for (kind, definition, keys) in schemas {
      let properties = try validator(kind).schema["definitions"]?[definition]?["properties"]
      #expect(properties?.entries?.compactMap(\.key.string) == keys)
      for entry in properties?.entries ?? [] {
        #expect(!(entry.value.entries ?? []).isEmpty, "\(entry.key.string ?? "") is anything")
      }
    }
  }
}
