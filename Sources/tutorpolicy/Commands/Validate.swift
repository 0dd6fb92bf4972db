import ArgumentParser
import Diagnostics
import PolicyEngine

/// `tutorpolicy validate`: checks the policy set alone.
struct Validate: ParsableCommand {
  /// The form of the output.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, github
  }

  static let configuration = CommandConfiguration(
    abstract: "Finds every mistake in the policy files, each with its place and what to do.",
    discussion: """
      All mistakes of all files are shown at once: YAML syntax, unknown keys and names, wrong types, \
      values outside their list, tables with a missing row, circular terms and needs, duplicate ids, \
      dates out of order. Exits with 3 when there is an error.

      A rule that could take more than 1,000,000 steps, where a step is one part of an expression \
      evaluated once, is a mistake too.

      --format json prints one JSON object a line, first the mistakes and then, with --details, the \
      rules; --format github prints workflow annotations, which \
      a pull request shows at their lines.
      """)

  @OptionGroup var policyOptions: PolicyOptions

  @Option(name: .long, help: "text, json (an object a line) or github (annotations).")
  var format = Format.text

  @Flag(
    name: .long,
    help: """
      Tell of each rule how many steps it may take, and which facts that need not be there may leave it \
      undetermined (text and json).
      """)
  var details = false

  @OptionGroup var colors: ColorOptions

  func validate() throws {
    if details, format == .github {
      throw ValidationError("--details is for --format text and json")
    }
  }

  func run() throws {
    let result = PolicySet.load(directory: policyOptions.policies)
    let detailed = details ? result.policies?.ruleDetails : nil
    var output = StandardOutput()
    switch format {
    case .text:
      output.write(DiagnosticRenderer(style: colors.style).render(result.diagnostics))
      if let rules = detailed {
        output.write(
          RuleDetailsRenderer(width: Terminal.standardOutput.width, style: colors.style).render(
            rules))
      }
      output.write(summary(of: result) + "\n")
    case .json:
      output.write(result.diagnostics.map { $0.json + "\n" }.joined())
      output.write((detailed ?? []).map { $0.json + "\n" }.joined())
    case .github: output.write(WorkflowAnnotations.render(result.diagnostics))
    }
    output.flush()
    if result.policies == nil { throw ExitStatus.invalidPolicies }
  }

  private func summary(of result: PolicyLoadResult) -> String {
    let errors = result.diagnostics.count { $0.severity == .error }
    let warnings = result.diagnostics.count - errors
    guard let policies = result.policies else {
      return "\(policyOptions.policies): \(counted(errors, "error"))"
        + (warnings > 0 ? ", \(counted(warnings, "warning"))" : "")
    }
    let parts = [
      counted(policies.rules.count, "rule"), counted(policies.decisions.count, "decision"),
      counted(policies.vocabulary.parameters.count, "parameter"),
      counted(policies.vocabulary.types.count, "type"),
    ]
    return "\(policyOptions.policies): \(parts.joined(separator: ", ")); "
      + (warnings > 0 ? counted(warnings, "warning") : "no mistakes")
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
