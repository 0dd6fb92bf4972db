import CEL
import Diagnostics
import Synchronization

/// The texts of expressions as explanations cite them, each made when it is first asked for.
///
/// They are the same for every document, and an explanation has one for each condition of each rule.
final class PolicyTexts: Sendable {
  private let known = Mutex<[SourceRange: String]>([:])

  /// An expression as it is written, on one line.
  func text(of expression: CheckedExpression) -> String {
    known.withLock { known in
      if let text = known[expression.range] { return text }
      let text = expression.range.text.foldingSpace()
      known[expression.range] = text
      return text
    }
  }
}

extension String {
  /// The text on one line, with single spaces where it had line breaks and runs of space.
  func foldingSpace() -> String {
    split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
