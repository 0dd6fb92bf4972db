#if Server
import AsyncHTTPClient
import Foundation
import NIOCore
import Subprocess
import TestSupport
import Testing
import TutoringServer
import TutoringSessions

#if canImport(System)
import System
#else
import SystemPackage
#endif

/// The program itself: what it prints, what it ends with.
@Suite struct ServeTests {
  private func run(_ arguments: [String], input: String = "") async throws -> CommandResult {
    try await runCommand(
      try builtProduct("tutoring-server"), arguments, standardInput: Data(input.utf8),
      environment: ["SWIFT_BACKTRACE": "enable=no"], secondsAllowed: 60)
  }

  private func withFolder<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
  }

  @Test func `people are added, listed, and the records are copied`() async throws {
    try await withFolder { folder in
      let data = folder.appending(path: "data").path
      let added = try await run(
        ["user", "add", "--data", data, "--name", "Ana Ruiz", "--role", "office", "ana"],
        input: "a long password\n")
      #expect(added.status == 0, "\(added.standardError)")
      let again = try await run(
        ["user", "add", "--data", data, "--name", "Ana Ruiz", "--role", "office", "ana"],
        input: "a long password\n")
      #expect(again.status == 1)
      #expect(again.standardError.contains("already"))
      let list = try await run(["user", "list", "--data", data])
      #expect(list.standardOutput == "ana\tAna Ruiz\tsigns in as ana\toffice\n")
      let short = try await run(["user", "password", "--data", data, "ana"], input: "short\n")
      #expect(short.status == 1)
      #expect(short.standardError == "error: a password has at least 10 characters\n")
      let copy = folder.appending(path: "copy.sqlite").path
      #expect(try await run(["backup", "--data", data, copy]).status == 0)
      #expect(try await run(["backup", "--data", data, copy]).status == 1)
      let check = try await run(
        ["check", "--data", data, "--policies", packageRoot.appending(path: "policies").path])
      #expect(check.status == 0)
      #expect(check.standardOutput.contains("1 people may sign in"))
    }
  }

  @Test func `recorded sessions are written as documents, and replayed under other policies`()
    async throws
  {
    let district = try await TestDistrict()
    let session = try await district.finishedSession()
    let deleted = try await district.finishedSession()
    _ = try await district.service.perform(
      .delete, on: deleted.id, expecting: deleted.version, request: "request-9", by: district.ana)
    let data = [
      "--data", district.folder.appending(path: "data").path, "--policies", district.policies.path,
    ]
    let written = try await run(["sessions"] + data)
    #expect(written.status == 0, "\(written.standardError)")
    let lines = written.standardOutput.split(separator: "\n")
    #expect(lines.count == 1)
    #expect(lines.first?.hasPrefix(#"{"id":"\#(session.id)","#) == true, "\(lines)")
    let none = try await run(["sessions", "--from", "2026-11-24"] + data)
    #expect(none.standardOutput == "")
    let changed = district.folder.appending(path: "changed")
    try FileManager.default.copyItem(at: district.policies, to: changed)
    let file = changed.appending(path: "work-orders.yaml")
    try String(contentsOf: file, encoding: .utf8)
      .replacing("    require: has(session.workOrder)", with: "    require: true")
      .write(to: file, atomically: true, encoding: .utf8)
    let plan = try await runCommand(
      try builtProduct("tutorpolicy"),
      ["plan", district.policies.path, changed.path, "--sessions", "-", "--format", "markdown"],
      standardInput: Data(written.standardOutput.utf8), secondsAllowed: 120)
    #expect(plan.standardError == "")
    #expect(
      plan.standardOutput.contains("| payment, fail to pass | 1 | 1.0 |"),
      "\(plan.standardOutput)")
  }

  @Test func `what can't be used is said in a line`() async throws {
    try await withFolder { folder in
      let policies = packageRoot.appending(path: "policies").path
      let file = folder.appending(path: "file")
      try Data("x".utf8).write(to: file)
      let noFolder = try await run(
        ["serve", "--data", file.path, "--policies", policies, "--port", "0"])
      #expect(noFolder.status == 1)
      #expect(noFolder.standardError.contains("can't be used"))
      try Data("decisions: [".utf8).write(to: folder.appending(path: "a.yaml"))
      let noPolicies = try await run(
        ["serve", "--demo", "--policies", folder.path, "--port", "0"])
      #expect(noPolicies.status == 3)
      #expect(noPolicies.standardError.contains("a.yaml:1"))
      let both = try await run(["serve", "--demo", "--data", folder.path])
      #expect(both.status == 64)
      let listening = try await run(
        [
          "serve", "--data", folder.appending(path: "data").path, "--policies", policies,
          "--listen", "192.0.2.1:8080",
        ])
      #expect(listening.status == 1)
      #expect(listening.standardError.contains("not an address of this machine"))
    }
  }

  @Test(.timeLimit(.minutes(30)))
  func `the demo says where it is, answers, and stops when asked`() async throws {
    let program = try builtProduct("tutoring-server")
    let result = try await Subprocess.run(
      .path(FilePath(program.path)),
      arguments: [
        "serve", "--demo", "--port", "0", "--now", "2026-11-23T14:55:00-06:00", "--policies",
        packageRoot.appending(path: "policies").path,
      ], input: .none, output: .sequence, error: .discarded
    ) { execution in
      var text = ""
      var address: String?
      for try await line in execution.standardOutput.strings() {
        text += line
        if let found = line.firstMatch(of: /http:\/\/127\.0\.0\.1:\d+\//) {
          address = String(found.output)
          break
        }
      }
      #expect(text.contains("password"))
      let response = try await HTTPClient.shared.execute(
        HTTPClientRequest(url: try #require(address) + "health/ready"), timeout: .seconds(30))
      #expect(String(buffer: try await response.body.collect(upTo: 1 << 20)).contains("ready"))
      try execution.send(signal: .terminate)
    }
    #expect(result.terminationStatus.isSuccess)
  }
}
#endif
