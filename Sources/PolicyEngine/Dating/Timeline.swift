public import CEL

/// What a document is decided to be for one day after the other: the days on which the answer changes.
///
/// Every day of the range has been looked at, or is known to be decided as another that was.
public struct Timeline: Sendable {
  /// Days, one after the other, on all of which the answer is the same.
  public struct Span: Sendable {
    /// The first day.
    public let from: CivilDate
    /// The last day, included.
    public let until: CivilDate
    /// The decisions asked for.
    public package(set) var decisions: [DecisionAnswer]
    /// What changes on the first day, against the day before; empty for the first span.
    public let changes: [Change]
  }

  /// The outcome of a decision, over all its subjects.
  public struct DecisionAnswer: Sendable, Hashable {
    /// The decision's name.
    public let name: String
    /// The question in people's words.
    public let title: String
    /// Its outcome.
    public let outcome: DecisionOutcome
    /// The policy's word for that.
    public let word: String
    /// Whether and until when it can still be fixed, as far as its rules say; nil unless it fails.
    public package(set) var prospect: Prospect?
  }

  /// A rule of which another thing is said than on the day before.
  public struct Change: Sendable {
    /// The outcome of a rule, with whether its violation can still be fixed.
    public struct Answer: Sendable, Hashable {
      /// Its outcome.
      public let outcome: RuleOutcome
      /// Whether its violation can still be fixed; nil where it has no way out to tell.
      public let prospect: Prospect?
    }

    /// Why it changes.
    public enum Cause: Sendable {
      /// The last day for fixing has passed: the day before was that.
      case deadline(CivilDate)
      /// Other versions of dated values are in force than on the day before.
      case values([Citations.ParameterValue])
      /// The rule comes into force, or goes out of it.
      case force
      /// The day itself is compared with something, which the citations tell.
      case day
    }

    /// The rule, for its subject, as it is explained on this day.
    public let rule: RuleExplanation
    /// What was said of it on the day before.
    public let from: Answer
    /// What is said of it now.
    public let to: Answer
    /// Why.
    public let cause: Cause
    /// What the answer was reckoned from.
    public let citations: Citations
  }

  /// The days, in order and without gaps.
  public package(set) var spans: [Span]
  /// The days that were asked for by themselves, in order.
  public let asked: [CivilDate]

  /// The first day.
  public var from: CivilDate? { spans.first?.from }
  /// The last day.
  public var until: CivilDate? { spans.last?.until }
}

extension PolicySet {
  /// Decides a document for every day of a range, and says when and why the answer changes.
  ///
  /// Only days on which it may change are decided: those that a day is compared with, and those on which
  /// other values or rules come into force. `decisions` are indexes of decisions; nil stands for all that
  /// are not on request.
  public func timeline(
    of document: FactDocument, from: CivilDate, until: CivilDate, asked: [CivilDate] = [],
    decisions: [Int]? = nil
  ) -> Timeline {
    let decisions = decisions ?? defaultDecisions
    var answers = DatedAnswers(self, document: document.draft, decisions: decisions)
    var starts: [CivilDate] = []
    var last: [DatedAnswers.Answer]?
    var day = Int64(from.daysSinceEpoch)
    while let date = CivilDate(day: day), date <= until {
      let (found, days) = answers.answers(on: date)
      if found != last { starts.append(date) }
      last = found
      day = days.upperBound + 1
    }
    let spans = starts.enumerated().map { index, start in
      let end = index + 1 < starts.count ? starts[index + 1].dayBefore : until
      let explanation = explain(document, today: start, decisions: decisions)
      let changes =
        index == 0
        ? []
        : TimelineChanges(
          from: explain(document, today: start.dayBefore, decisions: decisions), to: explanation
        ).changes
      return Timeline.Span(
        from: start, until: end,
        decisions: explanation.decisions.filter(\.isAskedFor).map {
          Timeline.DecisionAnswer(
            name: $0.name, title: $0.title, outcome: $0.outcome, word: $0.word,
            prospect: $0.prospect)
        }, changes: changes)
    }
    return Timeline(spans: spans, asked: asked.sorted())
  }
}

/// Finds what is said of the rules on a day and not on the day before.
private struct TimelineChanges {
  let from: Explanation
  let to: Explanation

  /// Tells changes apart.
  private struct Told: Hashable {
    let rule: String
    let path: AttributePath
    let from: Timeline.Change.Answer
    let to: Timeline.Change.Answer
  }

  var changes: [Timeline.Change] {
    var changes: [Timeline.Change] = []
    // A rule of several decisions is shown once.
    var told: Set<Told> = []
    for (before, now) in zip(from.decisions, to.decisions) {
      for (before, now) in zip(before.rules, now.rules) where before.answer != now.answer {
        let new = Told(rule: now.id, path: now.path, from: before.answer, to: now.answer)
        if told.insert(new).inserted { changes.append(change(from: before, to: now)) }
      }
    }
    return changes
  }

  private func change(from before: RuleExplanation, to now: RuleExplanation) -> Timeline.Change {
    let citations = now.allCitations
    return Timeline.Change(
      rule: now,
      from: before.answer, to: now.answer,
      cause: cause(from: before, to: now),
      citations: citations.facts.isEmpty && citations.parameters.isEmpty
        ? before.allCitations : citations)
  }

  private func cause(from before: RuleExplanation, to now: RuleExplanation) -> Timeline.Change.Cause
  {
    if before.answer.outcome == now.answer.outcome, case .until(let last)? = before.fix?.prospect,
      last < to.today
    {
      return .deadline(last)
    }
    let notInForce = RuleOutcome.doesNotApply(.notInForce)
    if (before.outcome == notInForce) != (now.outcome == notInForce) { return .force }
    let old = before.allCitations.parameters
    let values = now.allCitations.parameters.filter { value in
      old.contains { $0.name == value.name && $0.asOf == value.asOf && $0.since != value.since }
    }
    return values.isEmpty ? .day : .values(values)
  }
}

extension RuleExplanation {
  /// What is said of the rule; one that does not apply is as good as one that is satisfied.
  fileprivate var answer: Timeline.Change.Answer {
    if case .doesNotApply = outcome { return .init(outcome: .satisfied, prospect: nil) }
    return .init(outcome: outcome, prospect: fix?.prospect)
  }

  /// All that it was decided by, and that the last day for fixing it was reckoned from.
  fileprivate var allCitations: Citations {
    var all = CitationCollector()
    if let fix { all.add(fix.citations) }
    for clause in conditions { clause.condition.forEachDecisive { all.add($0) } }
    return all.citations
  }
}

extension CivilDate {
  var dayBefore: CivilDate { CivilDate(daysSinceEpoch: daysSinceEpoch - 1) }
}
