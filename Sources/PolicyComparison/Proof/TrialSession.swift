import CEL
import Diagnostics
import PolicyEngine

/// A session that is made to be tried: as JSON, for a date.
struct TrialSession {
  var document: JSONValue
  var today: CivilDate
}

/// Decides sessions that are made by both policy sets.
struct BothSides {
  let old: PolicySet
  let new: PolicySet
  /// How many sessions were decided.
  let counter = Counter()
  private let readers: (old: SessionReader, new: SessionReader)

  init(old: PolicySet, new: PolicySet) {
    (self.old, self.new) = (old, new)
    readers = (SessionReader(old), SessionReader(new))
  }

  /// Counts, for all copies together.
  final class Counter {
    var value = 0
  }

  /// What is asked of a session, by the index in each set; nil where a set has no such thing.
  enum Question {
    case decision(old: Int, new: Int)
    case rule(old: Int?, new: Int?)
  }

  /// The outcomes under both sets; nil where one of them can't read the session.
  func outcomes(
    of session: TrialSession, _ question: Question
  ) -> (old: DecisionOutcome, new: DecisionOutcome)? {
    counter.value += 1
    guard let before = outcome(of: session, question, isOld: true, by: old),
      let after = outcome(of: session, question, isOld: false, by: new)
    else { return nil }
    return (before, after)
  }

  private func outcome(
    of session: TrialSession, _ question: Question, isOld: Bool, by policies: PolicySet
  ) -> DecisionOutcome? {
    let reader = isOld ? readers.old : readers.new
    guard let document = reader.document(session) else { return nil }
    let context = DecisionContext(
      policies: policies, document: document.draft, today: session.today)
    switch question {
    case .decision(let old, let new):
      let decision = isOld ? old : new
      return Findings(asked: [decision], in: context).outcomes(in: policies)[decision]
    case .rule(let old, let new):
      guard let rule = isOld ? old : new else { return .pass }
      let findings = Findings(
        asked: policies.rules[rule].decides, ofRules: [rule], in: context
      ).findings
      return findings.reduce(.pass) { $0.combined(with: $1.outcome.asDecision) }
    }
  }

  /// The rules violated or undetermined under each set.
  func rules(in session: TrialSession, decisions: (old: [Int], new: [Int])) -> (
    old: [String], new: [String]
  ) {
    func found(_ policies: PolicySet, _ reader: SessionReader, _ decisions: [Int]) -> [String] {
      guard let document = reader.document(session) else { return [] }
      let verdict = policies.decide(document, today: session.today, decisions: decisions)
      var seen: Set<String> = []
      return (verdict.violated + verdict.undetermined + verdict.warnings).map(\.rule).filter {
        seen.insert($0).inserted
      }
    }
    return (
      found(old, readers.old, decisions.old), found(new, readers.new, decisions.new)
    )
  }
}

/// Reads sessions that are made as a policy set reads them: facts that it does not know are left out.
private struct SessionReader {
  private let schema: FactSchema

  init(_ policies: PolicySet) { schema = policies.vocabulary.schema }

  func document(_ session: TrialSession) -> FactDocument? {
    let known = session.document.projected(to: .object(schema.documentType), of: schema)
    var diagnostics: [Diagnostic] = []
    return FactDocument.read(
      json: Source(name: "", text: known.compact), schema: schema, into: &diagnostics)
  }
}

extension RuleOutcome {
  /// What the outcome makes of a decision by itself.
  fileprivate var asDecision: DecisionOutcome {
    switch self {
    case .doesNotApply, .satisfied: .pass
    case .violated: .fail
    case .undetermined: .undetermined
    }
  }
}

extension JSONValue {
  /// The value without what a schema does not know.
  func projected(to type: FactSchema.ValueType, of schema: FactSchema) -> JSONValue {
    switch (self, type) {
    case (.object(let members), .object(let index)):
      .object(
        members.compactMap { key, value in
          guard let fact = schema.objectTypes[index].facts.first(where: { $0.name == key }) else {
            return nil
          }
          return (key, value.projected(to: fact.type, of: schema))
        })
    case (.array(let items), .list(let element)):
      .array(items.map { $0.projected(to: element, of: schema) })
    default: self
    }
  }
}
