#if Server
import CEL
import PolicyEngine
import TutoringSessions
import TutoringStore

/// What somebody has just done to a session, as a message above its page.
struct Deed {
  /// What the log has of it.
  let events: [Event]
  /// The session as it is.
  let details: SessionDetails

  private var record: SessionRecord { details.record }

  /// What was done, with what undoes it where one step does; nil where there is nothing to tell.
  func message(for reader: Reader, tellsVerdict: Bool) -> Message? {
    let sentences = events.compactMap { sentence(for: $0, reader) }
    guard !sentences.isEmpty else { return nil }
    return Message(.done) { html in
      html.div(.class("row")) { html in
        html.div { html in
          for sentence in sentences { html.p { $0.append(sentence) } }
          if tellsVerdict { verdict(&html) }
        }
        // Only what came last can be taken back by one step.
        if events.count == 1, let event = events.first, event.version == record.version {
          undo(event, reader, &html)
        }
      }
    }
  }

  private func verdict(_ html: inout HTML) {
    let finals = details.summary.decisions.filter(\.isFinal)
    for decision in finals {
      html.p(
        decision.outcome == .pass
          ? "\(decision.title) is \(decision.word) now."
          : "\(decision.title) is still \(decision.word).")
    }
  }

  /// The encounter that an event is about.
  private func encounter(of event: Event) -> EncounterRecord? {
    let ids = event.changes.compactMap { change in
      change.path.first == "encounters" && change.path.count > 1 ? Int(change.path[1]) : nil
    }
    return ids.first.flatMap { id in record.encounters.first { $0.id == id } }
  }

  private func name(of encounter: EncounterRecord?) -> String {
    encounter.flatMap { details.summary.names.students[$0.student]?.name } ?? "A student"
  }

  private func sentence(for event: Event, _ reader: Reader) -> HTML? {
    let encounter = encounter(of: event)
    let words = reader.words
    func about(_ rest: String) -> HTML {
      HTML { html in
        html.name(name(of: encounter))
        html.text(" " + rest)
      }
    }
    switch event.action {
    case "start": return HTML { $0.text("The session has started.") }
    case "time-in":
      guard let encounter else { return nil }
      let isFromStart = encounter.arrived.timestamp == record.start.timestamp
      let since = isFromStart ? ", the start of the session" : ""
      return about("was timed in at \(words.time(encounter.arrived))\(since).")
    case "time-out":
      guard let departed = encounter?.departed else { return nil }
      return about("was timed out at \(words.time(departed)).")
    case "edit-encounter": return about("was saved.")
    case "remove-encounter": return about("was removed.")
    case "restore-encounter": return about("was put back.")
    case "end":
      let count = event.changes.count { $0.path.last == "departed" }
      let students =
        count == 0
        ? ""
        : " \(Words.count(count, "student")) who \(count == 1 ? "was" : "were") still here \(count == 1 ? "was" : "were") timed out then."
      return HTML {
        $0.text("The session ended\(record.end.map { " at \(words.time($0))" } ?? "").\(students)")
      }
    case "reopen": return HTML { $0.text("The session goes on.") }
    case "edit": return HTML { $0.text("The session was saved.") }
    case "assign-work-order":
      return HTML {
        $0.text("The work order \(details.summary.names.workOrder ?? "") was assigned.")
      }
    case "tag": return HTML { $0.text("The tag was added.") }
    case "untag": return HTML { $0.text("The tag was removed.") }
    case "delete": return HTML { $0.text("The session was deleted.") }
    case "restore": return HTML { $0.text("The session was restored.") }
    default: return HTML { $0.text("Done: \(event.action).") }
    }
  }

  private func undo(_ event: Event, _ reader: Reader, _ html: inout HTML) {
    if event.action == "end", details.actions.contains("reopen") {
      return html.button(
        "Undo", to: Address.session(record.id, "reopen"), for: reader, version: record.version,
        id: "undo-last", spoken: "Undo: the session goes on")
    }
    guard let encounter = encounter(of: event) else { return }
    let address = Address.encounter(encounter.id, of: record.id)
    let (path, spoken): (String, String)
    switch event.action {
    case "time-in": (path, spoken) = ("/remove", "Undo: remove \(name(of: encounter))")
    case "time-out": (path, spoken) = ("/stay", "Undo: \(name(of: encounter)) is still here")
    case "remove-encounter": (path, spoken) = ("/restore", "Undo: put \(name(of: encounter)) back")
    case "restore-encounter": (path, spoken) = ("/remove", "Undo: remove \(name(of: encounter))")
    default: return
    }
    html.button(
      "Undo", to: address + path, for: reader, version: record.version, id: "undo-last",
      spoken: spoken)
  }
}
#endif
