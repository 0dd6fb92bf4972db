public import Diagnostics

/// Resolves the names of an expression and deduces its types against an environment.
public struct Checker: Sendable {
  /// How much must be known before evaluation.
  public enum Mode: Sendable {
    /// Policies: whatever can be seen to be wrong is an error.
    case strict
    /// The specification's: what `dyn` allows is allowed, comparisons across types are equality's work.
    case standard
    /// No check: every name is taken as it comes, and mistakes are evaluation errors.
    case dynamic
  }

  /// What expressions may speak about.
  public let environment: Environment
  /// How much must be known before evaluation.
  public let mode: Mode

  /// A checker against the given environment.
  public init(environment: Environment, mode: Mode = .strict) {
    self.environment = environment
    self.mode = mode
  }

  /// The expression with names resolved and types deduced.
  ///
  /// `locals` are the names and types of the frame that evaluation starts with (a rule's subject), which
  /// hide variables of the same name. A result that does not fit `expected` is a mistake.
  public func check(
    _ expression: Expression, locals: [Environment.Variable] = [],
    expecting expected: CELType? = nil,
    into diagnostics: inout [Diagnostic]
  ) -> CheckedExpression {
    CheckedExpression(kind: .error, type: .error, range: expression.range)
  }
}
