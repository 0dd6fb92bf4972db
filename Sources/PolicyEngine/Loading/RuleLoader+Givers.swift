import CEL
import Diagnostics
import YAML

/// Reads rules that give values.
extension RuleLoader {
  /// A rule that gives; nil, with diagnostics, for what can't be one.
  func loadGiver(
    _ reader: MappingReader, id: (text: String, range: SourceRange), topic: String?,
    into diagnostics: inout [Diagnostic]
  ) -> LoadedRule? {
    reader.refuse(
      [
        "require": Diagnostic.givesAndRequires, "severity": Diagnostic.givesWithSeverity,
        "because": Diagnostic.givesWithReason, "fix": Diagnostic.givesWithReason,
      ], rule: id.text, into: &diagnostics)
    guard let head = loadHead(reader, id: id, decisions: "decides", into: &diagnostics) else {
      return nil
    }
    let type = givenType(by: head.decisions, rule: id.text, into: &diagnostics)
    let value = reader.optionalNode("gives", into: &diagnostics).flatMap { node in
      ExpressionScope.text(of: node, what: "'gives'", into: &diagnostics).map {
        scope.check($0, locals: head.locals, expecting: type, into: &diagnostics)
      }
    }
    guard let title = head.title, let value, type != nil else { return nil }
    let parts = head.parts(at: id.range)
    return .gives(
      GivenValue.Giver(
        id: id.text, title: title, topic: topic,
        condition: parts.isEmpty ? nil : Condition(all: parts, label: title, at: id.range),
        value: value, effective: head.effective, source: head.source, quote: head.quote,
        range: id.range),
      decisions: head.decisions.map(\.index))
  }

  /// The type of what some decisions give; nil, with a diagnostic, where one gives nothing or they differ.
  private func givenType(
    by named: [(index: Int, range: SourceRange)], rule: String, into diagnostics: inout [Diagnostic]
  ) -> CELType? {
    var found: CELType?
    for (index, range) in named {
      guard let type = decisions[index].givenType else {
        // What it says of its value may be wrong, and has been reported.
        if !decisions[index].hasWrongValue {
          diagnostics.append(.givesToPlain(rule, decision: decisions[index].name, at: range))
        }
        return nil
      }
      if let found, found != type {
        diagnostics.append(.givesOfSeveralTypes(rule, at: range))
        return nil
      }
      found = type
    }
    return found
  }
}

extension Diagnostic {
  fileprivate static func givesAndRequires(rule: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .keysApart, "rule '\(rule)' gives a value, and requires nothing", at: range,
      help: "write the condition under 'when', or make a rule of its own of it")
  }

  fileprivate static func givesWithSeverity(rule: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .keysApart, "rule '\(rule)' gives, so it can't be violated and has no severity",
      at: range, help: "remove the key")
  }

  fileprivate static func givesWithReason(rule: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .keysApart,
      "rule '\(rule)' gives, so it can't be violated, and this would never be said",
      at: range, help: "remove the key")
  }

  fileprivate static func givesToPlain(
    _ rule: String, decision: String, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .wrongDecision,
      "rule '\(rule)' gives a value, and decision '\(decision)' doesn't say that it gives one",
      at: range, help: "add 'gives' and 'by' to the decision, or write 'require' in the rule")
  }

  fileprivate static func givesOfSeveralTypes(_ rule: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .wrongDecision, "the decisions of rule '\(rule)' give values of different types",
      at: range, help: "write a rule for each")
  }
}
