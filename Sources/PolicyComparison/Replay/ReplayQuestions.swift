package import CEL
import Diagnostics
package import PolicyEngine

/// What is asked of recorded sessions: which decisions, by which facts they are grouped, and how long they are.
package struct ReplayQuestions: Sendable {
  /// A decision of both sets.
  struct ComparedDecision: Sendable {
    let name: String
    let old: Int
    let new: Int
    /// The rules that it is made of, with those of the decisions it needs, by id.
    let rules: Set<String>
  }

  let old: PolicySet
  let new: PolicySet
  let today: CivilDate
  let decisions: [ComparedDecision]
  /// What single documents are read by.
  package var schema: FactSchema { new.vocabulary.schema }
  /// The facts that sessions are grouped by, with their positions from the document.
  private let groups: [(name: String, fields: [Int])]
  /// The positions of the document's own instants.
  private let instants: [Int]

  /// Asks for the decisions of both policy sets, or for those that are named.
  ///
  /// Sessions are grouped by the facts of the document and of what it holds once that have a closed list, or
  /// names for their values.
  ///
  /// - Throws: `UnknownDecision` for the first name that is none of a decision of both sets.
  package init(
    old: PolicySet, new: PolicySet, today: CivilDate, decisions names: [String]
  ) throws(UnknownDecision) {
    (self.old, self.new) = (old, new)
    self.today = today
    let asked =
      names.isEmpty
      ? new.defaultDecisions.filter {
        old.decisionIndex(named: new.decisions[$0].name) != nil
      } : try new.decisionIndexes(names)
    var compared: [ComparedDecision] = []
    for index in asked {
      let name = new.decisions[index].name
      guard let before = old.decisionIndex(named: name) else {
        throw UnknownDecision(name: name, known: old.decisions.map(\.name))
      }
      let rules =
        old.ruleIDs(in: old.decisionsNeeded(by: [before]))
        + new.ruleIDs(in: new.decisionsNeeded(by: [index]))
      compared.append(
        ComparedDecision(name: name, old: before, new: index, rules: Set(rules)))
    }
    decisions = compared
    groups = new.vocabulary.groupingFacts
    let type = new.vocabulary.types[new.vocabulary.documentType]
    instants = type.facts.indices.filter { type.facts[$0].type == .timestamp }
  }

  /// The rules that a decision hears of under one of the sets alone, by their ids in order.
  func rules(of decision: Int, _ before: Verdict, _ after: Verdict) -> [String] {
    let known = decisions[decision].rules
    func found(_ verdict: Verdict) -> Set<String> {
      Set((verdict.violated + verdict.undetermined).map(\.rule)).intersection(known)
    }
    let (old, new) = (found(before), found(after))
    let changed = old.symmetricDifference(new)
    // A rule that was undetermined and is violated is found by both.
    return (changed.isEmpty ? new.union(old) : changed).sorted()
  }

  /// What a session is counted by, and how many seconds lie between its first and last instant.
  func facts(of line: [UInt8]) -> (groups: [(String, String?)], seconds: Int) {
    var diagnostics: [Diagnostic] = []
    guard
      let document = FactDocument.read(
        json: Source(name: "", bytes: line), schema: new.vocabulary.schema, into: &diagnostics)
    else { return ([], 0) }
    let found = groups.map { group -> (String, String?) in
      var object = document.root
      for (position, field) in group.fields.enumerated() {
        guard case .present(let value) = object.value(ofField: field) else { break }
        if position == group.fields.count - 1 {
          if case .string(let text) = value { return (group.name, text) }
        } else if case .object(let inner) = value {
          object = inner
        }
      }
      return (group.name, nil)
    }
    let times = instants.compactMap { field -> Int64? in
      guard case .present(.timestamp(let instant)) = document.root.value(ofField: field) else {
        return nil
      }
      return instant.seconds
    }
    let seconds = (times.max() ?? 0) - (times.min() ?? 0)
    return (found, Int(seconds))
  }
}

extension Vocabulary {
  /// The facts of the document, and of the objects that it holds once, that say which kind of document it is: those
  /// of a closed list, and those whose values have names.
  fileprivate var groupingFacts: [(name: String, fields: [Int])] {
    let document = types[documentType]
    var found: [(String, [Int])] = []
    for (index, fact) in document.facts.enumerated() {
      if document.isGrouping(index) { found.append((fact.name, [index])) }
      guard case .object(let inner) = fact.type, !fact.isConfidential else { continue }
      for (position, innerFact) in types[inner].facts.enumerated()
      where types[inner].isGrouping(position) {
        found.append(("\(fact.name).\(innerFact.name)", [index, position]))
      }
    }
    return found
  }

  /// The words for a value of a fact that documents are grouped by.
  func words(for value: String, of fact: String) -> String {
    let names = fact.split(separator: ".")
    var type = types[documentType]
    for name in names {
      guard let index = type.facts.firstIndex(where: { $0.name == name }) else { return value }
      switch type.facts[index].type {
      case .object(let inner): type = types[inner]
      case .enumeration(let list):
        return enumeration(named: schema.enumerations[list].name)?.label(of: value) ?? value
      default: return value
      }
    }
    return value
  }
}

extension VocabularyType {
  fileprivate func isGrouping(_ index: Int) -> Bool {
    // Counts of a few would tell of each.
    guard !facts[index].isConfidential else { return false }
    return switch facts[index].type {
    case .enumeration: true
    case .string: fields[index]?.hasNames ?? false
    default: false
    }
  }
}

extension PolicySet {
  fileprivate func ruleIDs(in decisions: [Int]) -> [String] {
    rules.filter { $0.decides.contains { decisions.contains($0) } }.map(\.id)
  }
}
