#if Server
import CEL
import PolicyEngine
import TutoringSessions
import TutoringStore

/// Who entered which fact of a session, and when, from the log.
struct FactHistory: Sendable {
  /// The last change of a fact.
  struct Entry: Hashable, Sendable {
    /// The name of whoever made it.
    let person: String
    /// When.
    let at: OffsetDateTime
  }

  private let entries: [[String]: Entry]
  private let encounters: [EncounterRecord]

  /// The history of something of which nobody looks for one.
  static let none = FactHistory(entries: [:], encounters: [])

  private init(entries: [[String]: Entry], encounters: [EncounterRecord]) {
    self.entries = entries
    self.encounters = encounters
  }

  /// The history of a session.
  ///
  /// - Parameters:
  ///   - events: What happened to it, the oldest first.
  ///   - record: The session as it is.
  ///   - names: The names of people by their ids.
  init(_ events: [Event], of record: SessionRecord, names: [String: String]) {
    var entries: [[String]: Entry] = [:]
    for event in events {
      let entry = Entry(
        person: event.person.map { names[$0] ?? $0 } ?? "the server", at: event.at)
      for change in event.changes { entries[change.path] = entry }
    }
    self.entries = entries
    encounters = record.presentEncounters
  }

  /// Who entered the fact at a path of the session document; nil for what is kept elsewhere.
  func entry(for path: AttributePath) -> Entry? {
    var names: [String] = []
    for step in path.steps {
      switch step {
      case .field(let name): names.append(name)
      case .index(let index):
        // Documents number encounters by those that are left; the log knows them by their ids.
        guard names == ["encounters"], encounters.indices.contains(index) else { return nil }
        names.append(String(encounters[index].id))
      case .key(let key): names.append(key)
      }
    }
    var keys: [[String]] = [names]
    if names.first == "encounters", names.count > 2 {
      // Facts that the record has no column for stand together.
      keys.append(Array(names.prefix(2)) + ["facts"] + names.dropFirst(2))
    } else {
      keys.append(["facts"] + names)
    }
    for key in keys {
      if let entry = entries[key] { return entry }
      // What is a value of one piece for policies may be several in the record.
      let parts = entries.filter { $0.key.count > key.count && $0.key.starts(with: key) }
      let last = parts.values.max { $0.at.timestamp < $1.at.timestamp }
      if let last { return last }
    }
    return nil
  }
}
#endif
