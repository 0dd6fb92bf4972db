package import Diagnostics

/// Writes what a decider found as a line of NDJSON, the very bytes of `Verdict.ndjsonLine`.
///
/// All that doesn't change from document to document is put into its JSON form beforehand.
package struct VerdictLineWriter {
  /// `,"name":`, for each decision asked for; the first without its comma.
  private let decisions: [(decision: Int, prefix: TextTable.Entry)]
  /// `{"rule":"id","at":"`, for each rule.
  private let rules: [TextTable.Entry]
  /// The names of the steps to subjects.
  private let steps: [TextTable.Entry]
  private let outcomes:
    (pass: TextTable.Entry, fail: TextTable.Entry, undetermined: TextTable.Entry)
  private let id, decisionsKey, violated, undetermined, warnings: TextTable.Entry
  private let endOfFinding, end, null: TextTable.Entry
  private let texts: TextTable

  /// A writer of what a decider finds.
  package init(_ decider: borrowing DocumentDecider) {
    let policies = decider.policies
    var texts = TextTable.Builder()
    decisions = decider.asked.enumerated().map { position, decision in
      let name = JSONValue.string(policies.decisions[decision].name).compact
      return (decision, texts.add((position > 0 ? "," : "") + name + ":"))
    }
    rules = policies.rules.map { rule in
      texts.add(#"{"rule":\#(JSONValue.string(rule.id).compact),"at":""#)
    }
    steps = decider.subjects.tree.names.map { name in
      texts.add(String(JSONValue.string(name).compact.dropFirst().dropLast()))
    }
    func word(_ outcome: DecisionOutcome) -> String {
      JSONValue.string(outcome.rawValue).compact
    }
    outcomes = (
      texts.add(word(.pass)), texts.add(word(.fail)), texts.add(word(.undetermined))
    )
    id = texts.add(#"{"id":"#)
    decisionsKey = texts.add(#","decisions":{"#)
    violated = texts.add(#"},"violated":["#)
    undetermined = texts.add(#"],"undetermined":["#)
    warnings = texts.add(#"],"warnings":["#)
    endOfFinding = texts.add(#""},"#)
    end = texts.add("]}\n")
    null = texts.add("null")
    self.texts = texts.table()
  }

  /// Appends the line about the decider's last document.
  package func write(_ decider: borrowing DocumentDecider, to buffer: inout ByteBuffer) {
    buffer.append(id, of: texts)
    if let identity = decider.identity {
      buffer.append(UInt8(ascii: "\""))
      buffer.appendEscaped(identity)
      buffer.append(UInt8(ascii: "\""))
    } else {
      buffer.append(null, of: texts)
    }
    buffer.append(decisionsKey, of: texts)
    for (decision, prefix) in decisions {
      buffer.append(prefix, of: texts)
      switch decider.outcome(of: decision) {
      case .pass: buffer.append(outcomes.pass, of: texts)
      case .fail: buffer.append(outcomes.fail, of: texts)
      case .undetermined: buffer.append(outcomes.undetermined, of: texts)
      }
    }
    buffer.append(violated, of: texts)
    writeFindings(.violated, of: decider, to: &buffer)
    buffer.append(undetermined, of: texts)
    writeFindings(.undetermined, of: decider, to: &buffer)
    buffer.append(warnings, of: texts)
    writeFindings(.warning, of: decider, to: &buffer)
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

/// Texts that are written over and over, end to end in one table.
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

    func table() -> TextTable { TextTable(bytes) }
  }

  fileprivate let bytes: ConstantTable<UInt8>

  private init(_ bytes: [UInt8]) { self.bytes = ConstantTable(bytes) }
}

extension ByteBuffer {
  /// Adds a text of the table that it was added to.
  @inline(__always)
  mutating func append(_ entry: TextTable.Entry, of table: TextTable) {
    unsafe append(
      UnsafeBufferPointer(start: table.bytes.start + entry.start, count: entry.count))
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
  mutating func appendEscaped(_ text: [UInt8]) {
    if text.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
      return append(text)
    }
    append(JSONValue.string(String(decoding: text, as: UTF8.self)).compact.dropFirst().dropLast())
  }
}
