/// Overloads made from Swift closures.
///
/// The closure's types give the signature, where it is not said otherwise for parameterised types, and
/// arguments of other types are the error "no such overload". What the closure throws, if it is an
/// ``EvaluationError``, is the error of the call.
extension Overload {
  /// The error of a call with arguments of types that no overload takes.
  static func noOverload(_ name: String) -> EvaluationError {
    EvaluationError("no such overload: '\(displayName(name))' can't be given values of these types")
  }

  /// The name of a function as it is written in expressions: operators without their place holders.
  package static func displayName(_ name: String) -> String {
    switch name {
    case "_[_]", "_[?_]": "[]"
    case _ where name.hasPrefix("@"): String(name.dropFirst())
    case "-_": "-"
    default:
      name.hasPrefix("_") && name.hasSuffix("_") && name.count > 2
        ? String(name.dropFirst().dropLast()) : name
    }
  }

  /// A function of no parameters: `name()`.
  static func function<R: CELRepresentable>(
    _ name: String, id: String, result: CELType? = nil, _ documentation: String,
    _ body: @escaping @Sendable (Context) throws -> R
  ) -> Overload {
    Overload(
      id: id, name: name, parameters: [], result: result ?? R.celType,
      documentation: documentation
    ) { _, context in Self.run { try body(context) } }
  }

  /// A function of one parameter: `name(a)`.
  static func function<A: CELRepresentable, R: CELRepresentable>(
    _ name: String, id: String, parameters: [CELType]? = nil, result: CELType? = nil,
    isVariadic: Bool = false, _ documentation: String,
    _ body: @escaping @Sendable (A, Context) throws -> R
  ) -> Overload {
    Overload(
      id: id, name: name, isMember: false, parameters: parameters ?? [A.celType],
      result: result ?? R.celType, documentation: documentation, isVariadic: isVariadic
    ) { arguments, context in
      guard arguments.count == 1, let a = A(arguments[0])
      else { return .failure(noOverload(name)) }
      return Self.run { try body(a, context) }
    }
  }

  /// A method: `a.name()`.
  static func method<A: CELRepresentable, R: CELRepresentable>(
    _ name: String, id: String, parameters: [CELType]? = nil, result: CELType? = nil,
    _ documentation: String,
    _ body: @escaping @Sendable (A, Context) throws -> R
  ) -> Overload {
    Overload(
      id: id, name: name, isMember: true, parameters: parameters ?? [A.celType],
      result: result ?? R.celType, documentation: documentation
    ) { arguments, context in
      guard arguments.count == 1, let a = A(arguments[0])
      else { return .failure(noOverload(name)) }
      return Self.run { try body(a, context) }
    }
  }

  /// A function of two parameters: `name(a, b)`.
  static func function<
    A: CELRepresentable, B: CELRepresentable, R: CELRepresentable
  >(
    _ name: String, id: String, parameters: [CELType]? = nil, result: CELType? = nil,
    _ documentation: String,
    _ body: @escaping @Sendable (A, B, Context) throws -> R
  ) -> Overload {
    Overload(
      id: id, name: name, isMember: false, parameters: parameters ?? [A.celType, B.celType],
      result: result ?? R.celType, documentation: documentation
    ) { arguments, context in
      guard arguments.count == 2, let a = A(arguments[0]), let b = B(arguments[1])
      else { return .failure(noOverload(name)) }
      return Self.run { try body(a, b, context) }
    }
  }

  /// A method of one parameter: `a.name(b)`.
  static func method<
    A: CELRepresentable, B: CELRepresentable, R: CELRepresentable
  >(
    _ name: String, id: String, parameters: [CELType]? = nil, result: CELType? = nil,
    _ documentation: String,
    _ body: @escaping @Sendable (A, B, Context) throws -> R
  ) -> Overload {
    Overload(
      id: id, name: name, isMember: true, parameters: parameters ?? [A.celType, B.celType],
      result: result ?? R.celType, documentation: documentation
    ) { arguments, context in
      guard arguments.count == 2, let a = A(arguments[0]), let b = B(arguments[1])
      else { return .failure(noOverload(name)) }
      return Self.run { try body(a, b, context) }
    }
  }

  /// A function of three parameters: `name(a, b, c)`.
  static func function<
    A: CELRepresentable, B: CELRepresentable, C: CELRepresentable, R: CELRepresentable
  >(
    _ name: String, id: String, parameters: [CELType]? = nil, result: CELType? = nil,
    _ documentation: String,
    _ body: @escaping @Sendable (A, B, C, Context) throws -> R
  ) -> Overload {
    Overload(
      id: id, name: name, isMember: false,
      parameters: parameters ?? [A.celType, B.celType, C.celType],
      result: result ?? R.celType, documentation: documentation
    ) { arguments, context in
      guard arguments.count == 3, let a = A(arguments[0]), let b = B(arguments[1]),
        let c = C(arguments[2])
      else { return .failure(noOverload(name)) }
      return Self.run { try body(a, b, c, context) }
    }
  }

  /// A method of two parameters: `a.name(b, c)`.
  static func method<
    A: CELRepresentable, B: CELRepresentable, C: CELRepresentable, R: CELRepresentable
  >(
    _ name: String, id: String, parameters: [CELType]? = nil, result: CELType? = nil,
    _ documentation: String,
    _ body: @escaping @Sendable (A, B, C, Context) throws -> R
  ) -> Overload {
    Overload(
      id: id, name: name, isMember: true,
      parameters: parameters ?? [A.celType, B.celType, C.celType],
      result: result ?? R.celType, documentation: documentation
    ) { arguments, context in
      guard arguments.count == 3, let a = A(arguments[0]), let b = B(arguments[1]),
        let c = C(arguments[2])
      else { return .failure(noOverload(name)) }
      return Self.run { try body(a, b, c, context) }
    }
  }

  /// A function of four parameters: `name(a, b, c, d)`.
  static func function<
    A: CELRepresentable, B: CELRepresentable, C: CELRepresentable, D: CELRepresentable,
    R: CELRepresentable
  >(
    _ name: String, id: String, parameters: [CELType]? = nil, result: CELType? = nil,
    _ documentation: String,
    _ body: @escaping @Sendable (A, B, C, D, Context) throws -> R
  ) -> Overload {
    Overload(
      id: id, name: name, isMember: false,
      parameters: parameters ?? [A.celType, B.celType, C.celType, D.celType],
      result: result ?? R.celType, documentation: documentation
    ) { arguments, context in
      guard arguments.count == 4, let a = A(arguments[0]), let b = B(arguments[1]),
        let c = C(arguments[2]), let d = D(arguments[3])
      else { return .failure(noOverload(name)) }
      return Self.run { try body(a, b, c, d, context) }
    }
  }

  /// A method of three parameters: `a.name(b, c, d)`.
  static func method<
    A: CELRepresentable, B: CELRepresentable, C: CELRepresentable, D: CELRepresentable,
    R: CELRepresentable
  >(
    _ name: String, id: String, parameters: [CELType]? = nil, result: CELType? = nil,
    _ documentation: String,
    _ body: @escaping @Sendable (A, B, C, D, Context) throws -> R
  ) -> Overload {
    Overload(
      id: id, name: name, isMember: true,
      parameters: parameters ?? [A.celType, B.celType, C.celType, D.celType],
      result: result ?? R.celType, documentation: documentation
    ) { arguments, context in
      guard arguments.count == 4, let a = A(arguments[0]), let b = B(arguments[1]),
        let c = C(arguments[2]), let d = D(arguments[3])
      else { return .failure(noOverload(name)) }
      return Self.run { try body(a, b, c, d, context) }
    }
  }

  private static func run<R: CELRepresentable>(
    _ body: () throws -> R
  ) -> Result<CELValue, EvaluationError> {
    do {
      return .success(try body().celValue)
    } catch let error as EvaluationError {
      return .failure(error)
    } catch {
      // Library functions throw nothing else.
      return .failure(EvaluationError("the function failed"))
    }
  }
}

/// How many bytes or elements what a function makes may have.
let resultSizeLimit = 10_000_000

extension Optional {
  /// The value, or the error that there is none.
  func orThrow(_ error: @autoclosure () -> EvaluationError) throws -> Wrapped {
    guard let self else { throw error() }
    return self
  }
}
