package import Diagnostics
package import PolicyEngine

/// The policy set of a folder, as far as it can be read: what there is to say first, and soon.
package struct LoadedFolder: Sendable {
  /// The files looked at.
  package let folder: PolicyFolder
  /// The policy set; nil when it has an error.
  package let policies: PolicySet?
  /// What is to be said of the policy files by themselves.
  ///
  /// With an error among it, it is all there is to say.
  package let mistakes: [Diagnostic]

  /// Reads the policy files of a folder, unless they are those of one that was read before.
  package init(_ folder: PolicyFolder, after previous: LoadedFolder? = nil) {
    self.folder = folder
    if let previous, previous.folder.policies == folder.policies,
      previous.folder.policyMistakes == folder.policyMistakes
    {
      policies = previous.policies
      mistakes = previous.mistakes
      return
    }
    let result = PolicySet.load(folder.policies, unreadable: folder.policyMistakes)
    policies = result.policies
    mistakes = result.diagnostics
  }
}
