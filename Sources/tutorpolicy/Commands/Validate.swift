import ArgumentParser
import Diagnostics
import PolicyEditing
import PolicyEngine
import PolicyRendering

/// `tutorpolicy validate`: checks the policy set alone.
struct Validate: ParsableCommand {
  /// The form of the output.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, github
  }

  static let configuration = CommandConfiguration.command(
    "validate",
    abstract: "Finds every mistake in the policy files, each with its place and what to do.",
    discussion: """
      All mistakes of all files are shown at once: YAML syntax, unknown keys and names, wrong types, \
      values outside their list, tables with a missing row, circular terms and needs, duplicate ids, \
      dates out of order. What is allowed, but hardly meant, is shown as a warning: a rule that is \
      never violated or that no fixture tries, two rules with one meaning, a term that nothing reads. \
      'lint: {check: reason}' in a declaration silences one.

      The files in the folders 'exports' and 'reports', which say how sessions are written for payroll \
      and counted for the state, are checked too.

      A rule that could take more than 1,000,000 steps, where a step is one part of an expression \
      evaluated once, is a mistake too.

      --format json prints one JSON object a line, first the mistakes and then, with --details, the \
      rules; --format github prints workflow annotations, which \
      a pull request shows at their lines.

      EXIT STATUS
        0  the policy set has no error
        1  with --strict: it has no error, but warnings
        2  wrong usage
        3  it has errors
      """)

  @OptionGroup var policyOptions: PolicyOptions

  @Option(name: .long, help: "text, json (an object a line) or github (annotations).")
  var format = Format.text

  @Flag(
    name: .long,
    help: """
      Say of each rule how many steps it may take, and which optional facts may leave it undetermined \
      (text and json).
      """)
  var details = false

  @Flag(name: .long, help: "Exit with 1 when there are warnings.")
  var strict = false

  @OptionGroup var colors: ColorOptions

  func validate() throws {
    if details, format == .github {
      throw ValidationError("--details is for --format text and json")
    }
  }

  func run() throws {
    let check = FolderCheck(PolicyFolder(policyOptions.policies))
    let diagnostics = check.validation
    let detailed = details ? check.policies?.ruleDetails : nil
    var output = StandardOutput()
    switch format {
    case .text:
      output.write(DiagnosticRenderer(style: colors.style).render(diagnostics))
      if let rules = detailed {
        output.write(
          RuleDetailsRenderer(width: Terminal.standardOutput.width, style: colors.style).render(
            rules))
      }
      output.write(summary(of: check.policies, diagnostics) + "\n")
    case .json:
      output.write(diagnostics.map { $0.json + "\n" }.joined())
      output.write((detailed ?? []).map { $0.json + "\n" }.joined())
    case .github: output.write(WorkflowAnnotations.render(diagnostics))
    }
    output.flush()
    if diagnostics.hasErrors { throw ExitStatus.invalidPolicies }
    if strict, !diagnostics.isEmpty { throw ExitStatus.fails }
  }

  private func summary(of policies: PolicySet?, _ diagnostics: [Diagnostic]) -> String {
    let errors = diagnostics.count { $0.severity == .error }
    let warnings = diagnostics.count - errors
    guard let policies else {
      return "\(policyOptions.policies): \(counted(errors, "error"))"
        + (warnings > 0 ? ", \(counted(warnings, "warning"))" : "")
    }
    let calendars = policies.vocabulary.parameters.count(where: \.isCalendar)
    let parts =
      [
        counted(policies.writtenRuleCount, "rule"), counted(policies.decisions.count, "decision"),
        counted(policies.vocabulary.parameters.count - calendars, "parameter"),
        counted(policies.vocabulary.types.count, "type"),
      ] + (calendars > 0 ? [counted(calendars, "calendar")] : [])
    // Files beside the policies may have errors where these have none.
    let found =
      (errors > 0 ? [counted(errors, "error")] : [])
      + (warnings > 0 ? [counted(warnings, "warning")] : [])
    return "\(policyOptions.policies): \(parts.joined(separator: ", ")); "
      + (found.isEmpty ? "no mistakes" : found.joined(separator: ", "))
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
