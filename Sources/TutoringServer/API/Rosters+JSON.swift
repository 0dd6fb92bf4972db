#if Server
import Diagnostics
import SchoolData
import TutoringSessions
import TutoringStore

extension RosterPlan {
  /// What an import would do.
  var json: JSONValue {
    .object([
      ("added", .array(added.map(\.json))), ("changed", .array(changed.map(\.json))),
      ("gone", .array(gone.map(\.json))), ("kept", .array(kept.map(\.json))),
      ("unchanged", .int(unchanged)), ("diagnostics", .array(diagnostics.map(\.value))),
      ("unread", .array(unread.map { .string($0) })),
    ])
  }
}

extension RosterPlan.Entry {
  fileprivate var json: JSONValue {
    .object([
      ("kind", .string(key.kind.rawValue)), ("id", .string(key.id)), ("name", .string(name)),
      ("changes", .array(changes.map(\.json))), ("kept", .array(kept.map(\.json))),
    ])
  }
}

extension FieldChange {
  /// What changed.
  var json: JSONValue {
    .object(omittingNil: [
      ("path", .array(path.map { .string($0) })), ("before", before?.json),
      ("after", after?.json),
    ])
  }
}

extension ImportRecord {
  /// What is kept of the import.
  var json: JSONValue {
    .object(omittingNil: [
      ("id", .int(id)), ("at", .string(at.description)), ("person", .text(person)),
      ("digest", .string(digest)),
      ("summary", .object(summary.sorted { $0.key < $1.key }.map { ($0.key, .int($0.value)) })),
    ])
  }
}
#endif
