import CEL
import Diagnostics
import PolicyEngine

/// Writes a statement: what is read, the values in force, the terms, the rules, the decisions, each from those above.
struct StatementWriter {
  let policies: PolicySet
  let dialect: any StatementDialect
  let source: any DocumentSource
  /// The decisions asked for.
  let asked: [Int]

  /// A rule as it is asked: for one decision where its outcome depends on that.
  struct View {
    let rule: Int
    let decision: Int?
    let column: String
  }

  private var decisions: [Int] { policies.decisionsNeeded(by: asked) }

  func statement() -> SQLStatement {
    var refusals: [Diagnostic] = []
    var body = StatementBody(self)
    do {
      try body.begin()
      for view in views { body.add(view, &refusals) }
      try body.end()
    } catch let refusal as SQLRefusal {
      refusals.append(refusal.diagnostic(in: nil))
      return SQLStatement(text: "", refusals: refusals, leftDecisions: names(of: asked))
    } catch {
      return SQLStatement(text: "", refusals: refusals, leftDecisions: names(of: asked))
    }
    return SQLStatement(
      text: text(of: body), refusals: refusals.sortedByPlace(),
      leftDecisions: names(of: asked.filter { body.isLeft($0) }))
  }

  private func names(of decisions: [Int]) -> [String] {
    decisions.map { policies.decisions[$0].name }
  }

  /// Every rule that has a say in the decisions asked for.
  var views: [View] {
    policies.rules.enumerated().flatMap { index, rule in
      let concerned = rule.decides.filter { decisions.contains($0) }
      if !rule.dependsOnDecision {
        return concerned.isEmpty
          ? [] : [View(rule: index, decision: nil, column: "rule \(rule.id)")]
      }
      return concerned.map {
        View(
          rule: index, decision: $0, column: "rule \(rule.id) for \(policies.decisions[$0].name)")
      }
    }
  }

  // MARK: - Text

  private func text(of body: StatementBody) -> String {
    let tables = body.tables.map { table in
      let comment = table.comment.map { "-- \($0)\n" } ?? ""
      let query = (table.query + dialect.fence).replacing("\n", with: "\n  ")
      return "\(comment)\(dialect.name(table.name)) AS \(dialect.materialized)(\n  \(query)\n)"
    }
    return header + "WITH RECURSIVE\n" + tables.joined(separator: ",\n\n") + "\n\n" + body.result
  }

  private var header: String {
    let names = asked.map { policies.decisions[$0].name }.joined(separator: ", ")
    let lines =
      [
        "Decides: \(names). Written by tutorpolicy \(ProgramVersion.number) from the policies; don't edit it.",
        "NULL in a condition is 'not known', and nothing else is: AND, OR and NOT are the logic of the policies.",
        "The date decided for is the parameter \(dialect.todayParameter).",
      ] + source.notes
    return lines.map { "-- \($0)\n" }.joined()
  }
}

extension SQLRefusal {
  /// The refusal as a diagnostic; `rule` is the id of the rule that reads what is refused.
  func diagnostic(in rule: Rule?) -> Diagnostic {
    Diagnostic(
      code: .sql, reason, at: range,
      notes: rule.map { [.init("rule '\($0.id)' needs it", at: $0.range)] } ?? [],
      help:
        "--leave-to-engine writes the statement without it, and marks what 'tutorpolicy check' must decide"
    )
  }
}
