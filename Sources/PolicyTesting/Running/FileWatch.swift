public import Foundation
import PolicyEngine

/// What the file system tells of some files at one time: enough to see that one changed.
public struct FileStamps: Equatable, Sendable {
  /// When a file was last changed, and how long it is.
  public struct Stamp: Hashable, Sendable {
    let modified: Date
    let size: Int

    /// A stamp.
    public init(modified: Date, size: Int) {
      self.modified = modified
      self.size = size
    }
  }

  /// The stamps of the files that are there, by their paths.
  public let stamps: [String: Stamp]

  /// Some files' stamps.
  public init(_ stamps: [String: Stamp]) { self.stamps = stamps }

  /// The stamps of files and of the YAML files in folders and the folders below.
  public init(at paths: some Sequence<String>) {
    var stamps: [String: Stamp] = [:]
    for file in paths.flatMap({ FixtureFiles.files(at: $0) }) {
      guard let status = FileStatus(at: file) else { continue }
      stamps[file] = Stamp(modified: status.modified, size: status.size)
    }
    self.init(stamps)
  }

  /// With other files; those that are in both are kept as they are here.
  public func adding(_ others: FileStamps) -> FileStamps {
    FileStamps(stamps.merging(others.stamps) { own, _ in own })
  }

  /// The files that are new, gone or changed in a later look, in the order of their paths.
  public func changes(to later: FileStamps) -> [String] {
    Set(stamps.keys).union(later.stamps.keys).filter { stamps[$0] != later.stamps[$0] }.sorted()
  }
}

/// Tells from one look at files after the other when to run something again.
///
/// A change counts once the files have stayed as they are between two looks: an editor may write a file
/// in several steps, and a version control system many files.
public struct FileWatch: Sendable {
  private var settled: FileStamps
  private var last: FileStamps

  /// A watch that begins with a look at files as they were read.
  public init(_ stamps: FileStamps) {
    settled = stamps
    last = stamps
  }

  /// Takes the next look; gives the files that changed since the last time it gave any, or nothing.
  public mutating func look(_ stamps: FileStamps) -> [String] {
    defer { last = stamps }
    guard stamps == last, stamps != settled else { return [] }
    defer { settled = stamps }
    return settled.changes(to: stamps)
  }

  /// Runs something, and again whenever files change.
  ///
  /// - Parameters:
  ///   - stamps: Looks at the files that are always watched, and at more of them.
  ///   - wait: Waits a little until the next look; false ends the watch.
  ///   - run: What is run, with the files that changed: none the first time. It gives the files that it read
  ///     beside those that are always watched, as they were then.
  public static func run(
    stamps: (_ more: [String]) -> FileStamps, wait: () -> Bool,
    _ run: (_ changed: [String]) -> FileStamps
  ) {
    var changed: [String] = []
    var read = FileStamps([:])
    while true {
      // What changes or is new while it runs may not have been read: it counts as it was before.
      let before = stamps([])
      read = run(changed)
      var watch = FileWatch(before.adding(read))
      repeat {
        guard wait() else { return }
        changed = watch.look(stamps(Array(read.stamps.keys)))
      } while changed.isEmpty
    }
  }
}
