import CEL
import Diagnostics
import PolicyEngine
import PolicyExports
import PolicyTesting

/// What can be written as a key or a value of a file, by where it stands in it.
struct StructureOffers {
  let policies: PolicySet

  init(_ policies: PolicySet) { self.policies = policies }

  private var vocabulary: Vocabulary { policies.vocabulary }

  /// What can be written in place of a range of a file.
  func offers(in source: Source, replacing range: Range<Int>) -> [Completion.Offer] {
    // Brackets may not be closed yet, and a key not have its colon.
    for suffix in ["", ": ", "]", "}", "]}"] {
      let edited = Completion.source(
        source, replacing: range, by: Completion.placeholder + suffix)
      let steps = FileOutline(edited).steps(at: range.lowerBound)
      guard let step = steps.last(where: { $0.text?.contains(Completion.placeholder) ?? false })
      else { continue }
      // Without its colon, a key that is being written looks like a value.
      if !step.isKey, suffix.isEmpty, !isValue(step, in: source, range) { continue }
      let found =
        step.isKey
        ? keys(at: step.path, without: step.siblings, source) : values(at: step.path)
      if !found.isEmpty || !suffix.isEmpty { return found }
    }
    return []
  }

  /// Whether something stands before a range on its line, other than the dashes of lists.
  private func isValue(_ step: FileOutline.Step, in source: Source, _ range: Range<Int>) -> Bool {
    let line = source.byteRange(
      ofLine: source.line(of: range.lowerBound) - source.firstLine + 1)
    let before = source.bytes[line.lowerBound..<range.lowerBound]
    return before.contains { $0 != 0x20 && $0 != UInt8(ascii: "-") } || step.path.last == "[]"
  }

  // MARK: Keys

  private func keys(
    at path: [String], without siblings: [String], _ source: Source
  ) -> [Completion.Offer] {
    let (known, kind) = keys(at: path, isFixture: siblings.contains("cases") || isFixture(source))
    return known.filter { !siblings.contains($0) }.map {
      Completion.Offer(text: $0, kind: kind)
    }
  }

  private func isFixture(_ source: Source) -> Bool { source.name.contains("/fixtures/") }

  private func keys(at path: [String], isFixture: Bool) -> ([String], Completion.Kind) {
    let isCase = path.first == "cases"
    switch path.last {
    case nil: return (isFixture ? FixtureKeys.file : PolicyKeys.file, .key)
    case "[]" where isCase && path.count == 2:
      return (FixtureKeys.case + FixtureKeys.table.filter { !FixtureKeys.case.contains($0) }, .key)
    case "expect" where isCase: return (FixtureKeys.expect, .key)
    case "columns" where isCase: return (FixtureKeys.columns, .key)
    case "decisions" where isCase: return (policies.decisions.map(\.name), .name)
    case "outcomes" where isCase, "reason" where isCase, "fix" where isCase:
      return (policies.rules.map(\.id), .name)
    case "change" where isCase: return (paths, .fact)
    case "parameters" where isCase: return (vocabulary.parameters.map(\.name), .name)
    case "terms" where isCase:
      let type = vocabulary.types[vocabulary.documentType]
      return (type.terms.map { "\(vocabulary.documentName).\($0.name)" }, .term)
    default: return (policyKeys(at: path), .key)
    }
  }

  private func policyKeys(at path: [String]) -> [String] {
    switch (path.first, path.count) {
    case ("exceptions", 2): PolicyKeys.exception
    case ("exceptions", 3) where path.last == "effective": PolicyKeys.effective
    case ("exceptions", 3): PolicyKeys.condition
    case ("rules", 2): PolicyKeys.rule
    case ("rules", 3) where path.last == "fix": PolicyKeys.fix
    case ("rules", 3) where path.last == "effective": PolicyKeys.effective
    case ("rules", 3): PolicyKeys.condition
    case ("types", 2): PolicyKeys.type
    case ("types", 4) where path[2] == "facts": PolicyKeys.fact
    case ("types", 4) where path[2] == "terms": PolicyKeys.term
    case ("types", 6): PolicyKeys.change
    case ("parameters", 2): PolicyKeys.parameter
    case ("calendars", 2): PolicyKeys.calendar
    case ("calendars", 4) where path[2] == "years": PolicyKeys.calendarYear
    case ("calendars", 4) where path[2] == "calendars": PolicyKeys.keyedCalendar
    case ("calendars", 6) where path[4] == "years": PolicyKeys.calendarYear
    case ("decisions", 2): PolicyKeys.decision
    case ("decisions", 3) where path.last == "verdicts": PolicyKeys.verdicts
    case ("enumerations", 3): PolicyKeys.enumerationCase
    case (_, _) where path.last == "lint": LintCheck.allCases.map(\.rawValue)
    default: []
    }
  }

  /// The paths to the facts of a document, with the first element of each list.
  private var paths: [String] {
    var paths: [String] = []
    func visit(_ type: FactSchema.ValueType, _ path: String, _ depth: Int) {
      switch type {
      case .object(let index) where depth < 6:
        for fact in vocabulary.types[index].facts {
          let inner = path.isEmpty ? fact.name : "\(path).\(fact.name)"
          paths.append(inner)
          visit(fact.type, inner, depth + 1)
        }
      case .list(let element): visit(element, path + "[0]", depth)
      default: break
      }
    }
    visit(.object(vocabulary.documentType), "", 0)
    return paths
  }

  // MARK: Values

  private func values(at path: [String]) -> [Completion.Offer] {
    let key = path.last { $0 != "[]" }
    let isCase = path.first == "cases"
    switch key {
    case "decides", "needs", "allowedBy", "decision":
      return policies.decisions.map {
        Completion.Offer(text: $0.name, kind: .name, detail: $0.title)
      }
    case "about": return words(vocabulary.types.map(\.name), .type)
    case "by" where path.first == "decisions":
      return words(GivenValue.Choice.allCases.map(\.rawValue), .word)
    case "severity": return words(Rule.Severity.allCases.map(\.rawValue), .word)
    case "weekdays": return words(Weekday.names, .word)
    case "byKey": return words(["string"] + vocabulary.enumerations.map(\.name), .type)
    case "type":
      return words(
        ["bool", "int", "double", "string", "date", "timestamp", "duration"]
          + vocabulary.types.map(\.name) + vocabulary.enumerations.map(\.name), .type)
    case "changedBy", "reader":
      let roles = vocabulary.types.flatMap(\.facts).compactMap(\.changedBy)
      return words(Set(roles).sorted(), .name)
    case "nature": return words(["record", "claim", "choice", "observation"], .word)
    case "violated", "undetermined", "warnings", "observed", "waived", "rule", "to":
      return policies.rules.map {
        Completion.Offer(text: $0.id, kind: .name, detail: $0.title)
      }
    case "remove", "missing", "change": return isCase ? words(paths, .fact) : []
    default:
      if isCase, path.dropLast().last == "decisions" {
        return words(["pass", "fail", "undetermined"], .word)
      }
      if isCase, path.dropLast().last == "outcomes" {
        return words(FixtureKeys.ruleOutcomes, .word)
      }
      return []
    }
  }

  private func words(_ words: [String], _ kind: Completion.Kind) -> [Completion.Offer] {
    words.map { Completion.Offer(text: $0, kind: kind) }
  }
}
