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
    [nearestName(diagnostic), written(diagnostic), Silencing.fix(for: diagnostic)]
      .compactMap(\.self)
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

  /// What the help says is to be written in place of the range.
  private static func written(_ diagnostic: Diagnostic) -> QuickFix? {
    guard let range = diagnostic.range, let help = diagnostic.help else { return nil }
    let text: String
    if let match = help.firstMatch(of: /^put it in quotes: (.+)$/) {
      text = String(match.1)
    } else if let match = help.firstMatch(of: /^text is written in quotes: ('.+')$/) {
      text = Self.inScalar(String(match.1), at: range)
    } else if diagnostic.code == .wrongOperator,
      let match = help.firstMatch(of: /^write '(.+)'$/)
    {
      text = String(match.1)
    } else if let match = help.firstMatch(of: /^write (\{\{|\}\}) for a brace/) {
      text = String(match.1)
    } else {
      return nil
    }
    return QuickFix(
      title: "Write \(text)", edits: [TextEdit(range: range, text: text)], isPreferred: true)
  }

  /// A text of an expression as it is written at a place of a file: within single quotes, quotes are doubled.
  private static func inScalar(_ text: String, at range: SourceRange) -> String {
    var mistakes: [Diagnostic] = []
    let documents = YAMLReader.read(range.source, into: &mistakes)
    func style(_ node: YAMLNode) -> YAMLScalar.Style? {
      guard node.range.bytes.lowerBound <= range.bytes.lowerBound,
        range.bytes.upperBound <= node.range.bytes.upperBound
      else { return nil }
      switch node.content {
      case .scalar(let scalar): return scalar.style
      case .sequence(let items): return items.lazy.compactMap(style).first
      case .mapping(let entries):
        return entries.lazy.compactMap { style($0.key) ?? style($0.value) }.first
      }
    }
    let isQuoted = documents.lazy.compactMap(style).first == .singleQuoted
    return isQuoted ? text.replacing("'", with: "''") : text
  }
}
