package import CEL
package import PolicyEngine

/// How a database writes what conditions are made of.
///
/// INVARIANT: every text that a function gives is an expression that is NULL where the value of the language is
/// not known (a missing fact, an error, a result out of range), and only there, if the same is true of its
/// arguments. SQL's own AND, OR and NOT then are the logic of the language. An argument may be written into a
/// result more than once only where it is named a path: all others may be long.
package protocol SQLDialect: Sendable {
  // MARK: Literals

  /// A name as it stands in a statement, whatever signs it has and whatever words the dialect keeps for itself.
  func name(_ name: String) -> String
  /// The text as a literal, whatever signs it has.
  ///
  /// Signs that can't be seen, or that change on the way through files and terminals, are written by their numbers.
  func quoted(_ text: String) -> String
  func text(_ text: String) throws -> String
  func double(_ number: Double) throws -> String
  func date(_ date: CivilDate) -> String
  func instant(_ instant: CELTimestamp) throws -> String

  // MARK: Facts

  /// What an object has for a fact; NULL where it is not given.
  func fact(_ name: String, _ type: FactSchema.ValueType, of object: String) throws -> String
  /// Whether an object has a fact; NULL where there is no object, and of a fact that must be there and is not.
  func hasFact(
    _ name: String, _ type: FactSchema.ValueType, isOptional: Bool, of object: String
  ) -> String
  /// The value of a variable that goes through the elements of a list.
  func variable(_ name: String, _ type: CELType) throws -> String

  // MARK: Logic

  /// An expression, or NULL where a value is smaller or greater than what is allowed.
  func bounded(_ number: String, _ range: ClosedRange<Int64>) -> String

  // MARK: Numbers

  /// A sum, difference, product, quotient or rest of two ints, by the operator `+`, `-`, `*`, `/` or `%`.
  func calculation(_ operation: String, _ left: String, _ right: String) -> String
  func double(ofInt number: String) -> String

  // MARK: Texts

  /// A text that is compared by the order of its Unicode scalars, wherever the database has another order.
  func ordered(_ text: String) -> String
  func size(ofText text: String) -> String
  func startsWith(_ text: String, _ part: String) -> String
  func endsWith(_ text: String, _ part: String) -> String
  func contains(_ text: String, _ part: String) -> String
  func trimmed(_ text: String) throws -> String
  func mapped(_ text: String, from: String, to: String) throws -> String
  func replaced(_ text: String, _ old: String, _ new: String) throws -> String
  func text(ofInt number: String) -> String
  func text(ofDate date: String) -> String
  func text(ofBool bool: String) -> String
  /// From one position, counted from 0, up to, and without, another; NULL where the text has no such position.
  func substring(_ text: String, from start: String, to end: String?) throws -> String
  /// The first position of one text in another, from 0; -1 if nowhere.
  func position(of part: String, in text: String) throws -> String

  // MARK: Dates and times

  /// The date so many days later; NULL outside of the years 1 to 9999.
  func date(_ date: String, addingDays count: String) -> String
  func date(_ date: String, addingMonths count: String) throws -> String
  func days(from date: String, until other: String) -> String
  /// A part of a date: `year`, `month`, `day` or `dayOfWeek`, from 0 (Sunday).
  func part(_ part: DatePart, ofDate date: String) -> String
  func date(year: String, month: String, day: String) throws -> String
  func date(ofText text: String) throws -> String
  /// The date that an instant has in a zone.
  func date(ofInstant instant: String, zone: String) throws -> String
  /// The microseconds since midnight that a clock shows in a zone.
  func timeOfDay(_ instant: String, zone: String) throws -> String
  /// A part of what a clock and a calendar show in a zone.
  func part(_ part: ClockPart, ofInstant instant: String, zone: String) throws -> String
  /// The instant so many microseconds later; NULL outside of the years 1 to 9999.
  func instant(_ instant: String, adding microseconds: String) -> String
  /// The microseconds from one instant to another.
  func microseconds(from start: String, to end: String) -> String

  // MARK: Lists

  /// A list of values, all of them known.
  func list(_ elements: [String], of element: CELType) throws -> String
  func size(ofList list: String) -> String
  /// The element at a position from 0; NULL where there is none.
  func element(of list: String, at index: String, _ element: CELType) throws -> String
  func contains(list: String, _ value: String, _ element: CELType) throws -> String
  func equal(lists left: String, _ right: String, _ element: CELType) throws -> String
  /// Whether a condition holds for some element, in three-valued logic.
  func exists(in list: String, _ variable: String, _ condition: String) -> String
  /// Whether a condition holds for every element, in three-valued logic.
  func all(in list: String, _ variable: String, _ condition: String) -> String
  /// Whether a condition holds for exactly one element; NULL where it is not known of one.
  func existsOne(in list: String, _ variable: String, _ condition: String) -> String
  /// The elements that a condition holds for; NULL where it is not known of one.
  func filter(_ list: String, _ variable: String, _ condition: String, _ element: CELType) throws
    -> String
  /// What each element becomes; NULL where that is not known of one.
  func map(_ list: String, _ variable: String, _ transform: String, _ result: CELType) throws
    -> String
}

/// A part of a civil date.
package enum DatePart: Sendable {
  case year, month, day, dayOfWeek
}

/// A part of what a calendar and a clock show at an instant, counted as CEL counts it.
package enum ClockPart: String, Sendable {
  case year = "getFullYear"
  case month = "getMonth"
  case dayOfMonth = "getDate"
  case dayOfMonthFromZero = "getDayOfMonth"
  case dayOfWeek = "getDayOfWeek"
  case dayOfYear = "getDayOfYear"
  case hours = "getHours"
  case minutes = "getMinutes"
  case seconds = "getSeconds"
  case milliseconds = "getMilliseconds"
}

extension SQLDialect {
  package func name(_ name: String) -> String {
    "\"" + name.replacing("\"", with: "\"\"") + "\""
  }

  package func ordered(_ text: String) -> String { text }

  func int(_ number: Int64) -> String {
    // The least int has no literal of its own: its digits alone are too large.
    number == .min ? "(-9223372036854775807 - 1)" : number < 0 ? "(\(number))" : "\(number)"
  }

  func bool(_ isTrue: Bool) -> String { isTrue ? "TRUE" : "FALSE" }

  /// A duration in microseconds.
  func duration(_ duration: CELDuration) throws -> String {
    int(try Microseconds.count(duration.seconds, duration.nanoseconds))
  }
}

/// Microseconds, in which the dialects keep instants and durations.
enum Microseconds {
  /// The microseconds of seconds and nanoseconds.
  ///
  /// - Throws: An `SQLRefusal` where there are nanoseconds that are not a whole number of them.
  static func count(_ seconds: Int64, _ nanoseconds: Int32) throws -> Int64 {
    guard nanoseconds % 1_000 == 0 else {
      throw SQLRefusal("a time with more than six digits of a second can't be kept by databases")
    }
    // Durations and instants have less than 2^39 seconds: no overflow.
    return seconds * 1_000_000 + Int64(nanoseconds / 1_000)
  }
}
