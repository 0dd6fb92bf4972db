#if Server
import CEL
import PolicyEngine
import PolicyRemedies
import TutoringSessions

/// Which facts of the vocabulary somebody may enter.
///
/// Whoever reads the policies as their `reader` does, such as a tutor, enters what the vocabulary says that
/// this role changes; the office whatever somebody may change.
struct FactRights {
  private let vocabulary: Vocabulary
  private let isOffice: Bool

  init(_ judge: SessionJudge) {
    vocabulary = judge.policies.vocabulary
    isOffice = judge.actor.changesAllSessions
  }

  /// The facts of a record that have a place of their own in it, and are never entered by name.
  private static let columns: [Set<String>] = [
    [
      "id", "date", "school", "description", "tutor", "group", "start", "end", "workOrder", "tags",
      "encounters",
    ], ["student", "arrived", "departed"],
  ]

  /// What of the facts of a document can't be entered; what was there before may stay.
  func mistakes(
    in facts: [String: FactValue], since before: [String: FactValue], ofDocument type: Int
  ) -> [InputMistake] {
    mistakes(in: facts, since: before, type: vocabulary.types[type], at: "", Self.columns[0])
  }

  /// What of the facts of an encounter can't be entered; what was there before may stay.
  func mistakes(
    inEncounter facts: [String: FactValue], since before: [String: FactValue]
  ) -> [InputMistake] {
    guard let type = encounterType else { return [] }
    return mistakes(in: facts, since: before, type: type, at: "", Self.columns[1])
  }

  /// What an encounter has of facts that nobody has entered yet: a claim that nobody has made is not made.
  ///
  /// What happened, such as who was tutored, is left open until somebody says it.
  func withClaimsNotMade(_ facts: [String: FactValue]) -> [String: FactValue] {
    guard let type = encounterType else { return facts }
    return filled(facts, type: type)
  }

  private var encounterType: VocabularyType? {
    let document = vocabulary.types[vocabulary.documentType]
    guard let list = document.facts.first(where: { $0.name == "encounters" }),
      case .list(.object(let index)) = list.type
    else { return nil }
    return vocabulary.types[index]
  }

  private func filled(
    _ facts: [String: FactValue], type: VocabularyType
  ) -> [String: FactValue] {
    var facts = facts
    for (fact, changes) in zip(type.facts, type.changes) where !fact.isOptional {
      switch fact.type {
      case .object(let index) where !Self.columns[1].contains(fact.name):
        guard facts[fact.name].map({ $0.members != nil }) ?? true else { continue }
        let members = filled(facts[fact.name]?.members ?? [:], type: vocabulary.types[index])
        if !members.isEmpty { facts[fact.name] = .object(members) }
      case .bool where changes?.nature == .claim && facts[fact.name] == nil:
        facts[fact.name] = .bool(false)
      case .list where changes?.nature == .claim && facts[fact.name] == nil:
        facts[fact.name] = .list([])
      default: continue
      }
    }
    return facts
  }

  private func mistakes(
    in facts: [String: FactValue], since before: [String: FactValue], type: VocabularyType,
    at prefix: String, _ columns: Set<String> = []
  ) -> [InputMistake] {
    facts.sorted { $0.key < $1.key }.flatMap { name, value -> [InputMistake] in
      let path = prefix + name
      guard value != before[name] else { return [] }
      guard !columns.contains(name), let fact = type.facts.first(where: { $0.name == name }) else {
        return [InputMistake(path, "'\(path)' is not a fact that can be entered here.")]
      }
      if case .object(let index) = fact.type, fact.changedBy == nil {
        guard let members = value.members else {
          return [InputMistake(path, "'\(fact.label ?? path)' is not an object.")]
        }
        return mistakes(
          in: members, since: before[name]?.members ?? [:], type: vocabulary.types[index],
          at: path + ".")
      }
      guard let role = fact.changedBy, isOffice || role == vocabulary.defaultReader else {
        return [InputMistake(path, "'\(fact.label ?? path)' is not yours to change.")]
      }
      return []
    }
  }
}
#endif
