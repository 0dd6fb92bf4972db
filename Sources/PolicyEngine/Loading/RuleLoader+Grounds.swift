import CEL
import Diagnostics
import YAML

/// Reads rules that say for which reason decisions pass.
extension RuleLoader {
  /// A ground; nil, with diagnostics, for what can't be one.
  func loadGround(
    _ reader: MappingReader, id: (text: String, range: SourceRange), topic: String?,
    into diagnostics: inout [Diagnostic]
  ) -> LoadedRule? {
    reader.refuse(
      [
        "decides": Diagnostic.grantsAndDecides, "require": Diagnostic.grantsAndRequires,
        "gives": Diagnostic.grantsAndGives, "severity": Diagnostic.grantsWithSeverity,
      ], rule: id.text, into: &diagnostics)
    guard let head = loadHead(reader, id: id, decisions: "grants", into: &diagnostics) else {
      return nil
    }
    if !reader.has("when") { diagnostics.append(.grantsAlways(rule: id.text, at: id.range)) }
    let (because, fix) = loadTexts(
      reader, TemplateParser(scope: scope, locals: head.locals), into: &diagnostics)
    guard let title = head.title, head.when != nil else { return nil }
    return .grants(
      Ground(
        id: id.text, title: title, topic: topic,
        condition: Condition(all: head.parts(at: id.range), label: title, at: id.range),
        because: because, fix: fix, effective: head.effective, source: head.source,
        quote: head.quote, range: id.range),
      decisions: head.decisions.map(\.index))
  }
}

extension RuleLoader {
  /// Reports decisions that are about something else than a rule which says why they pass, or what they give.
  func refuseOtherSubjects(
    than subject: Int, of named: [(index: Int, range: SourceRange)], rule: String,
    into diagnostics: inout [Diagnostic]
  ) {
    for (index, range) in named where decisions[index].subjectType != subject {
      diagnostics.append(
        .subjectNotOfDecision(
          rule: rule, subject: vocabulary.types[subject].name, decision: decisions[index].name,
          decisionSubject: vocabulary.types[decisions[index].subjectType].name, at: range))
    }
  }
}

extension Condition {
  /// What must hold for something to apply: its dates, what it is for, and what it is not for.
  static func parts(
    effective: EffectiveDates?, when: Condition?, unless: Condition?, at range: SourceRange
  ) -> [Condition] {
    [
      effective.map { Condition(kind: .inForce($0), label: "in force \($0.words)", range: range) },
      when, unless.map { Condition(kind: .none([$0]), label: nil, range: $0.range) },
    ].compactMap(\.self)
  }

  /// All of some conditions, of which there is at least one.
  init(all parts: [Condition], label: String?, at range: SourceRange) {
    self =
      parts.count == 1
      ? Condition(kind: parts[0].kind, label: label, range: parts[0].range)
      : Condition(kind: .all(parts), label: label, range: range)
  }
}

extension MappingReader {
  /// Refuses keys that may not stand beside another one, each with its own message.
  func refuse(
    _ keys: KeyValuePairs<String, (String, SourceRange) -> Diagnostic>, rule: String,
    into diagnostics: inout [Diagnostic]
  ) {
    for (key, message) in keys {
      guard let range = self.range(ofKey: key) else { continue }
      diagnostics.append(message(rule, range))
    }
  }
}

extension Diagnostic {
  fileprivate static func grantsAndDecides(rule: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .keysApart, "rule '\(rule)' grants, so it can't decide as well", at: range,
      help: "write 'grants' for a reason to pass, or 'decides' with 'require' for what must be so")
  }

  fileprivate static func grantsAndRequires(rule: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .keysApart, "rule '\(rule)' grants where its 'when' holds, and requires nothing",
      at: range, help: "write the condition under 'when'")
  }

  fileprivate static func grantsAndGives(rule: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .keysApart, "rule '\(rule)' grants, so it can't give a value as well", at: range,
      help: "write 'grants' for a reason to pass, or 'decides' with 'gives' for a value")
  }

  fileprivate static func grantsWithSeverity(rule: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .keysApart, "rule '\(rule)' grants, so it can't be violated and has no severity",
      at: range, help: "remove the key")
  }

  fileprivate static func grantsAlways(rule: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .missingKey, "rule '\(rule)' does not say when it grants", at: range,
      help: "write the condition under 'when'")
  }

  static func subjectNotOfDecision(
    rule: String, subject: String, decision: String, decisionSubject: String, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .subjectMismatch,
      "rule '\(rule)' is about \(subject), and '\(decision)' is decided for each \(decisionSubject)",
      at: range,
      help: "leave 'about' out, and ask for parts in the condition, as in list.exists(x, condition)"
    )
  }
}
