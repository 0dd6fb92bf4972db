#if Server
package import Diagnostics
package import Foundation
package import PolicyEngine
package import PolicyExports
package import PolicyRemedies
package import TutoringSessions
import Synchronization

/// The policies that are in force, read anew whenever their files change.
///
/// A change without mistakes is taken at once: whoever asks afterwards gets the new policies, and whoever has
/// asked before ends with the old ones. A change with a mistake is not taken; the last good policies go on,
/// and what is wrong with the files can be asked for.
package final class PolicyKeeper: Sendable {
  /// A policy set that was taken, with what is worked out of it once.
  package struct Taken: Sendable {
    /// The policies.
    package let policies: PolicySet
    /// What ways out are found by.
    package let knowledge: PolicyKnowledge
    /// What tells it from other policy sets.
    package let digest: String
    /// Since when it is in force here.
    package let since: OffsetDateTime
    /// The files that it was read from.
    package let sources: [Source]
    /// How sessions are written for other systems.
    package let exports: [ExportFormat]
    /// How sessions are counted for reports.
    package let reports: [ReportFormat]
    /// What may be wrong with it, without keeping anybody from using it.
    package let warnings: [Diagnostic]
    /// The zone of the district, in which days begin and clocks are read.
    package let timeZone: TimeZone
  }

  /// A change of the files that was not taken.
  package struct NotTaken: Sendable {
    /// What is wrong.
    package let diagnostics: [Diagnostic]
    /// Since when.
    package let since: OffsetDateTime
  }

  /// The policies can't be used from the start.
  package struct Unusable: Error {
    /// What is wrong.
    package let diagnostics: [Diagnostic]
  }

  /// The folder with the files.
  package let folder: String
  private let clock: DistrictClock
  private let state: Mutex<State>

  private struct State {
    var taken: Taken
    var notTaken: NotTaken?
    /// The files as they were looked at last, whether or not they were taken.
    var seen: [FileContent]
    /// Files that differ from those and are waited for to be written whole.
    var awaited: [FileContent]?
  }

  /// The policies of a folder.
  ///
  /// - Throws: `Unusable` where they have an error: nothing is decided by policies that nobody has seen whole.
  package init(folder: String, clock: DistrictClock) throws(Unusable) {
    self.folder = folder
    self.clock = clock
    let files = Files(in: folder)
    let read = files.read(folder: folder, clock: clock)
    guard let taken = read.taken else { throw Unusable(diagnostics: read.diagnostics) }
    state = Mutex(State(taken: taken, seen: files.contents))
  }

  /// The policies in force.
  package var current: Taken { state.withLock(\.taken) }

  /// The change that was not taken; nil where the files are what is in force.
  package var notTaken: NotTaken? { state.withLock(\.notTaken) }

  /// Looks at the files, and takes a change of them once they stay the same from one look to the next: who
  /// writes several files has then written all of them.
  ///
  /// - Returns: The policies that were taken by this look; nil where none were.
  @discardableResult
  package func look() -> Taken? {
    let files = Files(in: folder)
    let found = files.contents
    let isSettled = state.withLock { state in
      guard found != state.seen else {
        state.awaited = nil
        return false
      }
      defer { state.awaited = found }
      return state.awaited == found
    }
    guard isSettled else { return nil }
    // Reading takes a while, in which others go on with what is in force.
    let read = files.read(folder: folder, clock: clock)
    return state.withLock { state in
      state.seen = found
      state.awaited = nil
      guard let taken = read.taken else {
        state.notTaken = NotTaken(
          diagnostics: read.diagnostics, since: clock.now(in: state.taken.timeZone))
        return nil
      }
      state.notTaken = nil
      guard !taken.isSame(as: state.taken) else { return nil }
      state.taken = taken
      return taken
    }
  }
}

extension PolicyKeeper {
  /// The files of a policies' folder.
  private struct Files {
    let policies: [Source]
    let exports: [Source]
    let reports: [Source]
    private let mistakes: [Diagnostic]

    init(in folder: String) {
      var mistakes: [Diagnostic] = []
      policies = PolicySet.sources(inDirectory: folder)
      exports = ExportFiles.sources(inPolicies: folder, into: &mistakes)
      reports = ExportFiles.reports(inPolicies: folder, into: &mistakes)
      self.mistakes = mistakes
    }

    var contents: [FileContent] { (policies + exports + reports).map(FileContent.init) }

    /// What the files say; nothing where they have an error.
    func read(
      folder: String, clock: DistrictClock
    ) -> (taken: Taken?, diagnostics: [Diagnostic]) {
      let result = policies.isEmpty ? PolicySet.load(directory: folder) : PolicySet.load(policies)
      guard let set = result.policies else { return (nil, result.diagnostics) }
      var diagnostics = result.diagnostics + mistakes
      let formats = ExportFormat.load(exports, policies: set, into: &diagnostics)
      let counts = ReportFormat.load(reports, policies: set, into: &diagnostics)
      guard !diagnostics.hasErrors else { return (nil, diagnostics) }
      let timeZone = TimeZone(policyZone: set.vocabulary.timeZone)
      let taken = Taken(
        policies: set, knowledge: PolicyKnowledge(set), digest: set.digest,
        since: clock.now(in: timeZone), sources: policies, exports: formats,
        reports: counts, warnings: diagnostics, timeZone: timeZone)
      return (taken, diagnostics)
    }
  }
}

extension PolicyKeeper.Taken {
  /// Whether it was read from the same files.
  fileprivate func isSame(as other: Self) -> Bool {
    digest == other.digest && exports.map(\.digest) == other.exports.map(\.digest)
      && reports.map(\.source.bytes) == other.reports.map(\.source.bytes)
  }
}

/// A file by its name and bytes.
private struct FileContent: Equatable {
  let name: String
  let bytes: [UInt8]

  init(_ source: Source) {
    name = source.name
    bytes = source.bytes
  }
}

extension TimeZone {
  /// The zone that a policy set names: one of the IANA database, or an offset such as `-05:30`.
  package init(policyZone name: String) {
    if let zone = TimeZone(identifier: name) {
      self = zone
    } else {
      let minutes = OffsetDateTime("2000-01-01T00:00:00\(name)")?.offsetMinutes
      self = minutes.flatMap { TimeZone(secondsFromGMT: $0 * 60) } ?? .gmt
    }
  }
}
#endif
