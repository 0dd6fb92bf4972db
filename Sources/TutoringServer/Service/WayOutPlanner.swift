#if Server
import CEL
import Foundation
import PolicyEngine
import PolicyRemedies
import TutoringSessions

/// Turns the changes that would make a session pass into actions that make them.
///
/// It goes by where a fact stands in the session document, never by what a fact means: the parts of a record
/// that every session has are known, and everything else that the vocabulary declares is a fact like any other.
struct WayOutPlanner {
  /// An action on a session.
  struct Step: Hashable, Sendable {
    /// The session that it is done to.
    let session: String
    /// What is done.
    let action: SessionAction
  }

  /// Where the value of a fact is kept.
  private enum Place {
    case tag
    case workOrder
    case end
    case otherSession(String)
    case session(SessionField)
    case encounter(EncounterRecord, EncounterField)
  }

  private enum SessionField {
    case start, end, date, school, description
    case fact([String])
  }

  private enum EncounterField {
    case arrived, departed
    case fact([String])
  }

  let record: SessionRecord
  let policies: PolicySet
  let timeZone: TimeZone
  let now: OffsetDateTime
  let today: CivilDate
  /// What people call the values of a fact, where the vocabulary says it.
  let names: @Sendable (AttributePath) -> [Choices.Choice]
  /// Whether the person may change whatever the server can, or only what the vocabulary leaves to its reader.
  let isOffice: Bool

  // MARK: - Buttons

  /// The buttons for what would make decisions pass.
  ///
  /// `workOrders` gives those that could be assigned so that an alternative's step is solved.
  func waysOut(
    of remedies: Remedies, workOrders: (Remedy.Step, String) -> [WayOut.Choice]
  ) -> [WayOut] {
    var seen: Set<String> = []
    return remedies.decisions.flatMap { remedy in
      remedy.steps.enumerated().flatMap { index, step in
        step.alternatives.map {
          wayOut($0, of: step, index, remedy, of: remedies) { workOrders(step, remedy.decision) }
        }
      }
    }
    // Several decisions may be helped by the same changes: they are offered once.
    .filter { seen.insert($0.id).inserted }
  }

  private func wayOut(
    _ alternative: Alternative, of step: Remedy.Step, _ index: Int, _ remedy: Remedy,
    of remedies: Remedies,
    workOrders: () -> [WayOut.Choice]
  ) -> WayOut {
    let inputs = alternative.changes.map { input(for: $0, workOrders: workOrders) }
    let places = alternative.changes.map { place(of: $0) }
    var other: String?
    for case .otherSession(let id)? in places { other = id }
    return WayOut(
      id: Self.identity(of: alternative), decision: remedy.decision, title: remedy.title,
      step: index, sentence: remedies.sentence(for: alternative, of: remedy),
      loss: alternative.changes.compactMap(\.loss).first,
      isQuestion: alternative.changes.contains { $0.nature.isAsked },
      until: alternative.until, rules: step.problems.map(\.rule),
      changes: zip(alternative.changes, inputs).map { change, input in
        WayOut.Change(
          path: change.path.description, label: change.label, input: input ?? .nothing)
      },
      isDoable: !record.isDeleted && record.exports == 0
        && zip(alternative.changes, inputs).allSatisfy { change, input in
          input != nil && (isOffice || change.changedBy == policies.vocabulary.defaultReader)
        },
      otherSession: other)
  }

  /// The same for the same changes, whenever they are found.
  private static func identity(of alternative: Alternative) -> String {
    let text = alternative.changes.map { change in
      "\(change.kind.rawValue) \(change.path) \(valuesText(change.values))"
    }.sorted().joined(separator: "\n")
    return String(SHA256.hexDigest(of: Array(text.utf8)).prefix(16))
  }

  private static func valuesText(_ values: ChangedFact.Values) -> String {
    switch values {
    case .nothing: "-"
    case .oneOf(let values): values.map { ValueLiteral.text(of: $0) }.joined(separator: ",")
    case .range, .anything: "*"
    case .object(let facts):
      facts.map { "\($0.fact)=\($0.values.map { ValueLiteral.text(of: $0) })" }
        .joined(separator: ",")
    }
  }

  /// What a person has to enter for a change; nil where the server can't make it.
  private func input(
    for change: ChangedFact, workOrders: () -> [WayOut.Choice]
  ) -> WayOut.Input? {
    guard let place = place(of: change) else { return nil }
    switch place {
    case .workOrder:
      let choices = workOrders()
      return choices.isEmpty ? nil : .choice(choices)
    case .end, .otherSession: return .time(now)
    case .tag, .session, .encounter: break
    }
    switch change.values {
    case .nothing: return .nothing
    case .oneOf(let values) where values.count == 1: return .nothing
    case .oneOf(let values):
      let type = declaredType(of: change.path)
      let words = ValueWords(vocabulary: policies.vocabulary)
      let names = names(change.path)
      let choices = values.compactMap { value in
        Self.text(of: value).map { text in
          let name = names.first { Self.text(of: $0.value) == text }?.name
          return WayOut.Choice(value: text, label: name ?? words.text(of: value, type: type))
        }
      }
      return choices.count == values.count && !choices.isEmpty ? .choice(choices) : nil
    case .anything(let example):
      guard case .string? = change.tried else { return nil }
      if case .string(let text)? = example { return .text(example: text) }
      return .text(example: nil)
    case .range:
      switch change.tried {
      case .timestamp(let instant)?: return .time(local(instant))
      case .date(let day)?: return .day(day)
      default: return nil
      }
    case .object: return nil
    }
  }

  // MARK: - Actions

  /// The actions that make the changes of a way out, with the values that were entered for them.
  ///
  /// - Throws: `ServiceError.invalid` for a value that would not do or can't be read, and
  ///   `ServiceError.notFound` for a way out that the session does not have any more.
  func steps(
    for id: String, values: [String?], of remedies: Remedies
  ) throws(ServiceError) -> [Step] {
    let alternatives = remedies.decisions.flatMap(\.steps).flatMap(\.alternatives)
    guard let alternative = alternatives.first(where: { Self.identity(of: $0) == id }) else {
      throw .notFound
    }
    var others: [Step] = []
    var tags: [Step] = []
    var edit = SessionEdit(of: record)
    var encounters: [Int: EncounterEdit] = [:]
    for (index, change) in alternative.changes.enumerated() {
      guard let place = place(of: change) else { throw .notFound }
      let entered = index < values.count ? values[index] : nil
      let value = try value(for: change, at: place, entered: entered, field: "value\(index)")
      switch place {
      case .tag:
        guard let text = value?.text else { throw .notFound }
        tags.append(
          Step(
            session: record.id, action: change.kind == .remove ? .untag(text) : .tag(.init(text))))
      case .workOrder:
        guard let text = value?.text else { throw .notFound }
        others.append(
          Step(
            session: record.id,
            action: .assignWorkOrder(.init(workOrder: text, assignedOn: today))))
      case .end:
        others.insert(
          Step(session: record.id, action: .end(at: value.flatMap(Self.time) ?? now)), at: 0)
      case .otherSession(let other):
        others.insert(
          Step(session: other, action: .end(at: value.flatMap(Self.time) ?? now)), at: 0)
      case .session(let field): try set(field, to: value, in: &edit)
      case .encounter(let encounter, let field):
        var changed =
          encounters[encounter.id]
          ?? EncounterEdit(
            arrived: encounter.arrived, departed: encounter.departed, facts: encounter.facts)
        try set(field, to: value, of: change, in: &changed)
        encounters[encounter.id] = changed
      }
    }
    // What ends a session comes first, since some other changes wait for it.
    return others
      + (edit == SessionEdit(of: record) ? [] : [Step(session: record.id, action: .edit(edit))])
      + encounters.sorted { $0.key < $1.key }.map {
        Step(session: record.id, action: .editEncounter($0.key, $0.value))
      } + tags
  }

  private func set(
    _ field: SessionField, to value: FactValue?, in edit: inout SessionEdit
  ) throws(ServiceError) {
    switch field {
    case .start:
      guard let time = value.flatMap(Self.time) else { throw .notFound }
      edit.start = time
    case .end:
      guard let time = value.flatMap(Self.time) else { throw .notFound }
      edit.end = time
    case .date:
      guard let date = value?.text.flatMap({ CivilDate($0) }) else { throw .notFound }
      edit.date = date
    case .school: edit.school = value?.text
    case .description: edit.description = value?.text
    case .fact(let path): edit.facts[path: path] = value
    }
  }

  private func set(
    _ field: EncounterField, to value: FactValue?, of change: ChangedFact,
    in edit: inout EncounterEdit
  ) throws(ServiceError) {
    switch field {
    case .arrived:
      guard let time = value.flatMap(Self.time) else { throw .notFound }
      edit.arrived = time
    case .departed: edit.departed = value.flatMap(Self.time)
    case .fact(let path):
      guard change.kind == .add || change.kind == .remove, let value else {
        edit.facts[path: path] = value
        return
      }
      var elements: [FactValue] = []
      if case .list(let found)? = edit.facts[path: path] { elements = found }
      elements.removeAll { $0 == value }
      if change.kind == .add { elements.append(value) }
      edit.facts[path: path] = .list(elements)
    }
  }

  /// The value that a change gives a fact; nil where it takes the fact away.
  private func value(
    for change: ChangedFact, at place: Place, entered: String?, field: String
  ) throws(ServiceError) -> FactValue? {
    switch input(for: change, workOrders: { [.init(value: entered ?? "", label: "")] }) {
    case nil: throw .notFound
    case .nothing?:
      guard case .oneOf(let values) = change.values, let value = values.first else { return nil }
      return FactValue(value)
    case .choice?:
      // Which work orders would do depends on more than the change: the action is decided anyway.
      if case .workOrder = place {
        guard let entered, !entered.isEmpty else {
          throw .invalid([InputMistake(field, "Choose a work order.")])
        }
        return .text(entered)
      }
      guard case .oneOf(let values) = change.values,
        let value = values.first(where: { Self.text(of: $0) == entered })
      else { throw .invalid([InputMistake(field, "Choose \(change.label).")]) }
      return FactValue(value)
    case .text?:
      guard let entered, !entered.isEmpty else {
        throw .invalid([InputMistake(field, "Write \(change.label).")])
      }
      return .text(entered)
    case .time(let proposed)?:
      guard let entered, !entered.isEmpty else {
        return proposed.map { .text($0.description) }
      }
      guard OffsetDateTime(entered) != nil else {
        throw .invalid([InputMistake(field, "Enter \(change.label) as a time.")])
      }
      return .text(entered)
    case .day(let proposed)?:
      guard let entered, !entered.isEmpty else {
        return proposed.map { .text($0.description) }
      }
      guard CivilDate(entered) != nil else {
        throw .invalid([InputMistake(field, "Enter \(change.label) as a day.")])
      }
      return .text(entered)
    }
  }

  // MARK: - Paths

  /// Where a fact is kept; nil where no action changes it, as where it stands in somebody else's records.
  private func place(of change: ChangedFact) -> Place? {
    let steps = change.path.steps
    guard case .field(let first)? = steps.first else { return nil }
    let names = steps.dropFirst().compactMap { step -> String? in
      if case .field(let name) = step { name } else { nil }
    }
    let isPlain = names.count == steps.count - 1
    switch first {
    case "id", "group": return nil
    case "tags":
      return steps.count == 1 && (change.kind == .add || change.kind == .remove) ? .tag : nil
    case "workOrder":
      return steps.count == 1 && (change.kind == .supply || change.kind == .replace)
        ? .workOrder : nil
    case "end":
      guard steps.count == 1, change.kind != .drop else { return nil }
      return record.end == nil ? .end : .session(.end)
    case "start", "date":
      guard steps.count == 1, change.kind != .drop else { return nil }
      return .session(first == "start" ? .start : .date)
    case "school", "description":
      guard steps.count == 1 else { return nil }
      return .session(first == "school" ? .school : .description)
    case "tutor":
      guard names == ["activeSession"], change.kind == .drop,
        case .string(let id)? = change.current
      else { return nil }
      return .otherSession(id)
    case "encounters":
      guard steps.count > 2, case .index(let index) = steps[1],
        record.presentEncounters.indices.contains(index), case .field(let name) = steps[2],
        steps.dropFirst(2).allSatisfy({ if case .field = $0 { true } else { false } })
      else { return nil }
      let encounter = record.presentEncounters[index]
      switch name {
      case "student": return nil
      case "arrived": return steps.count == 3 ? .encounter(encounter, .arrived) : nil
      case "departed": return steps.count == 3 ? .encounter(encounter, .departed) : nil
      default: return .encounter(encounter, .fact(names))
      }
    default:
      return isPlain ? .session(.fact([first] + names)) : nil
    }
  }

  /// The type that the vocabulary declares for a fact, of an element where it is a list.
  private func declaredType(of path: AttributePath) -> CELType {
    var type = CELType.object(
      policies.vocabulary.types[policies.vocabulary.documentType].name)
    for step in path.steps {
      switch step {
      case .field(let name):
        guard case .object(let object) = type,
          let fact = policies.vocabulary.type(named: object)?.facts.first(where: {
            $0.name == name
          })
        else { return .dyn }
        type = fact.expressionType
      case .index: if case .list(let element) = type { type = element }
      case .key: return .dyn
      }
    }
    if case .list(let element) = type { return element }
    return type
  }

  private func local(_ instant: CELTimestamp) -> OffsetDateTime {
    OffsetDateTime(Date(timeIntervalSince1970: Double(instant.seconds)), in: timeZone)
  }

  private static func time(_ value: FactValue) -> OffsetDateTime? {
    value.text.flatMap { OffsetDateTime($0) }
  }

  /// A value as a form sends it; nil for what is no single value.
  private static func text(of value: CELValue) -> String? {
    switch value {
    case .string(let text): text
    case .bool(let flag): flag ? "true" : "false"
    case .int(let number): String(number)
    case .double(let number): String(number)
    case .decimal(let number): number.description
    case .money(let money): money.description
    case .date(let date): date.description
    case .timestamp(let instant): instant.description
    default: nil
    }
  }
}

extension FactValue {
  /// A value of the expression language as it is kept; nil for what no document holds.
  init?(_ value: CELValue) {
    switch value {
    case .bool(let flag): self = .bool(flag)
    case .int(let number): self = .int(number)
    case .double(let number): self = .double(number)
    case .decimal(let number): self = .text(number.description)
    case .money(let money): self = .text(money.description)
    case .string(let text): self = .text(text)
    case .date(let date): self = .text(date.description)
    case .timestamp(let instant): self = .text(instant.description)
    case .list(let elements): self = .list(elements.compactMap { FactValue($0) })
    default: return nil
    }
  }
}
#endif
