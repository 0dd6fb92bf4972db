import CEL
import Diagnostics
public import PolicyEngine

/// Notes what cases show.
///
/// What counts is what is decided in a case that expects something of decisions or rules; a case that
/// expects only the value of a term or a parameter shows that term or parameter alone. Of a condition,
/// only what was evaluated counts, and only where the condition had a say.
struct CoverageRecorder {
  let policies: PolicySet
  private(set) var map: CoverageMap
  /// What the present case shows: however often it does, that counts once.
  private var shown: Set<Int> = []

  init(_ policies: PolicySet) {
    self.policies = policies
    map = CoverageMap(policies)
  }

  mutating func record(_ fixture: FixtureCase) {
    guard let document = fixture.document else { return }
    shown.removeAll(keepingCapacity: true)
    let expectation = fixture.expectation
    let observation = policies.observe(
      document, today: fixture.today, decisions: fixture.decisions)
    if expectation.isAboutRules {
      for rule in observation.rules { record(rule, on: observation.governingDate) }
    }
    for expected in expectation.terms {
      let type = policies.vocabulary.types[expected.type]
      guard let term = type.terms.first(where: { $0.name == expected.term }),
        let trace = policies.trace(
          ofTerm: term, at: expected.path, in: document, today: fixture.today)
      else { continue }
      record(trace, on: observation.governingDate)
    }
    for (name, _) in expectation.parameters {
      guard
        let index = policies.vocabulary.parameters.firstIndex(where: { $0.name == name })
      else { continue }
      record(map.parameterEdges[index], on: observation.governingDate)
    }
    recordTexts(expectation)
    for point in shown { map.mark(point) }
  }

  private mutating func record(_ observed: RuleObservation, on date: CivilDate?) {
    let points = map.outcomes[observed.rule]
    func show(_ aspect: Coverage.Aspect) { if let point = points[aspect] { shown.insert(point) } }
    switch observed.outcome {
    case .doesNotApply: show(.doesNotApply)
    case .satisfied:
      show(.applies)
      show(.satisfied)
    case .violated:
      show(.applies)
      show(.violated)
    case .undetermined: show(.undetermined)
    }
    record(map.ruleEdges[observed.rule], on: date)
    for condition in observed.conditions { record(condition, on: date) }
    for text in observed.texts { record(text, on: date) }
  }

  private mutating func record(
    _ observed: RuleObservation.ObservedCondition, on date: CivilDate?
  ) {
    if let trace = observed.trace {
      record(trace, on: date)
    } else {
      show(observed.isTrue, at: observed.condition.range)
    }
    for part in observed.parts { record(part, on: date) }
  }

  private mutating func record(_ trace: Trace, on date: CivilDate?) {
    if case .value(.bool(let isTrue)) = trace.result { show(isTrue, at: trace.expression.range) }
    if case .global(let slot, _) = trace.expression.kind, slot >= GlobalSlot.firstParameter {
      record(map.parameterEdges[slot - GlobalSlot.firstParameter], on: date)
    }
    for child in trace.children { record(child, on: date) }
  }

  private mutating func show(_ isTrue: Bool?, at range: SourceRange) {
    guard let isTrue, let points = map.parts[range] else { return }
    shown.insert(isTrue ? points.isTrue : points.isFalse)
  }

  private mutating func record(_ edges: [CoverageMap.Edge], on date: CivilDate?) {
    for edge in edges where edge.day == date { shown.insert(edge.point) }
  }

  private mutating func recordTexts(_ expectation: Expectation) {
    func show(_ aspect: Coverage.Aspect, of rule: String) {
      if let point = map.texts[rule]?[aspect] { shown.insert(point) }
    }
    for (rule, _) in expectation.reasons { show(.reason, of: rule) }
    for fix in expectation.fixes {
      if fix.action != nil { show(.fix, of: fix.rule) }
      if fix.deadline != nil { show(.deadline, of: fix.rule) }
    }
  }
}

extension Expectation {
  /// Whether anything is expected of decisions or rules.
  fileprivate var isAboutRules: Bool {
    !decisions.isEmpty || !gives.isEmpty || !lists.isEmpty || needsExplanation
  }
}

extension FixtureSuite {
  /// What the cases show of the policies that they were loaded for.
  ///
  /// That a case passes is not looked at: what failing cases show is worth little.
  public func coverage(of policies: PolicySet) -> Coverage {
    var recorder = CoverageRecorder(policies)
    for fixture in cases { recorder.record(fixture) }
    return Coverage(points: recorder.map.points, caseCount: cases.count)
  }
}
