import CEL
import Diagnostics
import PolicyRendering
import YAML

#if FUZZING
@testable import PolicyEngine
#else
import PolicyEngine
#endif

/// Reads any bytes as the one file of a policy set, and decides by it when it has no mistake.
///
/// Every node and every message must have its place in the text, and a policy set without mistakes must
/// decide the same by its plan and by the general evaluator.
public struct PolicyTextProperties: Sendable {
  public init() {}

  /// Checks the properties of one text; false when it teaches nothing.
  public func check(_ bytes: [UInt8]) throws(BrokenProperty) -> Bool {
    let source = Source(name: "text", bytes: bytes)
    var diagnostics: [Diagnostic] = []
    let documents = YAMLReader.read(source, into: &diagnostics)
    for document in documents { try check(document) }
    try check(diagnostics, in: source)
    guard !documents.isEmpty else { return true }
    let result = PolicySet.load([source])
    try check(result.diagnostics, in: source)
    try FuzzProperties.check(
      result.policies != nil || result.diagnostics.hasErrors, "it is refused without an error")
    if let policies = result.policies { try decide(by: policies) }
    return true
  }

  /// Checks that a node stands in the text, and each of its scalars where its map says.
  private func check(_ node: YAMLNode) throws(BrokenProperty) {
    try FuzzProperties.check(
      node.range.bytes.upperBound <= node.range.source.bytes.count, "a node ends behind the text")
    switch node.content {
    case .sequence(let elements):
      for element in elements { try check(element) }
    case .mapping(let entries):
      for entry in entries {
        try check(entry.key)
        try check(entry.value)
      }
    case .scalar(let scalar):
      _ = node.trap()
      try check(node.mappedText(), of: scalar)
    }
  }

  private func check(_ mapped: MappedText?, of scalar: YAMLScalar) throws(BrokenProperty) {
    guard let mapped else { throw BrokenProperty(description: "a scalar has no text") }
    try FuzzProperties.check(
      mapped.bytes.elementsEqual(scalar.text.utf8), "'\(scalar.text)' is '\(mapped.string)'")
    let written = mapped.source.bytes
    var last = 0
    for (offset, byte) in mapped.bytes.enumerated() {
      let place = mapped.range(of: offset..<offset + 1).bytes
      try FuzzProperties.check(
        last <= place.lowerBound && place.upperBound <= written.count,
        "byte \(offset) of '\(scalar.text)' stands at \(place), that before it at \(last)")
      last = place.lowerBound
      // What is neither white space nor an escape stands there as it is.
      if byte > 0x20, byte < 0x80, place.count == 1 {
        try FuzzProperties.check(
          written[last] == byte, "byte \(offset) of '\(scalar.text)' does not stand at \(last)")
      }
    }
  }

  private func check(
    _ diagnostics: [Diagnostic], in source: Source
  ) throws(BrokenProperty) {
    for diagnostic in diagnostics {
      for case let range? in [diagnostic.range] + diagnostic.notes.map(\.range) {
        try FuzzProperties.check(
          range.bytes.upperBound <= source.bytes.count,
          "'\(diagnostic.message)' is said of a place behind the text")
      }
    }
    // What is rendered differs little from one message to the next.
    if let first = diagnostics.first { _ = DiagnosticRenderer().render([first]) }
  }

  /// Decides a document of which nothing is known.
  private func decide(by policies: PolicySet) throws(BrokenProperty) {
    var diagnostics: [Diagnostic] = []
    guard let today = CivilDate(year: 2026, month: 11, day: 23),
      let document = FactDocument.read(
        json: Source(name: "empty", text: "{}"), schema: policies.vocabulary.schema,
        into: &diagnostics)
    else { throw BrokenProperty(description: "an empty document can't be read") }
    var lines = LineDecider(DocumentDecider(policies, today: today))
    var planned: Verdict?
    lines.decide(document) { planned = $0.verdict }
    let general = policies.decide(document, today: today)
    try FuzzProperties.check(
      planned == general, "planned \(planned?.ndjsonLine ?? "-")\nwhere \(general.ndjsonLine)")
  }
}
