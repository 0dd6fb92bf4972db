public import ArgumentParser
import Diagnostics
import PolicyEngine
public import PolicySQL

/// `tutorpolicy sql`: writes the policies as one SQL statement.
struct SQLCommand: ParsableCommand {
  static let configuration = CommandConfiguration.command(
    "sql",
    abstract: "Writes the policies as one SQL statement, which decides sessions as 'check' does.",
    discussion: """
      The statement gives a row a session: id, decisions (pass, fail or undetermined), the rules that are \
      violated or undetermined with their places, warnings, and 'refused': why a row was not decided. The date \
      decided for is a parameter of the statement, 'today'.

      What the dialect can't say exactly is an error with its place, and no statement is written: an answer of \
      the statement is always that of 'check'. With --leave-to-engine the statement is written without such \
      rules, and the decisions that need them are 'engine': let 'check' decide those sessions.

      EXIT STATUS
        0  the statement is written, and says all that was asked for
        1  with --leave-to-engine: the statement is written, and leaves decisions to the engine
        2  wrong usage
        3  the policy set has errors, or can't be said in the dialect
      """)

  @OptionGroup var policyOptions: PolicyOptions

  @Option(name: .long, help: "The database: duckdb, postgres, spark or sqlite.")
  var dialect: SQLDatabase

  @Option(
    name: .long,
    help: ArgumentHelp(
      "How sessions lie there: json (a column of JSON documents) or table (a column a fact, with "
        + "objects and lists: duckdb and spark). Unless given: json, for spark table."))
  var layout: SQLLayout?

  @Option(
    name: .long,
    help: ArgumentHelp("The table or view that holds the sessions.", valueName: "name"))
  var table = "documents"

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A decision to take, such as payment; may be given several times. Unless given: all decisions "
        + "but those that the policies mark onRequest.", valueName: "name"))
  var decision: [String] = []

  @Flag(
    name: .long,
    help: "Leave rules that the dialect can't say to 'check', and mark their decisions 'engine'.")
  var leaveToEngine = false

  @OptionGroup var colors: ColorOptions

  func validate() throws {
    guard !table.isEmpty, table.allSatisfy({ $0.isLetter || $0.isNumber || "_.\"".contains($0) })
    else { throw ValidationError("'\(table)' is not the name of a table or view") }
    if let layout, !dialect.layouts.contains(layout) {
      let layouts = dialect.layouts.map(\.rawValue).joined(separator: " or ")
      throw ValidationError(
        "--layout \(layout.rawValue) is not one that \(dialect.rawValue) statements read: use \(layouts)"
      )
    }
  }

  func run() throws {
    let policies = try policyOptions.load(style: colors.errorStyle)
    let decisions = try policies.decisions(named: decision, style: colors.errorStyle)
    let statement = policies.sqlStatement(
      for: dialect, layout: layout, table: table, decisions: decisions)
    if !statement.refusals.isEmpty {
      StandardError.write(
        DiagnosticRenderer(style: colors.errorStyle).render(statement.refusals))
    }
    guard statement.refusals.isEmpty || leaveToEngine, !statement.text.isEmpty else {
      throw ExitStatus.invalidPolicies
    }
    var output = StandardOutput()
    output.write(statement.text + "\n")
    output.flush()
    if !statement.leftDecisions.isEmpty { throw ExitStatus.fails }
  }
}

extension SQLDatabase: ExpressibleByArgument {}
extension SQLLayout: ExpressibleByArgument {}
