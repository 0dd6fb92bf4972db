extension CELValue {
  /// How many bytes of text count as one step of an evaluation.
  package static let bytesPerStep = 16

  /// How many steps going over the value counts; what its elements hold is not gone into.
  func size(withElements: Bool = true) -> Int {
    switch self {
    case .string(let text): text.utf8.count / Self.bytesPerStep
    case .bytes(let bytes): bytes.count / Self.bytesPerStep
    case .list(let elements): withElements ? elements.count : 0
    case .map(let map): withElements ? map.entries.count : 0
    default: 0
    }
  }
}
