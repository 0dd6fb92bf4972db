import Diagnostics
import PolicyComparison
import PolicyEngine

/// Reads the policy sets that are compared: from folders, or as a revision in git has them.
struct ComparedPolicies {
  /// The folder of the policies, for revisions that name none.
  let folder: String
  let style: TextStyle

  /// A policy set by its folder or revision; its mistakes are written to standard error.
  ///
  /// - Throws: `ExitStatus.usage` when there is none, `ExitStatus.invalidPolicies` when it has an error.
  func load(_ name: String) throws -> PolicyPlan.Side {
    let result = try result(of: name)
    let renderer = DiagnosticRenderer(style: style)
    if !result.diagnostics.isEmpty { StandardError.write(renderer.render(result.diagnostics)) }
    guard let policies = result.policies else {
      let errors = result.diagnostics.count { $0.severity == .error }
      StandardError.write(
        "\(errors == 1 ? "1 error" : "\(errors) errors") in '\(name)': nothing was compared\n")
      throw ExitStatus.invalidPolicies
    }
    return PolicyPlan.Side(name: name, policies: policies)
  }

  private func result(of name: String) throws -> PolicyLoadResult {
    if PathKind(at: name) != nil || name == folder { return PolicySet.load(directory: name) }
    do throws(GitFolder.Problem) {
      return PolicySet.load(try GitFolder(revision: name, folder: folder).sources())
    } catch {
      let problem = Diagnostic(code: .noPolicies, error.message, at: nil, help: error.help)
      StandardError.write(DiagnosticRenderer(style: style).render(problem))
      throw ExitStatus.usage
    }
  }
}

extension ComparedPolicies {
  /// The changes that are meant, as the file beside the new policies lists them; none where there is no file.
  ///
  /// - Throws: `ExitStatus.invalidPolicies` when the file has an error.
  func expectedChanges(in folder: String, of plan: PolicyPlan) throws -> ExpectedChanges {
    let path = (folder.hasSuffix("/") ? folder : folder + "/") + PolicySet.expectedChangesFile
    guard PathKind(at: path) == .regular else { return .none }
    var diagnostics: [Diagnostic] = []
    var expected = ExpectedChanges.none
    do {
      let source = try Source(contentsOf: path, limit: 1 << 20)
      expected = ExpectedChanges.read(
        source, old: plan.old.policies, new: plan.new.policies, into: &diagnostics)
    } catch {
      diagnostics.append(.unreadable(path, why: error))
    }
    StandardError.write(DiagnosticRenderer(style: style).render(diagnostics))
    guard !diagnostics.hasErrors else { throw ExitStatus.invalidPolicies }
    return expected
  }
}
