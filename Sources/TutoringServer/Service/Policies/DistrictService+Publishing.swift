#if Server
import Foundation
import PolicyComparison
import TutoringSessions
import TutoringStore

extension DistrictService {
  /// Writes a change of a policy file that was tried, with an event in the log, and has it taken at once.
  ///
  /// - Parameters:
  ///   - change: The change.
  ///   - tried: The digest of the policies with it, as they were tried.
  ///   - request: Names the form that was sent; sent again, it does nothing.
  ///   - actor: Who publishes.
  /// - Throws: `ServiceError`: also where any of the files is not what it was when the change was tried.
  package func publishPolicies(
    _ change: PolicyChange, tried: String, request: String, by actor: Actor
  ) async throws {
    guard actor.has(.administrator) else { throw ServiceError.notAllowed }
    let request = try checked(request)
    let service = self
    try await counted("publish") {
      try await store.publish(
        change.file, request: request, by: actor.person, at: judge(for: actor).now
      ) {
        try service.publication(of: change, tried: tried, by: actor)
      }
    }
    // Once more, since files count once they stay the same from one look to the next.
    for _ in 0..<2 where keeper.look() != nil { metrics.count(.policyChanges, [:]) }
  }

  private func publication(
    of change: PolicyChange, tried: String, by actor: Actor
  ) throws -> PolicyPublication {
    let file = try opened(change, for: actor)
    let text = file.text(ofForm: change.text)
    let read = PolicyFiles(in: keeper.folder).replacing(file, with: text)
      .read(folder: keeper.folder, clock: keeper.clock)
    guard let new = read.taken, new.digest == tried else {
      throw ServiceError.invalid([
        InputMistake(
          "text",
          """
          The policies are not what they were when the change was tried: somebody has changed one of the \
          files. Nothing was written. Try the change again.
          """)
      ])
    }
    let old = keeper.current
    let edits = PolicyEdit.edits(from: old.policies, to: new.policies)
    let changes = [
      FieldChange(path: ["digest"], before: .text(old.digest), after: .text(new.digest))
    ]
    let folder = keeper.folder
    return PolicyPublication(
      changes: changes + edits.flatMap(\.changes), version: new.version(by: actor.person)
    ) {
      try Self.write(text, to: file.name, in: folder)
    }
  }

  /// Writes a file in one step: who reads it meanwhile gets the text before or after, whole.
  private static func write(
    _ text: String, to file: String, in folder: String
  ) throws(ServiceError) {
    let url = URL(filePath: folder).appending(path: file).resolvingSymlinksInPath()
    // A name that is hidden is none of a policy file.
    let fresh = url.deletingLastPathComponent().appending(path: ".\(file)-\(UUID().uuidString)")
    do {
      try Data(text.utf8).write(to: fresh)
      let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
      try FileManager.default.setAttributes(
        [.posixPermissions: attributes[.posixPermissions] ?? 0o644], ofItemAtPath: fresh.path)
      guard unsafe rename(fresh.path, url.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    } catch {
      try? FileManager.default.removeItem(at: fresh)
      throw .invalid([
        InputMistake(
          "text",
          """
          The server may not write \(file), or there is no room for it. Nothing was published: ask \
          whoever runs the server.
          """)
      ])
    }
  }
}

extension PolicyEdit {
  /// The edit as the log tells it.
  fileprivate var changes: [FieldChange] {
    let path = [subject.rawValue, name]
    switch kind {
    case .added: return [FieldChange(path: path, before: nil, after: .text("there"))]
    case .removed: return [FieldChange(path: path, before: .text("there"), after: nil)]
    case .renamed:
      return [FieldChange(path: path, before: oldName.map { .text($0) }, after: .text(name))]
    case .changed, .moved:
      return details.map { detail in
        FieldChange(
          path: path + [detail.part], before: detail.old.map { .text($0) },
          after: detail.new.map { .text($0) })
      }
    }
  }
}
#endif
