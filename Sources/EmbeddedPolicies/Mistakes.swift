public import Diagnostics

/// Policies that can't be used, since their files have mistakes.
public struct PolicyMistakes: Error, Sendable, CustomStringConvertible {
  /// All mistakes and warnings of all files, by place.
  public let diagnostics: [Diagnostic]

  /// The mistakes as a person reads them, with the lines on which they stand.
  public var description: String { DiagnosticRenderer().render(diagnostics) }
}

/// A document that can't be decided, since it is not one as the vocabulary has it.
public struct DocumentMistakes: Error, Sendable, CustomStringConvertible {
  /// The document's mistakes, by place.
  public let diagnostics: [Diagnostic]

  /// The mistakes as a person reads them, with the lines on which they stand.
  public var description: String { DiagnosticRenderer().render(diagnostics) }
}

extension Diagnostic {
  /// A text that should hold one YAML document.
  static func otherThanOneDocument(_ count: Int, in source: Source) -> Diagnostic {
    Diagnostic(
      code: .documentCount,
      count == 0
        ? "this text holds no document"
        : "this text holds \(count) documents, and one was expected",
      at: SourceRange(source: source, bytes: 0..<0),
      help: count == 0 ? nil : "give each its own call: they are parted by '---'")
  }
}
