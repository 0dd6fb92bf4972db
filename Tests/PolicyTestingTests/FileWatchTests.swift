import Foundation
import PolicyTesting
import Testing

@Suite struct FileWatchTests {
  private static func stamps(_ sizes: [String: Int]) -> FileStamps {
    FileStamps(sizes.mapValues { .init(modified: Date(timeIntervalSince1970: 0), size: $0) })
  }

  @Test func `new, gone and changed files are told, and others not`() {
    let before = Self.stamps(["a": 1, "b": 1, "c": 1])
    let after = Self.stamps(["a": 1, "b": 2, "d": 1])
    #expect(before.changes(to: after) == ["b", "c", "d"])
    #expect(before.changes(to: before) == [])
  }

  @Test func `a file of the same length but another time has changed`() {
    let before = FileStamps(["a": .init(modified: Date(timeIntervalSince1970: 0), size: 1)])
    let after = FileStamps(["a": .init(modified: Date(timeIntervalSince1970: 1), size: 1)])
    #expect(before.changes(to: after) == ["a"])
  }

  @Test func `a change counts once the files stay as they are`() {
    var watch = FileWatch(Self.stamps(["a": 1]))
    #expect(watch.look(Self.stamps(["a": 1])) == [])
    #expect(watch.look(Self.stamps(["a": 2])) == [])
    #expect(watch.look(Self.stamps(["a": 3, "b": 1])) == [])
    #expect(watch.look(Self.stamps(["a": 3, "b": 1])) == ["a", "b"])
    #expect(watch.look(Self.stamps(["a": 3, "b": 1])) == [])
  }

  @Test func `what is changed back is no change`() {
    var watch = FileWatch(Self.stamps(["a": 1]))
    #expect(watch.look(Self.stamps(["a": 2])) == [])
    #expect(watch.look(Self.stamps(["a": 1])) == [])
    #expect(watch.look(Self.stamps(["a": 1])) == [])
  }

  @Test func `it runs once, then for each change, until it is told to end`() {
    // One look before each run, and one after each wait.
    let looks = [1, 2, 2, 2, 2, 3, 3, 3].map { Self.stamps(["a": $0]) }
    var next = 0
    var waits = 0
    var runs: [[String]] = []
    FileWatch.run(
      stamps: { _ in
        defer { next += 1 }
        return looks[min(next, looks.count - 1)]
      },
      wait: {
        waits += 1
        return waits <= 8
      },
      {
        runs.append($0)
        return Self.stamps([:])
      })
    #expect(runs == [[], ["a"], ["a"]])
  }

  @Test func `what changes while it runs is run again`() {
    var size = 1
    var waits = 0
    var runs = 0
    FileWatch.run(
      stamps: { _ in Self.stamps(["a": size]) },
      wait: {
        waits += 1
        return waits <= 4
      },
      { _ in
        runs += 1
        if runs == 1 { size = 2 }
        return Self.stamps([:])
      })
    #expect(runs == 2)
  }

  @Test func `a file that is new while it runs is run again`() {
    var files = ["a": 1]
    var waits = 0
    var runs: [[String]] = []
    FileWatch.run(
      stamps: { _ in Self.stamps(files) },
      wait: {
        waits += 1
        return waits <= 4
      },
      { changed in
        runs.append(changed)
        files["b"] = 1
        return Self.stamps([:])
      })
    #expect(runs == [[], ["b"]])
  }

  @Test func `files that only a run shows to be read are no change, and are watched from then on`()
  {
    var others = ["b": 1, "c": 1]
    var waits = 0
    var runs: [[String]] = []
    FileWatch.run(
      stamps: { more in
        Self.stamps(["a": 1].merging(others.filter { more.contains($0.key) }) { $1 })
      },
      wait: {
        waits += 1
        if waits == 3 { others["b"] = 2 }
        return waits <= 9
      },
      { changed in
        runs.append(changed)
        // The second run reads another file, and no longer the first one.
        return Self.stamps(runs.count == 1 ? ["b": 1] : ["c": 1])
      })
    #expect(runs == [[], ["b"]])
  }

  @Test func `the files of folders are looked at, and those that are not there are passed over`()
    throws
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(
      at: folder.appending(path: "fixtures"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["a.yaml", "fixtures/b.yml", "c.txt"] {
      try Data("x".utf8).write(to: folder.appending(path: name))
    }
    let stamps = FileStamps(at: [folder.path, folder.path + "/gone.yaml"])
    #expect(
      stamps.stamps.keys.sorted() == [folder.path + "/a.yaml", folder.path + "/fixtures/b.yml"])
  }
}
