package import Diagnostics
import Foundation
import PolicyEngine
import PolicyExports
import PolicyTesting
import YAML

/// The files of a policy folder, as they stand on the disk or in an editor that has not saved them yet.
package struct PolicyFolder: Sendable {
  /// The folder, as the user names it.
  package let path: String
  /// Texts that count in place of what the disk has, by the paths of their files.
  private let unsaved: [String: Source]
  /// The sessions that cases start from, as the disk has them.
  private let sessions: SessionFiles
  /// The policy files.
  package private(set) var policies: [Source] = []
  /// The fixture files; nil without a folder for them.
  package private(set) var fixtures: [Source]?
  /// The export formats.
  package private(set) var exports: [Source] = []
  /// The report formats.
  package private(set) var reports: [Source] = []
  /// The changes that are meant, where the folder has such a file.
  package private(set) var expectedChanges: Source?
  /// What can't be read of the policies.
  package private(set) var policyMistakes: [Diagnostic] = []
  /// What can't be read of the fixtures.
  package private(set) var fixtureMistakes: [Diagnostic] = []
  /// What can't be read of the exports and reports.
  package private(set) var formatMistakes: [Diagnostic] = []

  /// The files of a folder; one that says the same as in `previous` is the same object.
  package init(
    _ path: String, unsaved: [String: Source] = [:], after previous: PolicyFolder? = nil
  ) {
    self.path = path
    self.unsaved = unsaved
    sessions = SessionFiles(after: previous?.sessions)
    let known = Dictionary((previous?.files ?? []).map { ($0.name, $0) }) { first, _ in first }
    func current(_ source: Source) -> Source {
      if let text = unsaved[source.name] { return text }
      guard let old = known[source.name], old.bytes == source.bytes else { return source }
      return old
    }
    policies = PolicySet.sources(inDirectory: path, into: &policyMistakes).map(current)
    let fixtureFolder = inside("fixtures")
    if PathKind(at: fixtureFolder) != nil {
      fixtures = FixtureFiles.sources(at: [fixtureFolder], into: &fixtureMistakes).map(current)
    }
    exports = ExportFiles.sources(inPolicies: path, into: &formatMistakes).map(current)
    reports = ExportFiles.reports(inPolicies: path, into: &formatMistakes).map(current)
    let changes = inside(PolicySet.expectedChangesFile)
    if PathKind(at: changes) == .regular {
      expectedChanges = (try? Source(contentsOf: changes, limit: YAMLLimits().bytes)).map(current)
    }
  }

  /// All its files, without the sessions that cases start from.
  package var files: [Source] {
    policies + (fixtures ?? []) + exports + reports + (expectedChanges.map { [$0] } ?? [])
  }

  /// The session file that a case starts from.
  ///
  /// - Throws: What the system says when it can't be read.
  package func base(_ path: String) throws -> Source {
    if let source = unsaved[path] { return source }
    return try sessions.source(path)
  }

  /// The folder with other texts in place of some of its files.
  package func replacing(_ texts: [String: Source]) -> PolicyFolder {
    var copy = PolicyFolder(
      path: path, unsaved: unsaved.merging(texts) { $1 }, sessions: sessions)
    copy.policies = policies.map { texts[$0.name] ?? $0 }
    copy.fixtures = fixtures?.map { texts[$0.name] ?? $0 }
    copy.exports = exports.map { texts[$0.name] ?? $0 }
    copy.reports = reports.map { texts[$0.name] ?? $0 }
    copy.expectedChanges = expectedChanges.map { texts[$0.name] ?? $0 }
    copy.policyMistakes = policyMistakes
    copy.fixtureMistakes = fixtureMistakes
    copy.formatMistakes = formatMistakes
    return copy
  }

  private init(path: String, unsaved: [String: Source], sessions: SessionFiles) {
    self.path = path
    self.unsaved = unsaved
    self.sessions = sessions
  }

  private func inside(_ name: String) -> String { path + (path.hasSuffix("/") ? name : "/" + name) }
}

extension PolicyFolder {
  /// A folder with nothing but one of its files, in another text; nothing at all for a file of another folder.
  func only(_ source: Source) -> PolicyFolder {
    var copy = PolicyFolder(path: path, unsaved: unsaved, sessions: sessions)
    func picked(_ files: [Source]) -> [Source] {
      files.contains { $0.name == source.name } ? [source] : []
    }
    copy.policies = picked(policies)
    copy.fixtures = picked(fixtures ?? [])
    copy.exports = picked(exports)
    copy.reports = picked(reports)
    return copy
  }
}
