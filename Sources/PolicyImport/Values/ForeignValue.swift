import CEL

/// A value as other engines have it, as far as policies have it too.
enum ForeignValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case date(CivilDate)
  case instant(CELTimestamp)
  case duration(CELDuration)
  case list([ForeignValue])
  case object([String: ForeignValue])

  /// The type that the value is of; nil for null, and for lists and objects, which have no values of their own here.
  var type: ForeignType? {
    switch self {
    case .null, .object: nil
    case .bool: .bool
    case .number: .number
    case .text: .text
    case .date: .date
    case .instant: .instant
    case .duration: .duration
    case .list(let elements): elements.compactMap(\.type).first.map { .list($0) }
    }
  }

  /// Whether it is the same as another; texts are compared by Unicode scalars, as policies do.
  func isSame(as other: ForeignValue) -> Bool {
    guard case .text(let left) = self, case .text(let right) = other else { return self == other }
    return left.unicodeScalars.elementsEqual(right.unicodeScalars)
  }

  /// Whether it comes before another of its type; nil where the two have no order.
  func isLess(than other: ForeignValue) -> Bool? {
    switch (self, other) {
    case (.number(let left), .number(let right)): left < right
    case (.text(let left), .text(let right)):
      left.unicodeScalars.lexicographicallyPrecedes(
        right.unicodeScalars)
    case (.date(let left), .date(let right)): left < right
    case (.instant(let left), .instant(let right)): left < right
    case (.duration(let left), .duration(let right)): left < right
    default: nil
    }
  }
}

/// What sort of values an expression has.
indirect enum ForeignType: Hashable, Sendable {
  case bool, number, text, date, instant, duration
  case list(ForeignType)
  case object
  /// Not known yet.
  case unknown

  /// Whether it is a list, of whatever.
  var isList: Bool { if case .list = self { true } else { false } }

  /// The type as policies write it; objects have names of their own.
  var name: String {
    switch self {
    case .bool: "bool"
    case .number: "double"
    case .text, .unknown: "string"
    case .date: "date"
    case .instant: "timestamp"
    case .duration: "duration"
    case .list(let element): "[\(element.name)]"
    case .object: "object"
    }
  }

  /// The type in people's words.
  var words: String {
    switch self {
    case .bool: "true or false"
    case .number: "a number"
    case .text: "a text"
    case .date: "a date"
    case .instant: "an instant"
    case .duration: "a duration"
    case .list: "a list"
    case .object: "an object"
    case .unknown: "a value of a type that is not known"
    }
  }
}
