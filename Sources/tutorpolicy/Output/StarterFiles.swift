import Foundation

/// The policy folder that `init` starts, which is in the program itself.
enum StarterFiles {
  /// The bytes of each file by its path from the folder, in the order in which one would read them.
  static let all: [(path: String, bytes: [UInt8])] = [
    ("vocabulary.yaml", PackageResources.vocabulary_yaml),
    ("decisions.yaml", PackageResources.decisions_yaml),
    ("payment.yaml", PackageResources.payment_yaml),
    ("examples/session.yaml", PackageResources.session_yaml),
    ("fixtures/payment.yaml", PackageResources.payment_cases_yaml),
  ]

  /// Writes them into a folder, which is made where it is missing.
  ///
  /// No file is replaced.
  ///
  /// - Throws: what the file system says.
  static func write(into folder: URL) throws {
    for (path, bytes) in all {
      let file = folder.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file, options: .withoutOverwriting)
    }
  }

  /// The paths below the folder at which a file stands in the way, or would be read as a policy beside ours.
  static func obstacles(in folder: URL) -> [String] {
    let manager = FileManager.default
    let taken = all.map(\.path).filter {
      manager.fileExists(atPath: folder.appending(path: $0).path)
    }
    let policies = ((try? manager.contentsOfDirectory(atPath: folder.path)) ?? [])
      .filter { ["yaml", "yml"].contains(URL(filePath: $0).pathExtension) }
    return Set(taken + policies).sorted()
  }
}
