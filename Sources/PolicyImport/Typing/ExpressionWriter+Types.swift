/// What type an expression has, as far as that shows without writing it.
///
/// Writing finds the types of facts by what they are used with. To write an operand only to learn its type would take
/// twice as long for each level of a sum.
extension ExpressionWriter {
  func knownType(of expression: ForeignExpression) -> ForeignType {
    switch expression.kind {
    case .literal(let value): return value.type ?? .unknown
    case .path(let parts): return knownType(ofPath: parts)
    case .not, .isMissing, .quantified: return .bool
    case .negative: return .number
    case .binary(let sign, let left, let right):
      guard [.plus, .minus, .times, .divided].contains(sign) else { return .bool }
      let type = knownType(of: left)
      return type == .unknown ? knownType(of: right) : type
    case .conditional(_, let first, let second):
      let type = knownType(of: first)
      return type == .unknown ? knownType(of: second) : type
    case .list(let elements):
      let types = elements.lazy.map { self.knownType(of: $0) }
      return .list(types.first { $0 != .unknown } ?? .unknown)
    case .call(let function, _):
      return [.contains, .startsWith, .endsWith].contains(function) ? .bool : .number
    }
  }

  private func knownType(ofPath parts: [String]) -> ForeignType {
    if let path = element(parts) { return facts.type(of: path) }
    return switch scope.meaning(of: parts) {
    case .value(let term): termTypes[term] ?? .unknown
    case .fact: facts.type(of: parts)
    case .lost, .none: .unknown
    }
  }
}
