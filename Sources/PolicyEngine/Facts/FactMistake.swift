import CEL

/// A mistake in a document's facts, as decoding notes it: what and where.
///
/// Decoding is fast because it knows no paths and makes no sentences; `FactMistakeReporter` finds
/// both afterwards, by reading the text again.
struct FactMistake {
  /// What is wrong with a key or a value.
  enum Kind: Equatable {
    /// The document is something else than an object.
    case documentIsNotObject
    /// The object's type does not know the key.
    case unknownFact
    /// The object has the key already.
    case repeatedFact
    /// The value is of another type than the fact.
    case wrongType
    /// The list has a null among its elements.
    case nullElement
    /// The string is not a case of the enumeration.
    case noCase
    /// The string is not a date, timestamp or duration.
    case notTemporal(TemporalText.Problem)
    /// The number has a fraction, and should not.
    case fraction
    /// The number or text is not a decimal number, or has more digits than there may be.
    case notExact
    /// The number is too large for its type.
    case numberTooLarge
    /// The list has so many elements, more than it may have.
    case tooManyElements(Int, limit: Int)

    /// Whether the key is what is wrong, and not the value.
    var isAboutKey: Bool { self == .unknownFact || self == .repeatedFact }
  }

  /// What is wrong.
  let kind: Kind
  /// The bytes of the value; where the key is wrong, empty at the value's start.
  let range: Range<Int>
}

/// The mistakes of a document: the first of them, and how many there are.
struct FactMistakes {
  /// How many mistakes of one document are reported one by one.
  static let limit = 20

  /// The first mistakes, in the order of the text; one more than are reported, to say where others begin.
  private(set) var first: [FactMistake] = []
  /// How many there are in all.
  private(set) var count = 0
  /// Where the last one starts; negative when there is none.
  private(set) var lastStart = -1

  /// Takes note of a mistake further on in the text.
  mutating func append(_ mistake: FactMistake) {
    if first.count <= Self.limit { first.append(mistake) }
    count += 1
    lastStart = mistake.range.lowerBound
  }

  /// Forgets all.
  mutating func removeAll() {
    first.removeAll(keepingCapacity: true)
    count = 0
    lastStart = -1
  }
}
