#if Store
import PolicyEngine

/// The kinds and activities of work orders that a vocabulary lists.
///
/// The demo has a work order of every kind, whatever the vocabulary calls them.
struct DemoKinds {
  /// The values of the closed list of kinds with their words.
  let kinds: [Enumeration.Case]
  /// The values of the closed list of activities with their words.
  let activities: [Enumeration.Case]

  init(_ vocabulary: Vocabulary) {
    kinds = Self.cases(of: "kind", in: vocabulary)
    activities = Self.cases(of: "activity", in: vocabulary)
  }

  /// A kind, if the vocabulary has it.
  func kind(_ value: String?) -> String? {
    kinds.first { $0.value == value }?.value
  }

  private static func cases(of fact: String, in vocabulary: Vocabulary) -> [Enumeration.Case] {
    let session = vocabulary.types[vocabulary.documentType]
    guard case .object(let order)? = session.facts.first(where: { $0.name == "workOrder" })?.type,
      case .enumeration(let list)? = vocabulary.types[order].facts
        .first(where: { $0.name == fact })?.type
    else { return [] }
    return vocabulary.enumerations[list].cases
  }
}
#endif
