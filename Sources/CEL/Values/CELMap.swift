/// A map value: keys are bool, int, uint or string; entries keep their order.
public struct CELMap: Sendable {
  /// The entries, in the order in which they were given.
  public let entries: [(key: CELValue, value: CELValue)]
  /// Where each key's entry is; nil for maps so small that searching them is as quick.
  private let positions: [Key: Int]?

  /// A map of the given entries, which have no equal keys.
  public init(entries: [(key: CELValue, value: CELValue)]) {
    self.entries = entries
    guard entries.count > 8 else {
      positions = nil
      return
    }
    var positions: [Key: Int] = [:]
    for (position, entry) in entries.enumerated() {
      if let key = Key(entry.key), positions[key] == nil { positions[key] = position }
    }
    self.positions = positions
  }

  /// The value of a key; nil when the map has none, also for a value that can't be a key.
  ///
  /// Numbers are the same key when they are the same number, whatever their types.
  public subscript(key: CELValue) -> CELValue? {
    guard let key = Key(key) else { return nil }
    if let positions { return positions[key].map { entries[$0].value } }
    return entries.first { Key($0.key) == key }?.value
  }

  /// The first key that is given twice, if any.
  static func repeatedKey(in entries: [(key: CELValue, value: CELValue)]) -> CELValue? {
    var seen = Keys()
    return entries.first { !seen.insert($0.key) }?.key
  }

  /// A set of keys; what can't be a key is never in it.
  struct Keys {
    private var keys: Set<Key> = []

    /// Whether a key is among them.
    func has(_ value: CELValue) -> Bool { Key(value).map { keys.contains($0) } ?? false }

    /// Adds a key; false if it was among them already.
    @discardableResult
    mutating func insert(_ value: CELValue) -> Bool {
      Key(value).map { keys.insert($0).inserted } ?? true
    }
  }

  /// Whether a value may be the key of an entry.
  static func canBeKey(_ value: CELValue) -> Bool {
    switch value {
    case .bool, .int, .uint, .string: true
    default: false
    }
  }

  /// What makes two keys the same: text by its scalars, numbers by their value.
  private enum Key: Hashable {
    case bool(Bool)
    case int(Int64)
    case large(UInt64)
    case text(ScalarText)

    init?(_ value: CELValue) {
      switch value {
      case .bool(let bool): self = .bool(bool)
      case .int(let number): self = .int(number)
      case .uint(let number): self = Int64(exactly: number).map(Key.int) ?? .large(number)
      case .double(let number):
        if let int = Int64(exactly: number) {
          self = .int(int)
        } else if let uint = UInt64(exactly: number) {
          self = .large(uint)
        } else {
          return nil
        }
      case .string(let text): self = .text(ScalarText(text))
      default: return nil
      }
    }
  }
}
