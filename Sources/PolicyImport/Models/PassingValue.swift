/// A value that lets a decision pass.
public struct PassingValue: Sendable, Equatable {
  /// The label of the output; nil for the last one.
  public let output: String?
  /// The value, as it is written in the file's language, or a text as it is.
  public let value: String

  /// A value of an output.
  public init(output: String?, value: String) {
    self.output = output
    self.value = value
  }
}
