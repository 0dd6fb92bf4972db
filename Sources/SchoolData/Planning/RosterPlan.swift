package import Diagnostics
package import TutoringSessions

/// What an import would do to the records of a district: nothing is done by it.
package struct RosterPlan: Sendable {
  /// A record that would be added or changed.
  package struct Entry: Hashable, Sendable {
    /// The record.
    package let key: RosterKey
    /// What it is called.
    package let name: String
    /// What would change, field by field; of a record that is added, all that it would have.
    package let changes: [FieldChange]
    /// Changes that are not made, since somebody has changed the field by hand.
    package let kept: [FieldChange]
  }

  /// Records that there are none of yet.
  package private(set) var added: [Entry] = []
  /// Records that differ, without those that would be gone.
  package private(set) var changed: [Entry] = []
  /// Records that the files have no more: they are kept, and no longer active.
  package private(set) var gone: [Entry] = []
  /// Records of which something was changed by hand, and stays as it is.
  package private(set) var kept: [Entry] = []
  /// How many records are as the files have them.
  package private(set) var unchanged = 0
  /// What is wrong with the files.
  package private(set) var diagnostics: [Diagnostic]
  /// The files that nothing was read from.
  package let unread: [String]
  /// The records as they would be, those alone that would be added or changed.
  package private(set) var records = DistrictRecords()

  /// Whether nothing would be done.
  package var isEmpty: Bool { added.isEmpty && changed.isEmpty && gone.isEmpty }

  /// What a roster would do to records.
  ///
  /// - Parameters:
  ///   - roster: What files say.
  ///   - current: The records as they are.
  ///   - byHand: The paths of the fields that somebody has changed by hand since an import.
  ///   - imported: The records that came with an import before; others are never gone.
  package init(
    _ roster: Roster, current: DistrictRecords, byHand: [RosterKey: Set<[String]>] = [:],
    imported: Set<RosterKey> = []
  ) {
    diagnostics = roster.diagnostics
    unread = roster.unread
    var after = current
    let patches = Dictionary(grouping: roster.patches, by: \.key.kind)
    for kind in RosterKind.allCases {
      for (key, patch) in patches[kind, default: []].sorted(by: { $0.key.id < $1.key.id }) {
        apply(patch, to: key, current, byHand[key] ?? [], &after)
      }
    }
    removeImpossible(&after)
    for kind in RosterKind.allCases where roster.complete.contains(kind) {
      for key in current.keys(of: kind).sorted(by: { $0.id < $1.id })
      where roster.patches[key] == nil && imported.contains(key) {
        leave(key, current, byHand[key] ?? [])
      }
    }
    diagnostics = diagnostics.sortedByPlace()
  }

  private mutating func apply(
    _ patch: RosterPatch, to key: RosterKey, _ current: DistrictRecords,
    _ byHand: Set<[String]>, _ after: inout DistrictRecords
  ) {
    let before = current.fields(of: key)
    var fields = before ?? [:]
    var kept: [FieldChange] = []
    var isDifferent = before == nil
    for (path, value) in patch.fields {
      let known = fields[path: path]
      guard known != value else { continue }
      if byHand.contains(path) {
        kept.append(FieldChange(path: path, before: known, after: value))
      } else {
        fields[path: path] = value
        isDifferent = true
      }
    }
    kept.sort { $0.path.lexicographicallyPrecedes($1.path) }
    guard isDifferent else {
      unchanged += 1
      if !kept.isEmpty {
        self.kept.append(Entry(key: key, name: current.name(of: key), changes: [], kept: kept))
      }
      return
    }
    if let missing = after.put(fields, of: key) {
      diagnostics.append(
        Diagnostic(
          code: .missingValue,
          "the \(key.kind.words) '\(key.id)' is new, and no file has its '\(missing)'",
          at: patch.range,
          help: "write it into the row, or take the row out where the id should be another's"))
      return
    }
    let changes = (after.fields(of: key) ?? [:]).changes(since: before ?? [:])
    let entry = Entry(key: key, name: after.name(of: key), changes: changes, kept: kept)
    if !entry.kept.isEmpty { self.kept.append(entry) }
    if before == nil {
      added.append(entry)
    } else if !changes.isEmpty {
      changed.append(entry)
    } else {
      unchanged += 1
    }
  }

  /// Leaves out records that refer to what there is not, or end before they begin, and says so.
  private mutating func removeImpossible(_ after: inout DistrictRecords) {
    let people = Set(after.people.keys)
    let schools = Set(after.schools.keys)
    let students = Set(after.students.keys)
    var wrong: Set<RosterKey> = []
    func check(_ key: RosterKey, _ what: String, _ ids: [String], _ known: Set<String>) {
      for id in ids where !known.contains(id) && wrong.insert(key).inserted {
        diagnostics.append(
          Diagnostic(
            code: .unknownReference,
            "the \(key.kind.words) '\(key.id)' names the \(what) '\(id)', which there is not; it was left as it is",
            at: nil, help: Suggestion.help(for: id, among: known.sorted())))
      }
    }
    for entry in added + changed {
      let key = entry.key
      switch key.kind {
      case .school: break
      case .person: check(key, "school", after.people[key.id]?.approvedSchools ?? [], schools)
      case .student: check(key, "school", after.students[key.id].map { [$0.school] } ?? [], schools)
      case .group:
        check(key, "person", after.groups[key.id]?.tutor.map { [$0] } ?? [], people)
        check(key, "student", after.groups[key.id]?.members ?? [], students)
      case .workOrder:
        check(key, "person", after.workOrders[key.id]?.tutor.map { [$0] } ?? [], people)
        if let order = after.workOrders[key.id], let from = order.validFrom,
          let until = order.validUntil, until < from, wrong.insert(key).inserted
        {
          diagnostics.append(
            Diagnostic(
              code: .wrongOrder,
              "the work order '\(key.id)' ends on \(until), before it begins on \(from); it was left as it is",
              at: nil, help: "correct 'validFrom' or 'validUntil'"))
        }
      }
    }
    added.removeAll { wrong.contains($0.key) }
    changed.removeAll { wrong.contains($0.key) }
    for entry in added + changed { records.copy(entry.key, from: after) }
  }

  /// Lets a record go that the files have no more.
  private mutating func leave(
    _ key: RosterKey, _ current: DistrictRecords, _ byHand: Set<[String]>
  ) {
    guard key.kind != .school, var fields = current.fields(of: key),
      fields["isActive"] == .bool(true)
    else { return }
    let change = FieldChange(path: ["isActive"], before: .bool(true), after: .bool(false))
    guard !byHand.contains(["isActive"]) else {
      kept.append(Entry(key: key, name: current.name(of: key), changes: [], kept: [change]))
      return
    }
    fields["isActive"] = .bool(false)
    records.copy(key, from: current)
    _ = records.put(fields, of: key)
    gone.append(Entry(key: key, name: current.name(of: key), changes: [change], kept: []))
  }
}

extension DistrictRecords {
  /// Takes a record over.
  fileprivate mutating func copy(_ key: RosterKey, from other: DistrictRecords) {
    switch key.kind {
    case .school: schools[key.id] = other.schools[key.id]
    case .person: people[key.id] = other.people[key.id]
    case .student: students[key.id] = other.students[key.id]
    case .group: groups[key.id] = other.groups[key.id]
    case .workOrder: workOrders[key.id] = other.workOrders[key.id]
    }
  }
}
