/// Puts overloads together into a library.
///
/// A builder rather than an array literal, since the compiler then works out the types of one closure at
/// a time, which for a literal of dozens of them it can't.
@resultBuilder
enum OverloadBuilder {
  static func buildExpression(_ overload: Overload) -> [Overload] { [overload] }
  static func buildExpression(_ overloads: [Overload]) -> [Overload] { overloads }
  static func buildArray(_ parts: [[Overload]]) -> [Overload] { parts.flatMap(\.self) }
  static func buildBlock(_ parts: [Overload]...) -> [Overload] { parts.flatMap(\.self) }
}

extension Library {
  init(
    name: String, summary: String, @OverloadBuilder overloads: () -> [Overload]
  ) {
    self.init(name: name, summary: summary, overloads: overloads())
  }
}
