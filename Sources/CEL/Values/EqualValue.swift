/// A value as the element of a set: equal to another where the language says so.
///
/// Hashing it takes as many steps as it has parts; whoever makes one has counted them.
package struct EqualValue: Hashable {
  /// The value.
  package let value: CELValue

  /// A value.
  package init(_ value: CELValue) { self.value = value }

  package static func == (left: EqualValue, right: EqualValue) -> Bool {
    left.value.isEqual(to: right.value)
  }

  package func hash(into hasher: inout Hasher) {
    switch value {
    case .null: hasher.combine(0)
    case .bool(let bool): hasher.combine(bool)
    // Numbers are equal across their types, and those too large for a double to the nearest.
    case .int(let number): hasher.combine(Double(number))
    case .uint(let number): hasher.combine(Double(number))
    case .double(let number): hasher.combine(number)
    case .string(let text): hasher.combine(ScalarText(text))
    case .bytes(let bytes): hasher.combine(bytes)
    case .timestamp(let timestamp): hasher.combine(timestamp)
    case .duration(let duration): hasher.combine(duration)
    case .date(let date): hasher.combine(date)
    case .decimal(let number): hasher.combine(number.approximation)
    case .money(let money): hasher.combine(money)
    case .list(let elements): for element in elements { EqualValue(element).hash(into: &hasher) }
    case .map(let map): hasher.combine(map.entries.count)
    case .optional(let value): if let value { EqualValue(value).hash(into: &hasher) }
    case .type(let type): hasher.combine(type.runtimeName)
    case .object(let object): object.hash(into: &hasher)
    // Few of them are ever told apart.
    case .opaque: break
    }
  }
}
