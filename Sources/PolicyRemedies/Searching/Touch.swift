import CEL
import PolicyEngine
import Synchronization

/// What may come to something else by a change of a fact, whichever element of a list the fact stands in.
struct Touch: Sendable {
  /// A rule that reads the fact.
  struct Reader: Sendable {
    let rule: Int
    /// Whether it reads it for other subjects too, by way of the whole list that it stands in.
    let readsWholeLists: Bool
  }

  /// Whether there may be other subjects, or other rules in force.
  let isWhole: Bool
  /// The rules that read the fact.
  let readers: [Reader]
  /// The decision that allows the change; nil when none has to.
  let gate: Int?
  /// That decision and those that it needs.
  let required: Set<Int>
}

/// What is known of changes, by the facts that lead to what is changed: worked out once for all documents.
final class TouchTable: Sendable {
  private let known = Mutex<[[FactID]: Touch]>([:])

  func touch(at route: [FactID], _ make: () -> Touch) -> Touch {
    if let touch = known.withLock({ $0[route] }) { return touch }
    let touch = make()
    known.withLock { $0[route] = touch }
    return touch
  }
}

extension PolicyKnowledge {
  /// What may come to something else by a change at a path.
  func touch(at path: AttributePath) -> Touch {
    let way = policies.vocabulary.factsOnTheWay(of: path)
    // An element of a list is told from the list by the length.
    let isElement = (way.last?.length ?? 0) < path.count
    guard !isElement else { return makeTouch(at: path, way.last?.id) }
    return touches.touch(at: way.map(\.id)) { makeTouch(at: path, way.last?.id) }
  }

  private func makeTouch(at path: AttributePath, _ id: FactID?) -> Touch {
    let reach = reads.reach(of: path, in: policies.vocabulary)
    let gate = id.flatMap { policies.vocabulary.changes(of: $0)?.allowedBy }
      .flatMap { policies.decisionIndex(named: $0) }
    return Touch(
      isWhole: reach.isWhole,
      readers: policies.rules.indices.compactMap { rule in
        guard reads.isAffected(rule: rule, by: reach) else { return nil }
        return Touch.Reader(
          rule: rule, readsWholeLists: reads.readsWholeLists(rule: rule, of: reach))
      },
      gate: gate, required: gate.map { Set(policies.decisionsNeeded(by: [$0])) } ?? [])
  }
}

/// Findings by their rules and by where their subjects stand.
struct SubjectIndex {
  /// The findings of a rule.
  private struct Rule {
    var all: [Int] = []
    /// Those whose subjects stand in no list.
    var outside: [Int] = []
    /// Those whose subjects stand in the elements of a list, by the list and the position.
    var inside: [AttributePath: [Int: [Int]]] = [:]
  }

  private let findings: [Finding]
  private var rules: [Int: Rule] = [:]

  init(_ findings: [Finding]) {
    self.findings = findings
    for (number, finding) in findings.enumerated() {
      rules[finding.rule, default: Rule()].all.append(number)
      if let (list, index) = finding.path.outermostElement {
        rules[finding.rule]?.inside[list, default: [:]][index, default: []].append(number)
      } else {
        rules[finding.rule]?.outside.append(number)
      }
    }
  }

  /// The findings of a rule.
  func numbers(of rule: Int) -> [Int] { rules[rule]?.all ?? [] }

  /// Those of a rule whose subjects can be read together with a path.
  func numbers(of rule: Int, near path: AttributePath) -> [Int] {
    guard let rule = rules[rule] else { return [] }
    guard let (list, index) = path.outermostElement else { return rule.all }
    var numbers = rule.outside
    for (other, elements) in rule.inside {
      if other == list {
        numbers += (elements[index] ?? []).filter { findings[$0].path.isCompatible(with: path) }
      } else {
        numbers += elements.values.joined()
      }
    }
    return numbers
  }
}

extension AttributePath {
  /// The outermost list that the path leads into, and the position there; nil where it leads into none.
  fileprivate var outermostElement: (list: AttributePath, index: Int)? {
    var found: (AttributePath, Int)?
    var end = self
    while let holder = end.parent {
      if case .index(let index)? = end.last { found = (holder, index) }
      end = holder
    }
    return found
  }
}
