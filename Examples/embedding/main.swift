// A program that decides a session with the policies of a folder, and says why.
//
//     swift run embedding-example policies
import CEL
import Diagnostics
import Foundation
import PolicyEngine
import PolicyRendering
import TutoringSessions

let folder = CommandLine.arguments.dropFirst().first ?? "policies"

// Read the policies once; all mistakes are found at the same time.
let result = PolicySet.load(directory: folder)
guard let policies = result.policies else {
  print(DiagnosticRenderer().render(result.diagnostics))
  exit(3)
}

// Build a session as your own program has it: nothing is read from a file.
guard let day = CivilDate("2026-10-14"), let start = OffsetDateTime("2026-10-14T15:00:00-05:00"),
  let end = OffsetDateTime("2026-10-14T16:00:00-05:00"), let today = CivilDate("2026-11-23")
else { exit(2) }
let session = TutoringSession(
  id: "S-2001", date: day, school: "truman-high", description: "Fractions and decimals",
  tutor: Tutor(id: "T-17", name: "R. Alvarez", approvedSchools: ["truman-high"]),
  start: start, end: end,
  workOrder: WorkOrder(id: "WO-9", kind: .careerLadder, activity: .tutoring, assignedOn: day),
  tags: ["after-school"])

// Decide: cheap, for many sessions.
let verdict = try policies.decide(session, today: today, decisions: ["payment", "export"])
for decision in verdict.decisions { print("\(decision.name): \(decision.outcome.rawValue)") }

// Explain: for the person who asks why.
let explanation = try policies.explain(session, today: today, decisions: ["export"])
print(ExplanationTextRenderer(width: 80).render(explanation), terminator: "")
