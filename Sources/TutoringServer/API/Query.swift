#if Server
import CEL
import Hummingbird
import HummingbirdCore

/// The values of a request's query, read one by one, with all that is wrong with them.
struct Query {
  private let values: FlatDictionary<Substring, Substring>
  private var mistakes: [InputMistake] = []

  init(_ request: Request) { values = request.uri.queryParameters }

  /// Notes something that is wrong.
  mutating func add(_ mistake: InputMistake) { mistakes.append(mistake) }

  /// Ends the reading.
  ///
  /// - Throws: `ServiceError.invalid` where something is wrong.
  func finish() throws(ServiceError) {
    if !mistakes.isEmpty { throw .invalid(mistakes) }
  }

  /// All values of a name.
  func all(_ name: String) -> [String] { values.getAll(name) }

  /// A value; nil where it is not there or empty.
  func text(_ name: String) -> String? { values.get(name).flatMap { $0.isEmpty ? nil : $0 } }

  /// A day; nil where it is not there.
  mutating func date(_ name: String) -> CivilDate? {
    guard let text = values.get(name) else { return nil }
    if let date = CivilDate(text) { return date }
    add(InputMistake(name, "'\(name)' is not a day such as 2026-10-14."))
    return nil
  }

  /// True or false; nil where it is not there.
  mutating func bool(_ name: String) -> Bool? {
    switch values.get(name) {
    case nil: return nil
    case "true"?: return true
    case "false"?: return false
    default:
      add(InputMistake(name, "'\(name)' is neither true nor false."))
      return nil
    }
  }

  /// A whole number from one to another; nil where it is not there.
  mutating func int(_ name: String, in range: ClosedRange<Int>) -> Int? {
    guard let text = values.get(name) else { return nil }
    if let number = Int(text), range.contains(number) { return number }
    add(
      InputMistake(
        name,
        "'\(name)' is not a whole number from \(range.lowerBound) to \(range.upperBound)."))
    return nil
  }

  /// Two days, of which both or none are there.
  mutating func days(from first: String, until last: String) -> ClosedRange<CivilDate>? {
    let known = mistakes.count
    switch (date(first), date(last)) {
    case (nil, nil): return nil
    case (let from?, let until?) where from <= until: return from...until
    default:
      if mistakes.count == known {
        add(InputMistake(last, "'\(first)' and '\(last)' are two days, the earlier one first."))
      }
      return nil
    }
  }
}
#endif
