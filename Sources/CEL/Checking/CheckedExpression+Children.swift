extension CheckedExpression {
  /// The parts of the node, in the order in which they are written.
  public var children: [CheckedExpression] {
    var parts: [CheckedExpression] = []
    _ = mappingChildren { part in
      parts.append(part)
      return part
    }
    return parts
  }
}
