extension YAMLNode {
  /// The scalar that the node is; nil for sequences and mappings.
  public var scalar: YAMLScalar? {
    guard case .scalar(let scalar) = content else { return nil }
    return scalar
  }

  /// The elements of a sequence, in order; nil for other nodes.
  public var elements: [YAMLNode]? {
    guard case .sequence(let elements) = content else { return nil }
    return elements
  }

  /// The entries of a mapping, in order; nil for other nodes.
  public var entries: [YAMLEntry]? {
    guard case .mapping(let entries) = content else { return nil }
    return entries
  }

  /// The text of a scalar that is a string by the core schema; nil for numbers, `true`, null.
  public var string: String? {
    guard case .string(let string)? = scalar?.value else { return nil }
    return string
  }

  /// Whether the node is null: `null`, `~` or nothing at all.
  public var isNull: Bool { scalar?.value == .null }

  /// The value of the entry with the given string as its key; nil when there is none.
  ///
  /// Takes time in proportion to the number of entries.
  public subscript(key: String) -> YAMLNode? {
    entries?.first { $0.key.string == key }?.value
  }

  /// What the node is, as messages say it: "a list", "a mapping", "text", "a number" and so on.
  public var kindDescription: String {
    switch content {
    case .sequence: "a list"
    case .mapping: "a mapping"
    case .scalar(let scalar):
      switch scalar.value {
      case .null: scalar.text.isEmpty ? "nothing" : "null"
      case .bool(let value): value ? "true" : "false"
      case .int: "a whole number"
      case .float: "a number"
      case .string: "text"
      }
    }
  }
}
