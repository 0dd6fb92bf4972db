#if Store
import GRDB
package import TutoringSessions

/// A change that is about to be made, for whoever decides whether it may be.
package struct Proposal: Sendable {
  /// The action's name, and that of the decision to ask.
  package let action: String
  /// The session as it is; nil when it is about to be started.
  package let before: SessionRecord?
  /// The session as it would be.
  package let session: SessionRecord
  /// The records that the session refers to, read in the same transaction.
  package let surroundings: Surroundings
}

/// What came of an action.
package struct Performed: Hashable, Sendable {
  /// The session as it is kept now.
  package let session: SessionRecord
  /// The last event that tells of it; nil when nothing had to be changed.
  package let event: Int64?
  /// Whether the same request had been done before, so that nothing was done this time.
  package let isRepeated: Bool
}

extension TutoringStore {
  /// Decides in the middle of a change, on what its transaction reads; it throws to refuse.
  package typealias Deciding = @Sendable (Proposal) throws -> Void

  /// Chooses in the middle of a change what is to happen to a session; it throws to refuse.
  package typealias Choosing = @Sendable (SessionRecord, Lookups) throws -> [SessionAction]

  /// Starts a session: it is given an id, decided, and kept with its event, in one transaction.
  ///
  /// - Parameters:
  ///   - draft: What was entered.
  ///   - request: Names the form that was sent. Sent again, it gives the same session and does nothing.
  ///   - person: The id of the person who starts it.
  ///   - time: The time of the event.
  ///   - deciding: Refuses by throwing; nil when nobody has to be asked.
  /// - Returns: The session as it is kept.
  /// - Throws: What `deciding` throws, and `StoreError`.
  package func start(
    _ draft: SessionDraft, request: String, by person: String?, at time: OffsetDateTime,
    deciding: Deciding? = nil
  ) async throws -> Performed {
    let author = Authorship(request: request, person: person, at: time)
    return try await write { try $0.start(draft, by: author, deciding: deciding) }
  }

  /// Does an action to a session: it is applied, decided, and kept with its event, in one transaction.
  ///
  /// - Parameters:
  ///   - action: What is to happen.
  ///   - id: The session's id.
  ///   - version: The version that the person saw; nil to take whichever is kept.
  ///   - request: Names the form that was sent. Sent again, it does nothing and gives the session as it is.
  ///   - person: The id of the person who does it.
  ///   - time: The time of the event.
  ///   - deciding: Refuses by throwing; nil when nobody has to be asked.
  /// - Returns: The session as it is kept.
  /// - Throws: `StaleChange` when the session has another version, `LifeRefusal` when no policy could allow
  ///   it, what `deciding` throws, and `StoreError`.
  package func perform(
    _ action: SessionAction, on id: String, expecting version: Int?, request: String,
    by person: String?, at time: OffsetDateTime, deciding: Deciding? = nil
  ) async throws -> Performed {
    try await perform(
      [action], on: id, expecting: version, request: request, by: person, at: time,
      deciding: deciding)
  }

  /// Does to a session what follows from it as it is, all or none.
  ///
  /// The actions are chosen in the transaction, by `choosing`, which refuses by throwing. The rest is as for several
  /// actions.
  package func perform(
    on id: String, expecting version: Int?, request: String, by person: String?,
    at time: OffsetDateTime, deciding: Deciding? = nil, choosing: @escaping Choosing
  ) async throws -> Performed {
    let author = Authorship(request: request, person: person, at: time)
    return try await write { database in
      let stored = try database.known(id)
      let actions = try choosing(stored.record, Lookups(database))
      return try database.perform(
        actions, on: stored, expecting: version, by: author, deciding: deciding)
    }
  }

  /// Does several actions to a session, one after the other, all or none.
  ///
  /// Each is decided by its own name, on the session as the ones before it left it, and each that changes
  /// something has an event of its own. The rest is as for one action.
  package func perform(
    _ actions: [SessionAction], on id: String, expecting version: Int?, request: String,
    by person: String?, at time: OffsetDateTime, deciding: Deciding? = nil
  ) async throws -> Performed {
    let author = Authorship(request: request, person: person, at: time)
    return try await write {
      try $0.perform(actions, on: id, expecting: version, by: author, deciding: deciding)
    }
  }
}

extension Database {
  /// Starts a session within a transaction.
  func start(
    _ draft: SessionDraft, by author: Authorship, deciding: TutoringStore.Deciding?
  ) throws -> Performed {
    let action = SessionAction.startName
    if let earlier = try earlierRequest(author, action, on: .session, nil) {
      return try repeated(earlier)
    }
    let (number, id) = try nextSession()
    let record = draft.record(id: id)
    if let deciding {
      try deciding(
        Proposal(
          action: action, before: nil, session: record,
          surroundings: try surroundings(of: [record])))
    }
    try insert(record, number: number)
    let event = try addEvent(
      action, on: .session, id, version: record.version,
      changes: record.fields.changes(since: [:]), by: author)
    try addRequest(author, action, on: .session, id, lastEvent: event)
    return Performed(session: record, event: event, isRepeated: false)
  }

  /// Does actions to a session within a transaction.
  func perform(
    _ actions: [SessionAction], on id: String, expecting version: Int?, by author: Authorship,
    deciding: TutoringStore.Deciding?
  ) throws -> Performed {
    try perform(
      actions, on: try known(id), expecting: version, by: author, deciding: deciding)
  }

  /// The session of an id.
  fileprivate func known(_ id: String) throws -> StoredSession {
    guard let stored = try session(id) else {
      throw StoreError.missing(kind: .session, id: id)
    }
    return stored
  }

  /// Does actions to a session as it was read in the same transaction.
  fileprivate func perform(
    _ actions: [SessionAction], on stored: StoredSession, expecting version: Int?,
    by author: Authorship, deciding: TutoringStore.Deciding?
  ) throws -> Performed {
    let names = actions.map(\.name).joined(separator: " ")
    let id = stored.record.id
    if let earlier = try earlierRequest(author, names, on: .session, id) {
      return try repeated(earlier)
    }
    var record = stored.record
    if let version, version != record.version { throw StaleChange(current: record) }
    var lastEvent: Int64?
    for action in actions {
      let after = try SessionLife.applying(action, to: record)
      if let deciding {
        try deciding(
          Proposal(
            action: action.name, before: record, session: after,
            surroundings: try surroundings(of: [after])))
      }
      guard after != record else { continue }
      try update(after, from: record, number: stored.number)
      lastEvent = try addEvent(
        action.name, on: .session, id, version: after.version,
        changes: after.changes(since: record), by: author)
      if case .correct(let reason, _) = action, let lastEvent {
        try addCorrection(of: stored.number, after, record, reason, lastEvent)
      }
      record = after
    }
    try addRequest(author, names, on: .session, id, lastEvent: lastEvent)
    return Performed(session: record, event: lastEvent, isRepeated: false)
  }

  /// The outcome of a request that was done before.
  private func repeated(_ earlier: EarlierRequest) throws -> Performed {
    Performed(
      session: try known(earlier.subject).record, event: earlier.lastEvent, isRepeated: true)
  }
}
#endif
