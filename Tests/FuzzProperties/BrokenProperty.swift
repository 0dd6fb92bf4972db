/// A property of all inputs that one of them does not have.
public struct BrokenProperty: Error, CustomStringConvertible {
  public let description: String
}

/// Checks a property.
///
/// - Throws: A `BrokenProperty` with the message when the condition does not hold.
func check(
  _ holds: Bool, _ message: @autoclosure () -> String
) throws(BrokenProperty) {
  if !holds { throw BrokenProperty(description: message()) }
}
