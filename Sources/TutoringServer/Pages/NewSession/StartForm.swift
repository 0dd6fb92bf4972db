#if Server
import CEL
import PolicyEngine
import TutoringSessions

/// The fields of the dialog for a new session, and what they say.
struct StartForm {
  let reader: Reader
  let actor: Actor
  /// What is offered, for what was entered so far.
  let offer: NewSessionForm

  /// The facts of a session that have fields of their own here, or are nobody's to enter before it has started.
  private static let others: Set<String> = [
    "id", "date", "tutor", "group", "start", "end", "workOrder", "tags", "encounters",
  ]

  /// The fields of group, work order and date.
  var fields: [Field] {
    let facts = offer.policies.fields(of: [], in: offer.preview.document, reader)
    func help(_ name: String) -> String? {
      offer.policies.policies.vocabulary.help(of: name)
        ?? facts.first { $0.path.lastName == name }?.fact.help
    }
    return [
      Field(
        "group", "Group",
        .menu(
          [Field.Option("", "No Group (students are added one by one)")]
            + offer.groups.map { Field.Option($0.id, $0.name) }),
        help: help("group")),
      Field(
        "workOrder", "Work order",
        .menu(
          [Field.Option("", "No Work Order (time tracking only)")]
            + offer.workOrders.map { Field.Option($0.value, $0.label) }),
        help: help("workOrder")),
      Field(
        "date", "Date", .day, entered: [reader.words.today.description], isRequired: true),
    ]
  }

  /// What else the vocabulary lets the person say of a session.
  var facts: FactForm {
    FactForm(
      offer.policies.fields(of: [], in: offer.preview.document, reader), depth: 0,
      role: offer.policies.role(of: actor), leavingOut: Self.others,
      times: TimeReading(
        zone: reader.words.zone, day: reader.words.today, near: reader.now), words: reader.words)
  }

  /// What a form says.
  func input(in form: FormBody, mistakes: inout [InputMistake]) -> StartInput {
    var day: CivilDate?
    if let text = form.text("date") {
      day = TypedDay.day(text, near: reader.words.today)
      if day == nil {
        mistakes.append(
          InputMistake("date", "Date: “\(text)” is not a day. Write it like 11/25/2026."))
      }
    }
    var said = facts.facts(in: form, beside: [:], mistakes: &mistakes)
    let (school, description) = (said["school"]?.text, said["description"]?.text)
    said["school"] = nil
    said["description"] = nil
    return StartInput(
      date: day, school: school, description: description, group: form.text("group"),
      workOrder: form.text("workOrder"), facts: said)
  }
}

extension Vocabulary {
  /// What the vocabulary says of a fact of a document, for whoever gives it.
  func help(of name: String) -> String? {
    types[documentType].facts.first { $0.name == name }?.help
  }
}
#endif
