import Diagnostics
import PolicyEngine
import PolicyTesting

/// The schema of fixture files.
struct FixtureFileSchema {
  let policies: PolicySet

  var file: Schema {
    object(FixtureKeys.file, required: ["topic", "cases"])
      .file(
        title: "Fixtures",
        definitions: [
          ("case", object(FixtureKeys.case, required: ["case", "expect"])),
          ("table", object(FixtureKeys.table, required: ["table", "columns", "rows"])),
          ("expect", object(FixtureKeys.expect, required: [])),
          ("fix", fix), ("ruleOutcome", .any([ruleOutcome, .table(of: ruleOutcome)])),
          ("rule", .suggesting(policies.rules.map { ($0.id, $0.title) }, pattern: TextForm.id)),
          ("findings", findings(itemKeys: FixtureKeys.finding)),
          ("undetermined", findings(itemKeys: FixtureKeys.undetermined)),
        ])
  }

  private func object(_ keys: [String], required: [String]) -> Schema {
    .object(keys.map { ($0, schema(of: $0)) }, required: required)
  }

  /// What may stand behind a key; no key means two things in different places.
  private func schema(of key: String) -> Schema {
    switch key {
    case "topic": .text.described("What the cases are about.")
    case "base":
      Schema.any([.string(), .table(of: .anything)])
        .described("The document to start from: a path from this file, or the document itself.")
    case "today": .string(pattern: TextForm.date).described("The date decided for.")
    case "cases":
      Schema.list(of: .any([.reference("case"), .reference("table")]), atLeast: 1)
        .described("The cases, and tables of cases.")
    case "case": .text.described("What the case shows, in a few words.")
    case "table": .text.described("What the rows have in common.")
    case "change": Schema.table(of: .anything).described("Paths of facts with their new values.")
    case "remove": Schema.oneOrMore(.string()).described("Paths of facts to take away.")
    case "expect": .reference("expect")
    case "columns":
      object(FixtureKeys.columns, required: []) { key in
        Schema.oneOrMore(.string()).described(
          key == "change"
            ? "Paths of facts, or today."
            : "Lists of rules, decisions, rules, parameters, or paths of terms.")
      }.described("What the cells of each row are.")
    case "rows":
      Schema.table(of: .list(of: .anything), count: 1...Int.max)
        .described("Each row's name with its cells, in the order of the columns.")
    case "decisions":
      Schema.table(
        of: outcome,
        suggesting: policies.decisions.map { ($0.name, outcome.described($0.title)) }
      ).described("The outcome of each decision.")
    case "gives":
      Schema.table(
        of: .anything,
        suggesting: policies.decisions.filter { $0.givenType != nil }.map {
          ($0.name, Schema.anything.described($0.title))
        }
      ).described("What each decision gives; null for one that does not pass.")
    case "violated": Schema.reference("findings").described("Exactly these rules are violated.")
    case "undetermined":
      Schema.reference("undetermined").described("Exactly these rules are undetermined.")
    case "warnings": Schema.reference("findings").described("Exactly these rules warn.")
    case "observed":
      Schema.reference("findings").described(
        "Exactly these rules that are only observed are violated.")
    case "waived":
      Schema.reference("findings").described(
        "Exactly these rules would be violated without a waiver.")
    case "outcomes":
      byRule(.reference("ruleOutcome"))
        .described("The outcome of each rule, everywhere or by the path of its subject.")
    case "reason": byRule(.text).described("Words of the reason of each rule.")
    case "fix": byRule(.reference("fix")).described("What each rule offers to fix it.")
    case "terms": Schema.table(of: .anything).described("Paths of terms with their values.")
    case "parameters":
      Schema.table(
        of: .anything,
        suggesting: policies.vocabulary.parameters.map {
          ($0.name, Schema.anything.described($0.label))
        }
      ).described("Parameters with the values in force; null where none is.")
    case "mistake": .text.described("Words of the message by which the document is refused.")
    default: .anything
    }
  }

  private var outcome: Schema {
    .oneOf(["pass", "fail", "undetermined"].map { ($0, "") })
  }

  private var ruleOutcome: Schema { .oneOf(FixtureKeys.ruleOutcomes.map { ($0, "") }) }

  private func byRule(_ values: Schema) -> Schema {
    .table(
      of: values, keys: TextForm.id,
      suggesting: policies.rules.map { ($0.id, values) })
  }

  private var fix: Schema {
    object(FixtureKeys.fix, required: []) { key in
      switch key {
      case "do": .text.described("Words of what to do.")
      case "by": .string(pattern: TextForm.date).described("The last day.")
      case "prospect": .oneOf([("open", "it can still be fixed"), ("closed", "it can't")])
      default: .anything
      }
    }
  }

  private func findings(itemKeys: [String]) -> Schema {
    let rule = Schema.reference("rule")
    let item = object(itemKeys, required: ["rule"]) { key in
      switch key {
      case "rule": rule
      case "at": .string().described("The path of the subject; empty for the document.")
      case "missing": Schema.oneOrMore(.string()).described("The paths of the facts missing.")
      default: .anything
      }
    }
    let list = Schema.list(of: .any([rule, item]))
    let open = Schema.object([("includes", list)], required: ["includes"])
      .described("These among others.")
    return .any([list, open])
  }

  private func object(
    _ keys: [String], required: [String], _ schema: (String) -> Schema
  ) -> Schema {
    .object(keys.map { ($0, schema($0)) }, required: required)
  }
}
