import Diagnostics

/// Writes what a decider found as a line of NDJSON, the very bytes of `Verdict.ndjsonLine`.
///
/// All that doesn't change from document to document is put into its JSON form beforehand.
package struct VerdictLineWriter {
  /// `,"name":"`, for each decision asked for; the first without its comma.
  private let decisions: [(decision: Int, prefix: [UInt8])]
  /// `{"rule":"id","at":"`, for each rule.
  private let rules: [[UInt8]]
  /// The names of the steps to subjects.
  private let steps: [[UInt8]]
  private let outcomes: (pass: [UInt8], fail: [UInt8], undetermined: [UInt8])
  private let parts = Parts()

  private struct Parts {
    let id = Array(#"{"id":"#.utf8)
    let decisions = Array(#","decisions":{"#.utf8)
    let violated = Array(#"},"violated":["#.utf8)
    let undetermined = Array(#"],"undetermined":["#.utf8)
    let warnings = Array(#"],"warnings":["#.utf8)
    let endOfFinding = Array(#""},"#.utf8)
    let end = Array("]}\n".utf8)
    let null = Array("null".utf8)
  }

  /// A writer of what a decider finds.
  package init(_ decider: borrowing DocumentDecider) {
    let policies = decider.policies
    decisions = decider.asked.enumerated().map { position, decision in
      let name = JSONValue.string(policies.decisions[decision].name).compact
      return (decision, Array(((position > 0 ? "," : "") + name + ":").utf8))
    }
    rules = policies.rules.map { rule in
      Array(#"{"rule":\#(JSONValue.string(rule.id).compact),"at":""#.utf8)
    }
    steps = decider.subjects.tree.steps.map { step in
      Array(JSONValue.string(step.name).compact.dropFirst().dropLast().utf8)
    }
    func word(_ outcome: DecisionOutcome) -> [UInt8] {
      Array(JSONValue.string(outcome.rawValue).compact.utf8)
    }
    outcomes = (word(.pass), word(.fail), word(.undetermined))
  }

  /// Appends the line about the decider's last document.
  package func write(_ decider: borrowing DocumentDecider, to buffer: inout ByteBuffer) {
    buffer.append(parts.id)
    if let identity = decider.identity {
      buffer.append(UInt8(ascii: "\""))
      buffer.appendEscaped(identity)
      buffer.append(UInt8(ascii: "\""))
    } else {
      buffer.append(parts.null)
    }
    buffer.append(parts.decisions)
    for (decision, prefix) in decisions {
      buffer.append(prefix)
      switch decider.outcome(of: decision) {
      case .pass: buffer.append(outcomes.pass)
      case .fail: buffer.append(outcomes.fail)
      case .undetermined: buffer.append(outcomes.undetermined)
      }
    }
    buffer.append(parts.violated)
    writeFindings(.violated, of: decider, to: &buffer)
    buffer.append(parts.undetermined)
    writeFindings(.undetermined, of: decider, to: &buffer)
    buffer.append(parts.warnings)
    writeFindings(.warning, of: decider, to: &buffer)
    buffer.append(parts.end)
  }

  private func writeFindings(
    _ kind: DocumentDecider.Finding.Kind, of decider: borrowing DocumentDecider,
    to buffer: inout ByteBuffer
  ) {
    var isEmpty = true
    for finding in decider.findings where finding.kind == kind {
      isEmpty = false
      if finding.detail >= 0 {
        buffer.append(decider.details[finding.detail].undeterminedJSON.compact)
        buffer.append(UInt8(ascii: ","))
      } else {
        buffer.append(rules[finding.rule])
        writePath(to: finding.place, of: decider, to: &buffer)
        buffer.append(parts.endOfFinding)
      }
    }
    if !isEmpty { buffer.removeLast() }
  }

  private func writePath(
    to place: Int, of decider: borrowing DocumentDecider, to buffer: inout ByteBuffer
  ) {
    let subject = decider.subjects.places[place]
    guard subject.step != 0 else { return }
    if decider.subjects.places[subject.parent].step != 0 {
      writePath(to: subject.parent, of: decider, to: &buffer)
      buffer.append(UInt8(ascii: "."))
    }
    buffer.append(steps[subject.step])
    if subject.index >= 0 {
      buffer.append(UInt8(ascii: "["))
      buffer.append(decimal: subject.index)
      buffer.append(UInt8(ascii: "]"))
    }
  }
}

extension ByteBuffer {
  /// Adds a number that is not negative, in decimal digits.
  mutating func append(decimal number: Int) {
    guard number < 10 else {
      append(decimal: number / 10)
      return append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
    }
    append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: max(number, 0)))
  }

  /// Adds UTF-8 as the content of a JSON string, escaped as `JSONValue` does.
  mutating func appendEscaped(_ text: [UInt8]) {
    if text.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
      return append(text)
    }
    append(JSONValue.string(String(decoding: text, as: UTF8.self)).compact.dropFirst().dropLast())
  }
}
