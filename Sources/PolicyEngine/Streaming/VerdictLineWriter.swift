package import Diagnostics

/// Writes what a decider found as a line of NDJSON, the very bytes of `Verdict.ndjsonLine`.
///
/// All that doesn't change from document to document is put into its JSON form beforehand, in as few texts
/// as can be.
package struct VerdictLineWriter {
  /// A decision asked for, with `,"name":"outcome"` for each outcome.
  private struct Decision {
    let index: Int
    let pass, fail, undetermined: TextTable.Entry
  }

  private let decisions: [Decision]
  /// `{"rule":"id","at":"`, for each rule.
  private let rules: [TextTable.Entry]
  /// The names of the steps to subjects.
  private let steps: [TextTable.Entry]
  private let start, startWithoutIdentity, decisionsKey: TextTable.Entry
  private let violated, undetermined, warnings: TextTable.Entry
  /// The keys of what is only counted; nil where no rule is of that kind.
  private let observed, waived: TextTable.Entry?
  private let endOfFinding, end, endWithoutFindings: TextTable.Entry
  private let texts: TextTable

  /// A writer of what a decider finds.
  package init(_ decider: borrowing DocumentDecider) {
    let policies = decider.policies
    var texts = TextTable.Builder()
    decisions = decider.asked.enumerated().map { position, decision in
      let name = JSONValue.string(policies.decisions[decision].name).compact
      func member(_ outcome: DecisionOutcome) -> TextTable.Entry {
        let value = JSONValue.string(outcome.rawValue).compact
        return texts.add("\(position > 0 ? "," : "")\(name):\(value)")
      }
      return Decision(
        index: decision, pass: member(.pass), fail: member(.fail),
        undetermined: member(.undetermined))
    }
    rules = policies.rules.map { rule in
      texts.add(rule.startOfFinding)
    }
    steps = decider.subjects.tree.names.map { name in
      texts.add(String(JSONValue.string(name).compact.dropFirst().dropLast()))
    }
    start = texts.add(#"{"id":""#)
    startWithoutIdentity = texts.add(#"{"id":null,"decisions":{"#)
    decisionsKey = texts.add(#"","decisions":{"#)
    violated = texts.add(#"},"violated":["#)
    undetermined = texts.add(#"],"undetermined":["#)
    warnings = texts.add(#"],"warnings":["#)
    endOfFinding = texts.add(#""},"#)
    end = texts.add("]}\n")
    let counts = policies.countsOnly
    observed = counts.observed ? texts.add(#"],"observed":["#) : nil
    waived = counts.waived ? texts.add(#"],"waived":["#) : nil
    endWithoutFindings = texts.add(
      #"},"violated":[],"undetermined":[],"warnings":[]"#
        + (counts.observed ? #","observed":[]"# : "") + (counts.waived ? #","waived":[]"# : "")
        + "}\n")
    self.texts = texts.table()
  }

  /// Appends the line about the decider's last document.
  package func write(_ decider: borrowing DocumentDecider, to buffer: inout ByteBuffer) {
    if decider.isIdentified {
      buffer.append(start, of: texts)
      buffer.append(escaping: decider.identityBytes)
      buffer.append(decisionsKey, of: texts)
    } else {
      buffer.append(startWithoutIdentity, of: texts)
    }
    for decision in decisions {
      switch decider.outcome(of: decision.index) {
      case .pass: buffer.append(decision.pass, of: texts)
      case .fail: buffer.append(decision.fail, of: texts)
      case .undetermined: buffer.append(decision.undetermined, of: texts)
      }
    }
    if let values = decider.values {
      buffer.append(#"},"values":\#(values.json.compact)"#)
      // What ends the object of decisions has been written.
      buffer.append(decider.findings.isEmpty ? endWithoutFindings : violated, of: texts, from: 1)
      if decider.findings.isEmpty { return }
    } else if decider.findings.isEmpty {
      return buffer.append(endWithoutFindings, of: texts)
    } else {
      buffer.append(violated, of: texts)
    }
    writeFindings(.violated, of: decider, to: &buffer)
    buffer.append(undetermined, of: texts)
    writeFindings(.undetermined, of: decider, to: &buffer)
    buffer.append(warnings, of: texts)
    writeFindings(.warning, of: decider, to: &buffer)
    if let observed {
      buffer.append(observed, of: texts)
      writeFindings(.observed, of: decider, to: &buffer)
    }
    if let waived {
      buffer.append(waived, of: texts)
      writeFindings(.waived, of: decider, to: &buffer)
    }
    buffer.append(end, of: texts)
  }

  /// Appends the line about the decider's last document, with one member more.
  package func write(
    _ decider: borrowing DocumentDecider, adding member: (key: String, value: JSONValue),
    to buffer: inout ByteBuffer
  ) {
    write(decider, to: &buffer)
    buffer.removeLast()
    buffer.removeLast()
    buffer.append(",\(JSONValue.string(member.key).compact):\(member.value.compact)}\n")
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
        buffer.append(rules[finding.rule], of: texts)
        writePath(to: finding.place, of: decider, to: &buffer)
        buffer.append(endOfFinding, of: texts)
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
    buffer.append(steps[subject.step], of: texts)
    if subject.index >= 0 {
      buffer.append(UInt8(ascii: "["))
      buffer.append(decimal: subject.index)
      buffer.append(UInt8(ascii: "]"))
    }
  }
}

extension Rule {
  /// How a finding of the rule begins, up to its place.
  fileprivate var startOfFinding: String {
    let rule = JSONValue.string(countedWaiver?.rule ?? id).compact
    let waiver = countedWaiver.map { #","waiver":\#(JSONValue.string($0.waiver).compact)"# } ?? ""
    return #"{"rule":\#(rule)\#(waiver),"at":""#
  }
}

/// Texts that are written over and over, end to end in one table.
///
/// - INVARIANT: `ByteBuffer.block` more bytes stand behind them.
final class TextTable: Sendable {
  /// Where a text stands.
  struct Entry: Sendable, BitwiseCopyable {
    fileprivate let start: Int
    fileprivate let count: Int
  }

  /// Collects the texts of a table.
  struct Builder {
    private var bytes: [UInt8] = []

    mutating func add(_ text: String) -> Entry {
      defer { bytes += Array(text.utf8) }
      return Entry(start: bytes.count, count: text.utf8.count)
    }

    func table() -> TextTable { TextTable(bytes + Array(repeating: 0, count: ByteBuffer.block)) }
  }

  fileprivate let bytes: ConstantTable<UInt8>

  private init(_ bytes: [UInt8]) { self.bytes = ConstantTable(bytes) }
}

extension ByteBuffer {
  /// Adds a text of the table that it was added to.
  @inline(__always)
  mutating func append(_ entry: TextTable.Entry, of table: TextTable) {
    unsafe append(unsafePadded: table.bytes.start + entry.start, count: entry.count)
  }

  /// Adds a text of the table that it was added to, without its first bytes.
  mutating func append(_ entry: TextTable.Entry, of table: TextTable, from start: Int) {
    unsafe append(
      unsafePadded: table.bytes.start + entry.start + start, count: entry.count - start)
  }

  /// Adds a number that is not negative, in decimal digits.
  mutating func append(decimal number: Int) {
    guard number < 10 else {
      append(decimal: number / 10)
      return append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
    }
    append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: max(number, 0)))
  }

  /// Adds UTF-8 as the content of a JSON string, escaped as `JSONValue` does.
  mutating func append(escaping text: borrowing ByteBuffer) {
    if text.isPlainJSON { return append(text) }
    let string = JSONValue.string(String(decoding: text.copy(), as: UTF8.self))
    append(string.compact.dropFirst().dropLast())
  }
}

extension Verdict.Finding {
  /// What a rule that is undetermined is missing, as JSON.
  package var undeterminedJSON: JSONValue {
    .object(omittingNil: [
      ("rule", .string(rule)), ("at", .string(at)),
      ("missing", .array(missing.map { .string($0) })),
      ("errors", errors.isEmpty ? nil : .array(errors.map { .string($0) })),
    ])
  }
}

extension [DecidedValue] {
  /// The values by their decisions; of a decision about parts with the place of each.
  package var json: JSONValue {
    var names: [String] = []
    for value in self where names.last != value.decision { names.append(value.decision) }
    return .object(
      names.map { name in
        let own = filter { $0.decision == name }
        guard let first = own.first, !first.at.isEmpty else {
          return (name, own.first.map { JSONValue($0.value) } ?? .null)
        }
        return (
          name,
          .array(own.map { .object([("at", .string($0.at)), ("value", JSONValue($0.value))]) })
        )
      })
  }
}
