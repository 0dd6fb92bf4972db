#if Server
import CEL
import HTTPTypes
import Hummingbird
import PolicyEngine
import TutoringSessions

/// What is done to a session by one button of its page.
struct SessionActionRoutes: Sendable {
  let service: DistrictService

  func add(to router: Router<WebContext>) {
    action("time-in", router) { pages, context, id in
      guard let student = context.form.text("student") else {
        throw ServiceError.invalid([InputMistake("student", "Choose a student.")])
      }
      let after = try await service.perform(
        on: id, expecting: try context.form.version(), request: context.form.request,
        by: pages.actor
      ) { record in
        // Whoever comes back has not been there since the start.
        let isBack = record.presentEncounters.contains { $0.student == student }
        return [
          .timeIn(student: student, at: isBack ? pages.reader.now : record.start, facts: [:])
        ]
      }
      return SessionPages.address(of: after)
    }
    action("delete", router) { pages, context, id in
      let record = try await perform(.delete, on: id, pages, context)
      // From the dialog for a new session one goes back to it.
      return context.form["next"] == Address.newSession
        ? Address.newSession : "/?deleted=\(record.id.queryEscaped)"
    }
    action("restore", router) { pages, context, id in
      SessionPages.address(of: try await perform(.restore, on: id, pages, context))
    }
    action("reopen", router) { pages, context, id in
      SessionPages.address(of: try await perform(.reopen, on: id, pages, context))
    }
    action("assign-work-order", router) { pages, context, id in
      guard let order = context.form.text("workOrder") else {
        throw ServiceError.invalid([InputMistake("workOrder", "Choose a work order.")])
      }
      let action = SessionAction.assignWorkOrder(
        .init(workOrder: order, assignedOn: pages.reader.words.today))
      return SessionPages.address(
        of: try await perform(action, on: id, pages, context), tellsVerdict: true)
    }
    action("way-out", router) { pages, context, id in
      let record = try await takeWayOut(of: id, pages, context)
      return SessionPages.address(of: record, tellsVerdict: true)
    }
  }

  private func action(
    _ name: String, _ router: Router<WebContext>,
    _ act: @escaping @Sendable (SessionPages, WebContext, String) async throws -> String
  ) {
    router.post(RouterPath("sessions/:id/\(name)")) { _, context in
      let pages = try SessionPages(service, context)
      let id = try context.pathPart("id")
      return try await pages.perform(on: id) { try await act(pages, context, id) }
    }
  }

  private func perform(
    _ action: SessionAction, on id: String, _ pages: SessionPages, _ context: WebContext
  ) async throws -> SessionRecord {
    try await service.perform(
      action, on: id, expecting: try context.form.version(), request: context.form.request,
      by: pages.actor)
  }

  private func takeWayOut(
    of id: String, _ pages: SessionPages, _ context: WebContext
  ) async throws -> SessionRecord {
    let form = context.form
    let record = try await service.record(id, for: pages.actor)
    var mistakes: [InputMistake] = []
    let kinds = form.all("kind")
    let values: [String?] = form.all("value").enumerated().map { index, value -> String? in
      let text = value.trimmed
      guard !text.isEmpty else { return nil }
      switch kinds.indices.contains(index) ? kinds[index] : "" {
      case "time":
        let reading = TimeReading(record, pages.reader, near: record.end ?? pages.reader.now)
        do throws(TimeReading.Mistake) {
          return try reading.instant(text).description
        } catch {
          mistakes.append(InputMistake("value", error.sentence(for: text, label: "Time")))
          return nil
        }
      case "day": return TypedDay.day(text, near: record.date)?.description ?? text
      default: return value
      }
    }
    guard mistakes.isEmpty else { throw ServiceError.invalid(mistakes) }
    return try await service.takeWayOut(
      form["way"] ?? "", of: id, values: values, expecting: try form.version(),
      request: form.request, for: form.text("decision"), by: pages.actor)
  }
}
#endif
