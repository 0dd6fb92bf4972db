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
  /// What was established as the policy files were read.
  private let memory: LoadingMemory

  /// Reads the policy files of a folder, as far as they are not those of one that was read before.
  package init(_ folder: PolicyFolder, after previous: LoadedFolder? = nil) {
    self.folder = folder
    if let previous, previous.folder.policies == folder.policies,
      previous.folder.policyMistakes == folder.policyMistakes
    {
      policies = previous.policies
      mistakes = previous.mistakes
      memory = previous.memory
      return
    }
    var memory = previous?.memory ?? LoadingMemory()
    let result = PolicySet.load(
      folder.policies, unreadable: folder.policyMistakes, knowing: &memory)
    policies = result.policies
    mistakes = result.diagnostics
    self.memory = memory
  }

  /// In what the policies differ from those of another reading; nil where more differs than can be told apart, or
  /// one of the two has an error.
  package func change(from other: LoadedFolder) -> PolicyChange? {
    guard let policies, let before = other.policies else { return nil }
    return PolicyChange(from: before, other.memory, to: policies, memory)
  }
}
