import Diagnostics
import Foundation
import TestSupport
import Testing
import YAML

/// Where the public suites are, given by the environment; without it these tests are skipped.
private let folder = ProcessInfo.processInfo.environment["TUTORPOLICY_CONFORMANCE"]

private let isSuiteThere = ConditionTrait.enabled(
  if: folder != nil, "TUTORPOLICY_CONFORMANCE does not say where the conformance data is")

/// A case of the YAML test suite, with what is known of libyaml's way with it.
struct ConformanceCase: Decodable, Sendable, CustomTestStringConvertible {
  let id: String
  let name: String
  let yaml: String
  /// The documents as JSON, where the suite gives them.
  let json: [DecodedJSON]?
  /// Whether the text is not YAML.
  let error: Bool
  /// `agrees`, `rejects-valid` or `accepts-invalid`.
  let libyaml: String
  /// `same` or `different`, where libyaml accepts what is valid.
  let libyamlEvents: String?

  var testDescription: String { "\(id) \(name)" }

  static func all() throws -> [ConformanceCase] {
    guard let folder else { return [] }
    let file = URL(fileURLWithPath: folder).appendingPathComponent("yaml/cases.json")
    return try JSONDecoder().decode([ConformanceCase].self, from: Data(contentsOf: file))
  }

  /// What is wrong with how the case is read; nil when it is read as the suite says.
  func difference() -> String? {
    let reading = Reading(yaml)
    let messages = reading.diagnostics.map { "\($0.code.rawValue): \($0.message)" }.joined(
      separator: "\n")
    if error { return reading.diagnostics.isEmpty ? "accepted" : nil }
    guard reading.diagnostics.isEmpty else { return messages }
    let read = reading.documents.map { DecodedJSON($0) }
    guard let json, read != json else { return nil }
    return "read as \(read)\nexpected \(json)"
  }
}

extension DecodedJSON {
  /// A node as JSON; keys are what is written, since JSON has no others.
  fileprivate init(_ node: YAMLNode) {
    switch node.content {
    case .sequence(let elements): self = .array(elements.map { DecodedJSON($0) })
    case .mapping(let entries):
      let pairs = entries.map { ($0.key.scalar?.text ?? "", DecodedJSON($0.value)) }
      self = .object(Dictionary(pairs) { first, _ in first })
    case .scalar(let scalar):
      self =
        switch scalar.value {
        case .null: .null
        case .bool(let value): .bool(value)
        case .int(let value): .number(Double(value))
        case .float(let value): .number(value)
        case .string(let value): .string(value)
        }
    }
  }
}

@Suite(isSuiteThere) struct `The YAML test suite` {
  @Test func `is found`() throws {
    #expect(try ConformanceCase.all().count > 200)
  }

  @Test func `has every case that is listed as a deliberate difference`() throws {
    let ids = Set(try ConformanceCase.all().map(\.id))
    #expect(deliberateDifferences.keys.filter { !ids.contains($0) } == [])
  }

  @Test(arguments: try ConformanceCase.all())
  func `is read as it says`(_ testCase: ConformanceCase) {
    let difference = testCase.difference()
    if let reason = deliberateDifferences[testCase.id] {
      #expect(difference != nil, "\(testCase.id) is no difference any more: \(reason)")
    } else if testCase.libyaml == "agrees", testCase.libyamlEvents != "different" {
      #expect(difference == nil, "\(testCase.yaml)\n\(difference ?? "")")
    } else {
      // libyaml is known not to read it as the suite says; should it, the data is out of date.
      #expect(difference != nil, "\(testCase.id): the verdict '\(testCase.libyaml)' is stale")
    }
  }
}
