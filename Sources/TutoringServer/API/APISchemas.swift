#if Server
import Diagnostics
import TutoringSessions

/// The schemas that have names of their own, in the document that describes the interface.
enum APISchemas {
  /// All of them, by name.
  static let all: [(name: String, schema: APISchema)] = [
    ("Problem", problem), ("Session", session), ("Encounter", encounter), ("Tag", tag),
    ("Summary", summary), ("Decided", decided), ("Prospect", prospect), ("Reason", reason),
    ("Refusal", refusal), ("WayOut", wayOut), ("Input", input), ("Details", details),
    ("Outlook", outlook), ("Preview", preview), ("Student", student), ("Names", names),
    ("Event", event), ("Diagnostic", diagnostic), ("TagChoice", tagChoice),
    ("Action", action), ("Start", start), ("Export", export),
    ("PayrollPreview", payrollPreview), ("Report", report), ("RosterPlan", rosterPlan),
    ("RosterEntry", rosterEntry), ("Import", importRecord),
  ]

  private static let stages = SessionRecord.Stage.allCases.map(\.rawValue)
  private static let outcomes = ["pass", "fail", "undetermined"]
  private static let facts = APISchema.open(
    about: "Facts by their names, as the vocabulary of the policies declares them.")

  private static let problem = APISchema.object(
    [
      .required("type", .text), .required("title", .text), .required("status", .int),
      .required("detail", .text),
      .required("kind", .text, "A name for the kind of problem that stays the same."),
      .optional(
        "mistakes",
        .list(.object([.required("field", .text), .required("message", .text)])),
        "The members, parameters or fields that can't be taken."),
      .optional(
        "diagnostics", .list(.named("Diagnostic")), "What is wrong in a document, and where."),
      .optional("refusal", .named("Refusal"), "What the policies say."),
      .optional("version", .int, "The version of the session as it is now."),
      .optional("retryAfterSeconds", .int),
    ], about: "What went wrong (RFC 9457).")

  private static let diagnostic = APISchema.object([
    .required("severity", .oneOf(["error", "warning"])), .required("code", .text),
    .required("message", .text), .optional("file", .text), .optional("line", .int),
    .optional("column", .int), .optional("endLine", .int), .optional("endColumn", .int),
    .optional(
      "notes",
      .list(
        .object([
          .required("message", .text), .optional("file", .text), .optional("line", .int),
          .optional("column", .int), .optional("endLine", .int), .optional("endColumn", .int),
        ]))),
    .optional("help", .text),
  ])

  private static let session = APISchema.object([
    .required("id", .text), .required("version", .int), .required("stage", .oneOf(stages)),
    .required("tutor", .text), .required("date", .date), .optional("school", .text),
    .optional("description", .text), .optional("group", .text), .required("start", .time),
    .optional("end", .time),
    .optional(
      "workOrder", .object([.required("id", .text), .required("assignedOn", .date)])),
    .required("tags", .list(.named("Tag"))), .required("encounters", .list(.named("Encounter"))),
    .optional("facts", facts),
  ])

  private static let tag = APISchema.object([.required("tag", .text), .required("own", .bool)])

  private static let encounter = APISchema.object([
    .required("id", .int), .required("student", .text), .required("arrived", .time),
    .optional("departed", .time), .optional("removed", .bool), .required("facts", facts),
  ])

  private static let student = APISchema.object([
    .required("id", .text), .required("name", .text), .required("school", .text),
    .required("schoolName", .text),
  ])

  private static let names = APISchema.object([
    .required("tutor", .text), .optional("school", .text), .optional("group", .text),
    .optional("workOrder", .text), .required("students", .map(.named("Student"))),
  ])

  private static let prospect = APISchema.object(
    [
      .required("state", .oneOf(["open", "until", "closed", "unknown"])),
      .optional("day", .date),
    ], about: "Whether, and until when, something can be put right.")

  private static let decided = APISchema.object([
    .required("decision", .text), .required("title", .text), .required("outcome", .oneOf(outcomes)),
    .required("word", .text),
    .required("final", .bool, "Whether no other decision needs it."),
    .optional("prospect", .named("Prospect")),
  ])

  private static let reason = APISchema.object([
    .required("kind", .oneOf(["violated", "undetermined", "warning"])), .required("rule", .text),
    .required("title", .text), .required("at", .text), .optional("subject", .text),
    .required("text", .text),
    .required(
      "facts",
      .list(
        .object([
          .required("path", .text), .optional("holder", .text), .required("label", .text),
          .optional("value", .text),
        ]))),
    .optional("fix", .text), .optional("prospect", .named("Prospect")), .optional("source", .text),
  ])

  private static let summary = APISchema.object([
    .required("session", .named("Session")), .required("names", .named("Names")),
    .required("decisions", .list(.named("Decided"))), .required("needsAttention", .bool),
    .optional("reason", .text), .optional("nextStep", .text),
    .optional(
      "deadline",
      .object([
        .required("day", .date), .required("daysLeft", .int), .required("action", .text),
      ])),
    .required("reasons", .list(.named("Reason"))), .optional("failure", .text),
  ])

  private static let input = APISchema.object([
    .required("kind", .oneOf(["nothing", "choice", "text", "time", "day"])),
    .optional(
      "choices", .list(.object([.required("value", .text), .required("label", .text)]))),
    .optional("example", .text), .optional("proposed", .text),
  ])

  private static let wayOut = APISchema.object([
    .required("id", .text), .required("decision", .text), .required("step", .int),
    .required("sentence", .text), .optional("loses", .text), .required("question", .bool),
    .optional("until", .date), .required("rules", .list(.text)), .required("doable", .bool),
    .optional("otherSession", .text),
    .required(
      "changes",
      .list(
        .object([
          .required("path", .text), .required("label", .text),
          .required("input", .named("Input")),
        ]))),
  ])

  private static let refusal = APISchema.object([
    .required("action", .text), .required("title", .text), .required("word", .text),
    .required("reasons", .list(.named("Reason"))), .required("waysOut", .list(.named("WayOut"))),
    .optional("withholds", .bool),
  ])

  private static let outlook = APISchema.object([
    .required("decision", .text), .required("title", .text), .required("line", .text),
    .optional("until", .date),
  ])

  private static let details = APISchema.object([
    .required("summary", .named("Summary")), .required("today", .date),
    .required("policies", .text), .required("actions", .list(.text)),
    .required("refusals", .list(.named("Refusal"))),
    .required("waysOut", .list(.named("WayOut"))), .required("outlook", .list(.named("Outlook"))),
    .required("groupMembers", .list(.named("Student"))),
  ])

  private static let preview = APISchema.object([
    .required("allowed", .bool), .required("session", .named("Session")),
    .optional("refusal", .named("Refusal")), .optional("obstacle", .text),
    .required("reasons", .list(.named("Reason"))),
  ])

  private static let event = APISchema.object([
    .required("sequence", .int), .required("kind", .text), .required("subject", .text),
    .required("action", .text), .optional("person", .text), .required("at", .time),
    .optional("request", .text), .required("version", .int),
    .required(
      "changes",
      .list(
        .object([
          .required("path", .list(.text)), .optional("before", .anything),
          .optional("after", .anything),
        ]))),
  ])

  private static let tagChoice = APISchema.object([
    .required("value", .text), .required("label", .text), .required("uses", .int),
    .required("chosen", .bool),
  ])

  private static let start = APISchema.object(startMembers)

  /// What a session is started with.
  static let startMembers: [APISchema.Member] = [
    .optional("tutor", .name, "Only for the office: the tutor who holds it."),
    .optional("date", .date, "The day; today unless it is given."),
    .optional("start", .time, "The start; now unless it is given."),
    .optional("school", .name), .optional("description", .text), .optional("group", .name),
    .optional("workOrder", .name), .optional("facts", facts),
  ]

  private static let action = action(with: [])

  /// An action of any name with what it needs, and members that all have.
  static func action(with common: [APISchema.Member]) -> APISchema {
    .anyOf(
      actions.map { name, members in
        .object([.required("action", .constant(name))] + members + common)
      })
  }

  private static let encounterID = APISchema.Member.required(
    "encounter", .int, "The encounter's id within the session.")
  private static let at = APISchema.Member.optional("at", .time, "Now unless it is given.")

  /// What each action needs beside its name.
  private static let actions: [(name: String, members: [APISchema.Member])] = [
    (
      "time-in",
      [
        .required("student", .name),
        .optional("at", .time, "The start of the session unless it is given."),
        .optional("facts", facts),
      ]
    ),
    ("time-out", [encounterID, at]),
    (
      "edit-encounter",
      [
        encounterID, .optional("arrived", .time), .optional("departed", .time),
        .optional("stillThere", .bool, "Whether to take the departure away."),
        .optional("facts", facts),
      ]
    ),
    ("remove-encounter", [encounterID]), ("restore-encounter", [encounterID]), ("end", [at]),
    ("reopen", []),
    (
      "edit",
      [
        .optional("date", .date), .optional("start", .time), .optional("end", .time),
        .optional("school", .text, "Empty for none."),
        .optional("description", .text, "Empty for none."), .optional("facts", facts),
      ]
    ),
    ("assign-work-order", [.required("workOrder", .name)]),
    (
      "tag",
      [
        .required("tag", .name), .optional("own", .bool, "Whether it is one of the tutor's own."),
      ]
    ),
    ("untag", [.required("tag", .name)]), ("delete", []), ("restore", []),
    (
      "correct",
      [
        .required("reason", .name),
        .required("actions", .list(.open(about: "An action without version and request."))),
      ]
    ),
  ]
}
#endif
