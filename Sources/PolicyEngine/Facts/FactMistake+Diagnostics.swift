import CEL
import Diagnostics

extension Diagnostic {
  /// The document is a list or a scalar.
  static func documentIsNotObject(_ subject: FactSubject, found: WrittenValue) -> Diagnostic {
    Diagnostic(
      code: .invalidDocument,
      "a \(subject.schema.documentName) document is a mapping (an object), this is \(found.kind.words)",
      at: subject.range,
      help: found.kind == .list
        ? "give one document a file, or one a line (NDJSON), as 'jq -c .[]' makes of a JSON list"
        : nil)
  }

  /// That there are more mistakes than are reported one by one, from a place on.
  static func moreMistakes(_ count: Int, from range: SourceRange?) -> Diagnostic {
    Diagnostic(
      code: .moreMistakes, "and \(count.grouped) more mistakes, from here on", at: range,
      help: "the first ones are shown above: correct them and check again")
  }

  /// A key that is neither text nor a number nor another scalar.
  static func unusableKey(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .unknownFact, "a fact's name is a word, this is a mapping or a list", at: range)
  }

  /// A key that the type does not know.
  static func unknownFact(_ name: String, in subject: FactSubject) -> Diagnostic {
    let type = subject.objectType
    return Diagnostic(
      code: .unknownFact,
      subject.prefix + "'\(shortened(name))' is not a fact of \(type?.name ?? "this")",
      at: subject.range,
      help: Suggestion.helpOrList(
        for: name, among: type?.facts.map(\.name) ?? [], listing: "its facts are"))
  }

  /// A key that the object has already.
  static func repeatedFact(
    _ name: String, in subject: FactSubject, first: SourceRange?
  ) -> Diagnostic {
    Diagnostic(
      code: .repeatedFact, subject.prefix + "'\(shortened(name))' is given twice",
      at: subject.range, notes: first.map { [Note("first given here", at: $0)] } ?? [])
  }

  /// A value of another type than the fact's.
  static func wrongType(_ subject: FactSubject, found: WrittenValue) -> Diagnostic {
    Diagnostic(
      code: .wrongType, subject.prefix + "\(found.description), expected \(subject.expected)",
      at: subject.range, help: subject.help(for: found))
  }

  /// A null in a list.
  static func nullElement(_ subject: FactSubject) -> Diagnostic {
    Diagnostic(
      code: .wrongType, subject.prefix + "null is nothing, expected \(subject.expected)",
      at: subject.range, help: "leave the entry out")
  }

  /// A string that the closed list does not have.
  static func noCase(_ subject: FactSubject, found: WrittenValue) -> Diagnostic {
    let enumeration = subject.enumeration
    return Diagnostic(
      code: .unknownCase,
      subject.prefix
        + "'\(shortened(found.text))' is not \((enumeration?.name ?? "case").withArticle)",
      at: subject.range,
      help: Suggestion.helpOrList(
        for: found.text, among: enumeration?.cases ?? [], listing: "expected one of"))
  }

  /// A string that is not a date, timestamp or duration.
  static func notTemporal(
    _ subject: FactSubject, found: WrittenValue, _ problem: TemporalText.Problem
  ) -> Diagnostic {
    let (noun, code): (String, DiagnosticCode) =
      switch subject.type {
      case .date: ("date", .invalidDate)
      case .timestamp: ("timestamp", .invalidTimestamp)
      default: ("duration", .invalidDuration)
      }
    let help: String? =
      switch problem {
      case .leapSecond: "write second 59"
      case .noOffset:
        "write '\(shortened(found.text))Z' for UTC, or the local offset, such as '-05:00'"
      default: nil
      }
    return Diagnostic(
      code: code,
      subject.prefix + "'\(shortened(found.text))' is not a \(noun): "
        + (problem.reason(for: noun) ?? "expected \(subject.expected)"), at: subject.range,
      help: help)
  }

  /// A number with a fraction for a whole one.
  static func fraction(_ subject: FactSubject, found: WrittenValue) -> Diagnostic {
    Diagnostic(
      code: .invalidNumber,
      subject.prefix + "'\(shortened(found.text))' has a fraction, expected a whole number",
      at: subject.range)
  }

  /// A list with more elements than it may have.
  static func tooManyElements(_ subject: FactSubject, count: Int, limit: Int) -> Diagnostic {
    Diagnostic(
      code: .tooManyElements,
      subject.prefix
        + "the list has \(count.grouped) elements, and may have at most \(limit.grouped)",
      at: subject.range)
  }

  /// A number or text that is not an exact number.
  static func notExact(_ subject: FactSubject, found: WrittenValue) -> Diagnostic {
    let sign = found.text.first { !$0.isNumber && !"+-.eE".contains($0) }
    return Diagnostic(
      code: .invalidNumber,
      subject.prefix + "'\(shortened(found.text))' is not \(subject.expected)", at: subject.range,
      help: sign == nil
        ? "it may have 18 digits after the point and 28 in all"
        : "write digits and a point alone, without signs of a currency and commas")
  }

  /// A number that its type can't hold.
  static func numberTooLarge(_ subject: FactSubject, found: WrittenValue) -> Diagnostic {
    let bounds =
      subject.type == .double
      ? "about -1.8e308 to 1.8e308" : "\(Int64.min) to \(Int64.max)"
    return Diagnostic(
      code: .invalidNumber,
      subject.prefix + "'\(shortened(found.text))' is out of range, expected \(bounds)",
      at: subject.range)
  }
}

/// A text as messages quote it: whole, or its first characters.
private func shortened(_ text: String) -> String {
  text.unicodeScalars.count <= 60 ? text : String(text.unicodeScalars.prefix(57)) + "..."
}

extension FactSubject {
  /// The path and a colon, before what is wrong there; nothing for the document itself.
  fileprivate var prefix: String { path.steps.isEmpty ? "" : path.pathFromRoot + ": " }

  fileprivate var objectType: FactSchema.ObjectType? {
    if case .object(let index) = type { schema.objectTypes[index] } else { nil }
  }

  fileprivate var enumeration: EnumerationType? {
    if case .enumeration(let index) = type { schema.enumerations[index] } else { nil }
  }

  fileprivate var expected: String { Self.words(for: type, in: schema) }

  private static func words(for type: FactSchema.ValueType, in schema: FactSchema) -> String {
    switch type {
    case .bool: "true or false"
    case .int: "a whole number"
    case .double: "a number"
    case .decimal: "a number such as 0.25"
    case .money: "an amount such as 27.50"
    case .string: "a string"
    case .date: "a date such as '2026-05-01'"
    case .timestamp: "a timestamp such as '2026-05-01T15:30:00-05:00'"
    case .duration: "a duration such as '1h30m'"
    case .enumeration(let index): schema.enumerations[index].name.withArticle
    case .object(let index): "a mapping with the facts of \(schema.objectTypes[index].name)"
    case .list: "a list"
    }
  }

  /// How to write what was probably meant.
  fileprivate func help(for found: WrittenValue) -> String? {
    switch (type, found.kind) {
    case (.bool, .string):
      switch found.text.lowercased() {
      case "true", "yes", "y", "on": "write true"
      case "false", "no", "n", "off": "write false"
      default: nil
      }
    case (.int, .string), (.double, .string):
      Double(found.text)?.isFinite == true ? "write it without quotes" : nil
    case (.string, .number), (.string, .bool), (.enumeration, .number), (.enumeration, .bool):
      "put it in quotes: \"\(shortened(found.text))\""
    case (.list, .string), (.list, .number), (.list, .bool), (.list, .mapping):
      "put it in brackets if it is the only entry"
    default: nil
    }
  }
}

extension WrittenValue {
  fileprivate var description: String {
    switch kind {
    case .mapping, .list, .null: "this is \(kind.words)"
    case .string, .number: "'\(shortened(text))' is \(kind.words)"
    case .bool: "'\(text)' is a truth value"
    }
  }
}

extension WrittenValue.Kind {
  fileprivate var words: String {
    switch self {
    case .string: "a string"
    case .number: "a number"
    case .bool: "a truth value"
    case .null: "null"
    case .mapping: "a mapping"
    case .list: "a list"
    }
  }
}
