import CEL
import PolicyEngine

/// A value by what it equals, to be looked up among many.
struct ValueIdentity: Hashable {
  let value: CELValue

  init(_ value: CELValue) { self.value = value }

  static func == (left: Self, right: Self) -> Bool { left.value.isEqual(to: right.value) }

  func hash(into hasher: inout Hasher) {
    switch value {
    case .string(let text): hasher.combine(text)
    case .bool(let flag): hasher.combine(flag)
    // Numbers of different types may be equal.
    case .int(let number): hasher.combine(Double(number))
    case .uint(let number): hasher.combine(Double(number))
    case .double(let number): hasher.combine(number)
    case .decimal(let number): hasher.combine(number.approximation)
    case .money(let money): hasher.combine(money)
    case .date(let date): hasher.combine(date.daysSinceEpoch)
    case .timestamp(let instant): hasher.combine(instant.seconds)
    case .duration(let duration): hasher.combine(duration.seconds)
    case .list(let elements): hasher.combine(elements.count)
    case .object(let object):
      hasher.combine(object.typeName)
      // Drafts that are equal have equal facts.
      for case .present(let value) in (object as? Draft)?.fields ?? [] {
        ValueIdentity(value).hash(into: &hasher)
      }
    case .null, .bytes, .map, .optional, .type, .opaque: break
    }
  }
}

extension [CELValue] {
  /// Each value once, in the order met.
  func withoutRepeats() -> [CELValue] {
    guard count > 1 else { return self }
    var seen: Set<ValueIdentity> = []
    return filter { seen.insert(ValueIdentity($0)).inserted }
  }
}
