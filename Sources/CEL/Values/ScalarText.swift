/// A text whose identity is its Unicode scalars, as CEL's strings have it.
///
/// Swift's strings are equal when they are canonically equivalent, so that `é` in one scalar equals `é`
/// in two. In CEL they differ, also as keys of a map.
package struct ScalarText: Hashable, Sendable {
  package let string: String

  package init(_ string: String) { self.string = string }

  package static func == (left: ScalarText, right: ScalarText) -> Bool {
    left.string.hasSameScalars(as: right.string)
  }

  package func hash(into hasher: inout Hasher) {
    for byte in string.utf8 { hasher.combine(byte) }
    hasher.combine(0xFF as UInt8)
  }
}

extension String {
  /// Whether both are made of the same Unicode scalars.
  func hasSameScalars(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }

  /// Whether it comes before the other in the order of Unicode scalars, which UTF-8 bytes keep.
  func precedesByScalars(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}
