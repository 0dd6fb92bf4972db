import Foundation
import TestSupport
import Testing

@Suite struct CIExampleTests {
  static let files = ["Examples/ci/policies.yml", "Examples/ci/pre-commit"]

  @Test(arguments: files)
  func `every command of the CI examples runs, and the shipped policies pass it`(
    file: String
  ) async throws {
    let text = try String(contentsOf: packageRoot.appending(path: file), encoding: .utf8)
    let commands = text.matches(of: /(?m)^(?:check| +run:) tutorpolicy (.+)$/).map {
      $0.1.split(separator: " ").map(String.init)
    }
    #expect(commands.map(\.first) == ["validate", "format", "test", "coverage", "mutate"])
    for command in commands {
      let result = try await runCommand(
        builtProduct("tutorpolicy"), command, environment: ["COLUMNS": "100"])
      #expect(result.status == 0, "\(command)\n\(result.standardOutput)\(result.standardError)")
    }
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/curl")))
  func `the workflow installs the program of a tarball whose digest is right, and no other`()
    async throws
  {
    let workflow = try String(
      contentsOf: packageRoot.appending(path: "Examples/ci/policies.yml"), encoding: .utf8)
    let step = try #require(
      workflow.firstMatch(of: /(?s)- name: Install\n.*?run: \|\n(.*?)\n\n/)?.1)
    let folder = try Folder(files: [
      "tutorpolicy-1-linux/tutorpolicy": "#!/bin/sh\necho installed\n",
      "tutorpolicy-1-linux/policies/rules.yaml": "topic: Ours\n", "checkout/path": "",
    ])
    let shell = URL(filePath: "/bin/bash")
    let made = try await runCommand(
      shell,
      [
        "-ec",
        "chmod +x tutorpolicy-1-linux/tutorpolicy; tar -czf r.tar.gz tutorpolicy-1-linux; sha256sum r.tar.gz",
      ], currentDirectory: folder.url)
    let digest = String(made.standardOutput.prefix(64))
    let wrong = String(digest.reversed())
    for (given, status) in [(wrong, Int32(1)), (digest, 0)] {
      let result = try await runCommand(
        shell, ["-ec", String(step)],
        environment: [
          "RELEASE": folder.url.appending(path: "r.tar.gz").absoluteString, "DIGEST": given,
          "RUNNER_TEMP": folder.path + "/temp", "GITHUB_PATH": folder.path + "/checkout/path",
        ], currentDirectory: folder.url.appending(path: "checkout"))
      #expect(result.status == status, "\(result.standardError)")
    }
    let installed = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/temp/bin")
    #expect(installed == ["tutorpolicy"])
    let path = try String(contentsOfFile: folder.path + "/checkout/path", encoding: .utf8)
    #expect(path == folder.path + "/temp/bin\n")
    let run = try await runCommand(
      folder.url.appending(path: "temp/bin/tutorpolicy"), [], currentDirectory: folder.url)
    #expect(run.standardOutput == "installed\n")
  }

  @Test func `the hook lets whole policies through and refuses broken ones`() async throws {
    let repository = try Repository()
    try await repository.git("add", ".")
    let first = try await repository.git("commit", "-q", "-m", "whole")
    #expect(first.status == 0, "\(first.standardError)")

    try repository.replace("policies/work-orders.yaml", "2015-07-01: 7", with: "2015-07-01: 8")
    // What is not staged is not committed, and doesn't count.
    try repository.replace("README", "policies", with: "rules")
    try await repository.git("add", "README")
    #expect(try await repository.git("commit", "-q", "-m", "other").status == 0)

    try await repository.git("add", ".")
    let broken = try await repository.git("commit", "-q", "-m", "broken")
    #expect(broken.status == 1)
    #expect(broken.standardError.contains("Work orders and their backfill › "))
    #expect(broken.standardError.hasSuffix("not committed: 'tutorpolicy test' fails\n"))
  }
}

/// A repository with the policies and the hook, in a folder of its own.
private final class Repository {
  private let url: URL

  init() throws {
    let files = FileManager.default
    url = files.temporaryDirectory.appending(path: "hook-\(UUID().uuidString)")
    try files.createDirectory(at: url.appending(path: "bin"), withIntermediateDirectories: true)
    try files.createDirectory(
      at: url.appending(path: "work/Examples"), withIntermediateDirectories: true)
    for folder in ["policies", "Examples/sessions"] {
      try files.copyItem(
        at: packageRoot.appending(path: folder), to: url.appending(path: "work/\(folder)"))
    }
    try Data("policies\n".utf8).write(to: url.appending(path: "work/README"))
    let program = """
      #!/bin/sh
      exec '\(try builtProduct("tutorpolicy").path)' "$@"
      """
    let stand = url.appending(path: "bin/tutorpolicy")
    try Data(program.utf8).write(to: stand)
    try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: stand.path)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func replace(_ file: String, _ old: String, with new: String) throws {
    let path = url.appending(path: "work/\(file)")
    let text = try String(contentsOf: path, encoding: .utf8)
    try #require(text.contains(old))
    try Data(text.replacing(old, with: new).utf8).write(to: path)
  }

  @discardableResult
  func git(_ arguments: String...) async throws -> CommandResult {
    let work = url.appending(path: "work")
    if !FileManager.default.fileExists(atPath: work.appending(path: ".git").path) {
      _ = try await run(["init", "-q"])
      let hook = work.appending(path: ".git/hooks/pre-commit")
      try? FileManager.default.removeItem(at: hook)
      try FileManager.default.createDirectory(
        at: hook.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.copyItem(
        at: packageRoot.appending(path: "Examples/ci/pre-commit"), to: hook)
    }
    return try await run(
      ["-c", "user.name=Someone", "-c", "user.email=someone@example.org"] + arguments)
  }

  private func run(_ arguments: [String]) async throws -> CommandResult {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return try await runCommand(
      URL(filePath: "/usr/bin/env"), ["git"] + arguments,
      environment: [
        "PATH": url.appending(path: "bin").path + ":" + path, "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_SYSTEM": "/dev/null",
      ], currentDirectory: url.appending(path: "work"))
  }
}
