import Foundation
import TestSupport
import Testing

@Suite struct PlanCommandTests {
  @Test(arguments: ["text", "markdown", "json", "github"])
  func `a longer window is shown in each format as recorded`(format: String) async throws {
    let copy = try ChangedPolicies()
    try copy.replace(
      "policies/work-orders.yaml", "2015-07-01: 7}", with: "2015-07-01: 7, 2026-10-01: 14}")
    let result = try await copy.plan(
      "old", "policies", "--sessions", "Examples/sessions/week-42.ndjson", "--today", "2026-11-23",
      "--format", format)
    #expect(result.standardError == "")
    #expect(result.status == 1)
    try assertSnapshot(
      result.standardOutput.replacing(/[0-9a-f]{64}/, with: "(digest)")
        .replacing(/"fixturesTried": [1-9][0-9]*/, with: "\"fixturesTried\": (count)"),
      named: "window.\(format)",
      in: "plan")
  }

  @Test func `a comment changes nothing`() async throws {
    let copy = try ChangedPolicies()
    try copy.replace("policies/work-orders.yaml", "topic: Work", with: "# A comment\ntopic: Work")
    let result = try await copy.plan("old")
    #expect(result.status == 0, "\(result.standardOutput)")
    #expect(result.standardOutput.contains("nothing: both say the same"))
    #expect(result.standardOutput.contains("SESSIONS   none replayed: --sessions FILE..."))
    #expect(result.standardOutput.contains(/FIXTURES   none of [0-9]+ cases decided otherwise/))
  }

  @Test func `what is listed is acknowledged, and what is listed in vain is not`() async throws {
    let copy = try ChangedPolicies()
    try copy.replace(
      "policies/work-orders.yaml", "2015-07-01: 7}", with: "2015-07-01: 7, 2026-10-01: 14}")
    let decisions = ["payment", "export", "assign-work-order"]
    let changes = ["pass", "undetermined"].flatMap { outcome in
      decisions.filter { outcome == "pass" || $0 != "assign-work-order" }
        .map { "  - {decision: \($0), from: fail, to: \(outcome)}\n" }
    }.joined()
    try copy.write("policies/expected-changes.yaml", "changes:\n\(changes)")
    let listed = try await copy.plan("old")
    #expect(listed.status == 0, "\(listed.standardOutput)\(listed.standardError)")
    try copy.write(
      "policies/expected-changes.yaml",
      "changes:\n\(changes)  - {decision: tag, from: pass, to: fail}\n")
    let vain = try await copy.plan("old")
    #expect(vain.status == 1)
    #expect(vain.standardOutput.contains("this change is listed and does not happen"))
    try copy.write(
      "policies/expected-changes.yaml", "changes:\n  - {decision: paymnt, from: pass, to: fail}\n")
    let mistaken = try await copy.plan("old")
    #expect(mistaken.status == 3)
    #expect(mistaken.standardError.contains("did you mean 'payment'?"))
  }

  @Test func `a case that expects what is gone is decided by both all the same`() async throws {
    let copy = try ChangedPolicies()
    // The rule that the case expects to be violated can't be any more.
    try copy.replace(
      "policies/work-orders.yaml", "    require: has(session.workOrder)",
      with: "    severity: warning\n    require: has(session.workOrder)")
    let result = try await copy.plan("old")
    #expect(
      result.standardOutput.contains("without a work order there is no pay"),
      "\(result.standardOutput)")
  }

  @Test func `a revision is read from git, and nothing is written`() async throws {
    let copy = try ChangedPolicies()
    try await copy.commit()
    try copy.replace("policies/work-orders.yaml", "2015-07-01: 7}", with: "2015-07-01: 8}")
    let before = try await copy.git("status", "--porcelain")
    for revision in ["HEAD", "HEAD:policies"] {
      let result = try await copy.plan(revision)
      #expect(result.status == 1, "\(result.standardError)")
      #expect(result.standardOutput.contains("from 1 Jul 2015 on: 7 → 8"))
    }
    #expect(try await copy.git("status", "--porcelain").standardOutput == before.standardOutput)
    let unknown = try await copy.plan("HEAD~3")
    #expect(unknown.status == 2)
    #expect(unknown.standardError.contains("neither a folder nor a revision that git knows"))
    let elsewhere = try await copy.plan("HEAD:nowhere")
    #expect(elsewhere.status == 2)
    #expect(elsewhere.standardError.contains("is not a folder in revision 'HEAD'"))
  }

  @Test func `a set with a mistake is not compared`() async throws {
    let copy = try ChangedPolicies()
    try copy.replace("policies/work-orders.yaml", "backfillDays:\n", with: "backfillDay:\n")
    let result = try await copy.plan("old")
    #expect(result.status == 3)
    #expect(result.standardError.contains("in 'policies': nothing was compared"))
  }
}

/// The shipped policies beside a copy of them that can be changed.
private final class ChangedPolicies {
  private let url: URL

  init() throws {
    let files = FileManager.default
    url = files.temporaryDirectory.appending(path: "plan-\(UUID().uuidString)")
    try files.createDirectory(
      at: url.appending(path: "Examples"), withIntermediateDirectories: true)
    for (from, to) in [
      ("policies", "policies"), ("policies", "old"), ("Examples/sessions", "Examples/sessions"),
    ] {
      try files.copyItem(at: packageRoot.appending(path: from), to: url.appending(path: to))
    }
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func plan(_ arguments: String...) async throws -> CommandResult {
    try await runCommand(
      builtProduct("tutorpolicy"), ["plan"] + arguments,
      environment: ["NO_COLOR": "", "COLUMNS": "100"], currentDirectory: url)
  }

  func replace(_ file: String, _ old: String, with new: String) throws {
    let path = url.appending(path: file)
    let text = try String(contentsOf: path, encoding: .utf8)
    try #require(text.contains(old))
    try Data(text.replacing(old, with: new).utf8).write(to: path)
  }

  func write(_ file: String, _ text: String) throws {
    try Data(text.utf8).write(to: url.appending(path: file))
  }

  func commit() async throws {
    try await git("init", "-q")
    try await git("add", ".")
    try await git(
      "-c", "user.name=Plan", "-c", "user.email=plan@example.org", "commit", "-qm", "all")
  }

  @discardableResult
  func git(_ arguments: String...) async throws -> CommandResult {
    let result = try await runCommand(
      URL(filePath: "/usr/bin/env"), ["git"] + arguments, currentDirectory: url)
    try #require(result.status == 0, "\(result.standardError)")
    return result
  }
}
