/// One thing that is wrong, or worth a second look, in something a person wrote.
///
/// All stages (YAML, expressions, policies, session documents) report in this one shape, and all
/// renderings (terminal, JSON, workflow annotations) are made from it.
public struct Diagnostic: Hashable, Sendable {
  /// How bad it is.
  public enum Severity: String, Hashable, Sendable, Comparable {
    /// What was read can't be used.
    case error
    /// What was read can be used, and may not do what its author meant.
    case warning

    public static func < (left: Severity, right: Severity) -> Bool {
      left == .error && right == .warning
    }
  }

  /// Something to be read along with the message, at a place of its own.
  public struct Note: Hashable, Sendable {
    /// One lower-case sentence without a full stop.
    public let message: String
    /// Where it stands.
    public let range: SourceRange?

    /// A note at a place.
    public init(_ message: String, at range: SourceRange?) {
      self.message = message.withoutHiddenSigns
      self.range = range
    }
  }

  /// How bad it is.
  public let severity: Severity
  /// The kind of mistake.
  public let code: DiagnosticCode
  /// What is wrong, then what was expected: one lower-case sentence without a full stop.
  public let message: String
  /// Where; nil when there is no text to point into (a file that can't be read).
  public let range: SourceRange?
  /// What else to read.
  public var notes: [Note]
  /// What to do about it: a nearest right name, a way to write it.
  public var help: String?

  /// A diagnostic of the given severity.
  ///
  /// What it quotes is shown without signs that can't be seen, and its help says which to remove.
  public init(
    _ severity: Severity = .error, code: DiagnosticCode, _ message: String, at range: SourceRange?,
    notes: [Note] = [], help: String? = nil
  ) {
    self.severity = severity
    self.code = code
    self.message = message.withoutHiddenSigns
    self.range = range
    self.notes = notes
    let parts = [HiddenSigns.help(for: message), help?.withoutHiddenSigns]
    self.help =
      parts.contains { $0 != nil } ? parts.compactMap(\.self).joined(separator: "; ") : nil
  }
}

extension Sequence<Diagnostic> {
  /// Whether any of them is an error.
  public var hasErrors: Bool { contains { $0.severity == .error } }

  /// The diagnostics in the order in which their files name them, each once.
  public func sortedByPlace() -> [Diagnostic] {
    var seen: Set<Diagnostic> = []
    return filter { seen.insert($0).inserted }.sorted { left, right in
      guard let a = left.range, let b = right.range else {
        return left.range == nil && right.range != nil
      }
      guard a.source.name == b.source.name else { return a.source.name < b.source.name }
      return (a.bytes.lowerBound, a.bytes.upperBound) < (b.bytes.lowerBound, b.bytes.upperBound)
    }
  }
}
