import Diagnostics
import PolicyEngine

/// The schema of policy files: the keys that the loader knows, with what may stand behind each.
///
/// Names that a policy set declares are offered, and others allowed: what is declared in the file being
/// written is in no schema yet, and whether a name is known is the checker's to say.
struct PolicyFileSchema {
  let policies: PolicySet

  /// A schema of the sections of the given keys.
  func file(title: String, sections: [String]) -> Schema {
    object(sections, required: []).file(
      title: title,
      definitions: [
        ("enumeration", enumeration), ("type", type), ("fact", fact), ("term", term),
        ("change", change), ("parameter", parameter), ("calendar", calendar),
        ("calendarYear", calendarYear), ("decision", decision), ("rule", rule),
        ("exception", exception),
        ("condition", condition), ("conditionPart", conditionPart), ("factType", factType),
        ("parameterType", parameterType), ("lint", lint),
      ])
  }

  /// The keys of a policy file that are not about decisions or rules.
  static let vocabularySections = PolicyKeys.file.filter {
    !["decisions", "topic", "rules", "exceptions"].contains($0)
  }

  private func object(_ keys: [String], required: [String]) -> Schema {
    .object(keys.map { ($0, schema(ofSection: $0)) }, required: required)
  }

  private func schema(ofSection key: String) -> Schema {
    switch key {
    case "document":
      Schema.table(of: .text, keys: TextForm.name, count: 1...1)
        .described("What a document is called in expressions, and its type: {session: Session}.")
    case "governedBy":
      Schema.text.described("The date of a document that picks dated values and rules in force.")
    case "currency":
      Schema.string(pattern: "^[A-Z]{3}$")
        .described("What amounts of money are counted in, such as USD.")
    case "timeZone":
      Schema.string().described("The zone in which an instant has a date (IANA name).")
    case "identifiedBy": Schema.text.described("What tells one document from another in reports.")
    case "belongsTo":
      Schema.text.described("Whose a document is: who sees the facts marked confidential.")
    case "sourceTitle": Schema.text.described("What 'source' refers to, in explanations.")
    case "reader": roles.described("The role that ways out are looked for.")
    case "enumerations":
      named("enumeration").described("Closed lists: the values, each with its words.")
    case "types":
      named("type").described("What documents hold: facts, and terms derived from them.")
    case "parameters": named("parameter").described("Numbers, lists and tables with dated values.")
    case "calendars":
      named("calendar").described("On which days something is held, such as school, year by year.")
    case "decisions":
      Schema.table(of: .reference("decision"), keys: TextForm.id)
        .described("The questions that are asked of a document.")
    case "topic": Schema.text.described("What the rules of this file are about.")
    case "rules":
      Schema.list(of: .reference("rule")).described("The rules, each begins with 'rule:'.")
    case "exceptions":
      Schema.list(of: .reference("exception"))
        .described("What takes rules away, each begins with 'exception:'.")
    default: .anything
    }
  }

  private func named(_ definition: String) -> Schema {
    .table(of: .reference(definition), keys: TextForm.name)
  }

  // MARK: Vocabulary

  private var enumeration: Schema {
    let item = object(PolicyKeys.enumerationCase, required: ["label"]) { key in
      switch key {
      case "label": .text.described("The words for the case.")
      case "help": .text.described("What whoever chooses it should know.")
      default: .reference("lint")
      }
    }
    return .table(
      of: .any([.text, item]).described("The words for the case."),
      suggesting: [("lint", .any([.reference("lint"), .text, item]))])
  }

  private var type: Schema {
    object(PolicyKeys.type, required: ["facts"]) { key in
      switch key {
      case "label": .text.described("The type in people's words.")
      case "summary":
        .text.described("One line that tells one from another; expressions in braces.")
      case "facts": named("fact").described("What documents give.")
      case "terms":
        named("term").described("What is derived by an expression, and read like a fact.")
      case "lint": .reference("lint")
      default: .anything
      }
    }
  }

  private var fact: Schema {
    let long = object(PolicyKeys.fact, required: ["type"]) { key in
      switch key {
      case "type": .reference("factType")
      case "label": .text.described("The fact in people's words.")
      case "changedBy": roles.described("Who can change it.")
      case "confidential":
        .boolean.described("Whether only those whom a document belongs to may see it.")
      case "optional": .boolean.described("Whether documents may go without it; T? says the same.")
      case "atMost": .number(isWhole: true).described("How many elements its list may have.")
      case "nature": words(of: FactChanges.Nature.self).described("What kind of statement it is.")
      case "allowedBy": decisions.described("The decision that must pass for it to be changed.")
      case "whenSupplied":
        words(of: FactChanges.Supplied.self).described("What a value supplied must be.")
      case "example": .anything.described("A value as it may look.")
      case "changes":
        Schema.object(FactChanges.Kind.allCases.map { ($0.rawValue, .reference("change")) })
          .described("The ways in which it may change, each with the words to tell it.")
      case "choices":
        .text.described("The values to choose from: an expression for a list, or a table to names.")
      case "names": .text.described("The values' names for people: an expression for a table.")
      case "help": .text.described("What whoever gives it should know, shown beside the field.")
      case "shownWhen": condition(described: "A form shows the field only where this is true.")
      case "lint": .reference("lint")
      default: .anything
      }
    }
    return .any([.reference("factType"), long])
  }

  private var change: Schema {
    let long = object(PolicyKeys.change, required: ["do"]) { key in
      switch key {
      case "do": .text.described("What to do; expressions in braces, such as {value}.")
      case "if": .text.described("When that would be right.")
      case "loses": .text.described("What is lost by it.")
      case "alsoSets":
        Schema.oneOrMore(effect).described("What else it does, as one action of a person.")
      case "forEach":
        .text.described(
          "A fact of the object that is given: a way is shown for each of its values, with what it needs."
        )
      default: .anything
      }
    }
    return .any([.text, long])
  }

  private var effect: Schema {
    object(PolicyKeys.effect, required: ["each", "fact", "to"]) { key in
      switch key {
      case "each": .text.described("The things concerned: an expression for an object or a list.")
      case "fact": .text.described("The fact of each of them that is set.")
      case "when": condition(described: "Only those for which this is true.")
      default: .text.described("What it is set to: an expression, once the change is made.")
      }
    }
  }

  private var term: Schema {
    let long = object(PolicyKeys.term, required: ["is"]) { key in
      switch key {
      case "label": .text.described("The term in people's words.")
      case "is": .text.described("An expression.")
      case "lint": .reference("lint")
      default: .anything
      }
    }
    return .any([.text, long])
  }

  private var parameter: Schema {
    object(PolicyKeys.parameter, required: ["type", "values"]) { key in
      switch key {
      case "label": .text.described("The parameter in people's words.")
      case "type": .reference("parameterType")
      case "atMost": .number(isWhole: true).described("How many elements its lists may have.")
      case "values":
        Schema.table(of: .anything, keys: TextForm.date, count: 1...Int.max)
          .described(
            "The values, each with the date from which it holds; 'none' where there is no more.")
      case "source": .text.described("Where the handbook says so.")
      case "quote": .text.described("What the handbook says there, in its words.")
      case "lint": .reference("lint")
      default: .anything
      }
    }
  }

  private var calendar: Schema {
    object(PolicyKeys.calendar, required: []) { key in
      switch key {
      case "label": .text.described("The days in people's words, such as: school days.")
      case "source": .text.described("Where they are laid down.")
      case "quote": .text.described("What is said there, in its words.")
      case "byKey":
        Schema.suggesting(
          (["string", "int"] + policies.vocabulary.enumerations.map(\.name)).map { ($0, "") },
          pattern: TextForm.name
        ).described("What a table of calendars is looked up by, such as the name of a school.")
      case "calendars":
        Schema.table(of: object(PolicyKeys.keyedCalendar, required: ["years"], daysOf))
          .described("The calendars of a table, by their keys.")
      case "lint": .reference("lint")
      default: daysOf(key)
      }
    }
  }

  private func daysOf(_ key: String) -> Schema {
    key == "years"
      ? Schema.table(of: .reference("calendarYear"), count: 1...Int.max)
        .described("The years, each under its name, such as 2026-27.")
      : Schema.list(of: .oneOf(PolicyKeys.weekdays.map { ($0, "") }), atLeast: 1)
        .described(
          "The days of the week on which something is held: Monday to Friday unless given.")
  }

  private var calendarYear: Schema {
    let exceptions = Schema.table(of: .text, keys: TextForm.days)
    return object(PolicyKeys.calendarYear, required: ["days"]) { key in
      switch key {
      case "days":
        Schema.string(pattern: TextForm.days)
          .described("The first and the last day: 2026-08-17..2027-05-21.")
      case "closed":
        exceptions.described("Days on which nothing is held, each with its reason.")
      case "open":
        exceptions.described("Days beside the days of the week, each with its reason.")
      case "terms":
        Schema.table(of: .string(pattern: TextForm.days))
          .described("The parts of the year that have a name, each with its days.")
      default: daysOf(key)
      }
    }
  }

  private var factType: Schema {
    let names =
      ["string", "bool", "int", "double", "decimal", "money", "date", "timestamp", "duration"]
      + policies.vocabulary.types.map(\.name) + policies.vocabulary.enumerations.map(\.name)
    let name = Schema.suggesting(
      names.map { ($0, "") }, pattern: "^\\[*[A-Za-z_][A-Za-z0-9_]*\\]*[?]?$")
    return .any([name, Schema.list(of: .reference("factType"), atLeast: 1)])
      .described("A type: T, T? (may be absent) or [T] (a list).")
  }

  private var parameterType: Schema {
    .any([
      .reference("factType"), .table(of: .reference("parameterType"), count: 1...1),
      Schema.object(
        [("bands", .reference("factType")), ("gives", .reference("parameterType"))],
        required: ["bands", "gives"]),
    ]).described("A type: T, [T] (a list), {K: T} (a table) or {bands: K, gives: T}.")
  }

  private var lint: Schema {
    Schema.object(
      LintCheck.allCases.map { check in
        (
          check.rawValue,
          Schema.string(pattern: "[^ ]").described("Why this is as it should be: \(check.summary).")
        )
      } + [
        (
          SilenceReader.mutant,
          Schema.table(of: .string(pattern: "[^ ]"), count: 1...Int.max).described(
            "The changes that make no difference to anybody, as 'tutorpolicy mutate' shows them, or "
              + "their kinds, each with the reason.")
        )
      ]
    ).described("Warnings that are silenced here, each with the reason.")
  }

  private var roles: Schema {
    var seen: Set<String> = []
    let names = policies.vocabulary.types.flatMap(\.facts).compactMap(\.changedBy)
      .filter { seen.insert($0).inserted }
    return .suggesting(names.map { ($0, "") }, pattern: ".")
  }

  // MARK: Decisions and rules

  private var decision: Schema {
    object(PolicyKeys.decision, required: ["about"]) { key in
      switch key {
      case "title": .text.described("The question in people's words.")
      case "about": subjects.described("What is decided about.")
      case "verdicts":
        object(PolicyKeys.verdicts, required: []) { .text.described("The word for \($0).") }
          .described("The words for the two outcomes.")
      case "gives":
        Schema.reference("factType").described("The type of the value that it gives.")
      case "by":
        words(of: GivenValue.Choice.self).described("How one value comes of what its rules give.")
      case "order":
        Schema.list(of: .string(pattern: TextForm.id))
          .described("For 'by: first', the rules in the order in which they are asked.")
      case "otherwise": .text.described("What it gives where no rule applies: an expression.")
      case "needs": Schema.oneOrMore(decisions).described("The decisions that must pass first.")
      case "onRequest": .boolean.described("Decided only when asked for by name.")
      case "lint": .reference("lint")
      default: .anything
      }
    }
  }

  private var rule: Schema {
    // What else must be there depends on whether it decides or grants: the loader says so.
    object(PolicyKeys.rule, required: ["rule", "title"]) { key in
      switch key {
      case "rule":
        .string(pattern: TextForm.id).described("The id: lower-case letters, digits and hyphens.")
      case "title": .text.described("The rule in one sentence, as it is when satisfied.")
      case "about": subjects.described("What it is about, when that differs from the decision's.")
      case "decides": Schema.oneOrMore(decisions).described("The decisions that it is part of.")
      case "grants":
        Schema.oneOrMore(decisions).described("The decisions that it is a reason to pass for.")
      case "when": condition(described: "It applies only where this is true.")
      case "unless": condition(described: "It does not apply where this is true.")
      case "require": condition(described: "What must be true where it applies.")
      case "gives": .text.described("The value that it gives where it applies: an expression.")
      case "because": .text.described("Why a violation is one; expressions in braces.")
      case "fix": fix
      case "source": .text.described("Where the handbook says so.")
      case "quote": .text.described("What the handbook says there, in its words.")
      case "severity":
        words(of: Rule.Severity.self).described(
          "A warning is listed, and fails nothing; what is observed is only counted.")
      case "effective": effective
      case "lint": .reference("lint")
      default: .anything
      }
    }
  }

  private var effective: Schema {
    object(PolicyKeys.effective, required: []) { key in
      .string(pattern: TextForm.date).described(
        key == "from" ? "The first day." : "The last day.")
    }.described("When it is in force, both days included.")
  }

  private var exception: Schema {
    object(PolicyKeys.exception, required: ["exception", "to", "reason"]) { key in
      switch key {
      case "exception":
        .string(pattern: TextForm.id).described("The id: lower-case letters, digits and hyphens.")
      case "to": Schema.oneOrMore(rules).described("The rules that it takes away.")
      case "when": condition(described: "It takes them away only where this is true.")
      case "reason": .text.described("Why there is an exception.")
      case "approvedBy":
        .text.described("Who allowed it: it is a waiver then, and must have a last day.")
      case "effective": effective
      case "source": .text.described("Where the handbook says so.")
      default: .anything
      }
    }
  }

  private var rules: Schema {
    .suggesting(
      policies.rules.filter(\.isDeclared).map { ($0.id, $0.title) }, pattern: TextForm.id)
  }

  private var fix: Schema {
    let long = object(PolicyKeys.fix, required: ["do"]) { key in
      key == "do"
        ? .text.described("What to do; expressions in braces.")
        : .text.described("The last day on which it can be done: an expression.")
    }
    return .any([.text, long]).described("What fixes a violation.")
  }

  private func condition(described text: String) -> Schema {
    Schema.reference("condition").described(text)
  }

  private var condition: Schema {
    let parts = Schema.list(of: .reference("conditionPart"), atLeast: 1)
    let combined = object(PolicyKeys.condition, required: []) { word in
      parts.described("True when \(word == "none" ? "no part" : "\(word) of the parts") is.")
    }
    return .any([.text, combined]).described("An expression, or all, any or none of several.")
  }

  private var conditionPart: Schema {
    .any([.reference("condition"), .table(of: .reference("condition"), count: 1...1)])
      .described("A condition, or its words with the condition behind the colon.")
  }

  private var subjects: Schema {
    .suggesting(
      policies.vocabulary.types.map { ($0.name, $0.label ?? "") }, pattern: TextForm.name)
  }

  private var decisions: Schema {
    .suggesting(policies.decisions.map { ($0.name, $0.title) }, pattern: TextForm.id)
  }

  private func words<Word: RawRepresentable<String> & CaseIterable>(of type: Word.Type) -> Schema {
    .oneOf(Word.allCases.map { ($0.rawValue, "") })
  }

  private func object(
    _ keys: [String], required: [String], _ schema: (String) -> Schema
  ) -> Schema {
    .object(keys.map { ($0, schema($0)) }, required: required)
  }
}
