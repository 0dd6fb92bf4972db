/// Why an action can't be done to a session as it is, whatever the policies say.
public enum LifeRefusal: Error, Hashable, Sendable {
  /// The session was deleted; it can be restored first.
  case deleted
  /// The session was exported; what was exported is changed by corrections alone.
  case exported
  /// The session was not exported, so that it is changed without a correction.
  case notExported
  /// A correction says no reason.
  case reasonMissing
  /// The action is none that a correction can be made of.
  case noCorrection(String)
  /// The action is for sessions that run, and this one has ended.
  case ended
  /// The action is for sessions that have ended, and this one runs.
  case stillRunning
  /// The session has no encounter of that id.
  case noEncounter(Int)
  /// The encounter was removed; it can be restored first.
  case encounterRemoved(Int)
  /// The student is in the session at that time already, by the encounter of that id.
  case alreadyPresent(encounter: Int)
  /// The student was timed out already.
  case alreadyDeparted(encounter: Int)
  /// A departure lies before the arrival; nil for a student who is about to be timed in.
  case departureBeforeArrival(encounter: Int?)
  /// The session has ended, and can't be without an end again.
  case endMissing
  /// The end lies before the start.
  case endBeforeStart
  /// The end lies before the arrival of students who would depart with it.
  case endBeforeArrival(encounters: [Int])
}
