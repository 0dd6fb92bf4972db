import CEL
import Diagnostics
import PolicyEngine

/// All declarations of a policy set, in parts that can be compared.
struct PolicyDeclarations {
  let policies: PolicySet
  private let form: ExpressionForm
  private(set) var all: [Declaration] = []

  /// Names of the set are taken for those that they have in another one.
  init(_ policies: PolicySet, renaming: Renaming = Renaming()) {
    self.policies = policies
    form = ExpressionForm(renaming: renaming)
    all = settings
    for enumeration in policies.vocabulary.enumerations { add(enumeration) }
    for type in policies.vocabulary.types { add(type) }
    for parameter in policies.vocabulary.parameters {
      let name = renaming.parameters[parameter.name] ?? parameter.name
      all.append(declaration(of: parameter, named: name))
    }
    for decision in policies.decisions { all.append(declaration(of: decision)) }
    // What counts the effect of waivers says nothing by itself.
    for rule in policies.rules where rule.countedWaiver == nil {
      all.append(declaration(of: rule))
    }
  }

  private var settings: [Declaration] {
    let vocabulary = policies.vocabulary
    let type = vocabulary.types[vocabulary.documentType].name
    let parts: [(String, Declaration.Part)] = [
      ("document", .word("value", "\(vocabulary.documentName): \(type)")),
      ("governedBy", part("value", vocabulary.governingDate)),
      ("currency", .word("value", vocabulary.currency)),
      ("timeZone", .word("value", vocabulary.timeZone)),
      ("identifiedBy", part("value", vocabulary.identity, isText: true)),
      ("belongsTo", part("value", vocabulary.owner, isText: true)),
      ("sourceTitle", .text("value", vocabulary.sourceTitle)),
      ("reader", .text("value", vocabulary.reader)),
    ]
    return parts.map { name, part in
      Declaration(subject: .setting, name: name, range: part.range, parts: [part])
    }
  }

  private mutating func add(_ enumeration: Enumeration) {
    all.append(
      Declaration(
        subject: .enumeration, name: enumeration.name, range: enumeration.range, parts: []))
    for item in enumeration.cases {
      all.append(
        Declaration(
          subject: .enumerationCase, name: "\(enumeration.name).\(item.value)", range: item.range,
          parts: [.text("label", item.label), .text("help", item.help)]))
    }
  }

  private mutating func add(_ type: VocabularyType) {
    all.append(
      Declaration(
        subject: .type, name: type.name, range: type.range,
        parts: [.text("label", type.label), part("summary", type.summary)]))
    for (index, fact) in type.facts.enumerated() {
      all.append(
        declaration(
          of: fact, changes: type.changes[index], fields: type.fields[index], in: type.name))
    }
    for term in type.terms {
      let name = "\(type.name).\(term.name)"
      all.append(
        Declaration(
          subject: .term, name: form.renaming.terms[name] ?? name, range: term.range,
          parts: [part("is", term.definition), .text("label", term.label)]))
    }
  }

  private func declaration(
    of fact: VocabularyType.Fact, changes: FactChanges?, fields: FieldRules?, in type: String
  ) -> Declaration {
    let words = (changes?.words ?? [:]).sorted { $0.key.rawValue < $1.key.rawValue }.map {
      kind, words in
      let condition = words.condition.map { form.text(of: $0) } ?? "-"
      let loss = words.loss.map { form.text(of: $0) } ?? "-"
      let effects = words.effects.map { form.text(of: $0.each) + form.text(of: $0.value) }
      return "\(kind.rawValue): \(form.text(of: words.action)) \(condition) \(loss) \(effects)"
    }
    let shown = fields?.shownWhen.map { ($0, form.text(of: $0)) }
    return Declaration(
      subject: .fact, name: "\(type).\(fact.name)", range: fact.range,
      parts: [
        .word("type", "\(fact.expressionType)\(fact.isOptional ? "?" : "")"),
        .text("label", fact.label), .text("help", fact.help), .text("changedBy", fact.changedBy),
        .text("confidential", fact.isConfidential ? "true" : nil),
        .word("atMost", fact.atMost.map(String.init)),
        .text("nature", changes?.nature.rawValue), .text("allowedBy", changes?.allowedBy),
        .text("whenSupplied", changes?.supplied?.rawValue),
        .text("example", changes?.example.map { ValueLiteral.text(of: $0) }),
        Declaration.Part(
          name: "changes", form: words.isEmpty ? nil : words.joined(separator: "\n"),
          shown: words.isEmpty ? nil : "(words)", isText: true),
        part("choices", fields?.choices, isText: true), part("names", fields?.names, isText: true),
        Declaration.Part(
          name: "shownWhen", form: shown?.1, shown: shown?.0.shown, range: shown?.0.range,
          isText: true),
      ])
  }

  private func declaration(of parameter: Parameter, named name: String) -> Declaration {
    // A calendar has no dates from which it holds: it is compared as a whole.
    let days: [Declaration.Part] =
      parameter.isCalendar
      ? [.word("days", parameter.values.first.map { ValueLiteral.text(of: $0.value) })] : []
    return Declaration(
      subject: .parameter, name: name, range: parameter.range,
      parts: [
        .word("type", parameter.type.description), .text("label", parameter.label),
        .text("source", parameter.source), .text("quote", parameter.quote),
      ] + days, parameter: parameter)
  }

  private func declaration(of decision: Decision) -> Declaration {
    Declaration(
      subject: .decision, name: decision.name, range: decision.range,
      parts: [
        .words("needs", decision.needs.map { policies.decisions[$0].name }),
        .word("about", policies.vocabulary.types[decision.subjectType].name),
        .word("onRequest", decision.isOnRequest ? "true" : nil),
        .word("gives", decision.givenType?.description),
        .text("title", decision.title),
        .text("verdicts", "\(decision.passWord), \(decision.failWord)"),
      ])
  }

  /// What is said of grounds beside their conditions, which are those of the rule; nil where there are none.
  private func texts(of grounds: [Ground]) -> String? {
    let texts = grounds.map { ground in
      [
        ground.id, ground.title, ground.because.map { form.text(of: $0) },
        ground.fix.map { form.text(of: $0.action) },
        ground.fix?.deadline.map { form.text(of: $0) }, ground.source, ground.quote,
      ].compactMap(\.self).joined(separator: ", ")
    }
    return texts.isEmpty ? nil : texts.joined(separator: "; ")
  }

  /// The same of rules that give.
  private func texts(of givers: [GivenValue.Giver]) -> String {
    givers.map { giver in
      [giver.id, giver.title, giver.source, giver.quote].compactMap(\.self).joined(separator: ", ")
    }.joined(separator: "; ")
  }

  /// The same of exceptions.
  private func texts(of exceptions: [RuleException]) -> String? {
    let texts = exceptions.map { exception in
      [
        exception.id, exception.reason, exception.approvedBy.map { "approved by \($0)" },
        exception.source,
      ].compactMap(\.self).joined(separator: ", ")
    }
    return texts.isEmpty ? nil : texts.joined(separator: "; ")
  }

  private func declaration(of rule: Rule) -> Declaration {
    let labels = [rule.when, rule.unless, rule.require].compactMap(\.self).flatMap(\.labels)
    return Declaration(
      subject: .rule, name: rule.id, range: rule.range,
      parts: [
        .words("decides", rule.decides.map { policies.decisions[$0].name }),
        .word("about", policies.vocabulary.types[rule.subjectType].name),
        part("when", rule.when), part("unless", rule.unless), part("require", rule.require),
        .word("severity", rule.severity.rawValue),
        .text("grounds", texts(of: rule.grounds)), .text("exceptions", texts(of: rule.exceptions)),
        .text("rules that give", rule.given.map { texts(of: $0.givers) }),
        .word("in force from", rule.effective?.from?.description),
        .word("in force until", rule.effective?.until?.description),
        .text("title", rule.title), part("because", rule.because), part("fix", rule.fix?.action),
        part("last day of the fix", rule.fix?.deadline, isText: true),
        .text("labels", labels.isEmpty ? nil : labels.joined(separator: "; ")),
        .text("source", rule.source), .text("quote", rule.quote),
      ], topic: rule.topic)
  }

  private func part(
    _ name: String, _ expression: CheckedExpression?, isText: Bool = false
  ) -> Declaration.Part {
    Declaration.Part(
      name: name, form: expression.map { form.text(of: $0) },
      shown: expression?.range.text.onOneLine, range: expression?.range, isText: isText)
  }

  private func part(_ name: String, _ condition: Condition?) -> Declaration.Part {
    Declaration.Part(
      name: name, form: condition.map { form.text(of: $0) }, shown: condition?.shown,
      range: condition?.range)
  }

  private func part(_ name: String, _ template: Template?) -> Declaration.Part {
    Declaration.Part(
      name: name, form: template.map { form.text(of: $0) }, shown: template?.range.text.onOneLine,
      range: template?.range, isText: true)
  }
}
