#if Server
import CEL
import HTTPTypes
import Hummingbird
import PolicyEngine
import TutoringSessions
import TutoringStore

/// The page that explains a session, as it is, on other days, and as if something were otherwise.
struct WhyRoutes: Sendable {
  let service: DistrictService

  func add(to router: Router<WebContext>) {
    router.get("sessions/:id/why") { _, context in try await why(context) }
    // What is supposed of students must not stand in an address, so it is sent as a form, although nothing changes.
    router.post("sessions/:id/why") { _, context in try await why(context) }
  }

  private func why(_ context: WebContext) async throws -> Response {
    let actor = try context.requireActor()
    let reader = Reader(context, service)
    let id = try context.pathPart("id")
    let form = context.form
    let details = try await service.session(id, for: actor)
    let suppositions = Suppositions(
      details: details, actor: actor, reader: reader,
      workOrders: try await service.supposableWorkOrders(of: id, for: actor))
    var mistakes: [InputMistake] = []
    var question = WhyQuestion()
    var supposed: [Suppositions.Supposed] = []
    if form["suppose"] != nil {
      supposed = suppositions.supposed(in: form, mistakes: &mistakes)
      question.suppositions = supposed.map(\.text)
    }
    let days = self.days(in: form, reader, mistakes: &mistakes)
    question.days = days.from...days.until
    var status = HTTPResponse.Status.ok
    let answer: Why
    do {
      answer = try await service.why(id, question, for: actor)
    } catch ServiceError.invalid(let found) where !found.contains(where: { $0.field.isEmpty }) {
      mistakes += found
      status = .unprocessableContent
      answer = try await service.why(id, for: actor)
    }
    let events = try await service.events(id, for: actor)
    let history = FactHistory(
      events, of: details.record, names: try await service.names(of: events))
    var page = WhyPage(reader: reader, why: answer, history: history, policies: details.policies)
    page.days = days
    page.supposedInWords = supposed.map(\.words)
    page.supposable = suppositions.fields(form: form["suppose"] == nil ? nil : form, mistakes)
    page.mistakes = mistakes.outside(page.supposable.flatMap(\.fields))
    return Response.page(page.page, for: reader, status: status)
  }

  private func days(
    in form: FormBody, _ reader: Reader, mistakes: inout [InputMistake]
  ) -> (from: CivilDate, until: CivilDate) {
    let today = reader.words.today
    func day(_ name: String, orElse other: CivilDate) -> CivilDate {
      guard let text = form.text(name) else { return other }
      guard let day = TypedDay.day(text, near: today) else {
        mistakes.append(InputMistake(name, "“\(text)” is not a day. Write it like 11/25/2026."))
        return other
      }
      return day
    }
    let from = day("from", orElse: today)
    let until = day("until", orElse: from.adding(days: 30) ?? from)
    return from <= until ? (from, until) : (until, from)
  }
}

/// The facts of a session that somebody may suppose to be others, and the suppositions that a form makes.
struct Suppositions {
  let details: SessionDetails
  let actor: Actor
  let reader: Reader
  /// The work orders that the session may be supposed to have, with what its document would hold.
  let workOrders: [(choice: WayOut.Choice, facts: FactValue)]

  /// Something that a form supposes.
  struct Supposed {
    /// As the policies read it.
    let text: String
    /// As people say it.
    let words: String
  }

  /// The name of the field of the work order, and what it sends for none.
  private static let workOrder = (field: "if.session.workOrder", none: "none")

  /// An object of the session document with its facts as they are.
  private struct Subject {
    let name: String?
    /// Where it stands, as suppositions write it.
    let path: String
    let facts: [String: FactValue]
    let form: FactForm
  }

  private var subjects: [Subject] {
    let record = details.record
    let times = TimeReading(record, reader, near: record.end ?? reader.now)
    let role = details.policies.role(of: actor)
    var own = record.facts
    own["school"] = record.school.map { .text($0) }
    own["description"] = record.description.map { .text($0) }
    own["end"] = record.end.map { .text($0.description) }
    own["tags"] = .list(record.tags.map { .text($0.value) })
    let session = Subject(
      name: nil, path: "", facts: own,
      form: FactForm(
        details.policies.fields(of: [], in: details.document, reader), depth: 0, role: role,
        leavingOut: ["tutor"], prefix: "if.session.", times: times, words: reader.words))
    let encounters = record.presentEncounters.enumerated().map { index, encounter in
      var facts = encounter.facts
      facts["arrived"] = .text(encounter.arrived.description)
      facts["departed"] = encounter.departed.map { .text($0.description) }
      return Subject(
        name: details.summary.names.students[encounter.student]?.name ?? encounter.student,
        path: "encounters[\(index)].", facts: facts,
        form: FactForm(
          details.policies.fields(
            of: [.field("encounters"), .index(index)], in: details.document, reader),
          depth: 2, role: role, leavingOut: ["student"], prefix: "if.\(encounter.id).",
          times: times, words: reader.words))
    }
    return [session] + encounters
  }

  /// The fields, with what is recorded, or what a form supposes.
  func fields(form: FormBody?, _ mistakes: [InputMistake]) -> [WhyPage.Supposable] {
    subjects.map { subject in
      var fields =
        form.map { subject.form.fields(of: $0, mistakes: mistakes) }
        ?? subject.form.fields(of: subject.facts)
      // Whatever a form shows or hides may be supposed.
      for index in fields.indices { fields[index].isShown = true }
      if subject.path.isEmpty, let orders = workOrderField(form) { fields.insert(orders, at: 0) }
      return WhyPage.Supposable(subject: subject.name, fields: fields)
    }
  }

  /// The work order is supposed as a whole: its kind, and everything else of it, go with it.
  private func workOrderField(_ form: FormBody?) -> Field? {
    let hasOne = details.record.workOrder != nil
    guard hasOne || !workOrders.isEmpty else { return nil }
    var options = [
      Field.Option("", "As it is: \(details.summary.names.workOrder ?? "No Work Order")")
    ]
    if hasOne { options.append(Field.Option(Self.workOrder.none, "No Work Order")) }
    options += workOrders.map { Field.Option($0.choice.value, $0.choice.label) }
    return Field(
      Self.workOrder.field, "Work order, assigned today", .menu(options),
      entered: form?.all(Self.workOrder.field) ?? [])
  }

  private func supposedWorkOrder(in form: FormBody) -> Supposed? {
    let chosen = form[Self.workOrder.field] ?? ""
    if chosen == Self.workOrder.none, details.record.workOrder != nil {
      return Supposed(text: "workOrder=null", words: "No Work Order")
    }
    return workOrders.first { $0.choice.value == chosen }.map { order in
      Supposed(
        text: "workOrder=\(order.facts.supposed)",
        words: "Work order: \(order.choice.label), assigned today")
    }
  }

  /// What a form supposes, where that differs from what is recorded.
  func supposed(in form: FormBody, mistakes: inout [InputMistake]) -> [Supposed] {
    var supposed = [supposedWorkOrder(in: form)].compactMap(\.self)
    for subject in subjects {
      let changes = subject.form.changes(in: form, from: subject.facts, mistakes: &mistakes)
      for change in changes where !isSameTime(change, subject.facts) {
        let path = subject.path + change.path.joined(separator: ".")
        supposed.append(
          Supposed(
            text: "\(path)=\(change.value?.supposed ?? "null")",
            words: subject.name.map { "\($0): \(change.words)" } ?? change.words))
      }
    }
    return supposed
  }

  /// Whether a time is the one recorded, whose seconds nobody is asked for.
  private func isSameTime(
    _ change: FactForm.Change, _ facts: [String: FactValue]
  ) -> Bool {
    guard let new = change.value?.text.flatMap({ OffsetDateTime($0) }),
      let old = facts[path: change.path]?.text.flatMap({ OffsetDateTime($0) })
    else { return false }
    return reader.words.moment(new) == reader.words.moment(old)
  }
}

extension FactValue {
  /// The value as a supposition writes it, which is read as YAML: what JSON writes is that too.
  fileprivate var supposed: String {
    switch self {
    case .bool(let flag): flag ? "true" : "false"
    case .int(let number): String(number)
    case .double(let number): String(number)
    case .text(let text): text.quoted
    case .list(let elements): "[" + elements.map(\.supposed).joined(separator: ", ") + "]"
    case .object(let members):
      "{"
        + members.sorted { $0.key < $1.key }.map { "\($0.key.quoted): \($0.value.supposed)" }
        .joined(separator: ", ") + "}"
    }
  }
}

extension String {
  /// The text in quotation marks, with what means something in them escaped.
  fileprivate var quoted: String {
    var text = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"", "\\": text += "\\\(scalar)"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20: text += " "
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}
#endif
