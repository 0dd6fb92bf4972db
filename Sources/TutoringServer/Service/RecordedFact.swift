#if Server
package import PolicyEngine
package import TutoringSessions

/// Something that people record of a student in a session: a question answered with Yes, or one of a list.
///
/// What there is to be recorded is the vocabulary's, so a filter by it knows a new fact as soon as the policies do.
package struct RecordedFact: Hashable, Sendable {
  /// The names that lead to the fact from the encounter.
  package let path: [String]
  /// What is recorded, as one of a list; nil for Yes.
  package let value: String?

  /// The fact that a text names, such as `qualifiers.remedial` or `remedialCriteria=reading-improvement-plan`; nil for
  /// an empty text.
  package init?(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard let path = parts.first, text.utf8.count <= 400 else { return nil }
    self.path = path.split(separator: ".").map(String.init)
    value = parts.count > 1 ? parts[1] : nil
  }

  init(path: [String], value: String?) {
    self.path = path
    self.value = value
  }

  /// The fact as a text.
  package var text: String { path.joined(separator: ".") + (value.map { "=" + $0 } ?? "") }

  /// Whether it is recorded of a student in a session who was not removed.
  package func isRecorded(in session: SessionRecord) -> Bool {
    session.presentEncounters.contains { encounter in
      switch encounter.facts[path: path] {
      case .bool(let flag)?: value == nil && flag
      case .text(let text)?: text == value
      case .list(let elements)?: value.map { elements.contains(.text($0)) } ?? false
      default: false
      }
    }
  }
}

extension Vocabulary {
  /// What can be recorded of a student in a session, in the order in which the vocabulary has it, each with its words.
  package var recordableFacts: [(fact: RecordedFact, label: String)] {
    guard let list = types[documentType].facts.first(where: { $0.name == "encounters" }),
      case .list(.object(let type)) = list.type
    else { return [] }
    return recordable(of: type, beneath: [])
  }

  private func recordable(
    of type: Int, beneath path: [String]
  ) -> [(fact: RecordedFact, label: String)] {
    types[type].facts.flatMap { fact -> [(fact: RecordedFact, label: String)] in
      let path = path + [fact.name]
      // What is on record of the student elsewhere is nobody's answer in a session.
      if fact.isConfidential || path == ["student"] { return [] }
      if case .object(let inner) = fact.type { return recordable(of: inner, beneath: path) }
      guard fact.changedBy != nil else { return [] }
      let label = fact.label ?? fact.name
      switch fact.type {
      case .bool: return [(RecordedFact(path: path, value: nil), label)]
      case .enumeration(let list), .list(.enumeration(let list)):
        return enumerations[list].cases.map {
          (RecordedFact(path: path, value: $0.value), "\(label): \($0.label)")
        }
      default: return []
      }
    }
  }
}
#endif
