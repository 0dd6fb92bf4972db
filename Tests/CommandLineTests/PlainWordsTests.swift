import Foundation
import TestSupport
import Testing

/// What people read is in the words that they use: messages, help, documentation and the policies.
@Suite struct PlainWordsTests {
  /// Words that readers stumble over, with the plain ones.
  private static var banned: [(pattern: Regex<Substring>, instead: String)] {
    [
      (/\bmend(?:s|ed|ing)?\b/.ignoresCase(), "fix"),
      (/\bborne out\b/.ignoresCase(), "supported by"),
      (/\bcomes to\b/.ignoresCase(), "is"),
      (/\bfor want of\b/.ignoresCase(), "because it is missing"),
      (/\bis no (?!longer\b|more than\b)/.ignoresCase(), "is not a"),
      (/\bof which\b/.ignoresCase(), "that, or a new sentence"),
      (/\btold\b/.ignoresCase(), "said, shown"),
    ]
  }

  /// What each of these words holds, in the case that it has in a sentence.
  private static let stems = [
    "mend", "Mend", "orne out", "omes to", "or want of", " no ", "f which", "told", "Told",
  ]

  /// Sound sentences that hold such a word all the same.
  ///
  /// A qualifier may be No.
  private static var sound: [Regex<Substring>] { [/\bthere is no\b/.ignoresCase(), /\bis No\b/] }

  /// The files in which every word is read by people.
  private static let texts: [String] =
    ["README.md", "Examples", "policies", ".ci"].flatMap {
      files(below: $0, ["md", "yaml", "yml", ""])
    }
    + files(below: "Sources", ["md"])

  /// The files of which the texts in quotes are.
  private static let programs = files(below: "Sources", ["swift"])

  @Test func `documentation and policies use plain words`() throws {
    #expect(Self.texts.count > 50)
    try expectPlainWords(in: Self.texts) { $0 }
  }

  @Test func `messages and help use plain words`() throws {
    #expect(Self.programs.count > 200)
    try expectPlainWords(in: Self.programs) { StringLiterals(in: $0).text }
  }

  private func expectPlainWords(in paths: [String], _ read: (String) -> String) throws {
    for path in paths {
      let whole = try String(contentsOf: packageRoot.appending(path: path), encoding: .utf8)
      // Most files hold none of them, whatever a pattern would say.
      guard Self.stems.contains(where: { whole.contains($0) }) else { continue }
      let text = read(whole)
      for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated()
      {
        guard Self.stems.contains(where: { line.contains($0) }) else { continue }
        let rest = Self.sound.reduce(String(line)) { $0.replacing($1, with: "") }
        for (pattern, instead) in Self.banned {
          guard let found = rest.firstMatch(of: pattern) else { continue }
          Issue.record("\(path):\(number + 1): '\(found.output)' is better '\(instead)':\n\(line)")
        }
      }
    }
  }

  /// The paths of the files at a path of the package, and below it, that end so.
  private static func files(below path: String, _ extensions: [String]) -> [String] {
    let root = packageRoot.appending(path: path)
    guard let below = FileManager.default.subpaths(atPath: root.path) else { return [path] }
    let isFile = { (name: String) in
      let values = try? root.appending(path: name).resourceValues(forKeys: [.isRegularFileKey])
      return values?.isRegularFile ?? false
    }
    return below.filter { extensions.contains(URL(filePath: $0).pathExtension) && isFile($0) }
      .sorted().map { path + "/" + $0 }
  }
}

/// The texts in quotes of a Swift file, each on its own line, with everything else left out.
private struct StringLiterals {
  /// As many lines as the file has.
  private(set) var text = ""

  init(in source: String) {
    var isInside = false
    for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
      // A text over several lines begins and ends with a line that holds its quotes.
      if line.contains("\"\"\"") {
        isInside.toggle()
      } else if isInside {
        text += line
      } else if !line.drop(while: { $0 == " " }).hasPrefix("//") {
        text += line.matches(of: /"(?:[^"\\]|\\.)*"/).map { String($0.output) }.joined(
          separator: " ")
      }
      text += "\n"
    }
  }
}
