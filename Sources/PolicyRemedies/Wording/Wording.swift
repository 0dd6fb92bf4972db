import CEL
import PolicyEngine

/// Tells changes in the words of the vocabulary.
struct Wording {
  let knowledge: PolicyKnowledge
  let draft: Draft
  let today: CivilDate
  /// What texts about the document are evaluated in.
  private let context: DecisionContext

  /// The words for a document as it is.
  init(knowledge: PolicyKnowledge, draft: Draft, today: CivilDate) {
    self.knowledge = knowledge
    self.draft = draft
    self.today = today
    context = DecisionContext(
      policies: knowledge.policies, document: draft, today: today)
  }

  private var policies: PolicySet { knowledge.policies }
  private var vocabulary: Vocabulary { policies.vocabulary }
  private var words: ValueWords { ValueWords(vocabulary: vocabulary) }

  /// One line about the document; nil when the vocabulary gives none.
  var summary: String? { subject(at: draft.path) }

  /// One line about the object at a path; nil when the vocabulary gives none.
  func subject(at path: AttributePath) -> String? {
    guard case .present(.object(let object))? = draft.find(path),
      let summary = vocabulary.type(named: object.typeName)?.summary
    else { return nil }
    return TemplateRenderer(policies: policies).render(
      summary, in: context.activation(for: object, decision: nil))
  }

  /// One line about the nearest thing around a fact that has a summary; nil for the document itself.
  func enclosingSubject(of path: AttributePath) -> String? {
    (1..<max(1, path.count)).reversed().lazy.compactMap { subject(at: path.prefix($0)) }.first
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

  /// How far a value must be from that of another change, which has been told before.
  struct Distance {
    let gap: OrderedRegion.Gap
    /// Whether it is the later one of the two.
    let isLater: Bool
    let other: AttributePath
  }

  /// A change in words, with the values that would do.
  func changed(
    _ change: FactChange, _ values: ChangedFact.Values,
    exceptions: ChangedFact.Exceptions? = nil, relations: [ChangedFact.Relation] = [],
    distances: [Distance] = [], doneBy maker: Int? = nil
  ) -> ChangedFact {
    let id = vocabulary.factsOnTheWay(of: change.path).last?.id
    let declaration = id.map { vocabulary.declaration(of: $0) }
    let changes = id.flatMap { vocabulary.changes(of: $0) }
    let nature = changes?.nature ?? .claim
    let type = declaration?.expressionType ?? .dyn
    let label = declaration?.label ?? declaration?.name ?? change.path.pathFromRoot
    let subject = enclosingSubject(of: change.path)
    var current: CELValue?
    if case .present(let found)? = draft.find(change.path) { current = found }
    let names = names(of: change.path)
    let value =
      ([phrase(values, type: type, names: names)]
      + distances.map { words(for: $0, of: change) })
      .filter { !$0.isEmpty }.joined(separator: ", ")
    let said = changes?.words?[change.kind]
    func text(_ template: Template?) -> String? {
      template.map {
        render($0, of: change.path, value: value, subject: subject ?? "it")
      }.flatMap { $0.isEmpty ? nil : $0 }
    }
    let generic = GenericWords(label: label, subject: subject, value: value)
    // A change of a choice is put as a question too where the vocabulary says when it is right.
    let condition =
      text(said?.condition) ?? (nature.isAsked ? generic.condition(for: change.kind) : nil)
    return ChangedFact(
      path: change.path, kind: change.kind, current: current, values: values,
      relations: relations, exceptions: exceptions,
      tried: change.isOpen ? nil : change.value, label: label,
      changedBy: declaration?.changedBy ?? "", nature: nature,
      condition: condition,
      action: (text(said?.action) ?? generic.action(for: change.kind)) + example(values),
      recorded: change.kind == .replace
        ? current.flatMap { recorded($0, id, at: change.path, names: names, against: values) }
        : nil,
      loss: text(said?.loss), doneBy: maker)
  }

  private func words(for distance: Distance, of change: FactChange) -> String {
    let steps = distance.gap.steps
    let other = vocabulary.factsOnTheWay(of: distance.other).last.map {
      vocabulary.declaration(of: $0.id)
    }
    let whose = enclosingSubject(of: distance.other)
    let name =
      "the " + (other?.label ?? other?.name ?? distance.other.pathFromRoot)
      + (whose.flatMap { $0 == enclosingSubject(of: change.path) ? nil : " of \($0)" } ?? "")
    let side = distance.isLater ? "after" : "before"
    let length = change.value.flatMap { ValueWords.length(ofSteps: abs(steps), of: $0) }
    return switch steps {
    case 0: distance.isLater ? "not before \(name)" : "not after \(name)"
    case 1: "\(side) \(name)"
    case 2...: "at least \(length ?? "\(steps)") \(side) \(name)"
    default:
      "no more than \(length ?? "\(-steps)") \(distance.isLater ? "before" : "after") \(name)"
    }
  }

  private func render(
    _ template: Template, of path: AttributePath, value: String, subject: String
  ) -> String {
    guard let holder = path.parent, case .present(.object(let owner))? = draft.find(holder) else {
      return ""
    }
    var activation = context.activation(for: owner, decision: nil)
    activation.locals += [.string(value), .string(subject)]
    return TemplateRenderer(policies: policies).render(template, in: activation)
  }

  private func example(_ values: ChangedFact.Values) -> String {
    guard case .anything(let example?) = values else { return "" }
    return ", for example \(phrase([example], type: .dyn, names: nil))"
  }

  // MARK: - Values

  /// The names of the values of the fact at a path; nil where it has no owner.
  private func names(of path: AttributePath) -> NameTable? {
    let way = vocabulary.factsOnTheWay(of: path)
    guard let last = way.last,
      case .present(.object(let owner))? = draft.find(path.prefix(last.length - 1))
    else { return nil }
    return NameTable(last.id, of: owner, in: context)
  }

  /// The values that would do, as they stand in a sentence; empty where anything does.
  private func phrase(
    _ values: ChangedFact.Values, type: CELType, names: NameTable?
  ) -> String {
    switch values {
    case .nothing, .anything: return ""
    case .oneOf(let values): return phrase(values, type: type.elementOrSelf, names: names)
    case .range(let from, let until): return range(from, until)
    case .object(let facts):
      return facts.enumerated().map { index, fact in
        (index == 0 ? "whose " : "and whose ") + fact.label + " is "
          + phrase(fact.values, type: fact.type, names: nil)
      }.joined(separator: " ")
    }
  }

  /// Some values of the fact at a path as alternatives, each by name.
  func phrase(_ values: [CELValue], at path: AttributePath, type: CELType) -> String {
    phrase(values, type: type, names: names(of: path))
  }

  /// Some values as alternatives: all of them, since whoever chooses must see what there is.
  private func phrase(_ values: [CELValue], type: CELType, names: NameTable?) -> String {
    let texts = values.map { text(of: $0, type: type, names: names) }
    guard let last = texts.last, texts.count > 1 else { return texts.first ?? "" }
    return texts.dropLast().joined(separator: ", ") + " or " + last
  }

  private func text(of value: CELValue, type: CELType, names: NameTable?) -> String {
    switch (value, type) {
    case (.bool(let flag), _): return flag ? "Yes" : "No"
    case (.string(let text), _):
      let isNamed = names?.hasName(for: value) ?? false
      let shown = names?.name(of: value) ?? words.text(of: value, type: type)
      // A name stands in a sentence as it is; what would read as part of the sentence is quoted.
      let isTitle = shown.first?.isUppercase ?? false
      let isCase = if case .enumeration = type { true } else { false }
      let isPlain = !shown.contains(where: \.isWhitespace) && !text.isEmpty
      return isPlain || isTitle && (isNamed || isCase) ? shown : "“\(shown)”"
    case (.timestamp, _): return "at " + time(value)
    case (.date, _): return "on " + words.text(of: value, type: type)
    default: return words.text(of: value, type: type)
    }
  }

  /// What is recorded for a fact, and by how much it misses the values that would do.
  private func recorded(
    _ current: CELValue, _ id: FactID?, at path: AttributePath, names: NameTable?,
    against values: ChangedFact.Values
  ) -> String? {
    let type = id.map { vocabulary.declaration(of: $0).expressionType } ?? .dyn
    switch current {
    case .bool, .object, .list: return nil
    case .string(let text) where !text.contains(where: { !$0.isWhitespace }): return "nothing"
    case .string: return text(of: current, type: type, names: names)
    default: break
    }
    guard case .range(let from, let until) = values else { return time(current) }
    let miss: String? =
      if let from, let steps = current.steps(until: from), steps > 0 {
        self.miss(of: current, from, steps, "before", "too early", id, at: path)
      } else if let until, let steps = until.steps(until: current), steps > 0 {
        self.miss(of: current, until, steps, "after", "too late", id, at: path)
      } else { nil }
    return time(current) + (miss.map { ", " + $0 } ?? "")
  }

  /// By how much a value misses a bound: from what the bound is, where that has a name.
  private func miss(
    of current: CELValue, _ bound: CELValue, _ steps: Int64, _ side: String, _ plain: String,
    _ id: FactID?, at path: AttributePath
  ) -> String? {
    let landmarks = Landmarks(knowledge: knowledge, context: context, draft: draft)
    if let landmark = id.flatMap({ landmarks.landmark(at: bound, of: $0, at: path) }),
      let distance = current.steps(until: landmark.value)
    {
      if distance == 0 { return "the same as \(landmark.words)" }
      return ValueWords.length(ofSteps: abs(distance), of: current).map {
        "\($0) \(side) \(landmark.words)"
      }
    }
    if case .int = current { return nil }
    return ValueWords.length(ofSteps: steps, of: current).map { "\($0) \(plain)" }
  }

  private func range(_ first: CELValue?, _ last: CELValue?) -> String {
    let (from, until) = CELValue.wholeMinutes(from: first, until: last)
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
    guard let least = values.first, let most = values.last else { return "" }
    let (from, until) = CELValue.wholeMinutes(
      from: isFirst ? nil : least, until: isLast ? nil : most)
    let (first, last) = (from ?? least, until ?? most)
    switch (isFirst, isLast) {
    case (true, true): return "any value"
    case (true, false): return "a value up to \(time(last))"
    case (false, true): return "a value from \(time(first)) on"
    case (false, false) where first.isEqual(to: last): return time(first)
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
