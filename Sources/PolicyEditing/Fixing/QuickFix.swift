package import Diagnostics
import PolicyEngine
import YAML

/// An edit that does what a diagnostic advises, or silences it.
package struct QuickFix: Sendable {
  /// What it does, in a few words.
  package let title: String
  /// The edits.
  package let edits: [TextEdit]
  /// Whether it is what the diagnostic advises.
  package let isPreferred: Bool

  /// What can be done about a diagnostic by an edit.
  package static func all(for diagnostic: Diagnostic) -> [QuickFix] {
    [nearestName(diagnostic), inQuotes(diagnostic), silence(diagnostic)].compactMap(\.self)
  }

  /// The nearest right name in place of the wrong one.
  private static func nearestName(_ diagnostic: Diagnostic) -> QuickFix? {
    guard let range = diagnostic.range,
      let right = diagnostic.help?.firstMatch(of: /did you mean '([^']+)'\?/).map({ String($0.1) }),
      let wrong = diagnostic.message.firstMatch(of: /'([^']+)'/).map({ String($0.1) })
    else { return nil }
    let text = Array(range.text.utf8)
    let wanted = Array(wrong.utf8)
    guard !wanted.isEmpty, text.count >= wanted.count,
      let start = (0...text.count - wanted.count).first(where: {
        text[$0..<$0 + wanted.count].elementsEqual(wanted)
      })
    else { return nil }
    let from = range.bytes.lowerBound + start
    let place = SourceRange(source: range.source, bytes: from..<from + wanted.count)
    return QuickFix(
      title: "Change to '\(right)'", edits: [TextEdit(range: place, text: right)],
      isPreferred: true)
  }

  /// A text in quotes, where YAML took it for something else.
  private static func inQuotes(_ diagnostic: Diagnostic) -> QuickFix? {
    guard let range = diagnostic.range,
      let text = diagnostic.help?.firstMatch(of: /put it in quotes: (.+)$/).map({ String($0.1) })
    else { return nil }
    return QuickFix(
      title: "Write \(text)", edits: [TextEdit(range: range, text: text)], isPreferred: true)
  }

  // MARK: Silencing

  /// `lint: {check: reason}` in the declaration that a check speaks of.
  private static func silence(_ diagnostic: Diagnostic) -> QuickFix? {
    guard let range = diagnostic.range, let check = LintCheck(rawValue: diagnostic.code),
      check != .unusedSilence, let edit = silence(check, at: range)
    else { return nil }
    return QuickFix(
      title: "Silence '\(check.rawValue)', with a reason to be written", edits: [edit],
      isPreferred: false)
  }

  private static func silence(_ check: LintCheck, at range: SourceRange) -> TextEdit? {
    var mistakes: [Diagnostic] = []
    let documents = YAMLReader.read(range.source, into: &mistakes)
    guard let declaration = documents.lazy.compactMap({ Self.declaration(at: range, in: $0) }).first
    else { return nil }
    let silence = "{\(check.rawValue): write the reason here}"
    let source = range.source
    let bytes = declaration.range.bytes
    switch declaration.content {
    case .sequence: return nil
    case .scalar:
      // A fact that is only its type, or a term that is only its expression: said with more about it.
      return nil
    case .mapping(let entries):
      guard declaration["lint"] == nil, let first = entries.first else { return nil }
      if declaration.isFlow {
        let end = declaration.contentRange.bytes.upperBound - 1
        return TextEdit(
          range: SourceRange(source: source, bytes: end..<end), text: ", lint: \(silence)")
      }
      let line = source.byteRange(
        ofLine: source.line(of: first.key.range.bytes.lowerBound) - source.firstLine + 1)
      let column = first.key.range.bytes.lowerBound - line.lowerBound
      let indentation = String(repeating: " ", count: column)
      // Behind the last entry, where a block that is its value ends too.
      let last = max(bytes.upperBound, entries.last?.value.range.bytes.upperBound ?? 0)
      let end = source.byteRange(
        ofLine: source.line(of: max(last - 1, 0)) - source.firstLine + 1
      ).upperBound
      return TextEdit(
        range: SourceRange(source: source, bytes: end..<end),
        text: "\n\(indentation)lint: \(silence)")
    }
  }

  /// The declaration whose name stands at a range: that of a rule, or the value of an entry of that key.
  private static func declaration(at range: SourceRange, in node: YAMLNode) -> YAMLNode? {
    let bytes = range.bytes
    guard node.range.bytes.lowerBound <= bytes.lowerBound,
      bytes.lowerBound <= node.range.bytes.upperBound
    else { return nil }
    switch node.content {
    case .scalar: return nil
    case .sequence(let items):
      return items.lazy.compactMap { declaration(at: range, in: $0) }.first
    case .mapping(let entries):
      for entry in entries {
        if let inner = declaration(at: range, in: entry.value) { return inner }
        if entry.key.range.bytes.overlaps(bytes) { return entry.value }
      }
      return node["rule"] == nil ? nil : node
    }
  }
}
