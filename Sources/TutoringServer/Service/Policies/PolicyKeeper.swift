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
  let clock: DistrictClock
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
    let files = PolicyFiles(in: folder)
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
    let files = PolicyFiles(in: folder)
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

extension PolicyKeeper.Taken {
  /// Policies that were read whole, with what is worked out of them once.
  init(
    _ policies: PolicySet, sources: [Source], exports: [ExportFormat], reports: [ReportFormat],
    warnings: [Diagnostic], clock: DistrictClock
  ) {
    self.policies = policies
    knowledge = PolicyKnowledge(policies)
    digest = policies.digest
    timeZone = TimeZone(policyZone: policies.vocabulary.timeZone)
    since = clock.now(in: timeZone)
    self.sources = sources
    self.exports = exports
    self.reports = reports
    self.warnings = warnings
  }

  /// Whether it was read from the same files.
  fileprivate func isSame(as other: Self) -> Bool {
    digest == other.digest && exports.map(\.digest) == other.exports.map(\.digest)
      && reports.map(\.source.bytes) == other.reports.map(\.source.bytes)
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
