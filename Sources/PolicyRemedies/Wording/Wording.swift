import CEL
import PolicyEngine

/// Tells changes in the words of the vocabulary.
struct Wording {
  let policies: PolicySet
  let draft: Draft
  let today: CivilDate

  private var vocabulary: Vocabulary { policies.vocabulary }
  private var words: ValueWords { ValueWords(vocabulary: vocabulary) }
  private var context: DecisionContext {
    DecisionContext(policies: policies, document: draft, today: today)
  }

  /// One line about the document; nil when the vocabulary gives none.
  var summary: String? { subject(at: draft.path) }

  /// One line about the object at a path; nil when the vocabulary gives none.
  func subject(at path: AttributePath) -> String? {
    guard case .present(.object(let object))? = draft.find(path.steps),
      let summary = vocabulary.type(named: object.typeName)?.summary
    else { return nil }
    return TemplateRenderer(policies: policies).render(
      summary, in: context.activation(for: object, decision: nil))
  }

  /// One line about the nearest thing around a fact that has a summary; nil for the document itself.
  func enclosingSubject(of path: AttributePath) -> String? {
    (1..<max(1, path.steps.count)).reversed().lazy.compactMap { subject(at: path.prefix($0)) }.first
  }

  /// A fact in people's words, with whose it is.
  func fact(at path: AttributePath) -> Remedy.Fact {
    let declaration = vocabulary.factsOnTheWay(of: path).last.map {
      vocabulary.declaration(of: $0.id)
    }
    let label = declaration?.label ?? declaration?.name ?? path.pathFromRoot
    let whose = enclosingSubject(of: path).map { " of \($0)" } ?? ""
    return Remedy.Fact(path: path, words: label + whose)
  }

  // MARK: - Changes

  /// A change in words, with the values that would do.
  func changed(_ change: FactChange, _ values: ChangedFact.Values) -> ChangedFact {
    let id = vocabulary.factsOnTheWay(of: change.path).last?.id
    let declaration = id.map { vocabulary.declaration(of: $0) }
    let changes = id.flatMap { vocabulary.changes(of: $0) }
    let nature = changes?.nature ?? .claim
    let type = declaration?.expressionType ?? .dyn
    let label = declaration?.label ?? declaration?.name ?? change.path.pathFromRoot
    let subject = enclosingSubject(of: change.path)
    var current: CELValue?
    if case .present(let found)? = draft.find(change.path.steps) { current = found }
    let value = phrase(values, type: type, current: current)
    let said = changes?.words?[change.kind]
    func text(_ template: Template?) -> String? {
      template.map {
        render($0, of: change.path, value: value, subject: subject ?? "it")
      }.flatMap { $0.isEmpty ? nil : $0 }
    }
    let generic = GenericWords(label: label, subject: subject, value: value)
    return ChangedFact(
      path: change.path, kind: change.kind, current: current, values: values,
      tried: change.isOpen ? nil : change.value, label: label,
      changedBy: declaration?.changedBy ?? "", nature: nature,
      condition: nature.isAsked
        ? text(said?.condition) ?? generic.condition(for: change.kind) : nil,
      action: (text(said?.action) ?? generic.action(for: change.kind)) + example(values),
      loss: text(said?.loss))
  }

  private func render(
    _ template: Template, of path: AttributePath, value: String, subject: String
  ) -> String {
    guard case .present(.object(let owner))? = draft.find(path.steps.dropLast()) else { return "" }
    var activation = context.activation(for: owner, decision: nil)
    activation.locals += [.string(value), .string(subject)]
    return TemplateRenderer(policies: policies).render(template, in: activation)
  }

  private func example(_ values: ChangedFact.Values) -> String {
    guard case .anything(let example?) = values else { return "" }
    return ", for example \(phrase([example], type: .dyn))"
  }

  // MARK: - Values

  /// The values that would do, as they stand in a sentence; empty where anything does.
  func phrase(
    _ values: ChangedFact.Values, type: CELType, current: CELValue? = nil
  ) -> String {
    switch values {
    case .nothing, .anything: return ""
    case .oneOf(let values): return phrase(values, type: type.elementOrSelf, near: current)
    case .range(let from, let until): return range(from, until)
    case .object(let facts):
      return facts.enumerated().map { index, fact in
        (index == 0 ? "whose " : "and whose ") + fact.label + " is "
          + phrase(fact.values, type: fact.type)
      }.joined(separator: " ")
    }
  }

  /// Some values as alternatives: each by name; of many the one that a slip of the pen was meant to be,
  /// or the first and the last.
  func phrase(_ values: [CELValue], type: CELType, near current: CELValue? = nil) -> String {
    let texts = values.map { text(of: $0, type: type) }
    guard let first = texts.first, let last = texts.last else { return "" }
    if texts.count == 1 { return first }
    if texts.count <= 4 { return texts.dropLast().joined(separator: ", ") + " or " + last }
    if case .string(let written)? = current, case .string(let nearest)? = values.first,
      written.isNear(nearest)
    {
      return "\(first) or one of \(texts.count - 1) others"
    }
    return "one of \(first) … \(last)"
  }

  private func text(of value: CELValue, type: CELType) -> String {
    switch (value, type) {
    case (.bool(let flag), _): return flag ? "Yes" : "No"
    case (.string(let text), .enumeration): return words.text(of: .string(text), type: type)
    case (.string(let text), _):
      return text.contains(where: \.isWhitespace) || text.isEmpty ? "“\(text)”" : text
    case (.timestamp, _): return "at " + time(value)
    case (.date, _): return "on " + words.text(of: value, type: type)
    default: return words.text(of: value, type: type)
    }
  }

  private func range(_ from: CELValue?, _ until: CELValue?) -> String {
    let isLater = if case .timestamp? = from ?? until { true } else { false }
    let isDate = if case .date? = from ?? until { true } else { false }
    let preposition = isLater ? "at " : isDate ? "on " : ""
    switch (from, until) {
    case (let from?, let until?) where from.isEqual(to: until): return preposition + time(from)
    case (let from?, let until?): return "between \(time(from)) and \(time(until))"
    case (let from?, nil):
      return preposition + time(from) + (isLater || isDate ? " or later" : " or more")
    case (nil, let until?):
      return preposition + time(until) + (isLater || isDate ? " or earlier" : " or less")
    case (nil, nil): return ""
    }
  }

  /// Ordered values from the first to the last; at an end, all that come before or after it as well.
  func stretch(_ values: [CELValue], isFirst: Bool, isLast: Bool) -> String {
    guard let first = values.first, let last = values.last else { return "" }
    switch (isFirst, isLast) {
    case (true, true): return "any value"
    case (true, false): return "a value up to \(time(last))"
    case (false, true): return "a value from \(time(first)) on"
    case (false, false): return "a value from \(time(first)) to \(time(last))"
    }
  }

  /// An ordered value; of an instant on the document's own day only the time.
  private func time(_ value: CELValue) -> String {
    let text = words.text(of: value, type: .dyn)
    guard case .timestamp = value, let day = context.knownGoverningDate else { return text }
    let date = ValueWords.text(of: day) + " "
    return text.hasPrefix(date) ? String(text.dropFirst(date.count)) : text
  }
}

/// What is said of a change for which the vocabulary has no words.
private struct GenericWords {
  let label: String
  let subject: String?
  let value: String

  private var whose: String { subject.map { " for \($0)" } ?? "" }
  /// The value without the preposition that it has where something happens at or on it.
  private var plainValue: String {
    for preposition in ["at ", "on ", "between "] where value.hasPrefix(preposition) {
      return preposition == "between " ? "a value " + value : String(value.dropFirst(3))
    }
    return value
  }

  func action(for kind: FactChanges.Kind) -> String {
    switch kind {
    case .supply, .replace:
      value.isEmpty ? "write down: \(label)\(whose)" : "set \(label) to \(plainValue)\(whose)"
    case .drop: "take away \(label)\(whose)"
    case .add: "add \(value) to \(label)\(whose)"
    case .remove: "take \(value) away from \(label)\(whose)"
    }
  }

  func condition(for kind: FactChanges.Kind) -> String {
    kind == .supply ? "that is so" : "\(label)\(whose) was recorded wrongly"
  }
}
