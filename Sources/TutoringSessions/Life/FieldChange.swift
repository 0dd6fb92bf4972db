/// What a change did to one field of a record.
///
/// The changes of all events of a record, one after the other, give the record as it is.
public struct FieldChange: Hashable, Sendable {
  /// The names on the way to the field; an encounter is named by its id: `["encounters", "3", "departed"]`.
  public let path: [String]
  /// What the field was; nil when it had no value.
  public let before: FactValue?
  /// What the field became; nil when its value was taken away.
  public let after: FactValue?

  /// A change of the field at a path.
  public init(path: [String], before: FactValue?, after: FactValue?) {
    self.path = path
    self.before = before
    self.after = after
  }
}

extension [String: FactValue] {
  /// What differs from an earlier tree of fields, in alphabetical order of the paths.
  ///
  /// Objects are gone through; of lists the whole is one value.
  package func changes(since earlier: [String: FactValue]) -> [FieldChange] {
    var changes: [FieldChange] = []
    collectChanges(since: earlier, at: [], into: &changes)
    return changes
  }

  private func collectChanges(
    since earlier: [String: FactValue], at path: [String], into changes: inout [FieldChange]
  ) {
    let gone = earlier.keys.filter { self[$0] == nil }
    for name in (keys + gone).sorted() {
      let (before, after) = (earlier[name], self[name])
      guard before != after else { continue }
      let here = path + [name]
      if let (before, after) = Self.objects(before, after) {
        after.collectChanges(since: before, at: here, into: &changes)
      } else {
        changes.append(FieldChange(path: here, before: before, after: after))
      }
    }
  }

  /// Two values as objects, if both have members or one has and the other is not there.
  ///
  /// An object without members is a value by itself: gone through, it would leave no trace.
  private static func objects(
    _ before: FactValue?, _ after: FactValue?
  ) -> (before: Self, after: Self)? {
    switch (before, after) {
    case (.object(let before), .object(let after)) where !before.isEmpty && !after.isEmpty:
      (before, after)
    case (.object(let before), nil) where !before.isEmpty: (before, [:])
    case (nil, .object(let after)) where !after.isEmpty: ([:], after)
    default: nil
    }
  }

  /// Does changes that were made.
  package mutating func apply(_ changes: [FieldChange]) {
    for change in changes { self[path: change.path] = change.after }
  }
}
