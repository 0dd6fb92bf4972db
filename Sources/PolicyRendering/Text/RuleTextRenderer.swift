import CEL
import Diagnostics
import PolicyEngine

/// Renders one violated or undetermined rule: what it says, why it is so, the facts, what to do.
struct RuleTextRenderer {
  let style: TextStyle
  /// The zone in which instants are shown.
  let timeZone: String
  /// What the rules' sources are called, such as `Handbook`.
  let sourceTitle: String
  /// The date decided for.
  var today: CivilDate
  /// How much is said.
  let detail: ExplanationTextRenderer.Detail

  init(
    _ explanation: Explanation, style: TextStyle,
    detail: ExplanationTextRenderer.Detail = .standard
  ) {
    self.style = style
    self.detail = detail
    timeZone = explanation.timeZone
    sourceTitle = explanation.sourceTitle
    today = explanation.today
  }

  func render(_ rule: RuleExplanation, indent: Int, into layout: inout TextLayout) {
    let (mark, role) = rule.markAndRole
    let subject = rule.subjectSummary.map { $0.printable + ": " } ?? ""
    layout.columns(
      subject + rule.title, detail == .words ? "" : rule.id, indent: indent, lead: mark + " ",
      leadRole: role,
      role: .strong)
    let inner = indent + 4
    if detail == .everything {
      layout.paragraph(rule.outcomeWords, indent: inner, role: .faint)
    }
    if let reason = rule.reason { layout.paragraph(reason.printable, indent: inner) }
    if rule.outcome == .violated, !rule.isOfParts {
      for miss in rule.nearMisses {
        layout.paragraph(miss.words(timeZone: timeZone).printable, indent: inner)
      }
    }
    if case .undetermined(let doubt) = rule.outcome {
      render(doubt, of: rule, indent: inner, into: &layout)
    }
    if let given = rule.given { render(given, of: rule, indent: inner, into: &layout) }
    if !rule.grounds.isEmpty { render(groundsOf: rule, indent: inner, into: &layout) }
    switch detail {
    // What was read stands with each of them.
    case .standard where rule.isOfParts, .words where rule.isOfParts: break
    case .standard: renderConditions(of: rule, indent: inner, into: &layout)
    case .rules, .everything: renderWhole(rule, indent: inner, into: &layout)
    case .words: renderInWords(rule, indent: inner, into: &layout)
    }
    if let fix = rule.fix { render(fix, of: rule, indent: inner, into: &layout) }
    let what = rule.isOfParts ? "Decision" : "Rule"
    renderPlace(
      "\(what): \(rule.place.fileAndLine)", rule.source, rule.quote, indent: inner, into: &layout)
  }

  /// Where something stands in the policy files and in the handbook.
  func renderPlace(
    _ place: String, _ source: String?, _ quote: String?, indent: Int, into layout: inout TextLayout
  ) {
    let places = [detail == .words ? nil : place, source.map { "\(sourceTitle): \($0)" }]
      .compactMap { $0 }
    if !places.isEmpty {
      layout.paragraph(places.joined(separator: " · "), indent: indent, role: .faint)
    }
    if let quote {
      layout.paragraph("“\(quote.printable)”", indent: indent, role: .faint)
    }
  }

  private func render(
    _ doubt: Undetermined, of rule: RuleExplanation, indent: Int, into layout: inout TextLayout
  ) {
    if !rule.withheld.isEmpty {
      layout.paragraph(
        "This can't be decided: facts are missing, or there was an error.", indent: indent)
    }
    if !doubt.missing.paths.isEmpty {
      let paths =
        detail == .words
        ? rule.missing.map { $0.name(seenFrom: rule) }.joined(separator: ", ")
        : doubt.missing.paths.map { $0.description }.joined(separator: ", ")
      layout.paragraph(
        "This can't be decided: the \(rule.path.root) does not say \(paths).", indent: indent)
    }
    for error in doubt.errors {
      let place = detail == .words ? "" : error.range.map { " (\($0.fileAndLine))" } ?? ""
      layout.paragraph("This can't be decided: \(error.message)\(place).", indent: indent)
    }
  }

  func render(
    _ fix: FixExplanation, of rule: RuleExplanation, indent: Int, into layout: inout TextLayout
  ) {
    switch fix.prospect {
    case .open, .unknown:
      layout.paragraph("To fix it: \(fix.action.printable)", indent: indent)
    case .until(let date):
      layout.paragraph(
        "To fix it, by \(ValueWords.text(of: date)): \(fix.action.printable)", indent: indent)
    case .closed(let date):
      layout.paragraph(
        "It can no longer be fixed: the last day for it was \(ValueWords.text(of: date))"
          + "\(ValueWords.daysAgo(date, seenOn: today)). "
          + "(What was to do: \(fix.action.printable))", indent: indent)
    }
    var told = CitationCollector()
    for clause in rule.conditions { clause.condition.forEachDecisive { told.add($0) } }
    render(fix.citations.subtracting(told), of: rule, indent: indent + 2, into: &layout)
  }

  func render(
    _ citations: Citations, of rule: RuleExplanation, indent: Int, into layout: inout TextLayout
  ) {
    if detail == .words {
      renderWords(citations, of: rule, indent: indent, into: &layout)
    } else {
      renderPaths(citations, of: rule, indent: indent, into: &layout)
    }
  }

  /// The parts of what the rule requires, where its author named them, and the facts that decided.
  private func renderConditions(
    of rule: RuleExplanation, indent: Int, into layout: inout TextLayout
  ) {
    var told = CitationCollector()
    for clause in rule.conditions.reversed() {
      if clause.role == .require, !clause.condition.parts.isEmpty {
        for part in clause.condition.parts where part.isDecisive {
          let (mark, role) = part.truth.markAndRole
          layout.columns(
            part.label ?? part.expression ?? part.combination?.rawValue ?? "", "", indent: indent,
            lead: mark + " ", leadRole: role)
          let citations = part.decisiveCitations
          render(citations.subtracting(told), of: rule, indent: indent + 4, into: &layout)
          told.add(citations)
        }
      } else {
        let citations = clause.condition.decisiveCitations
        render(citations.subtracting(told), of: rule, indent: indent + 2, into: &layout)
        told.add(citations)
      }
    }
  }

  private func renderPaths(
    _ citations: Citations, of rule: RuleExplanation, indent: Int, into layout: inout TextLayout
  ) {
    for fact in citations.withheld { layout.paragraph("\(fact.name) is withheld", indent: indent) }
    for computed in citations.computed {
      let value = ValueLiteral.shortText(of: computed.value)
      layout.paragraph("\(computed.expression) = \(value)".printable, indent: indent)
    }
    let facts = FoldedFacts(citations.factsWorthTelling)
    for fact in facts.told {
      layout.columns(
        fact.words(seenFrom: rule, timeZone: timeZone).printable, fact.place?.fileNameAndLine ?? "",
        indent: indent)
    }
    if let more = facts.moreInWords({ $0.path.withoutPositions.pathFromRoot }) {
      layout.paragraph(more.printable, indent: indent)
    }
    if citations.readsToday {
      layout.columns("today = \(today)", "the date decided for", indent: indent)
    }
    for parameter in citations.parameters {
      for days in parameter.daysTold {
        layout.columns(
          "\(parameter.name): \(days.words)".printable, days.place.fileAndLine, indent: indent)
      }
      if let more = parameter.moreDays { layout.paragraph(more, indent: indent) }
      guard parameter.days.isEmpty else { continue }
      var place = parameter.place.fileAndLine
      if let since = parameter.since {
        place = "in force since \(ValueWords.shortText(of: since)), \(place)"
      }
      for words in parameter.literals { layout.columns(words.printable, place, indent: indent) }
      if let overdue = parameter.overdueSince {
        layout.paragraph(
          "\(parameter.name): another value was to be expected from \(ValueWords.shortText(of: overdue)) "
            + "on, as there was one every year", indent: indent + 2)
      }
    }
  }
}

extension Citations.ParameterValue {
  /// The value as one would write it; of a table with many rows those that were read.
  var literals: [String] {
    guard !rows.isEmpty, value?.isToldByRows ?? false else {
      return [
        "\(written()) = \(value.map { ValueLiteral.shortText(of: $0) } ?? "(no value in force)")"
      ]
    }
    return rows.map { row in
      let value = ValueLiteral.shortText(of: row.value)
      return "\(written(row.path)) = \(value)"
        + (row.path.hasSuffix("]") ? " (a row of \(row.count))" : "")
    }
  }

  /// The name, with the day as of which it was read where that is not the governing date.
  private func written(_ path: String = "") -> String {
    name + path + (asOf.map { " on \($0)" } ?? "")
  }

  /// How many of a calendar's days are told one by one.
  private static let mostDays = 6

  /// What a calendar says of days, as far as it is told.
  var daysTold: [Days] { Array(days.prefix(Self.mostDays)) }

  /// That it says something of more days than are told; nil where it does not.
  var moreDays: String? {
    days.count > Self.mostDays ? "and \(days.count - Self.mostDays) more of its days" : nil
  }
}

extension CELValue {
  /// Whether the value is too large to be told as a whole where only rows of it were read.
  fileprivate var isToldByRows: Bool {
    switch self {
    case .map(let table):
      table.entries.count > 3 || table.entries.contains { $0.value.isToldByRows }
    case .opaque, .object: true
    case .list(let items): items.contains { if case .object = $0 { true } else { false } }
    default: false
    }
  }
}

extension RuleExplanation {
  /// Whether it comes of several rules of the files, each of which is told by itself.
  var isOfParts: Bool { !grounds.isEmpty || given != nil }

  var markAndRole: (String, TextStyle.Role) {
    switch (outcome, severity) {
    case (.violated, .error): ("✗", .bad)
    case (.violated, .warning), (.undetermined, .warning): ("!", .doubtful)
    case (.undetermined, .error): ("?", .doubtful)
    case (.satisfied, _): ("✓", .good)
    case (.doesNotApply, _), (_, .observe): ("·", .faint)
    }
  }
}

extension ConditionTruth {
  var markAndRole: (String, TextStyle.Role) {
    switch self {
    case .holds: ("✓", .good)
    case .fails: ("✗", .bad)
    case .undetermined: ("?", .doubtful)
    case .withheld: ("·", .faint)
    }
  }
}

extension Citations.Fact {
  /// The fact as `path = value`, or what is there instead of a value.
  ///
  /// Paths inside the rule's subject begin with the subject's own name, as the rule writes them.
  fileprivate func words(seenFrom rule: RuleExplanation, timeZone: String) -> String {
    let path = path.shown(from: rule)
    return switch state {
    case .value(.list(let elements)) where isPresenceOnly:
      elements.isEmpty ? "\(path) is empty" : "\(path) has \(elements.count) entries"
    case .value where isPresenceOnly: "\(path) is given"
    case .value(.timestamp(let instant)):
      "\(path) = \(LocalTime(of: instant, inZone: timeZone).words)"
    case .value(let value): "\(path) = \(ValueLiteral.shortText(of: value))"
    case .absent: "\(path) is not given"
    case .missing: "\(path) is missing"
    }
  }
}

extension AttributePath {
  fileprivate func shown(from rule: RuleExplanation) -> String {
    let subject = rule.path.steps
    guard let variable = rule.subjectVariable, steps.count > subject.count,
      steps.starts(with: subject)
    else { return description }
    return AttributePath(root: variable, steps: Array(steps.dropFirst(subject.count))).description
  }
}

extension SourceRange {
  /// The place as `file:line` without the folders: whoever reads has just named the file.
  fileprivate var fileNameAndLine: String {
    let name = source.name.split(separator: "/").last.map(String.init) ?? source.name
    return "\(name):\(source.line(of: bytes.lowerBound))"
  }
}

extension Citations {
  /// The facts without those that only say that something is given of which another fact tells a part.
  var factsWorthTelling: [Fact] {
    let isDoubtful = { (fact: Fact) in
      if fact.isPresenceOnly, case .value = fact.state { true } else { false }
    }
    guard facts.contains(where: isDoubtful) else { return facts }
    var holders: Set<AttributePath> = []
    for fact in facts {
      for length in fact.path.steps.indices { holders.insert(fact.path.prefix(length)) }
    }
    return facts.filter { !isDoubtful($0) || !holders.contains($0.path) }
  }

  /// The citations without those that were collected.
  func subtracting(_ other: CitationCollector) -> Citations {
    var rest = self
    rest.facts.removeAll { other.has($0) }
    let terms = other.citations.terms
    rest.parameters.removeAll { other.has($0) }
    rest.withheld.removeAll { other.citations.withheld.contains($0) }
    if other.citations.readsToday { rest.readsToday = false }
    rest.computed.removeAll { value in
      other.citations.computed.contains { $0.expression == value.expression }
    }
    rest.terms.removeAll { term in terms.contains { $0.path == term.path } }
    return rest
  }
}

extension RuleExplanation {
  /// By how little what the rule requires failed.
  fileprivate var nearMisses: [NearMiss] {
    conditions.filter { $0.role == .require }.flatMap(\.condition.nearMisses)
  }
}

extension ConditionExplanation {
  var nearMisses: [NearMiss] {
    [nearMiss].compactMap(\.self) + parts.filter(\.isDecisive).flatMap(\.nearMisses)
  }
}
