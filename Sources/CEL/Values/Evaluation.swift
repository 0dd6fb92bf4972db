public import Diagnostics

/// The outcome of evaluating an expression.
public enum Evaluation: Sendable {
  case value(CELValue)
  indirect case error(EvaluationError)
  /// Nothing, since facts are missing.
  case unknown(UnknownFacts)
}

/// Why an expression has no value.
public struct EvaluationError: Error, Hashable, Sendable {
  /// One lower-case sentence, which holds no data of the session that is decided.
  public let message: String
  /// The node that failed; nil until the evaluator has seen the error.
  public var range: SourceRange?

  /// An error with a message.
  public init(_ message: String, at range: SourceRange? = nil) {
    self.message = message
    self.range = range
  }
}

/// The missing facts because of which an expression has no value: each once, in the order met.
public struct UnknownFacts: Hashable, Sendable {
  /// The paths.
  public private(set) var paths: [AttributePath]

  /// The given paths.
  public init(_ paths: [AttributePath]) {
    if paths.count < 2 {
      self.paths = paths
    } else {
      var seen: Set<AttributePath> = []
      self.paths = paths.filter { seen.insert($0).inserted }
    }
  }

  /// Both together.
  public func union(_ other: UnknownFacts) -> UnknownFacts { UnknownFacts(paths + other.paths) }
}

extension EvaluationError {
  static let overflow = EvaluationError("the result is out of range: integer overflow")
  static let divisionByZero = EvaluationError("division by zero")
  static let tooLarge = EvaluationError("the result is too large")
  static let timestampRange = EvaluationError("out of range: timestamps are of the years 1 to 9999")
  static let dateRange = EvaluationError("out of range: dates are of the years 1 to 9999")
  static let durationRange = EvaluationError("out of range: the duration is too long")
}
