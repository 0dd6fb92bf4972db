#if Server
import CEL
import PolicyEngine
import SchoolData
import TutoringSessions

/// What the fields of records and their values are called: as the vocabulary has it, and else by their names.
struct RecordWords: Sendable {
  private let vocabulary: Vocabulary

  /// The words of a vocabulary.
  init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

  /// A field of a record of a kind.
  func label(of path: [String], in kind: RosterKind) -> String {
    // What the vocabulary has of a record beside the record's own fields stands under one of them.
    var names = path[...]
    if names.count > 1, names.first == "facts" { names.removeFirst() }
    var type = type(of: kind)
    let labels = names.map { name -> String in
      let fact = type?.facts.first { $0.name == name }
      type = fact?.type.innermostObject.map { vocabulary.types[$0] }
      return fact?.label ?? name.asWords
    }
    return labels.joined(separator: " › ").capitalizedFirst
  }

  /// A value of a field.
  func words(for value: FactValue?, at path: [String], in kind: RosterKind) -> String {
    guard let value else { return "–" }
    var names = path[...]
    if names.count > 1, names.first == "facts" { names.removeFirst() }
    guard names.count == 1,
      let fact = type(of: kind)?.facts.first(where: { $0.name == names.first })
    else { return value.inWords }
    return words(for: value, fact.type)
  }

  private func words(for value: FactValue, _ type: FactSchema.ValueType) -> String {
    switch (value, type) {
    case (.text(let text), .enumeration(let list)):
      return vocabulary.enumerations[list].label(of: text) ?? text
    case (.text(let text), .duration):
      return CELDuration(text).map { ValueWords.text(of: $0) } ?? text
    case (.list(let elements), .list(let element)) where !elements.isEmpty:
      // An element that has parts of its own is told from the next by more than a comma.
      let separator = element.innermostObject == nil ? ", " : "; "
      return elements.map { words(for: $0, element) }.joined(separator: separator)
    case (.object(let members), .object(let object)):
      return vocabulary.types[object].facts.compactMap { fact in
        members[fact.name].map {
          "\(fact.label ?? fact.name.asWords): \(words(for: $0, fact.type))"
        }
      }.joined(separator: ", ")
    default: return value.inWords
    }
  }

  /// What the vocabulary has of a kind of record; nil where it has nothing.
  private func type(of kind: RosterKind) -> VocabularyType? {
    let session = vocabulary.types[vocabulary.documentType]
    func type(_ name: String, of owner: VocabularyType?) -> VocabularyType? {
      owner?.facts.first { $0.name == name }?.type.innermostObject.map { vocabulary.types[$0] }
    }
    return switch kind {
    case .school: type("schools", of: session)
    case .person: type("tutor", of: session)
    case .student: type("student", of: type("encounters", of: session))
    case .group: type("group", of: session)
    case .workOrder: type("workOrder", of: session)
    }
  }
}

extension String {
  /// A name such as `firstName` as words.
  fileprivate var asWords: String {
    reduce(into: "") { words, character in
      if character.isUppercase { words += " " }
      words += character.lowercased()
    }
  }
}
#endif
