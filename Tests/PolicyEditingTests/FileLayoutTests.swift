import Diagnostics
import Foundation
import PolicyEditing
import TestSupport
import Testing
import YAML

@Suite struct FileLayoutTests {
  @Test(arguments: ShippedFolder.folder.files.map(\.name))
  func `the shipped files are laid out`(name: String) throws {
    let source = try #require(ShippedFolder.folder.files.first { $0.name == name })
    let text = String(decoding: source.bytes, as: UTF8.self)
    #expect(try laidOut(text) == text)
  }

  @Test(arguments: [
    ("a:   1\nb :  2", "a: 1\nb: 2\n"),
    ("\n\n# c\n\n\n\na: 1  \n\n\n", "# c\n\na: 1\n"),
    ("a: { b: 1,c: [ 1,2 , 3 ] }\n", "a: {b: 1, c: [1, 2, 3]}\n"),
    ("a: {b:\n  1,c: 2}\n", "a: {b:\n  1, c: 2}\n"),
    ("a:\n- b: 1\n  c: 2\n- d\n", "a:\n  - b: 1\n    c: 2\n  - d\n"),
    (
      "a:\n    b:\n       - c:   1\n         # why\n         d: 2\n",
      "a:\n  b:\n    - c: 1\n      # why\n      d: 2\n"
    ),
    (
      "a:\n-   b: 1\n    c: |\n        text\n          more\n",
      "a:\n  - b: 1\n    c: |\n        text\n          more\n"
    ),
    ("a: |+\n  text\n\n\nb: 1\n", "a: |+\n  text\n\n\nb: 1\n"),
    ("a: 'it''s  #  here'   # and  this\n", "a: 'it''s  #  here'   # and  this\n"),
    ("rules:\n  - when: a==b&&!( c  in[1,2] )\n", "rules:\n  - when: a == b && !(c in [1, 2])\n"),
    ("rules:\n  - when: \"a?b:-1\"\n", "rules:\n  - when: \"a ? b : -1\"\n"),
    (
      "rules:\n  - when: >-\n      a &&\n      b||c\n",
      "rules:\n  - when: >-\n      a\n      && b || c\n"
    ),
    (
      "rules:\n  - when: f( x,y ).z [ 0 ]  + {'a':1}\n",
      "rules:\n  - when: f(x, y).z[0] + {'a':1}\n"
    ),
    (
      "rules:\n  - when: \"a.?b[?c].orValue( - 1 )\"\n",
      "rules:\n  - when: \"a.?b[?c].orValue(-1)\"\n"
    ),
    (
      "rules:\n  - because: 'It  is {a==b?1 : 2} and {{a==b}}, {x. y( z )}.'\n",
      "rules:\n  - because: 'It  is {a == b ? 1 : 2} and {{a==b}}, {x.y(z)}.'\n"
    ),
    (
      "rules:\n  - fix: {do: \"See {f( x,'a  b' )}\"}\n",
      "rules:\n  - fix: {do: \"See {f(x, 'a  b')}\"}\n"
    ),
    (
      "rules:\n  - because: >-\n      {a+b}  or {a +\n      b} or {a+\n",
      "rules:\n  - because: >-\n      {a+b}  or {a +\n      b} or {a+\n"
    ),
    ("\u{FEFF}a:   1\r\nb: 2\r\n", "\u{FEFF}a: 1\r\nb: 2\r\n"),
    ("", ""),
  ])
  func `lays out`(text: String, expected: String) throws {
    #expect(try laidOut(text) == expected)
    #expect(try laidOut(expected) == expected)
  }

  @Test func `an expression that is too long is put on lines of its own`() throws {
    let long = (1...5).map { "session.somethingLong\($0) == 'a value of it'" }
    let text = "rules:\n  - require: (\(long.joined(separator: "||"))) && x\n    title: T\n"
    #expect(
      try laidOut(text) == """
        rules:
          - require: >-
              (session.somethingLong1 == 'a value of it'
              || session.somethingLong2 == 'a value of it'
              || session.somethingLong3 == 'a value of it'
              || session.somethingLong4 == 'a value of it'
              || session.somethingLong5 == 'a value of it')
              && x
            title: T

        """)
  }

  @Test func `a file that is not YAML is left as it is`() {
    var mistakes: [Diagnostic] = []
    #expect(FileLayout(Source(name: "a.yaml", text: "a: [1\n"), into: &mistakes) == nil)
    #expect(mistakes.hasErrors)
  }

  /// What is written badly on purpose, then laid out: it says the same, has its comments, and is done at once.
  @Test(arguments: 0..<8)
  func `whatever is laid out says the same, and twice is once`(seed: UInt64) throws {
    let files = ShippedFolder.folder.files
    var numbers = SeededNumbers(seed: seed)
    for _ in 0..<2 {
      let source = files[numbers.below(files.count)]
      var mess = Mess(source.bytes)
      for _ in 0..<30 { mess.spoil(&numbers) }
      let before = Source(name: source.name, bytes: mess.bytes)
      var mistakes: [Diagnostic] = []
      guard let layout = FileLayout(before, into: &mistakes) else { continue }
      let after = Source(name: source.name, bytes: layout.bytes)
      #expect(
        try Reading(after) == Reading(before), "seed \(seed): \(source.name) says something else")
      let again = try #require(FileLayout(after, into: &mistakes))
      #expect(again.bytes == layout.bytes, "seed \(seed): \(source.name) is not done at once")
    }
  }

  /// Whatever somebody types: where it can be laid out, nothing but blanks is other than before.
  ///
  /// `TUTORPOLICY_LAYOUTS` is how many texts are tried for each seed.
  @Test(arguments: 100..<104)
  func `whatever is typed and laid out keeps all but its blanks`(seed: UInt64) throws {
    let files = ShippedFolder.folder.files
    var numbers = SeededNumbers(seed: seed)
    var bytes = files[0].bytes
    for _ in 0..<tries("TUTORPOLICY_LAYOUTS", orElse: 8) {
      if numbers.below(8) == 0 { bytes = files[numbers.below(files.count)].bytes }
      let before = Source(name: "policies/a.yaml", bytes: bytes)
      bytes =
        (numbers.below(3) == 0
        ? RandomEdit.any(of: bytes, copyingFrom: [bytes], &numbers)
        : RandomEdit.likely(of: bytes, &numbers)).applied(to: bytes)
      var mess = Mess(bytes)
      for _ in 0..<numbers.below(12) { mess.spoil(&numbers) }
      let text = Source(name: before.name, bytes: mess.bytes)
      var mistakes: [Diagnostic] = []
      guard let layout = FileLayout(text, into: &mistakes) else {
        // What is not YAML is left, and the last text that was is gone on from.
        bytes = before.bytes
        continue
      }
      let after = Source(name: text.name, bytes: layout.bytes)
      #expect(
        try Reading(after) == Reading(text),
        "seed \(seed): something else is said by\n\(String(decoding: text.bytes, as: UTF8.self))")
      let number = UInt8(ascii: "#")
      #expect(
        layout.bytes.count { $0 == number } == text.bytes.count { $0 == number },
        "seed \(seed): a comment is lost")
      let again = try #require(FileLayout(after, into: &mistakes))
      #expect(
        again.bytes == layout.bytes,
        "seed \(seed): not done at once\n\(String(decoding: text.bytes, as: UTF8.self))")
    }
  }

  private func laidOut(_ text: String) throws -> String {
    var mistakes: [Diagnostic] = []
    let layout = try #require(
      FileLayout(Source(name: "policies/a.yaml", text: text), into: &mistakes))
    return String(decoding: layout.bytes, as: UTF8.self)
  }
}

/// Puts in and takes away blanks, line breaks and comments at random places.
private struct Mess {
  var bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func spoil(_ numbers: inout SeededNumbers) {
    let place = numbers.below(bytes.count + 1)
    switch numbers.below(6) {
    case 0: bytes.insert(contentsOf: "  ".utf8, at: place)
    case 1: bytes.insert(contentsOf: "\n\n".utf8, at: lineStart(place))
    case 2: bytes.insert(contentsOf: "# note \(place)  \n".utf8, at: lineStart(place))
    case 3: bytes.insert(contentsOf: "  # behind \(place)".utf8, at: lineEnd(place))
    case 4: if let blank = bytes[place...].firstIndex(of: 0x20) { bytes.remove(at: blank) }
    default: bytes.insert(contentsOf: "   ".utf8, at: lineEnd(place))
    }
  }

  private func lineStart(_ place: Int) -> Int {
    bytes[..<place].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
  }

  private func lineEnd(_ place: Int) -> Int { bytes[place...].firstIndex(of: 0x0A) ?? bytes.count }
}

/// What a text says, found without the layout's own means: its values without the blanks in them, and the lines
/// that are comments.
private struct Reading: Equatable {
  let values: [String]
  let comments: [String]

  init(_ source: Source) throws {
    var mistakes: [Diagnostic] = []
    values = YAMLReader.read(source, into: &mistakes).flatMap { Self.values(of: $0) }
    comments = String(decoding: source.bytes, as: UTF8.self).split(separator: "\n").compactMap {
      line in
      let text = line.trimmingPrefix { $0 == " " }
      return text.hasPrefix("#") ? text.filter { !$0.isWhitespace } : nil
    }
  }

  private static func values(of node: YAMLNode) -> [String] {
    switch node.content {
    case .scalar(let scalar): [scalar.text.filter { !$0.isWhitespace }]
    case .sequence(let items): ["["] + items.flatMap(values) + ["]"]
    case .mapping(let entries):
      ["{"] + entries.flatMap { values(of: $0.key) + values(of: $0.value) } + ["}"]
    }
  }
}
