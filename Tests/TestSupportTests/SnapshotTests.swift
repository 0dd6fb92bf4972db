import Foundation
import Testing

@testable import TestSupport

@Suite struct SnapshotTests {
  private let file = FileManager.default.temporaryDirectory
    .appending(path: "snapshot-\(UUID().uuidString)/text.txt")

  private func compare(_ text: String, isRecording: Bool = false) throws {
    try assertSnapshot(
      text, recordedIn: file, isRecording: isRecording, sourceLocation: #_sourceLocation)
  }

  @Test func `records only when told to, and fails then`() throws {
    defer { try? FileManager.default.removeItem(at: file.deletingLastPathComponent()) }
    try withKnownIssue {
      try compare("one\n")
    } matching: {
      $0.description.contains("no snapshot")
    }
    #expect(!FileManager.default.fileExists(atPath: file.path))

    try withKnownIssue {
      try compare("one\n", isRecording: true)
    } matching: {
      $0.description.contains("recorded")
    }
    try compare("one\n")

    try withKnownIssue {
      try compare("two\n")
    } matching: {
      $0.description.contains("- one\n+ two")
    }
  }
}
