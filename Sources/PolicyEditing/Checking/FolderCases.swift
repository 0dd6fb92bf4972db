package import Diagnostics
import PolicyAnalysis
import PolicyEngine
package import PolicyTesting

/// The cases of a policy folder, read by its policies.
package struct FolderCases: Sendable {
  /// The policy files as they were read.
  package let loaded: LoadedFolder
  /// The cases that have no mistake; nil without a policy set, or without fixtures.
  package let suite: FixtureSuite?
  /// What is wrong with the fixture files.
  package let mistakes: [Diagnostic]
  /// What the linter is told of the cases; nil where the folder has none.
  let use: FixtureUse?
  /// The sessions that the cases start from, by their paths.
  private let sessions: [String: Source]

  /// Reads the cases, unless they are those of `previous`, as they were read then.
  package init(_ loaded: LoadedFolder, after previous: FolderCases? = nil) {
    self.loaded = loaded
    guard let policies = loaded.policies else {
      suite = nil
      mistakes = []
      use = nil
      sessions = [:]
      return
    }
    if let previous, previous.areThose(of: loaded) {
      suite = previous.suite
      mistakes = []
      use = previous.use
      sessions = previous.sessions
      return
    }
    let folder = loaded.folder
    var mistakes = folder.fixtureMistakes
    var read: [String: Source] = [:]
    suite = folder.fixtures.map { sources in
      FixtureSuite.load(
        sources, policies: policies,
        readFile: { path in
          let source = try folder.base(path)
          read[path] = source
          return source
        }, into: &mistakes)
    }
    self.mistakes = mistakes
    use = Self.use(of: suite, in: folder, policies, mistakes)
    sessions = read
  }

  /// Whether the cases of a folder are these, as they were read.
  ///
  /// They are read by the vocabulary, the decisions, and what rules are called, decide, are about, and fail.
  private func areThose(of other: LoadedFolder) -> Bool {
    guard suite != nil, mistakes.isEmpty, other.folder.fixtureMistakes.isEmpty,
      other.folder.fixtures == loaded.folder.fixtures, startFromSameSessions(as: other.folder),
      other.change(from: loaded) != nil, let own = loaded.policies, let others = other.policies
    else { return false }
    return own.rules.elementsEqual(others.rules) {
      $0.id == $1.id && $0.decides == $1.decides && $0.subjectType == $1.subjectType
        && $0.severity == $1.severity
    }
  }

  /// Whether the cases would start from the same sessions in another folder.
  func startFromSameSessions(as other: PolicyFolder) -> Bool {
    sessions.allSatisfy { path, source in (try? other.base(path)) === source }
  }

  private static func use(
    of suite: FixtureSuite?, in folder: PolicyFolder, _ policies: PolicySet,
    _ mistakes: [Diagnostic]
  ) -> FixtureUse? {
    guard let suite else { return nil }
    // An empty folder is no fixtures yet, and no mistake in them.
    if mistakes.allSatisfy({ $0.code == .noFixtureFiles }),
      folder.fixtures?.isEmpty ?? true
    {
      return nil
    }
    return FixtureUse(
      rules: suite.rulesExpected, cases: suite.cases(in: policies),
      isIncomplete: mistakes.hasErrors)
  }
}
