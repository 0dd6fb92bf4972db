import Diagnostics

/// What a text must be that a function is given, where not any text will do.
///
/// A literal that is not is a mistake when the expression is checked; any other text is an error when it is
/// evaluated.
enum WordForm: Sendable {
  /// The name of a day of the week, such as `monday`.
  case weekday
  /// A day that each year has, such as `05-01`.
  case dayOfYear

  /// Whether a text is of the form.
  func allows(_ text: String) -> Bool {
    switch self {
    case .weekday: Weekday(text) != nil
    case .dayOfYear: DayOfYear(text) != nil
    }
  }

  /// The code of the mistake.
  var code: DiagnosticCode {
    switch self {
    case .weekday: .unknownWeekday
    case .dayOfYear: .invalidDayOfYear
    }
  }

  /// The form, as messages have it.
  var phrase: String {
    switch self {
    case .weekday: "a day of the week"
    case .dayOfYear: "a day of the year"
    }
  }

  /// What to write in place of a text that is not of the form.
  func help(for text: String) -> String? {
    switch self {
    case .weekday: Weekday.help(for: text)
    case .dayOfYear: "month and day are written with two digits each: '05-01' is 1 May"
    }
  }
}
