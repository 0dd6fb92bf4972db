/// A value that expressions can only hand to functions: a calendar, a table of bands.
///
/// Its type is a ``CELType/abstract(_:_:)``. Two of them are equal when their type and text are: the text says
/// all that functions can tell of the value.
public protocol OpaqueValue: AnyObject, Sendable {
  /// The value's type.
  var celType: CELType { get }
  /// Everything that a function can tell of the value, in a text.
  var text: String { get }
  /// How many elements a list made of the value may have.
  var elementCount: Int { get }
}

extension OpaqueValue {
  /// Whether functions tell the same of both.
  func isSame(as other: any OpaqueValue) -> Bool {
    self === other || celType == other.celType && text.hasSameScalars(as: other.text)
  }
}
