import Diagnostics

extension Diagnostic {
  /// How many mistakes of one expression are reported one by one.
  static let limitOfExpression = 20

  fileprivate static func moreMistakes(from range: SourceRange?) -> Diagnostic {
    Diagnostic(
      code: .moreMistakes, "this expression has more mistakes, from here on", at: range,
      help: "the first ones are shown above: correct them and check again")
  }
}

extension [Diagnostic] {
  /// The first mistakes of an expression, and that there are more where there are.
  var firstOfExpression: [Diagnostic] {
    guard count > Diagnostic.limitOfExpression else { return self }
    let first = prefix(Diagnostic.limitOfExpression)
    return first + [.moreMistakes(from: self[first.count].range)]
  }
}
