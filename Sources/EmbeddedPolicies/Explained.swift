public import PolicyEngine
import PolicyRendering

/// Why a document was decided as it was, for one viewer.
public struct Explained: Sendable, CustomStringConvertible {
  /// The explanation as a value: decisions, rules, facts, what to do and by when.
  public let explanation: Explanation

  /// The explanation as `tutorpolicy explain` prints it.
  public var description: String { text() }

  /// The explanation as lines of text, ending in a line break.
  ///
  /// - Parameters:
  ///   - width: How many columns a line may have.
  ///   - inWords: Whether it is said without paths, ids and places in files, for those who know no policy files.
  /// - Returns: The text.
  public func text(width: Int = 100, inWords: Bool = false) -> String {
    ExplanationTextRenderer(width: width, detail: inWords ? .words : .standard)
      .render(explanation)
  }

  /// The explanation as JSON on several lines, in the shape of `tutorpolicy explain --format json`.
  public var json: String { explanation.prettyJSON }
}
