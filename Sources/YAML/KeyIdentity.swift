/// What makes two keys of a mapping the same: what they mean, not how they are written.
///
/// Integers and floats differ even when they are the same number (YAML 1.2.2, section 3.2.1.3), and
/// NaN is the same as NaN, so that it can't be given twice either.
enum KeyIdentity: Hashable, Sendable {
  case scalar(YAMLScalar.Value)
  case notANumber
  case sequence([KeyIdentity])
  /// Pairs of a key and a value, whatever their order.
  case mapping(Set<[KeyIdentity]>)

  /// The identity of a key.
  init(_ node: YAMLNode) {
    switch node.content {
    case .scalar(let scalar):
      if case .float(let value) = scalar.value, value.isNaN {
        self = .notANumber
      } else {
        self = .scalar(scalar.value)
      }
    case .sequence(let elements):
      self = .sequence(elements.map { KeyIdentity($0) })
    case .mapping(let entries):
      self = .mapping(Set(entries.map { [KeyIdentity($0.key), KeyIdentity($0.value)] }))
    }
  }
}
