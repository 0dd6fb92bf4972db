/// How a text rendering marks what matters: with terminal colours, or plainly.
public struct TextStyle: Sendable, Hashable {
  /// What a piece of text is, for whoever colours it.
  public enum Role: Sendable, Hashable {
    /// A heading or the subject of a line.
    case strong
    /// Wrong, violated, failing.
    case bad
    /// Undetermined, or a warning.
    case doubtful
    /// Right, satisfied, passing.
    case good
    /// Places and other things to be read second.
    case faint
  }

  /// Whether colours are used.
  public let isColored: Bool

  /// Terminal colours (ECMA-48 sequences) or none.
  public init(isColored: Bool) { self.isColored = isColored }

  /// No colours.
  public static let plain = TextStyle(isColored: false)

  /// The text as the role looks.
  public func callAsFunction(_ text: String, _ role: Role) -> String {
    guard isColored, !text.isEmpty else { return text }
    let code =
      switch role {
      case .strong: "1"
      case .bad: "1;31"
      case .doubtful: "1;33"
      case .good: "32"
      case .faint: "2"
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}
