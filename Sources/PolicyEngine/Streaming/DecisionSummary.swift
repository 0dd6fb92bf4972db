/// Counts over many documents: how decisions turn out, what is violated and missing, alone and together.
package struct DecisionSummary: Sendable {
  /// How many documents a decision passes, fails, leaves undetermined.
  package struct Outcomes: Sendable {
    package private(set) var pass = 0
    package private(set) var fail = 0
    package private(set) var undetermined = 0

    mutating func add(_ outcome: DecisionOutcome) {
      switch outcome {
      case .pass: pass += 1
      case .fail: fail += 1
      case .undetermined: undetermined += 1
      }
    }

    mutating func merge(_ other: Outcomes) {
      pass += other.pass
      fail += other.fail
      undetermined += other.undetermined
    }
  }

  /// In how many documents something was found.
  package struct Count: Sendable {
    /// The documents in which it was found at all.
    package private(set) var documents = 0
    /// Those of them in which nothing else of its kind was found: fixing it would be enough.
    package private(set) var alone = 0

    mutating func add(isAlone: Bool) {
      documents += 1
      if isAlone { alone += 1 }
    }

    mutating func merge(_ other: Count) {
      documents += other.documents
      alone += other.alone
    }
  }

  /// The documents of one value of the fact that they are grouped by.
  package struct Group: Sendable {
    package private(set) var documents = 0
    /// By the position of the decision among those asked for.
    package private(set) var outcomes: [Outcomes]

    init(decisionCount: Int) { outcomes = Array(repeating: Outcomes(), count: decisionCount) }

    mutating func add(_ decider: borrowing DocumentDecider) {
      documents += 1
      for position in outcomes.indices {
        outcomes[position].add(decider.outcome(of: decider.asked[position]))
      }
    }

    mutating func merge(_ other: Group) {
      documents += other.documents
      for position in outcomes.indices { outcomes[position].merge(other.outcomes[position]) }
    }
  }

  /// The indexes of the decisions asked for.
  package let decisions: [Int]
  /// All documents.
  package private(set) var all: Group
  /// The rules violated, by their index; alone where no other is violated or undetermined.
  package private(set) var violated: [Int: Count] = [:]
  /// The rules undetermined, by their index; alone where no other is violated or undetermined.
  package private(set) var undetermined: [Int: Count] = [:]
  /// The rules that warned, by their index; alone where no other did.
  package private(set) var warnings: [Int: Count] = [:]
  /// The rules that are only observed and were violated; alone where no other was.
  package private(set) var observed: [Int: Count] = [:]
  /// The waivers without which a rule would be violated, by what counts them; alone where no other was.
  package private(set) var waived: [Int: Count] = [:]
  /// How often exactly these rules were violated, of two and more; nil where there are too many different sets.
  package private(set) var together: [[Int]: Int]? = [:]
  /// The missing facts by their paths, without positions in lists; alone where no other is missing.
  package private(set) var missing: [String: Count] = [:]
  /// The documents by the fact they are grouped by, where nil stands for those without it; nil where there are too
  /// many groups.
  package private(set) var groups: [[UInt8]?: Group]? = [:]
  private let isGrouped: Bool
  /// How many groups, and how many sets of rules, are counted: of more there is no use, and a stream may have as many
  /// as it has documents.
  private let limit: Int

  /// How many groups and sets of rules are counted unless another limit is given.
  package static let defaultLimit = 100_000

  /// No documents yet, of those that a decider decides.
  package init(_ decider: borrowing DocumentDecider, limit: Int = DecisionSummary.defaultLimit) {
    self.limit = limit
    decisions = decider.asked
    isGrouped = decider.isGrouping
    all = Group(decisionCount: decisions.count)
  }

  /// Counts the decider's last document.
  package mutating func add(_ decider: borrowing DocumentDecider) {
    all.add(decider)
    if isGrouped {
      groups?[decider.group, default: Group(decisionCount: decisions.count)].add(decider)
    }
    let broken = decider.rules(.violated)
    let open = decider.rules(.undetermined)
    let isAlone = broken.count + open.count == 1
    for rule in broken { violated[rule, default: Count()].add(isAlone: isAlone) }
    for rule in open { undetermined[rule, default: Count()].add(isAlone: isAlone) }
    if broken.count > 1 { together?[broken, default: 0] += 1 }
    dropWhatIsTooMuch()
    let warning = decider.rules(.warning)
    for rule in warning { warnings[rule, default: Count()].add(isAlone: warning.count == 1) }
    let seen = decider.rules(.observed)
    for rule in seen { observed[rule, default: Count()].add(isAlone: seen.count == 1) }
    let waivers = decider.rules(.waived)
    for rule in waivers { waived[rule, default: Count()].add(isAlone: waivers.count == 1) }
    guard !open.isEmpty else { return }
    let facts = Set(decider.missingFacts.map(Self.withoutPositions))
    for fact in facts { missing[fact, default: Count()].add(isAlone: facts.count == 1) }
  }

  /// Adds the documents that another summary counted.
  package mutating func merge(_ other: DecisionSummary) {
    all.merge(other.all)
    violated.merge(other.violated) { $0.merging($1) }
    undetermined.merge(other.undetermined) { $0.merging($1) }
    warnings.merge(other.warnings) { $0.merging($1) }
    observed.merge(other.observed) { $0.merging($1) }
    waived.merge(other.waived) { $0.merging($1) }
    missing.merge(other.missing) { $0.merging($1) }
    if let more = other.together {
      together?.merge(more, uniquingKeysWith: +)
    } else {
      together = nil
    }
    if let more = other.groups {
      groups?.merge(more) { first, second in
        var merged = first
        merged.merge(second)
        return merged
      }
    } else {
      groups = nil
    }
    dropWhatIsTooMuch()
  }

  /// Whichever thread counted what, it is the same documents for which there are too many.
  private mutating func dropWhatIsTooMuch() {
    if groups?.count ?? 0 > limit { groups = nil }
    if together?.count ?? 0 > limit { together = nil }
  }

  /// A path for all elements of its lists: `encounters[].subject`.
  private static func withoutPositions(_ path: String) -> String {
    var result = ""
    var isPosition = false
    for character in path.unicodeScalars {
      if character == "]" { isPosition = false }
      if !isPosition { result.unicodeScalars.append(character) }
      if character == "[" { isPosition = true }
    }
    return result
  }
}

extension DecisionSummary.Count {
  fileprivate func merging(_ other: Self) -> Self {
    var merged = self
    merged.merge(other)
    return merged
  }
}

extension DocumentDecider {
  /// The rules with a finding of a kind in the last document, each once, in order.
  fileprivate func rules(_ kind: Finding.Kind) -> [Int] {
    var rules: [Int] = []
    for finding in findings where finding.kind == kind && rules.last != finding.rule {
      rules.append(finding.rule)
    }
    return rules
  }

  /// The missing facts because of which rules are undetermined in the last document.
  fileprivate var missingFacts: [String] {
    findings.flatMap { $0.detail >= 0 ? details[$0.detail].missing : [] }
  }
}
