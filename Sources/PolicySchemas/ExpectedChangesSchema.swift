import Diagnostics
import PolicyComparison
import PolicyEngine

/// The schema of the file that lists the changes which are meant.
struct ExpectedChangesSchema {
  let policies: PolicySet

  var file: Schema {
    Schema.object([("changes", .list(of: .reference("change")))], required: ["changes"])
      .file(title: "Expected changes", definitions: [("change", change)])
  }

  private var change: Schema {
    .object(ExpectedChanges.keys.map { ($0, schema(of: $0)) }, required: ["from", "to"])
  }

  private func schema(of key: String) -> Schema {
    switch key {
    case "decision":
      Schema.suggesting(policies.decisions.map { ($0.name, $0.title) }, pattern: TextForm.id)
        .described("The decision that comes out otherwise.")
    case "rule":
      Schema.suggesting(policies.rules.map { ($0.id, $0.title) }, pattern: TextForm.id)
        .described("The rule that makes the difference; without a decision, one that only warns.")
    case "from": outcome(["pass", "fail", "undetermined"]).described("The outcome before.")
    case "to":
      outcome(["pass", "fail", "undetermined", "unsettled"])
        .described("The outcome now; unsettled where it is not settled what changes.")
    case "atMost":
      Schema.number(isWhole: true).described("How many recorded sessions may change so at most.")
    case "in": Schema.text.described("A part of the names of the session files that are meant.")
    case "because": Schema.text.described("Why the change is meant.")
    default: .anything
    }
  }

  private func outcome(_ words: [String]) -> Schema { .oneOf(words.map { ($0, "") }) }
}
