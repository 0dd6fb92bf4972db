import CEL
public import Diagnostics
public import PolicyEngine
import YAML

/// Finds the small slips that a person could make in the files of a policy set.
public struct PolicyMutator {
  private let policies: PolicySet
  private var mutations: [Mutation] = []
  /// What is being changed, and what that can make a difference to.
  private var owner = ""
  private var scope = Mutation.Scope.policies

  /// The slips in the files of a policy set, in the order of the text; no two make the same change.
  public static func mutations(of policies: PolicySet, in sources: [Source]) -> [Mutation] {
    var mutator = PolicyMutator(policies: policies)
    mutator.mutateExpressions()
    for source in sources { mutator.mutateDeclarations(in: source) }
    var seen: Set<TextEdit> = []
    let order = Dictionary(uniqueKeysWithValues: sources.enumerated().map { ($1, $0) })
    return mutator.mutations.filter { seen.insert($0.edit).inserted }.sorted { left, right in
      (order[left.range.source] ?? 0, left.range.bytes.lowerBound)
        < (order[right.range.source] ?? 0, right.range.bytes.lowerBound)
    }
  }

  private init(policies: PolicySet) { self.policies = policies }

  // MARK: Expressions

  private mutating func mutateExpressions() {
    for (index, rule) in policies.rules.enumerated() {
      (owner, scope) = (rule.id, .rule(index))
      guard rule.isDeclared else {
        mutateGrounds(of: rule)
        if let given = rule.given { mutate(given) }
        continue
      }
      var mutator = ExpressionMutator(enumerations: policies.vocabulary.enumerations)
      if let when = rule.when { mutate(when, "applies everywhere", "true", &mutator) }
      if let unless = rule.declaredUnless {
        mutate(unless, "has no exception", "false", &mutator)
      }
      mutate(rule.require, "requires nothing", "true", &mutator)
      mutateTexts(rule.because, rule.fix, &mutator)
      take(mutator)
      for exception in rule.exceptions {
        (owner, scope) = (exception.id, .policies)
        var mutator = ExpressionMutator(enumerations: policies.vocabulary.enumerations)
        mutate(exception.condition, "has the exception everywhere", "true", &mutator)
        take(mutator)
      }
    }
    for (typeIndex, type) in policies.vocabulary.types.enumerated() {
      for (index, term) in type.terms.enumerated() {
        (owner, scope) = ("\(type.variable).\(term.name)", .term(type: typeIndex, term: index))
        var mutator = ExpressionMutator(enumerations: policies.vocabulary.enumerations)
        if term.definition.type == .bool {
          let range = term.definition.range.includingParentheses
          add(.dropped, "the definition is left out: the term is always true", at: range, "true")
          add(.negated, "the definition is negated", at: range, range.text.negated)
        }
        mutator.mutate(expressionAt: term.definition.range)
        take(mutator)
      }
    }
  }

  private mutating func mutateGrounds(of rule: Rule) {
    for ground in rule.grounds {
      (owner, scope) = (ground.id, .policies)
      var mutator = ExpressionMutator(enumerations: policies.vocabulary.enumerations)
      mutate(ground.condition, "grants everywhere", "true", &mutator)
      mutateTexts(ground.because, ground.fix, &mutator)
      take(mutator)
    }
  }

  private mutating func mutate(_ given: GivenValue) {
    for giver in given.givers {
      (owner, scope) = (giver.id, .policies)
      var mutator = ExpressionMutator(enumerations: policies.vocabulary.enumerations)
      if let condition = giver.condition { mutate(condition, "gives everywhere", "true", &mutator) }
      mutator.mutate(expressionAt: giver.value.range)
      take(mutator)
    }
    guard let otherwise = given.otherwise else { return }
    var mutator = ExpressionMutator(enumerations: policies.vocabulary.enumerations)
    mutator.mutate(expressionAt: otherwise.range)
    take(mutator)
  }

  private mutating func mutateTexts(
    _ because: Template?, _ fix: Rule.Fix?, _ mutator: inout ExpressionMutator
  ) {
    let texts = [because, fix?.action].compactMap(\.self).flatMap(\.expressions)
    for expression in texts { mutator.mutate(expressionAt: expression.range) }
    if let deadline = fix?.deadline {
      mutateDeadline(at: deadline.range.includingParentheses)
      mutator.mutate(expressionAt: deadline.range)
    }
  }

  private mutating func mutateDeadline(at range: SourceRange) {
    for (days, word) in [("-1", "earlier"), ("1", "later")] {
      add(
        .deadline, "the last day of the fix is a day \(word)", at: range,
        "(\(range.text)).addDays(\(days))")
    }
  }

  private mutating func take(_ mutator: ExpressionMutator) {
    mutations += mutator.mutations.map { $0.of(owner, scope) }
  }

  private mutating func mutate(
    _ condition: Condition, _ dropped: String, _ neutral: String,
    _ mutator: inout ExpressionMutator
  ) {
    switch condition.kind {
    case .expression(let expression):
      let range = expression.range.includingParentheses
      add(.dropped, "the condition is left out: the rule \(dropped)", at: range, neutral)
      add(.negated, "the condition is negated", at: range, range.text.negated)
      mutator.mutate(expressionAt: expression.range)
    case .all(let parts): mutate(parts, of: condition, "all", ["any"], "true", &mutator)
    case .any(let parts): mutate(parts, of: condition, "any", ["all"], "false", &mutator)
    case .none(let parts): mutate(parts, of: condition, "none", ["any"], "false", &mutator)
    // Exceptions and what is given are changed where they stand, and dates as those of rules are.
    case .anyKnown, .inForce, .gives: break
    }
  }

  private mutating func mutate(
    _ parts: [Condition], of condition: Condition, _ word: String, _ others: [String],
    _ neutral: String, _ mutator: inout ExpressionMutator
  ) {
    let start = condition.range.bytes.lowerBound
    let key = SourceRange(
      source: condition.range.source, bytes: start..<start + word.utf8.count)
    for other in others where key.text == word {
      add(.combination, "'\(word)' becomes '\(other)'", at: key, other)
    }
    for part in parts {
      guard case .expression(let expression) = part.kind else {
        mutate(part, "requires less", neutral, &mutator)
        continue
      }
      let range = expression.range.includingParentheses
      let name = (part.label ?? range.text.folded).quoted
      add(.dropped, "\(name) is left out", at: range, neutral)
      add(.negated, "\(name) is negated", at: range, range.text.negated)
      mutator.mutate(expressionAt: expression.range)
    }
  }

  // MARK: Declarations

  private mutating func mutateDeclarations(in source: Source) {
    var ignored: [Diagnostic] = []
    for file in YAMLReader.read(source, into: &ignored) {
      for entry in file["parameters"]?.entries ?? [] {
        owner = entry.key.scalar?.text ?? ""
        let index = policies.vocabulary.parameters.firstIndex { $0.name == owner }
        scope = index.map { .parameter($0) } ?? .policies
        mutateParameter(entry.value)
      }
      scope = .policies
      for entry in file["calendars"]?.entries ?? [] {
        owner = entry.key.scalar?.text ?? ""
        mutateCalendar(entry.value)
      }
      for entry in file["decisions"]?.entries ?? [] {
        owner = entry.key.scalar?.text ?? ""
        if let needs = entry.value["needs"] { dropItems(of: needs, .need, "needs") }
        mutateGiving(entry.value)
      }
      for rule in file["rules"]?.elements ?? [] { mutateRule(rule) }
      for exception in file["exceptions"]?.elements ?? [] { mutateException(exception) }
    }
  }

  private mutating func mutateRule(_ rule: YAMLNode) {
    guard let id = rule["rule"] else { return }
    owner = id.scalar?.text ?? ""
    let index = policies.rules.firstIndex { $0.id == owner }
    scope = index.map { .rule($0) } ?? .policies
    for key in ["from", "until"] {
      if let date = rule["effective"]?[key] { shift(date) }
    }
    if let fix = rule["fix"], let entries = fix.entries {
      let rest = entries.filter { $0.key.scalar?.text != "by" }
      if rest.count < entries.count {
        // In braces, wherever the fix stands: only so can it be written anew without its indentation.
        let members = rest.map { "\($0.key.flowText): \($0.value.flowText)" }
        add(
          .deadline, "the last day of the fix is left out", at: fix.range,
          "{\(members.joined(separator: ", "))}",
          shownAt: entries.first { $0.key.scalar?.text == "by" }?.value.range)
      }
    }
    scope = index.map { .standing($0) } ?? .policies
    add(.rule, "rule '\(id.scalar?.text ?? "")' is left out", at: rule.range.lines, "")
    if let decides = rule["decides"] { dropItems(of: decides, .need, "decides") }
    if let grants = rule["grants"] { dropItems(of: grants, .need, "grants") }
    // What grants or gives can't be violated.
    if rule["grants"] != nil || rule["gives"] != nil { return }
    if let severity = rule["severity"] {
      let other = severity.scalar?.text == "warning" ? "error" : "warning"
      add(
        .severity, "the rule is \(other == "error" ? "an error" : "a warning")", at: severity.range,
        other)
    } else {
      let column = max(0, id.range.start.column - "rule: ".count - 1)
      let indent = String(repeating: " ", count: column)
      add(
        .severity, "the rule only warns",
        at: SourceRange(
          source: id.range.source, bytes: id.range.bytes.upperBound..<id.range.bytes.upperBound),
        "\n\(indent)severity: warning")
    }
  }

  /// Changes how a value is chosen: the way, and the order of two rules that follow each other.
  private mutating func mutateGiving(_ decision: YAMLNode) {
    if let by = decision["by"], let word = by.scalar?.text {
      let others = ["greatest": "least", "least": "greatest", "sum": "greatest"]
      if let other = others[word] {
        add(.combination, "'by: \(word)' becomes 'by: \(other)'", at: by.range, other)
      }
    }
    guard let order = decision["order"], let items = order.elements else { return }
    for index in items.indices.dropFirst() {
      var swapped = items.map(\.flowText)
      swapped.swapAt(index - 1, index)
      add(
        .combination, "'\(swapped[index - 1])' is asked before '\(swapped[index])'",
        at: order.range, "[" + swapped.joined(separator: ", ") + "]", shownAt: items[index].range)
    }
  }

  private mutating func mutateException(_ exception: YAMLNode) {
    guard let id = exception["exception"]?.scalar?.text else { return }
    (owner, scope) = (id, .policies)
    for key in ["from", "until"] {
      if let date = exception["effective"]?[key] { shift(date) }
    }
    add(.rule, "exception '\(id)' is left out", at: exception.range.lines, "")
    if let targets = exception["to"] { dropItems(of: targets, .need, "to") }
  }

  private mutating func mutateParameter(_ parameter: YAMLNode) {
    for dated in parameter["values"]?.entries ?? [] {
      shift(dated.key)
      if !dated.value.endsParameter { mutateValue(dated.value) }
    }
  }

  private mutating func mutateValue(_ node: YAMLNode) {
    switch node.content {
    case .sequence(let items):
      dropItems(of: node, .item, "the list")
      for item in items { mutateValue(item) }
    case .mapping(let entries):
      for index in entries.indices where entries.count > 1 {
        let rest = entries.enumerated().filter { $0.offset != index }.map(\.element)
        add(
          .item, "the row '\(entries[index].key.scalar?.text ?? "")' is left out", at: node.range,
          "{" + rest.map { "\($0.key.flowText): \($0.value.flowText)" }.joined(separator: ", ")
            + "}", shownAt: entries[index].key.range)
      }
      for entry in entries { mutateValue(entry.value) }
    case .scalar(let scalar): mutateScalar(scalar, of: node)
    }
  }

  private mutating func mutateScalar(_ scalar: YAMLScalar, of node: YAMLNode) {
    switch scalar.value {
    case .int(let number):
      for other in [number &- 1, number &+ 1] {
        add(.threshold, "\(number) becomes \(other)", at: node.range, String(other))
      }
    case .bool(let flag): add(.value, "\(flag) becomes \(!flag)", at: node.range, "\(!flag)")
    case .string(let text):
      if CivilDate(text) != nil {
        shift(node)
      } else if let enumeration = policies.vocabulary.enumerations.first(where: {
        $0.label(of: text) != nil
      }) {
        for other in enumeration.cases where other.value != text {
          add(.value, "'\(text)' becomes '\(other.value)'", at: node.range, other.value)
        }
      } else if let (hours, minutes) = text.clock {
        let time = hours * 60 + minutes
        for other in [time - 1, time + 1] where other >= 0 {
          let digits = other % 60 < 10 ? "0\(other % 60)" : "\(other % 60)"
          add(
            .threshold, "\(text) becomes \(other / 60):\(digits)", at: node.range,
            "\(other / 60):\(digits)")
        }
      }
    case .float:
      for other in scalar.text.steppedDigits { step(scalar.text, to: other, at: node.range) }
    case .null: break
    }
  }

  private mutating func step(_ text: String, to other: String, at range: SourceRange) {
    add(.threshold, "\(text) becomes \(other)", at: range, other)
  }

  /// Adds the dates a day before and after.
  private mutating func shift(_ node: YAMLNode) {
    guard let date = node.scalar.flatMap({ CivilDate($0.text) }) else { return }
    for days: Int32 in [-1, 1] {
      let other = CivilDate(daysSinceEpoch: date.daysSinceEpoch &+ days)
      add(.threshold, "\(date) becomes \(other)", at: node.range, other.description)
    }
  }

  private mutating func dropItems(of node: YAMLNode, _ kind: Mutation.Kind, _ what: String) {
    guard let items = node.elements, items.count > 1 || kind == .need else { return }
    for index in items.indices where items.count > 1 || what == "needs" {
      let rest = items.enumerated().filter { $0.offset != index }.map(\.element.flowText)
      add(
        kind, "'\(items[index].scalar?.text ?? "")' is left out of \(what)", at: node.range,
        "[" + rest.joined(separator: ", ") + "]", shownAt: items[index].range)
    }
  }

  mutating func add(
    _ kind: Mutation.Kind, _ change: String, at range: SourceRange, _ text: String,
    shownAt place: SourceRange? = nil
  ) {
    mutations.append(Mutation(kind, change, at: range, text, shownAt: place).of(owner, scope))
  }
}

extension YAMLNode {
  /// The node as it can stand in brackets on one line.
  package var flowText: String {
    switch content {
    case .scalar(let scalar):
      switch scalar.value {
      case .string(let text):
        let isPlain = text.allSatisfy {
          $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0))
        }
        return isPlain && scalar.style == .plain && !text.isEmpty
          ? text : JSONValue.string(text).compact
      case .null, .bool, .int, .float: return scalar.text.isEmpty ? "null" : scalar.text
      }
    case .sequence(let items): return "[" + items.map(\.flowText).joined(separator: ", ") + "]"
    case .mapping(let entries):
      let members = entries.map { "\($0.key.flowText): \($0.value.flowText)" }
      return "{" + members.joined(separator: ", ") + "}"
    }
  }
}

extension SourceRange {
  /// The whole lines that the range touches, from the start of the first to the start of the next.
  fileprivate var lines: SourceRange {
    let all = source.bytes
    let low = all[..<bytes.lowerBound].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let last = max(bytes.lowerBound, bytes.upperBound - 1)
    let high = all[min(last, all.count)...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 }
    return SourceRange(source: source, bytes: low..<(high ?? all.count))
  }
}

extension String {
  /// Hours and minutes written as `7:20`; nil for other texts.
  fileprivate var clock: (hours: Int, minutes: Int)? {
    let parts = split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].count == 2, let hours = Int(parts[0]),
      let minutes = Int(parts[1]), (0..<24).contains(hours), (0..<60).contains(minutes)
    else { return nil }
    return (hours, minutes)
  }
}
