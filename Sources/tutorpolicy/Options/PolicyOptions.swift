import ArgumentParser
import Diagnostics
import PolicyEngine

/// Where the policies are.
struct PolicyOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("The folder of the policy files.", valueName: "dir"))
  var policies = "policies"

  func validate() throws {
    if policies.isEmpty {
      throw ValidationError("--policies is empty: name the folder of the policy files")
    }
  }

  /// The policy set; its mistakes are written to standard error.
  ///
  /// - Throws: `ExitStatus.invalidPolicies` when it has an error.
  func load(style: TextStyle) throws -> PolicySet {
    let result = PolicySet.load(directory: policies)
    if !result.diagnostics.isEmpty {
      StandardError.write(DiagnosticRenderer(style: style).render(result.diagnostics))
    }
    guard let policies = result.policies else {
      let errors = result.diagnostics.count { $0.severity == .error }
      StandardError.write(
        "\(errors == 1 ? "1 error" : "\(errors) errors") in the policies: nothing was decided\n")
      throw ExitStatus.invalidPolicies
    }
    return policies
  }
}
