import CEL
import Diagnostics
public import Foundation
import PolicyRendering
import YAML

#if FUZZING
@testable import PolicyEngine
#else
import PolicyEngine
#endif

/// Reads session documents by the shipped vocabulary and decides them in both ways, which must agree.
///
/// The first byte says what the rest is: a document in JSON, one in YAML, or changes to a session of the
/// examples, which is then read in both formats and must come to the same. Without the changes hardly
/// any input would be a document: a session has forty facts that must be there.
///
/// It keeps what it learns, as deciders of streams do.
public final class DocumentProperties {
  private let policies: PolicySet
  private let samples: [Value]
  private let today: CivilDate
  private let decisions: [Int]
  private var lines: LineDecider
  private let writer: VerdictLineWriter
  private var decidedCount = 0

  /// The properties of documents of the policies in the package of the given folder.
  public init(package root: URL) throws {
    let result = PolicySet.load(directory: root.appending(path: "policies").path)
    guard let policies = result.policies, let today = CivilDate(year: 2026, month: 11, day: 23)
    else { throw BrokenProperty(description: "the shipped policies have mistakes") }
    self.policies = policies
    self.today = today
    decisions = Array(policies.decisions.indices)
    let lines = LineDecider(DocumentDecider(policies, today: today, decisions: decisions))
    writer = VerdictLineWriter(lines.decider)
    self.lines = lines
    let names = ["career-ladder-untagged", "detention-only-not-remedial", "family-event-approved"]
    samples = try names.map { name in
      let file = root.appending(path: "Examples/sessions/\(name).yaml")
      var diagnostics: [Diagnostic] = []
      let source = try Source(contentsOf: file.path, limit: 1 << 20)
      guard let node = YAMLReader.read(source, into: &diagnostics).first else {
        throw BrokenProperty(description: "the example '\(name)' can't be read")
      }
      return Value(node)
    }
  }

  /// Checks the properties of one input; false when it teaches nothing.
  public func check(_ bytes: [UInt8]) throws(BrokenProperty) -> Bool {
    guard let form = bytes.first else { return false }
    let rest = bytes.dropFirst()
    switch form & 3 {
    case 0:
      if let document = try read(json: Array(rest)) { try decide(document) }
    case 1:
      for case let document? in try read(yaml: Array(rest)) { try decide(document) }
    default:
      var changes = Changes(bytes: rest)
      let text = changes.applied(to: samples[Int(form >> 2) % samples.count]).text
      let document = try read(json: text)
      if let document { try decide(document) }
      guard form & 3 == 3 else { break }
      let other = try read(yaml: text)
      try FuzzProperties.check(
        other.first?.map(plan) == document.map(plan),
        "\(String(decoding: text, as: UTF8.self)) is another document in YAML")
    }
    return true
  }

  /// The document in a JSON text; nil when it is none.
  private func read(json bytes: [UInt8]) throws(BrokenProperty) -> FactDocument? {
    var diagnostics: [Diagnostic] = []
    let source = Source(name: "document", bytes: bytes)
    let document = FactDocument.read(
      json: source, schema: policies.vocabulary.schema, into: &diagnostics)
    try check(document, diagnostics, in: source)
    return document
  }

  /// The documents in a YAML text, nil where one has mistakes; none when it is not YAML.
  private func read(yaml bytes: [UInt8]) throws(BrokenProperty) -> [FactDocument?] {
    var diagnostics: [Diagnostic] = []
    let source = Source(name: "document", bytes: bytes)
    var documents: [FactDocument?] = []
    for node in YAMLReader.read(source, into: &diagnostics) {
      var mistakes: [Diagnostic] = []
      let document = FactDocument.read(
        yaml: node, schema: policies.vocabulary.schema, into: &mistakes)
      try check(document, mistakes, in: source)
      documents.append(document)
    }
    return diagnostics.isEmpty ? documents : []
  }

  /// What the plan decides.
  private func plan(_ document: FactDocument) -> Verdict? {
    var verdict: Verdict?
    lines.decide(document) { verdict = $0.verdict }
    return verdict
  }

  /// Decides a document in every way there is.
  private func decide(_ document: FactDocument) throws(BrokenProperty) {
    let verdict = policies.decide(document, today: today, decisions: decisions)
    let planned = plan(document)
    try FuzzProperties.check(
      planned == verdict,
      "planned \(planned?.ndjsonLine ?? "-")\nwhere \(verdict.ndjsonLine)\n"
        + String(decoding: document.text, as: UTF8.self))
    // The texts cost as much as the decisions, an explanation as much as ten of them. The first
    // document has them always, so that what failed fails again by itself.
    defer { decidedCount += 1 }
    guard decidedCount.isMultiple(of: 100) else { return }
    var line: [UInt8] = []
    lines.decide(document) { decider in
      var buffer = ByteBuffer()
      writer.write(decider, to: &buffer)
      line = Array(buffer.copy())
    }
    try FuzzProperties.check(
      line.elementsEqual((verdict.ndjsonLine + "\n").utf8),
      "written as \(String(decoding: line, as: UTF8.self))where \(verdict.ndjsonLine)")
    let explanation = policies.explain(document, today: today, decisions: decisions)
    try FuzzProperties.check(
      explanation.decisions.map(\.outcome) == verdict.decisions.map(\.outcome),
      "explained otherwise than \(verdict.ndjsonLine)")
  }

  private func check(
    _ document: FactDocument?, _ diagnostics: [Diagnostic], in source: Source
  ) throws(BrokenProperty) {
    try FuzzProperties.check(
      (document == nil) == diagnostics.hasErrors, "a document is refused without an error, or not")
    for case let range? in diagnostics.map(\.range) {
      try FuzzProperties.check(
        range.bytes.upperBound <= source.bytes.count, "a message points behind the text")
    }
    guard let first = diagnostics.first else { return }
    if decidedCount.isMultiple(of: 100) { _ = DiagnosticRenderer().render([first]) }
  }
}
