import Diagnostics
import PolicyEngine
import YAML

/// Puts `lint: {check: reason}` into the declaration that a check speaks of.
enum Silencing {
  static func fix(for diagnostic: Diagnostic) -> QuickFix? {
    guard let range = diagnostic.range, let check = LintCheck(rawValue: diagnostic.code.rawValue),
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
    case .sequence, .scalar:
      // A fact that is only its type is said with more about it; a term's expression might need quotes then.
      guard check == .unusedFact else { return nil }
      return TextEdit(
        range: declaration.contentRange,
        text: "{type: \(declaration.contentRange.text), lint: \(silence)}")
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
