#if Server
package import Diagnostics
package import PolicyComparison

/// Another text of a policy file, as somebody has typed it.
package struct PolicyChange: Hashable, Sendable {
  /// The name of the file.
  package let file: String
  /// The text, with whatever line breaks.
  package let text: String
  /// The digest of the file as it was when it was opened.
  package let opened: String

  /// Another text of a file.
  package init(file: String, text: String, opened: String) {
    self.file = file
    self.text = text
    self.opened = opened
  }
}

/// What a change of a policy file would do; nothing of it was written.
package struct PolicyTrial: Sendable {
  /// What came of it.
  package enum Outcome: Sendable {
    /// The policies would have mistakes, and not be taken.
    case mistaken
    /// They would be taken; told apart from all others by a digest.
    case planned(Planned, digest: String)
  }

  /// What would change.
  package struct Planned: Sendable {
    /// The policies in force against those with the change.
    package var plan: PolicyPlan
    /// How many sessions are recorded; the newest of them were replayed, as far as there was time.
    package let recorded: Int

    /// How many recorded sessions were looked at.
    package var replayed: Int {
      guard let replay = plan.replay else { return 0 }
      return replay.sessions + replay.unreadable + replay.onlyNew + replay.onlyOld
    }
  }

  /// The file as it stands in the folder.
  package let file: PolicyFile
  /// What is wrong, or may be.
  package let diagnostics: [Diagnostic]
  /// What came of it.
  package let outcome: Outcome
}

/// How long somebody waits for a plan.
package struct PlanLimits: Sendable {
  /// The time for proofs.
  package var proofs = Duration.seconds(10)
  /// The time for recorded sessions.
  package var replay = Duration.seconds(10)
  /// How many recorded sessions are replayed.
  package var sessions = 100_000

  /// What somebody at a page waits for.
  package init() {}
}
#endif
