public import Foundation
public import Testing

/// Compares a text with the one recorded in a file, and shows the lines that differ.
///
/// The file stands in the folder `Snapshots` beside the calling test, or in `folder` beneath that. It
/// is written only where the environment has `RECORD_SNAPSHOTS=1`, and a test that records fails, so
/// that no run passes on what it has just written: read the change like code, and run again.
///
/// - Parameters:
///   - text: What the test got.
///   - name: The name of the file, with its extension.
///   - folder: A folder inside `Snapshots`; nil for `Snapshots` itself.
///   - filePath: The calling test's file.
///   - sourceLocation: Where a failure is shown.
/// - Throws: If the file can't be written while recording.
public func assertSnapshot(
  _ text: String, named name: String, in folder: String? = nil, filePath: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let snapshots = URL(filePath: filePath).deletingLastPathComponent().appending(path: "Snapshots")
  try assertSnapshot(
    text, recordedIn: snapshots.appending(path: folder.map { "\($0)/\(name)" } ?? name),
    sourceLocation: sourceLocation)
}

/// Compares a text with a given file, such as a page of documentation that is made by a program.
///
/// - Parameters:
///   - text: What the test got.
///   - file: The file, written only where the environment has `RECORD_SNAPSHOTS=1`.
///   - sourceLocation: Where a failure is shown.
/// - Throws: If the file can't be written while recording.
public func assertSnapshot(
  _ text: String, recordedIn file: URL, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  try assertSnapshot(
    text, recordedIn: file,
    isRecording: ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1",
    sourceLocation: sourceLocation)
}

/// The same with the recorded file and the choice to record it given, for tests of snapshots.
func assertSnapshot(
  _ text: String, recordedIn file: URL, isRecording: Bool, sourceLocation: SourceLocation
) throws {
  if isRecording {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    Issue.record(
      "recorded \(file.path); run again without RECORD_SNAPSHOTS", sourceLocation: sourceLocation)
    return
  }
  guard let recorded = try? Data(contentsOf: file) else {
    Issue.record(
      "no snapshot \(file.path); RECORD_SNAPSHOTS=1 records it:\n\(text)",
      sourceLocation: sourceLocation)
    return
  }
  guard recorded != Data(text.utf8) else { return }
  let difference = lineDiff(expected: String(decoding: recorded, as: UTF8.self), actual: text)
  Issue.record(
    "differs from \(file.path) (- recorded, + actual):\n\(difference)",
    sourceLocation: sourceLocation)
}
