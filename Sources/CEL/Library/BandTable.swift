/// A table that is looked up by where a value lies: between bounds that follow each other without a gap.
public final class BandTable: OpaqueValue {
  /// A row: the values between two bounds, and what the table gives for them.
  public struct Band: Sendable {
    /// The least value; nil where there is none.
    public let from: CELValue?
    /// The greatest value, or the bound below which values lie; nil where there is none.
    public let through: CELValue?
    /// Whether the upper bound belongs to the band.
    public let isClosed: Bool
    /// What the table gives for its values.
    public let value: CELValue
    /// The bounds as they are written, such as `10..19`.
    public let text: String

    /// A row.
    public init(
      from: CELValue?, through: CELValue?, isClosed: Bool, value: CELValue, text: String
    ) {
      self.from = from
      self.through = through
      self.isClosed = isClosed
      self.value = value
      self.text = text
    }

    /// Whether a value lies above the band.
    fileprivate func isBelow(_ value: CELValue) -> Bool {
      guard let through else { return false }
      switch through.order(to: value) {
      case .ascending: return true
      case .equal: return !isClosed
      default: return false
      }
    }

    fileprivate func isAbove(_ value: CELValue) -> Bool {
      guard let from else { return false }
      return from.order(to: value) == .descending
    }
  }

  /// The type of what it is looked up by.
  public let key: CELType
  /// The type of what it gives.
  public let value: CELType
  /// The rows, ascending, without gaps or overlaps.
  public let bands: [Band]
  public let text: String

  /// A table of rows in ascending order.
  public init(key: CELType, value: CELType, bands: [Band]) {
    self.key = key
    self.value = value
    self.bands = bands
    let rows = bands.map { band in
      // What stands for the bounds: `0..9` and `00..9` are the same.
      let bounds = [band.from, band.through].map { $0.map(Self.text) ?? "" }
      return "\(bounds[0])..\(band.isClosed ? "" : "<")\(bounds[1]): \(Self.text(of: band.value))"
    }
    text = "{" + rows.joined(separator: ", ") + "}"
  }

  /// A text that two values of a type share only when they are equal.
  private static func text(of value: CELValue) -> String {
    switch value {
    case .string(let text): return TextForm.quoted(text)
    case .opaque(let value): return value.text
    case .list(let items): return "[" + items.map { text(of: $0) }.joined(separator: ", ") + "]"
    case .optional(let inner): return inner.map { "some \(text(of: $0))" } ?? "none"
    case .map(let map):
      let entries = map.entries.map { "\(text(of: $0.key)): \(text(of: $0.value))" }
      return "{" + entries.sorted().joined(separator: ", ") + "}"
    case .object(let object):
      var facts: [String] = []
      while case .present(let value) = object.value(ofField: facts.count) {
        facts.append(text(of: value))
      }
      return "\(object.typeName)(" + facts.joined(separator: ", ") + ")"
    default:
      var text = ""
      // A plain value is never too long.
      try? TextForm.write(value, to: &text)
      return text
    }
  }

  /// The type of tables that are looked up by values of one type and give those of another.
  public static func type(key: CELType, value: CELType) -> CELType {
    .abstract("bands", [key, value])
  }

  public var celType: CELType { Self.type(key: key, value: value) }
  public var elementCount: Int { bands.count }

  /// The band that a value lies in; nil where it lies outside of all.
  public func band(of value: CELValue) -> Band? {
    var (low, high) = (0, bands.count)
    while low < high {
      let middle = (low + high) / 2
      if bands[middle].isBelow(value) { low = middle + 1 } else { high = middle }
    }
    guard low < bands.count, !bands[low].isAbove(value) else { return nil }
    // NaN lies in none: it is neither above nor below.
    let isOrdered = [bands[low].from, bands[low].through].compactMap(\.self).allSatisfy {
      $0.order(to: value).map { $0 != .unordered } ?? false
    }
    return isOrdered ? bands[low] : nil
  }
}
