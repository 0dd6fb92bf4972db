import Diagnostics

/// What the checker has to say of macros over all elements of a list.
extension Diagnostic {
  static func notAList(_ macro: String, _ actual: CELType, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .nothingToIterate, "'\(macro)' goes through a list, and this is \(actual.phrase)",
      at: range, help: "a list of the keys in their order is .map(k, k)")
  }

  static func notToBeAdded(_ actual: CELType, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .wrongArgument,
      "only numbers and durations have a sum, and this is \(actual.phrase)", at: range,
      help: actual == .bool ? "to count those for which it holds, write .count(x, condition)" : nil)
  }

  static func withoutOrder(_ macro: String, _ actual: CELType, at range: SourceRange) -> Diagnostic
  {
    let help: String? =
      switch actual {
      case .object: "compare by one of its facts"
      case .optional: "say what counts where there is none, with .orValue(...)"
      default: nil
      }
    return Diagnostic(
      code: .wrongArgument,
      "'\(macro)' compares numbers, texts, dates or times, and this is \(actual.phrase)", at: range,
      help: help)
  }

  static func notASpan(_ from: CELType, _ until: CELType, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .wrongArgument,
      """
      a span goes from one timestamp, date, duration or int until another, and these are \
      \(from.phrase) and \(until.phrase)
      """, at: range)
  }

  static func notAWindow(_ at: CELType, _ length: CELType, at range: SourceRange) -> Diagnostic {
    let help =
      switch at {
      case .date: "the window is so many days long: an int"
      case .timestamp, .duration: "the window is a duration long"
      case .int: "the window is an int long"
      default: "write a date, a timestamp, a duration or an int of each element"
      }
    return Diagnostic(
      code: .wrongArgument,
      "elements at \(at.phrase) can't be counted within a window of \(length.phrase)", at: range,
      help: help)
  }

  static func otherResult(_ next: CELType, start: CELType, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .wrongType,
      "what follows is \(next.phrase), but 'reduce' starts with \(start.phrase)", at: range,
      help: "both must be of one type")
  }
}
