public import Diagnostics

/// Resolves the names of an expression and deduces its types against an environment.
///
/// The work is done in three passes, each from one tree to the next: ``Deduction`` resolves names and
/// overloads and leaves type variables where a type is not known yet, then these are replaced by what
/// they turned out to be, and ``ConstantFolding`` evaluates what has no variables.
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
  public private(set) var environment: Environment
  /// How much must be known before evaluation.
  public let mode: Mode
  /// The variables by name, at their slots.
  let slots: [String: Int]
  /// Whether a name with dots may be a variable of its own.
  let hasQualifiedNames: Bool

  /// A checker against the given environment; worth keeping for many expressions.
  public init(environment: Environment, mode: Mode = .strict) {
    self.environment = environment
    self.mode = mode
    var slots: [String: Int] = [:]
    for (slot, variable) in environment.variables.enumerated() where slots[variable.name] == nil {
      slots[variable.name] = slot
    }
    self.slots = slots
    hasQualifiedNames =
      !environment.container.isEmpty || slots.keys.contains { $0.contains(".") }
  }

  /// Makes known the type of a derived field that was not known before.
  ///
  /// In place: for each of many fields, a checker of its own would look up all variables again.
  public mutating func setType(_ type: CELType, of field: FieldReference) {
    environment.objectTypes[field.typeName]?.fields[field.index] = ObjectType.Field(
      name: field.name, type: type, isDerived: true)
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
    var deduction = Deduction(checker: self, locals: locals)
    var result = deduction.check(expression)
    if let expected, mode != .dynamic {
      result = deduction.written(result, as: expected)
      deduction.require(expected, of: result)
    }
    if deduction.substitution.isUsed { result = result.resolvingTypes(deduction.substitution) }
    var folding = ConstantFolding(isStrict: mode == .strict)
    if mode != .dynamic { result = folding.fold(result) }
    var found = deduction.diagnostics
    // What fails for the sake of a mistake that is reported already is not worth a second report.
    let reported = deduction.diagnostics.compactMap(\.range?.bytes)
    found += folding.diagnostics.prefix(Diagnostic.limitOfExpression + 1).filter { mistake in
      guard let bytes = mistake.range?.bytes else { return true }
      return !reported.contains {
        bytes.lowerBound <= $0.lowerBound && $0.upperBound <= bytes.upperBound
      }
    }
    diagnostics += found.firstOfExpression
    return result
  }
}
