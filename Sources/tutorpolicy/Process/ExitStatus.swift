/// How the process ends; when several apply, the last in this order does.
enum ExitStatus: Int32, Error, Comparable {
  /// Every decision asked for passes.
  case passes = 0
  /// Some decision fails or is undetermined.
  case fails = 1
  /// Wrong usage.
  case usage = 2
  /// The policy set has errors.
  case invalidPolicies = 3
  /// A session document can't be read, or isn't one.
  case unreadableDocument = 4
  /// The output can't be written.
  case unwritableOutput = 5

  static func < (left: ExitStatus, right: ExitStatus) -> Bool { left.rawValue < right.rawValue }
}
