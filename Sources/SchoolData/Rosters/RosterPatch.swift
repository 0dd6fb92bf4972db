package import Diagnostics
package import TutoringSessions

/// What kind of record a roster speaks of.
package enum RosterKind: String, Hashable, Sendable, CaseIterable {
  case school, person, student, group, workOrder = "work-order"

  /// The kind as people call it.
  package var words: String { self == .workOrder ? "work order" : rawValue }
}

/// What tells a record from others.
package struct RosterKey: Hashable, Sendable {
  /// The kind of record.
  package let kind: RosterKind
  /// Its id, which stays the same from roster to roster.
  package let id: String

  /// A record of a kind.
  package init(_ kind: RosterKind, _ id: String) {
    self.kind = kind
    self.id = id
  }
}

/// What rosters say of one record: some of its fields, as events name them.
///
/// Of the others they say nothing.
package struct RosterPatch: Hashable, Sendable {
  /// The fields, by their paths, such as `["facts", "grades"]`; nil takes a value away.
  package var fields: [[String]: FactValue?] = [:]
  /// Where the record is first spoken of.
  package let range: SourceRange

  /// Nothing yet, at a place.
  package init(at range: SourceRange) { self.range = range }
}

/// What some files say of a district.
package struct Roster: Sendable {
  /// What they say of each record.
  package var patches: [RosterKey: RosterPatch] = [:]
  /// The kinds of which the files hold all records there are: one that is not in them is gone.
  package var complete: Set<RosterKind> = []
  /// Records that files say are gone.
  package var gone: [RosterKey: SourceRange] = [:]
  /// What is wrong with the files, each with its place.
  package var diagnostics: [Diagnostic] = []
  /// The files that nothing was read from.
  package var unread: [String] = []

  /// Nothing.
  package init() {}

  /// Says something of a record.
  mutating func set(
    _ path: [String], of key: RosterKey, to value: FactValue?, at range: SourceRange
  ) {
    patches[key, default: RosterPatch(at: range)].fields[path] = .some(value)
  }
}
