public import CEL
import Diagnostics

/// A function of your own that expressions may call.
///
///     let holidays = PolicyFunction("isHoliday", "Whether the district has no school on a day.") {
///       (day: CivilDate) in calendar.holidays.contains(day)
///     }
///     let policies = try Policies(folder: "policies", functions: [holidays])
///
/// The closure's types are the function's. For the same arguments it must always give the same: a decision that is made
/// again would else come out otherwise. An error that it throws leaves the rule undetermined, and nothing undetermined
/// passes. Streams take the general evaluator for rules that call it, which is slower than the plan.
public struct PolicyFunction: Sendable {
  let overload: Overload

  /// A function of one parameter.
  ///
  /// - Parameters:
  ///   - name: What expressions call it; a name of CEL that no function of the language has.
  ///   - documentation: What it gives, in a sentence.
  ///   - body: What it does.
  public init<A: CELRepresentable, R: CELRepresentable>(
    _ name: String, _ documentation: String,
    _ body: @escaping @Sendable (A) throws -> R
  ) {
    overload = Overload(
      id: name, name: name, parameters: [A.celType], result: R.celType,
      documentation: documentation
    ) { arguments, _ in
      Self.run(name) { () throws -> R? in
        guard arguments.count == 1, let a = A(arguments[0]) else { return nil }
        return try body(a)
      }
    }
  }

  /// A function of two parameters; see the one of one.
  public init<A: CELRepresentable, B: CELRepresentable, R: CELRepresentable>(
    _ name: String, _ documentation: String,
    _ body: @escaping @Sendable (A, B) throws -> R
  ) {
    overload = Overload(
      id: name, name: name, parameters: [A.celType, B.celType], result: R.celType,
      documentation: documentation
    ) { arguments, _ in
      Self.run(name) { () throws -> R? in
        guard arguments.count == 2, let a = A(arguments[0]), let b = B(arguments[1]) else {
          return nil
        }
        return try body(a, b)
      }
    }
  }

  /// The value of a call; nil from the body stands for arguments of other types.
  private static func run<R: CELRepresentable>(
    _ name: String, _ body: () throws -> R?
  ) -> Result<CELValue, EvaluationError> {
    do {
      guard let value = try body() else {
        return .failure(EvaluationError("'\(name)' can't be given values of these types"))
      }
      return .success(value.celValue)
    } catch {
      return .failure(EvaluationError("'\(name)' failed: \(error)"))
    }
  }

  /// What is wrong with a program's functions: names that are taken, or can't be written in an expression.
  static func mistakes(in functions: [PolicyFunction]) -> [Diagnostic] {
    var taken = Set(Library.all.flatMap(\.overloads).map(\.name)).union(["label"])
    return functions.compactMap { function in
      let name = function.overload.name
      guard name.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil else {
        return Diagnostic(
          code: .functionName, "'\(name)' can't be called in an expression", at: nil,
          help: "a function's name is made of letters, digits and underscores, as in 'isHoliday'")
      }
      guard taken.insert(name).inserted else {
        return Diagnostic(
          code: .functionName, "a function '\(name)' is there already", at: nil,
          help: "call yours something else")
      }
      return nil
    }
  }
}
