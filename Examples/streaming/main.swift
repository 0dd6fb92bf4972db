// A program that decides the sessions of an NDJSON file as they come, and counts what they come to.
//
//     swift run streaming-example Examples/sessions/week-42.ndjson policies
import CEL
import EmbeddedPolicies
import Foundation
import PolicyEngine

let arguments = CommandLine.arguments.dropFirst()
guard let path = arguments.first, let file = FileHandle(forReadingAtPath: path),
  let today = CivilDate("2026-11-23")
else {
  print("usage: streaming-example SESSIONS.ndjson [POLICIES]")
  exit(2)
}
let policies = try Policies(folder: arguments.dropFirst().first ?? "policies")

/// Decides the sessions of a file and writes a line about each; gives how many are paid.
func decide(_ file: FileHandle, by policies: Policies) throws -> Int {
  var payable = 0
  var stream = try StreamDecider(policies, today: today)
  var lines = stream.verdictLines
  while let bytes = try file.read(upToCount: 1 << 18), !bytes.isEmpty {
    stream.decide(bytes) { decided in
      if decided.outcome(of: "payment") == .pass { payable += 1 }
      lines.append(decided)
    }
    // The very lines that `tutorpolicy check --format ndjson` prints.
    try FileHandle.standardOutput.write(contentsOf: lines.take())
  }
  stream.finish { decided in
    if decided.outcome(of: "payment") == .pass { payable += 1 }
    lines.append(decided)
  }
  try FileHandle.standardOutput.write(contentsOf: lines.take())
  for bad in stream.badLines { print("line \(bad.number) is not a session") }
  print("\(stream.documentCount) sessions")
  return payable
}

print("\(try decide(file, by: policies)) of them are paid")
