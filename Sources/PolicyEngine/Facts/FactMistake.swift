import CEL

/// A mistake in a document's facts, as decoding notes it: what and where.
///
/// Decoding is fast because it knows no paths and makes no sentences; `FactMistakeReporter` finds
/// both afterwards, by reading the text again.
struct FactMistake {
  /// What is wrong with a key or a value.
  enum Kind: Equatable {
    /// The document is something else than an object.
    case documentIsNoObject
    /// The object's type does not know the key.
    case unknownFact
    /// The object has the key already.
    case repeatedFact
    /// The value is of another type than the fact.
    case wrongType
    /// The list has a null among its elements.
    case nullElement
    /// The string is no case of the enumeration.
    case noCase
    /// The string is no date, timestamp or duration.
    case notTemporal(TemporalText.Problem)
    /// The number has a fraction, and should not.
    case fraction
    /// The number is too large for its type.
    case numberTooLarge

    /// Whether the key is what is wrong, and not the value.
    var isAboutKey: Bool { self == .unknownFact || self == .repeatedFact }
  }

  /// What is wrong.
  let kind: Kind
  /// The bytes of the value; where the key is wrong, empty at the value's start.
  let range: Range<Int>
}
