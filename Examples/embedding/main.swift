// A program that decides a session with the policies of a folder, and says why.
//
//     swift run embedding-example policies
import CEL
import EmbeddedPolicies
import PolicyEngine
import TutoringSessions

// Read the policies; all mistakes are found at the same time, and thrown together.
let path = CommandLine.arguments.dropFirst().first ?? "policies"
let policies = try Policies(folder: path)

// Build a session as your own program has it: nothing is read from a file.
guard let day = CivilDate("2026-10-14"), let start = OffsetDateTime("2026-10-14T15:00:00-05:00"),
  let end = OffsetDateTime("2026-10-14T16:00:00-05:00"), let today = CivilDate("2026-11-23")
else { throw CancellationError() }
let session = TutoringSession(
  id: "S-2001", date: day, school: "truman-high", description: "Fractions and decimals",
  tutor: Tutor(id: "T-17", name: "R. Alvarez", approvedSchools: ["truman-high"]),
  start: start, end: end,
  workOrder: WorkOrder(id: "WO-9", kind: .careerLadder, activity: .tutoring, assignedOn: day),
  tags: ["after-school"])

// Decide: cheap, for many sessions.
let verdict = try policies.policySet.decide(
  session, today: today, decisions: ["payment", "export"])
for decision in verdict.decisions { print("\(decision.name): \(decision.outcome.rawValue)") }

// A document that came as JSON is decided as it is.
let json = String(decoding: try session.jsonData(), as: UTF8.self)
let isPaid = try policies.decide(json: json, today: today, decisions: ["payment"]).passes
print("paid: \(isPaid)")

// Explain: for the person who asks why, who sees what they may see.
let explained = try policies.explain(
  json: json, today: today, decisions: ["export"], for: .person("T-17"))
print(explained.text(width: 80), terminator: "")

// Take edits of the files while the program runs; what has a mistake is not taken.
let folder = try ReloadablePolicies(path)
let isChanged = try folder.reload()
print("changed since: \(isChanged)")

// Let rules call a function of your own.
let function = PolicyFunction("isHoliday", "Whether the district has no school on a day.") {
  (day: CivilDate) in day == CivilDate("2026-11-26")
}
let withFunction = try Policies(folder: path, functions: [function])
print("decisions: \(withFunction.decisions.joined(separator: ", "))")
