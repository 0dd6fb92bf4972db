#if Server
import CEL
import PolicyEngine
import TutoringSessions

/// A student's time in a session, with what can be done with it.
struct EncounterRow {
  let reader: Reader
  let details: SessionDetails
  let encounter: EncounterRecord

  private var record: SessionRecord { details.record }
  private var student: StudentCard? { details.summary.names.students[encounter.student] }
  private var name: String { student?.name ?? encounter.student }

  func write(to html: inout HTML) {
    let questions = self.questions
    let asked = Set(questions.map(\.path))
    let reasons = (encounter.isRemoved ? [] : details.reasons(for: encounter.id)).filter { reason in
      // What only waits for an answer is asked, and needs no reason beside.
      reason.kind != .undetermined || !reason.facts.allSatisfy { asked.contains($0.path) }
        || reason.facts.isEmpty
    }
    html.li(.class(encounter.isRemoved ? "removed" : nil), .id("encounter-\(encounter.id)")) {
      html in
      html.div { html in
        html.p(.class("who")) { html in
          html.strong { $0.name(name) }
        }
        if let school = student?.schoolName { html.p(school, .class("small sub")) }
      }
      html.div { html in
        html.p(encounter.isRemoved ? "Removed" : times)
        let said = details.said(of: encounter)
        if !said.isEmpty, !encounter.isRemoved { html.p(said, .class("small sub")) }
      }
      html.div(.class("row end")) { buttons(&$0) }
      if !questions.isEmpty {
        html.div(.class("whole row")) { html in
          for question in questions { answers(to: question, &html) }
        }
      }
      if !reasons.isEmpty {
        html.div(.class("whole")) { html in
          if record.stage == .active {
            html.reasons(reasons, for: reader, namesSubject: false)
          } else {
            // What to do about it stands above, with what was decided.
            for reason in reasons { html.p("\(reason.kind.sign) \(reason.text)") }
          }
        }
      }
    }
  }

  /// What is still to be said of the encounter by Yes or No.
  private var questions: [FactForm.Question] {
    guard details.actions.contains("edit-encounter"), !encounter.isRemoved,
      let actor = reader.actor,
      let index = details.record.presentEncounters.firstIndex(where: { $0.id == encounter.id })
    else { return [] }
    let fields = details.policies.fields(
      of: [.field("encounters"), .index(index)], in: details.document, reader)
    return FactForm(
      fields, depth: 2, role: details.policies.role(of: actor), leavingOut: ["student"],
      times: TimeReading(record, reader, near: reader.now), words: reader.words
    ).openQuestions(of: encounter.facts)
  }

  private func answers(to question: FactForm.Question, _ html: inout HTML) {
    html.div(.class("question"), .role("group"), .label("\(name): \(question.label)")) { html in
      html.span("\(question.label)?")
      for (value, word) in [("true", "Yes"), ("false", "No")] {
        html.button(
          word, to: Address.encounter(encounter.id, of: record.id) + "/answer", for: reader,
          version: record.version, fields: [(question.name, value)],
          id: "answer-\(encounter.id)-\(question.name.replacing(".", with: "-"))-\(value)",
          spoken: "\(question.label) for \(name): \(word)")
      }
    }
  }

  private var times: String {
    guard let departed = encounter.departed else {
      return "Here since \(reader.words.time(encounter.arrived))"
    }
    return reader.words.span(from: encounter.arrived, to: departed)
      + " (\(Words.length(from: encounter.arrived, to: departed)))"
  }

  private func buttons(_ html: inout HTML) {
    let address = Address.encounter(encounter.id, of: record.id)
    if encounter.isRemoved {
      if details.actions.contains("restore-encounter") {
        html.button(
          "Undo", to: address + "/restore", for: reader, version: record.version,
          id: "undo-\(encounter.id)", spoken: "Undo: put \(name) back")
      }
      return
    }
    if encounter.departed == nil, record.stage == .active, details.actions.contains("time-out") {
      html.button(
        "Time out", to: address + "/time-out", for: reader, version: record.version,
        id: "time-out-\(encounter.id)", spoken: "Time out \(name)")
    }
    if details.actions.contains("edit-encounter") {
      html.a(
        "Edit", .class("button"), .href(address), .data("data-dialog"),
        .id("edit-\(encounter.id)"), .label("Edit the encounter of \(name)"))
    }
    if details.actions.contains("remove-encounter") {
      html.button(
        "Remove", to: address + "/remove", for: reader, version: record.version,
        id: "remove-\(encounter.id)", spoken: "Remove \(name)")
    }
  }
}

extension SessionDetails {
  /// What is recorded of an encounter beside its times, in the vocabulary's words: what is Yes, and what was chosen.
  func said(of encounter: EncounterRecord) -> String {
    let vocabulary = policies.policies.vocabulary
    guard
      let list = vocabulary.types[vocabulary.documentType].facts.first(where: {
        $0.name == "encounters"
      }),
      case .list(.object(let type)) = list.type,
      let index = record.presentEncounters.firstIndex(where: { $0.id == encounter.id })
    else { return "" }
    return said(
      of: encounter.facts, type: type,
      at: AttributePath(
        root: vocabulary.documentName, steps: [.field("encounters"), .index(index)])
    ).joined(separator: " · ")
  }

  /// What facts of a type say, each in a few words; what is No says nothing.
  private func said(
    of facts: [String: FactValue], type: Int, at path: AttributePath
  ) -> [String] {
    let vocabulary = policies.policies.vocabulary
    return vocabulary.types[type].facts.flatMap { fact -> [String] in
      guard let value = facts[fact.name] else { return [] }
      let label = (fact.label ?? fact.name).capitalizedFirst
      let path = AttributePath(root: path.root, steps: path.steps + [.field(fact.name)])
      switch (value, fact.type) {
      case (.object(let members), .object(let inner)):
        return said(of: members, type: inner, at: path)
      case (.bool(let flag), _): return flag ? [label] : []
      case (.text(let text), .enumeration(let list)):
        return ["\(label): \(vocabulary.enumerations[list].label(of: text) ?? text)"]
      case (.text(let text), .string): return ["\(label): \(name(of: text, at: path))"]
      case (.list(let elements), .list(.enumeration(let list))):
        let words = elements.compactMap(\.text).map {
          vocabulary.enumerations[list].label(of: $0) ?? $0
        }
        return words.isEmpty ? [] : ["\(label): \(words.joined(separator: ", "))"]
      default: return []
      }
    }
  }

  /// What people call a value of the fact at a path.
  private func name(of value: String, at path: AttributePath) -> String {
    guard let document else { return value }
    let names = policies.policies.names(of: path, in: document, today: today)
    return names.first { $0.value.formText == value }?.name ?? value
  }
}
#endif
