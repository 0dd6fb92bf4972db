/// The type of an expression, as the checker deduces it.
public indirect enum CELType: Hashable, Sendable {
  /// Known only when evaluated.
  case dyn
  case null, bool, int, uint, double, string, bytes, timestamp, duration
  /// A civil date, without a time of day or a zone (an addition to CEL).
  case date
  case list(CELType)
  case map(CELType, CELType)
  case optional(CELType)
  /// The type of a type value, such as that of `int`.
  case type(CELType)
  /// A declared object type, by its name in the environment.
  case object(String)
  /// A closed list of strings, by its name in the environment (an addition to CEL). A value of it is a
  /// string, and may stand wherever a string may.
  case enumeration(String)
  /// A type parameter of an overload's signature, such as `T`.
  case parameter(String)
  /// An opaque type by name, with parameters.
  case abstract(String, [CELType])
  /// The type of an expression with a mistake in it, already reported: accepted everywhere.
  case error
}
