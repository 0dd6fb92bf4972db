import CEL
package import Diagnostics
import YAML

/// Lays out a policy or fixture file: its indentation, the spaces in it, and its expressions.
///
/// The text is edited in place; no tree is written out. After each step the file is read again, and a step
/// after which it would not say the same, or lack a comment, is left out.
package struct FileLayout: Sendable {
  /// The width that lines of expressions keep to.
  package static let width = 120

  /// The text before.
  package let source: Source
  /// The text afterwards.
  package let bytes: [UInt8]

  /// Whether nothing is to be changed.
  package var isUnchanged: Bool { bytes == source.bytes }

  /// Lays out a file; nil, with diagnostics, where it is not YAML.
  package init?(_ source: Source, into diagnostics: inout [Diagnostic]) {
    self.source = source
    var mistakes: [Diagnostic] = []
    guard var text = LaidOutText(source, into: &mistakes) else {
      diagnostics += mistakes
      return nil
    }
    // A step may make room for another: an expression that is put on lines of its own has a new indentation.
    for _ in 0..<4 {
      let before = text.source.bytes
      for step in Self.steps { text = text.taking(step(text)) }
      if text.source.bytes == before { break }
    }
    bytes = text.source.bytes
  }

  private static let steps: [@Sendable (LaidOutText) -> [TextEdit]] = [
    { IndentationStep($0).edits }, { SpacingStep($0).edits }, { ExpressionStep($0).edits },
    { BlankStep($0).edits },
  ]

  /// The first line that changes, from 1; nil where none does.
  package var firstChangedLine: Int? {
    guard !isUnchanged else { return nil }
    let same = zip(source.bytes, bytes).prefix { $0 == $1 }.count
    return source.line(of: same)
  }
}
