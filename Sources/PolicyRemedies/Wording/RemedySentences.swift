public import CEL
import PolicyEngine

/// The sentences that tell what would make a decision pass.
struct RemedySentences {
  /// A step, or what stands in the way of one: what to do, then what else would do.
  struct Step: Equatable {
    /// A line with what is to be said beside it.
    struct Line: Equatable {
      let text: String
      var note: String?
    }

    /// What stands in front of the first line, such as a number.
    let lead: String
    let lines: [Line]
  }

  private let remedy: Remedy
  private let reader: String?
  private let documentName: String
  private let today: CivilDate
  /// Whether no paths and ids are told.
  private let isInWords: Bool

  init(_ remedy: Remedy, of remedies: Remedies, isInWords: Bool = false) {
    self.remedy = remedy
    self.isInWords = isInWords
    reader = remedies.role
    documentName = remedies.documentName
    today = remedies.today
  }

  /// All that is said, to tell whether two decisions ask for the same.
  var all: [String] {
    [headline] + settling + steps.flatMap(\.lines).flatMap { [$0.text, $0.note ?? ""] }
  }

  /// How many alternatives of a step are told.
  private static let shownCount = 4

  /// What follows the verdict, in a few words.
  var headline: String {
    switch remedy.prospect {
    case .passes: return ": nothing to do"
    case .none where remedy.outcome == .undetermined:
      return ", until what is missing is known"
    case .none:
      return isOver ? ", and can no longer be fixed" : ", and no change would fix it"
    case .unknown: return ", and no way out was found"
    case .withheld: return "; what would help is withheld"
    case .open, .others:
      let until = remedy.until.map { ", by \(ValueWords.text(of: $0))" } ?? ""
      let count = remedy.steps.count
      let all = count == 1 ? "" : count == 2 ? " (both)" : " (all \(count))"
      return "; what would make it \(remedy.passWord)\(until)\(all):"
    }
  }

  private var isOver: Bool {
    remedy.steps.contains { if case .deadline? = $0.obstacle { true } else { false } }
  }

  /// The steps, or what stands in the way.
  var steps: [Step] {
    switch remedy.prospect {
    case .passes, .withheld: return []
    case .none, .unknown:
      // What stands in the way of several rules is told once.
      var told: [(reason: String, rules: [String])] = []
      for obstacle in remedy.steps.compactMap(\.obstacle) {
        let sentences = sentences(of: obstacle)
        guard let reason = sentences.first else { continue }
        let index = told.firstIndex { $0.reason == reason } ?? told.count
        if index == told.count { told.append((reason, [])) }
        told[index].rules += sentences.dropFirst()
      }
      return told.map { reason, rules in
        Step(lead: "✗ ", lines: ([reason] + rules).map { Step.Line(text: $0) })
      }
    case .open, .others:
      return remedy.steps.enumerated().map { index, step in
        let shown = step.alternatives.prefix(Self.shownCount)
        var lines = shown.enumerated().map { position, alternative in
          let words = sentence(alternative)
          return Step.Line(
            text: position == 0 ? words.capitalized : "Or " + words, note: note(alternative))
        }
        if step.alternatives.count > shown.count {
          let rest = step.alternatives.count - shown.count
          lines.append(Step.Line(text: "\(rest) more: see --format json."))
        }
        return Step(lead: remedy.steps.count > 1 ? "\(index + 1). " : "→  ", lines: lines)
      }
    }
  }

  /// The best way out in one line; nil where there is nothing to do.
  var line: String? {
    switch remedy.prospect {
    case .passes, .withheld: return nil
    case .none, .unknown:
      return remedy.steps.compactMap(\.obstacle).first.map {
        sentences(of: $0).first ?? ""
      }
    case .open, .others: return bestSteps.joined(separator: " ")
    }
  }

  /// What is asked first, and the best way of each step, in their order; what stands in the way where there is none.
  var bestSteps: [String] {
    switch remedy.prospect {
    case .open, .others:
      // What is only supplied is the answer to what was asked.
      let steps = remedy.steps.compactMap(\.alternatives.first).filter { !isAnswer($0) }
      return [question].compactMap(\.self) + steps.map { sentence($0).capitalized }
    case .passes, .withheld, .none, .unknown: return [line].compactMap(\.self)
    }
  }

  /// All changes of the best way of each step, in their order; empty where there is no way.
  var bestChanges: [String] {
    switch remedy.prospect {
    case .open, .others: remedy.steps.compactMap(\.alternatives.first).flatMap(clauses)
    case .passes, .withheld, .none, .unknown: []
    }
  }

  private func isAnswer(_ alternative: Alternative) -> Bool {
    let asked = Set(remedy.settling.map(\.path))
    return alternative.changes.allSatisfy { asked.contains($0.path) }
  }

  /// How many missing facts are named where there is one line for all.
  private static let askedCount = 4

  /// What is not known, and who records it, in a sentence; nil where nothing is missing.
  private var question: String? {
    let missing = remedy.settling
    guard !missing.isEmpty else { return nil }
    var groups: [(role: String?, names: [String])] = []
    for fact in missing.prefix(Self.askedCount) {
      let name = fact.label + (fact.subject.map { " for \($0)" } ?? "")
      if let index = groups.firstIndex(where: { $0.role == fact.changedBy }) {
        groups[index].names.append(name)
      } else {
        groups.append((fact.changedBy, [name]))
      }
    }
    let parts = groups.map { role, names in
      names.joined(separator: ", ") + (role.map { ", recorded by the \($0)" } ?? "")
    }
    let rest = missing.count - min(missing.count, Self.askedCount)
    return "Find out first what is missing: " + parts.joined(separator: "; ")
      + (rest > 0 ? "; and \(rest) more" : "") + "."
  }

  // MARK: - Alternatives

  /// An alternative as a sentence with a small first letter, with its last day.
  func sentence(_ alternative: Alternative) -> String {
    clauses(of: alternative).joined(separator: "; and ") + "."
  }

  /// What an alternative asks for, change by change.
  private func clauses(of alternative: Alternative) -> [String] {
    let last = alternative.until.map { ", by \(ValueWords.text(of: $0))" } ?? ""
    // What an action does by itself needs no saying.
    let changes = alternative.changes.filter { $0.doneBy == nil }
    let ending = changes.firstIndex { $0.until != nil }
    return changes.enumerated().map { index, change in
      clause(of: change) + (index == ending ?? changes.count - 1 ? last : "")
    }
  }

  /// What an alternative costs; nil when nothing is known of that.
  private func note(_ alternative: Alternative) -> String? {
    var seen: Set<String> = []
    let losses = alternative.changes.compactMap(\.loss).filter { seen.insert($0).inserted }
    var parts: [String] = []
    if !losses.isEmpty { parts.append("Lost by it: \(losses.joined(separator: "; ")).") }
    if !alternative.warnings.isEmpty {
      parts.append(
        "There would be a warning, since this would not be so: \(alternative.warnings.joined(separator: "; "))."
      )
    }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  private func clause(of change: ChangedFact) -> String {
    let action = change.action + (change.recorded.map { " (recorded: \($0))" } ?? "")
    if change.changedBy == reader {
      return change.condition.map { "if \($0), \(action)" } ?? action
    }
    return "the \(change.changedBy) would have to \(action)"
      + (change.condition.map { ", if \($0)" } ?? "")
  }

  // MARK: - Obstacles

  private func sentences(of obstacle: Remedy.Obstacle) -> [String] {
    switch obstacle {
    case .deadline(let problem, let deadline):
      let day =
        ValueWords.text(of: deadline.date) + ValueWords.daysAgo(deadline.date, seenOn: today)
      return ["No longer possible: the \(deadline.label ?? "last day") was \(day)."]
        + [named(problem)]
    case .missing(let problem, let facts):
      return [
        "Can't be decided: the \(documentName) does not say \(named(facts)).", named(problem),
      ]
    case .parameters(let problem, let parameters, let date):
      let names = parameters.map { "'\($0.label ?? $0.name)'" }.joined(separator: ", ")
      return [
        "Can't be decided: \(names) \(parameters.count == 1 ? "has" : "have") no value in force on "
          + "\(ValueWords.shortText(of: date)).", named(problem),
      ]
    case .errors(let problem, let errors):
      let reasons = errors.map(\.message).joined(separator: "; ")
      return ["Can't be decided: \(reasons).", named(problem)]
    case .fixedFacts(let problem, let facts):
      return [
        "Not possible: it follows from \(named(facts)), which nobody can change.", named(problem),
      ]
    case .noValue(let problems):
      return ["Not possible: no value of the facts that may be changed is enough."]
        + problems.map { named($0) }
    case .cutShort(let problems):
      return ["The search was ended before it found a way out."] + problems.map { named($0) }
    }
  }

  private func named(_ problem: Remedy.Problem) -> String {
    let whose = problem.subject.map { " for \($0)" } ?? ""
    return "(What is required\(whose): \(problem.title)\(isInWords ? "" : ", " + problem.rule).)"
  }

  private func named(_ facts: [Remedy.Fact]) -> String {
    facts.map { isInWords ? $0.words : $0.path.description }.joined(separator: ", ")
  }

  // MARK: - What is missing

  /// What would settle the decision, a missing fact a line.
  var settling: [String] {
    remedy.settling.map { missing in
      let whose = missing.subject.map { " for \($0)" } ?? ""
      let place = isInWords ? "" : " (\(missing.path))"
      let role = missing.changedBy.map { ", recorded by the \($0)" } ?? ""
      let consequences = consequences(of: missing)
      return "Find out first what is missing: \(missing.label)\(whose)\(place)\(role)."
        + (consequences.isEmpty ? "" : " " + consequences.joined(separator: "; ").capitalized + ".")
    }
  }

  /// What follows from each value of a missing fact; what stands in the way with every value is left out.
  private func consequences(of missing: Settling) -> [String] {
    let all = missing.consequences
    guard let first = all.first, all.count > 1 else { return [] }
    let common = Set(first.problems).intersection(
      all.dropFirst().reduce(Set(first.problems)) {
        $0.intersection($1.problems)
      })
    let isSame = all.allSatisfy { $0.outcome == first.outcome }
    if isSame, all.allSatisfy({ common.isSuperset(of: $0.problems) }) { return [] }
    return all.map { consequence in
      let own = consequence.problems.filter { !common.contains($0) }.joined(separator: "; ")
      if isSame {
        return own.isEmpty
          ? "with \(consequence.words) nothing more stands in the way"
          : "with \(consequence.words) this stands in the way too: \(own)"
      }
      return "with \(consequence.words) it is \(consequence.word)"
        + (own.isEmpty ? "" : " (\(own))")
    }
  }

  // MARK: - The proof

  /// What was tried, in a sentence.
  var proof: String? {
    guard let proof = remedy.proof, proof.holds else { return nil }
    let steps = remedy.steps.count
    let less = steps > 1 ? "without any one of them it is not" : "with less it is not"
    var text =
      "Tried: with \(steps > 1 ? "these" : "this") the \(documentName) is \(remedy.passWord), \(less)."
    if remedy.isCutShort { text += " The search was ended early: there may be a smaller way out." }
    return text
  }
}

extension Remedies {
  /// The best way out of a decision in one line.
  public struct Line: Sendable {
    /// The decision's name.
    public let decision: String
    /// The question in people's words.
    public let title: String
    /// Whether there is a way out, and by whom.
    public let prospect: Remedy.Prospect
    /// The last day on which it can be gone; nil when none is known.
    public let until: CivilDate?
    /// What to do, or why nothing can be done.
    public let line: String
    /// The same, a sentence for each step.
    public let steps: [String]
    /// Every change of these steps, as a clause with a small first letter; empty where nothing can be done.
    public let changes: [String]
  }

  /// The best way out of each decision that does not pass.
  public var lines: [Line] {
    decisions.compactMap { remedy in
      RemedySentences(remedy, of: self).line.map {
        Line(
          decision: remedy.decision, title: remedy.title, prospect: remedy.prospect,
          until: remedy.until, line: $0,
          steps: RemedySentences(remedy, of: self).bestSteps,
          changes: RemedySentences(remedy, of: self).bestChanges)
      }
    }
  }
}

extension Remedies {
  /// What to do by one of the ways out of a decision, as a sentence.
  package func sentence(for alternative: Alternative, of remedy: Remedy) -> String {
    RemedySentences(remedy, of: self).sentence(alternative).capitalized
  }
}

extension String {
  /// The text with a large first letter.
  var capitalized: String { prefix(1).uppercased() + dropFirst() }
}
