#if Server
import CEL
import PolicyEngine
import TutoringSessions

/// The facts of an object that a role may change, as the fields of a form, and what such a form sends as facts.
///
/// What is asked, in which words, of what it is chosen and when it is shown: all of it is the vocabulary's.
struct FactForm: Sendable {
  /// A fact with its place in the object.
  private struct Asked: Sendable {
    let fact: FormField
    /// The names that lead to it from the object.
    let path: [String]
    /// The name of its field.
    let name: String
  }

  private let asked: [Asked]
  private let times: TimeReading
  private let words: Words

  /// A form of the facts among some that a role may change.
  ///
  /// - Parameters:
  ///   - facts: The facts of one object, as the policies say them of the object as it is or as it would be.
  ///   - depth: How many steps lead to the object.
  ///   - role: Who fills in the form, as `changedBy` has it; nil for whoever may change anything.
  ///   - leavingOut: The names of facts that have fields of their own.
  ///   - prefix: What the names of the fields begin with.
  ///   - times: How times are read.
  ///   - words: How days and times are written.
  init(
    _ facts: [FormField], depth: Int, role: String?, leavingOut: Set<String>,
    prefix: String = "fact.",
    times: TimeReading, words: Words
  ) {
    self.times = times
    self.words = words
    asked = facts.compactMap { fact in
      guard let changedBy = fact.fact.changedBy, role == nil || changedBy == role,
        Field.Control(fact) != nil
      else { return nil }
      let path = fact.path.steps.dropFirst(depth).compactMap { step in
        if case .field(let name) = step { name } else { nil }
      }
      guard let first = path.first, !leavingOut.contains(first) else { return nil }
      return Asked(fact: fact, path: path, name: prefix + path.joined(separator: "."))
    }
  }

  /// Whether nothing is asked.
  var isEmpty: Bool { asked.isEmpty }

  /// The names of the fields that are shown.
  var shown: [String] { asked.filter(\.fact.visibility.isShown).map(\.name) }

  /// The fields, with what is recorded.
  func fields(of facts: [String: FactValue]) -> [Field] {
    asked.map { asked in
      field(for: asked, entered: facts[path: asked.path].map { texts(of: $0, asked.fact) } ?? [])
    }
  }

  /// The fields, with what a form sent, and what is wrong with that.
  func fields(of form: FormBody, mistakes: [InputMistake]) -> [Field] {
    asked.map { asked in
      var field = field(for: asked, entered: form.all(asked.name))
      field.mistake = mistakes.first { $0.field == asked.name }?.message
      return field
    }
  }

  /// The facts that a form sent, beside others that it does not ask for.
  func facts(
    in form: FormBody, beside others: [String: FactValue], mistakes: inout [InputMistake]
  ) -> [String: FactValue] {
    var facts = others
    for asked in asked {
      let values = form.all(asked.name).filter { !$0.allSatisfy(\.isWhitespace) }
      do {
        facts[path: asked.path] = try value(of: values, asked)
      } catch {
        mistakes.append(error)
      }
    }
    return facts
  }

  /// The facts without what nobody is asked any more: what is optional is not given, and a list has nothing.
  func withoutHidden(_ facts: [String: FactValue]) -> [String: FactValue] {
    var facts = facts
    for asked in asked where !asked.fact.visibility.isShown {
      if asked.fact.fact.isOptional {
        facts[path: asked.path] = nil
      } else if case .list = asked.fact.fact.type {
        facts[path: asked.path] = .list([])
      }
    }
    return facts
  }

  /// A question to which the answer is Yes or No, and nobody has given it.
  struct Question: Hashable, Sendable {
    /// The name of the field.
    let name: String
    /// What is asked.
    let label: String
    /// Where the fact stands in the document, such as `session.encounters[0].present`.
    let path: String
  }

  /// The questions that nobody has answered, though the policies need to know.
  func openQuestions(of facts: [String: FactValue]) -> [Question] {
    asked.compactMap { asked in
      guard asked.fact.fact.type == .bool, !asked.fact.fact.isOptional,
        asked.fact.visibility.isShown, facts[path: asked.path] == nil
      else { return nil }
      return Question(
        name: asked.name, label: asked.fact.label.capitalizedFirst,
        path: asked.fact.path.description)
    }
  }

  /// The fields that are shown now and were not when the form was drawn, and that nothing was entered in.
  func brought(up form: FormBody, drawn: Set<String>) -> Bool {
    asked.contains { asked in
      asked.fact.visibility.isShown && !drawn.contains(asked.name)
        && form.all(asked.name).allSatisfy(\.isEmpty)
    }
  }

  /// A fact that a form changes.
  struct Change: Hashable, Sendable {
    /// The names that lead to it from the object.
    let path: [String]
    /// What it becomes; nil for nothing.
    let value: FactValue?
    /// The change in people's words, such as `Remedial: Yes`.
    let words: String
  }

  /// What a form changes of recorded facts.
  func changes(
    in form: FormBody, from facts: [String: FactValue], mistakes: inout [InputMistake]
  ) -> [Change] {
    let entered = self.facts(in: form, beside: facts, mistakes: &mistakes)
    return asked.compactMap { asked in
      let (before, after) = (facts[path: asked.path], entered[path: asked.path])
      // A list that was never given and one of nothing say the same.
      if before == nil, after == .list([]) { return nil }
      guard before != after else { return nil }
      let words = after.map { self.words(for: $0, asked.fact) } ?? ""
      return Change(
        path: asked.path, value: after,
        words: "\(asked.fact.label.capitalizedFirst): \(words.isEmpty ? "nothing" : words)")
    }
  }

  /// A value as people say it.
  private func words(for value: FactValue, _ fact: FormField) -> String {
    if case .bool(let flag) = value { return flag ? "Yes" : "No" }
    return texts(of: value, fact).map { text in
      fact.choices.all.first { $0.value.formText == text }?.name ?? text
    }.joined(separator: ", ")
  }

  private func field(for asked: Asked, entered: [String]) -> Field {
    let fact = asked.fact
    var field = Field(
      asked.name, fact.label.capitalizedFirst,
      Field.Control(fact) ?? .text(suggestions: [], isLong: false),
      help: fact.fact.help, entered: entered)
    field.isShown = fact.visibility.isShown
    return field
  }

  // MARK: - Values

  private func texts(of value: FactValue, _ fact: FormField) -> [String] {
    switch value {
    case .list(let elements): elements.flatMap { texts(of: $0, fact) }
    case .bool(let flag): [flag ? "true" : "false"]
    case .int(let number): [String(number)]
    case .double(let number): [String(number)]
    case .text(let text):
      if case .timestamp = fact.fact.type, let time = OffsetDateTime(text) {
        [words.time(time)]
      } else {
        [text]
      }
    case .object: []
    }
  }

  private func value(
    of values: [String], _ asked: Asked
  ) throws(InputMistake) -> FactValue? {
    if case .list(let element) = asked.fact.fact.type {
      // Long texts have an element a line.
      let elements = values.flatMap { $0.split(whereSeparator: \.isNewline).map(String.init) }
      var read: [FactValue] = []
      for text in elements {
        if let value = try single(text, element, asked), !read.contains(value) {
          read.append(value)
        }
      }
      return .list(read)
    }
    guard let text = values.first else { return nil }
    return try single(text, asked.fact.fact.type, asked)
  }

  private func single(
    _ entered: String, _ type: FactSchema.ValueType, _ asked: Asked
  ) throws(InputMistake) -> FactValue? {
    let label = asked.fact.label.capitalizedFirst
    let text = entered.trimmed
    func mistake(_ message: String) -> InputMistake { InputMistake(asked.name, message) }
    switch type {
    case .bool:
      guard let flag = Bool(text) else { throw mistake("\(label): choose Yes or No.") }
      return .bool(flag)
    case .int:
      guard let number = Int64(text) else {
        throw mistake("\(label): “\(text)” is not a whole number.")
      }
      return .int(number)
    case .double:
      guard let number = Double(text), number.isFinite else {
        throw mistake("\(label): “\(text)” is not a number.")
      }
      return .double(number)
    case .decimal, .money:
      guard let number = CELDecimal(text) else {
        throw mistake("\(label): “\(text)” is not a number such as 27.50.")
      }
      return .text(number.description)
    case .date:
      guard let day = TypedDay.day(text, near: words.today) else {
        throw mistake("\(label): “\(text)” is not a day. Write it like 11/25/2026.")
      }
      return .text(day.description)
    case .timestamp:
      do {
        return .text(try times.instant(text).description)
      } catch {
        throw mistake(error.sentence(for: text, label: label))
      }
    case .enumeration:
      let known = asked.fact.choices.all.contains { $0.value.formText == text }
      guard known else { throw mistake("\(label): choose one of the list.") }
      return .text(text)
    case .string, .duration: return .text(text)
    case .object, .list: return nil
    }
  }
}

extension Field.Control {
  /// How a fact is asked for; nil for one that no single field can ask for.
  init?(_ fact: FormField) {
    let options = fact.choices.all.map {
      Field.Option($0.value.formText, $0.name.capitalizedFirst, help: $0.help)
    }
    switch fact.fact.type {
    case .bool: self = .radios([Field.Option("true", "Yes"), Field.Option("false", "No")])
    case .enumeration: self = options.count <= 6 ? .radios(options) : .menu(options)
    case .string: self = options.isEmpty ? .text(suggestions: [], isLong: false) : .menu(options)
    case .int, .double, .decimal, .money: self = .number
    case .date: self = .day
    case .timestamp: self = .time
    case .duration: self = .text(suggestions: [], isLong: false)
    case .object: return nil
    case .list(.object), .list(.list): return nil
    case .list:
      self = options.isEmpty ? .text(suggestions: [], isLong: true) : .checkboxes(options)
    }
  }
}

extension CELValue {
  /// The value as a form sends it.
  var formText: String {
    switch self {
    case .string(let text): text
    case .bool(let flag): flag ? "true" : "false"
    case .int(let number): String(number)
    case .double(let number): String(number)
    case .decimal(let number): number.description
    case .money(let money): money.description
    case .date(let day): day.description
    case .timestamp(let instant): instant.description
    default: ""
    }
  }
}

extension InputMistake: Error {}

extension String {
  /// The text with a capital letter first, as what is asked in a form begins.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }

  /// The text without blanks around it.
  var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
#endif
