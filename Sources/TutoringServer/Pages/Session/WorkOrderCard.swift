#if Server
import CEL
import PolicyEngine
import TutoringSessions

/// The work order of a session: which it has, assigning one, or why that is refused.
struct WorkOrderCard {
  let reader: Reader
  let details: SessionDetails
  let options: [Field.Option]
  let refusal: Refusal?

  func write(to html: inout HTML) {
    let record = details.record
    html.section(.class("card"), .labelledBy("work-order")) { html in
      html.h2("Work order", .id("work-order"))
      if let assignment = record.workOrder {
        html.p(details.summary.names.workOrder ?? assignment.workOrder)
        html.p("Assigned \(reader.words.day(assignment.assignedOn))", .class("small sub"))
      } else {
        html.p("No Work Order: time tracking only.")
      }
      guard details.actions.contains("assign-work-order") else { return }
      if let refusal {
        html.reasons(refusal.reasons, for: reader)
      } else if options.isEmpty {
        html.p(
          "There is no work order that you could assign. The office can add one.", .class("sub"))
      } else {
        html.form(
          to: Address.session(record.id, "assign-work-order"), token: reader.formToken,
          .class("stack")
        ) { html in
          html.identity(of: reader.form(for: record.version))
          html.field(
            Field(
              "workOrder", record.workOrder == nil ? "Assign a work order" : "Assign another",
              .menu(options), isRequired: true))
          html.p {
            $0.button(
              "Assign", .type("submit"), .class(record.workOrder == nil ? "main" : nil),
              .id("assign"))
          }
        }
      }
    }
  }
}
#endif
