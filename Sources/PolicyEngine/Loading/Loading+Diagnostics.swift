import CEL
package import Diagnostics
package import YAML

/// Mistakes in the shape of policy files.
extension Diagnostic {
  package static func unknownKey(
    _ key: String, of what: String, known: [String], at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .unknownKey, "'\(key)' is not a key of \(what)", at: range,
      help: Suggestion.helpOrList(for: key, among: known, listing: "the keys are"))
  }

  package static func wrongKind(of what: String, expected: String, found node: YAMLNode)
    -> Diagnostic
  {
    Diagnostic(
      code: .wrongKind, "\(what) must be \(expected), and this is \(node.kindDescription)",
      at: node.range)
  }

  package static func missingKey(_ key: String, of what: String, at range: SourceRange)
    -> Diagnostic
  {
    Diagnostic(code: .missingKey, "\(what) needs '\(key)'", at: range.firstLine)
  }

  package static func missingValue(ofKey key: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .missingValue, "'\(key)' has no value", at: range,
      help: "write one behind the colon, or remove the key")
  }

  static func notTrueOrFalse(_ key: String, at node: YAMLNode) -> Diagnostic {
    Diagnostic(
      code: .wrongKind, "'\(key)' must be true or false, and this is \(node.kindDescription)",
      at: node.range,
      help: yesOrNo(node).map { "in YAML 1.2 'yes' and 'no' are texts: write \($0)" })
  }

  package static func duplicate(_ what: String, at range: SourceRange, first: SourceRange)
    -> Diagnostic
  {
    Diagnostic(
      code: .duplicate, "\(what) is declared a second time", at: range,
      notes: [Note("the first one is here", at: first)])
  }

  static func invalidName(_ name: String, what: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .invalidName, "'\(name)' can't be the name of \(what)", at: range,
      help:
        "a name starts with a letter, goes on with letters, digits and '_', and is not a word of CEL"
    )
  }

  static func invalidID(_ id: String, what: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .invalidName, "'\(id)' can't be the id of \(what)", at: range,
      help: "an id is made of lower-case letters, digits and hyphens, such as 'needs-approval'")
  }

  private static func yesOrNo(_ node: YAMLNode) -> String? {
    guard case .scalar(let scalar) = node.content else { return nil }
    return switch scalar.text.lowercased() {
    case "yes", "y", "on": "true"
    case "no", "n", "off": "false"
    default: nil
    }
  }
}

/// Mistakes in what policy files say.
extension Diagnostic {
  static func nothingDeclares(_ key: String, meaning: String, example: String) -> Diagnostic {
    Diagnostic(
      code: .incompleteVocabulary, "no policy file says \(meaning): '\(key)' is missing", at: nil,
      help: "write it into one of the files, for example: \(example)")
  }

  static func quoteWithoutSource(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .quoteWithoutSource, "a quote needs the place that it is quoted from", at: range,
      help: "write 'source:' above it, such as: Chapter 2, section 3")
  }

  static func unknownType(
    _ name: String, known: some Collection<String>, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .unknownType, "'\(name)' is not a type", at: range,
      help: Suggestion.helpOrList(for: name, among: known, listing: "the types are"))
  }

  static func typeOutOfReach(
    _ name: String, document: String, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .subjectMismatch,
      "no \(document) contains a '\(name)', so nothing can be decided about it",
      at: range)
  }

  static func unknownDecision(
    _ name: String, known: some Collection<String>, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .unknownDecision, "'\(name)' is not a decision", at: range,
      help: Suggestion.helpOrList(for: name, among: known, listing: "the decisions are"))
  }

  static func wrongConstant(
    expected: String, found node: YAMLNode, because reason: String?, help: String?
  ) -> Diagnostic {
    Diagnostic(
      code: .wrongType,
      "this must be \(expected), and is \(node.shownValue)" + (reason.map { ": \($0)" } ?? ""),
      at: node.range, help: help)
  }

  static func noCase(_ value: String, of enumeration: Enumeration, at range: SourceRange)
    -> Diagnostic
  {
    Diagnostic(
      code: .unknownCase, "'\(value)' is not a \(enumeration.name)", at: range,
      help: Suggestion.helpOrList(
        for: value, among: enumeration.cases.map(\.value), listing: "the cases are"))
  }

  static func missingCases(
    _ cases: [String], of enumeration: String, at range: SourceRange
  ) -> Diagnostic {
    let list = cases.map { "'\($0)'" }.joined(separator: ", ")
    return Diagnostic(
      code: .missingCase, "the table misses \(list) of \(enumeration)", at: range.firstLine,
      help: "a table keyed by \(enumeration) must have a row for every case")
  }

  static func emptyValues(of parameter: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .missingValue, "parameter '\(parameter)' has no dated value", at: range,
      help: "write the date from which each value holds, for example values: {2026-07-01: 7}")
  }

  static func nothingToEnd(of parameter: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .missingValue, "parameter '\(parameter)' has no value here that could end", at: range,
      help: "'none' ends the value before it; where there is none, leave the date out")
  }

  static func datesOutOfOrder(at range: SourceRange, previous: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .datesOutOfOrder, "this date is not after the one before it", at: range,
      notes: [Note("the one before it", at: previous)],
      help: "write the values in the order of their dates")
  }

  static func noEffectiveDates(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .missingValue, "'effective' has no date", at: range,
      help:
        "write 'from', 'until' or both, or leave 'effective' out: the rule is then always in force")
  }

  static func emptyEnumeration(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .missingValue,
      "enumeration '\(name)' has no cases, so nothing could have a value of it",
      at: range, help: "write each value with its words, such as 'tutoring: Tutoring'")
  }

  static func noText(_ type: CELType, at range: SourceRange) -> Diagnostic {
    let help: String? =
      switch type {
      case .object: "name a fact of it that is a text, a number or a date"
      case .list(.object): "choose a fact of each, as in .map(x, x.name)"
      case .optional: "say what to show without a value, as in .orValue('')"
      default: nil
      }
    return Diagnostic(
      code: .wrongType, "this is \(type.phrase), which has no words to be put into a text",
      at: range, help: help)
  }

  static func untilBeforeFrom(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .datesOutOfOrder, "'until' is before 'from': the rule would never be in force",
      at: range)
  }

  static func circular(_ what: String, _ names: [String], at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .circular, "\(what) goes round in a circle: \(names.joined(separator: " -> "))",
      at: range)
  }

  static func subjectOutOfReach(
    rule: String, subject: String, decision: String, decisionSubject: String, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .subjectMismatch,
      "rule '\(rule)' is about \(subject), which can't decide '\(decision)': that is about "
        + "\(decisionSubject), and neither contains the other", at: range)
  }

  static func decisionsDiffer(rule: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .subjectMismatch,
      "the decisions of rule '\(rule)' are about different types, so it must say what it is about",
      at: range, help: "add 'about:' with the type")
  }

  static func noDecision(rule: String, key: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .missingValue, "rule '\(rule)' \(key) nothing", at: range,
      help: "name at least one decision under '\(key)'")
  }

  static func wrongSeverity(_ text: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .unknownCase, "'\(text)' is not a severity", at: range,
      help:
        "write 'warning' for a rule that fails nothing, 'observe' for one that is only counted, or leave "
        + "the key out")
  }

  static func wrongTypeNotation(at node: YAMLNode) -> Diagnostic {
    Diagnostic(
      code: .unknownType, "this is not a type", at: node.range,
      help:
        "a type is written T, T? (may be absent), [T] (a list) or, for parameters, {K: T} (a table)"
    )
  }

  static func optionalParameter(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .unknownType, "a parameter always has a value, so its type can't be optional",
      at: range)
  }

  static func optionalTwice(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .unknownType, "a type is optional once: one '?' is enough", at: range)
  }

  static func optionalPart(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .unknownType, "the keys and values of a table can't be optional", at: range,
      help: "leave out the rows that have no value, and ask 'key in table'")
  }

  static func mapFact(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .unknownType, "a fact can't be a table", at: range,
      help: "only parameters can; write a list of a type of its own")
  }

  static func listOfOptionals(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .unknownType, "the items of a list can't be optional", at: range,
      help: "write [T]? for a list that may be absent")
  }

  static func wrongTableKey(_ type: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .unknownType, "a table can't be keyed by \(type)", at: range,
      help: "keys are string, int, bool or an enumeration")
  }

  static func unknownTimeZone(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .unknownTimeZone, "'\(name)' is not a time zone", at: range,
      help: TimeZoneName.help(for: name))
  }

  static func conditionShape(at range: SourceRange, given keys: [String]) -> Diagnostic {
    Diagnostic(
      code: .wrongKind,
      "a condition is an expression, or one of all:, any: and none: over a list of conditions",
      at: range,
      help: conditionHelp(given: keys))
  }

  private static func conditionHelp(given keys: [String]) -> String? {
    let words = ["all", "any", "none"]
    guard keys.count(where: { words.contains($0) }) < 2 else {
      return "put one of them into the list of the other, which takes them together as you mean it"
    }
    return keys.lazy.filter { !words.contains($0) }
      .compactMap { Suggestion.help(for: $0, among: words) }.first
  }

  static func emptyCondition(_ word: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(code: .missingValue, "'\(word)' has no conditions", at: range)
  }

  static func unclosedBrace(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .unclosedBrace, "this brace is never closed", at: range,
      help: "write {{ for a brace that stands for itself")
  }

  static func strayBrace(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .unclosedBrace, "this brace closes nothing", at: range,
      help: "write }} for a brace that stands for itself")
  }

  static func nameTaken(_ name: String, by other: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .nameTaken, "'\(name)' is already the name of \(other)", at: range,
      help: "choose another name: in an expression only one of the two could be meant")
  }

  static func tooDeep(_ what: String, limit: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .tooDeep,
      "\(what) reads terms that read others, more than \(limit) levels deep in all", at: range,
      help: "define the terms by facts, or by terms that are")
  }

  static func governedByDatedValue(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .circular,
      "the governing date picks the values of parameters, so it can't depend on one of them",
      at: range)
  }

  static func tellsConfidentialFact(
    _ key: String, fact: String, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .confidential, "'\(key)' tells something of '\(fact)', which is confidential",
      at: range,
      help: "everybody who sees a verdict sees the value of this: name another fact")
  }

  static func containsItself(_ type: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .subjectMismatch,
      "'\(type)' stands inside itself or in lists of lists, where no decision would reach every one of them",
      at: range, help: "decide about a type that stands in the document once, or in plain lists")
  }

  static func tooCostly(steps: Int, at range: SourceRange) -> Diagnostic {
    let shown = steps == .max ? "more steps than can be counted" : "up to \(steps.grouped) steps"
    return Diagnostic(
      code: .tooCostly,
      "this may take \(shown) in a document with \(CostLimits.listSize) elements in each list; at most "
        + "\(CostLimits.steps.grouped) are allowed", at: range,
      help: "loops inside one another (all, exists, map, filter) multiply: ask for it with fewer")
  }

  static func nothingToFail(_ decision: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .emptyDecision,
      "no rule decides '\(decision)' and it needs no other decision: it would always pass",
      at: range,
      help: "name it under 'decides' of a rule whose severity is not 'warning'")
  }

  static func tooManyRoutes(type: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .tooLarge,
      "the types contain each other in too many ways to follow, from '\(type)' on",
      at: range)
  }
}

extension SourceRange {
  /// The part of the range on its first line, so that a message about a whole mapping underlines one line.
  var firstLine: SourceRange {
    let line = source.byteRange(ofLine: start.line)
    let low = bytes.lowerBound
    return SourceRange(
      source: source, bytes: low..<max(low, min(bytes.upperBound, line.upperBound)))
  }
}

extension YAMLNode {
  /// The node's value as a message repeats it: the text in quotes, or what kind of node it is.
  var shownValue: String {
    guard case .scalar(let scalar) = content, scalar.value != .null else { return kindDescription }
    return scalar.text.count <= 60 ? "'\(scalar.text)'" : kindDescription
  }
}
