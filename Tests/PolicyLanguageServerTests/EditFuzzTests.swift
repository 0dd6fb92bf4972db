import Foundation
import TestSupport
import Testing

/// Random edits of the shipped files: whatever is typed, the server goes on, and says what one says that has only
/// just begun.
///
/// `TUTORPOLICY_EDITS` is how many edits are made for each of the seeds, `TUTORPOLICY_SEED` the first of these.
@Suite struct EditFuzzTests {
  private static let seeds = UInt64(tries("TUTORPOLICY_SEED", orElse: 1))

  @Test(arguments: [0, 1] as [UInt64])
  func `edits lead to what a fresh start says`(number: UInt64) throws {
    let seed = Self.seeds + number
    let count = tries("TUTORPOLICY_EDITS", orElse: 12)
    let typing = try Typing(seed: seed)
    for index in 1...count {
      try typing.edit()
      guard try typing.compare("seed \(seed), edit \(index)") else { return }
      if index.isMultiple(of: 100) {
        FileHandle.standardError.write(
          Data(
            "seed \(seed): \(index) edits, \(typing.comparisons) compared with a fresh start\n".utf8
          ))
      }
    }
  }

  @Test func `half a character of UTF-16 leaves the text one of whole characters`() throws {
    let client = try EditorClient(encodings: ["utf-16"])
    try client.open("x.yaml", text: "a: 😀é\n")
    for (start, end, text) in [(4, 4, "b"), (0, 4, ""), (0, 99, "😀"), (1, 1, ""), (1, 2, "y")] {
      try client.change(
        "x.yaml",
        [
          "text": text,
          "range": [
            "start": ["line": 0, "character": start], "end": ["line": 0, "character": end],
          ],
        ])
    }
    try client.receive()
    let fresh = try EditorClient(sharing: client)
    try fresh.open("x.yaml", text: "😀y\n")
    try fresh.receive()
    #expect(client.said == fresh.said)
  }
}

/// Somebody who types in the files of a workspace.
private final class Typing {
  private static let names = [
    "vocabulary.yaml", "remedial.yaml", "work-orders.yaml", "career-ladder.yaml", "decisions.yaml",
    "ending.yaml", "qualifiers.yaml", "fixtures/starting.yaml", "fixtures/work-orders.yaml",
    "fixtures/remedial.yaml", "exports/payroll.yaml", "../Examples/sessions/eligible.yaml",
  ]

  private let client: EditorClient
  private var numbers: SeededNumbers
  /// The texts as they were, and as they are.
  private var originals: [String: [UInt8]] = [:]
  private var texts: [String: [UInt8]] = [:]
  /// What takes back the last edits, the last one at the end.
  private var undos: [(name: String, edit: RandomEdit)] = []
  private(set) var comparisons = 0

  init(seed: UInt64) throws {
    numbers = SeededNumbers(seed: seed)
    client = try EditorClient(encodings: ["utf-16"])
    for name in Self.names where client.hasFile(name) {
      let text = try client.text(name)
      originals[name] = Array(text.utf8)
      try client.open(name)
    }
    texts = originals
  }

  private var names: [String] { texts.keys.sorted() }

  /// Makes an edit, or takes some back.
  func edit() throws {
    let name = names[numbers.below(names.count)]
    let text = texts[name] ?? []
    switch numbers.below(20) {
    case 0...6: try make(RandomEdit.likely(of: text, &numbers), in: name)
    case 7...11:
      try make(RandomEdit.any(of: text, copyingFrom: Array(texts.values), &numbers), in: name)
    case 12:
      // Two at once, as when something is moved.
      for _ in 0..<2 {
        let text = texts[name] ?? []
        try make(RandomEdit.any(of: text, copyingFrom: [text], &numbers), in: name)
      }
    case 13:
      let other = names[numbers.below(names.count)]
      let part = numbers.below(3) == 0 ? texts[other] ?? [] : originals[name] ?? []
      try client.change(name, to: String(decoding: part, as: UTF8.self))
      texts[name] = part
      undos = []
    case 14:
      for (name, text) in originals where texts[name] != text {
        try client.change(name, to: String(decoding: text, as: UTF8.self))
        texts[name] = text
      }
      undos = []
    default:
      guard let (name, edit) = undos.popLast() else { return }
      try make(edit, in: name, isUndo: true)
    }
    if numbers.below(6) == 0 { try ask() }
  }

  private func make(_ edit: RandomEdit, in name: String, isUndo: Bool = false) throws {
    let text = texts[name] ?? []
    if !isUndo { undos.append((name, edit.undone(in: text))) }
    try client.change(
      name,
      [
        "text": String(decoding: edit.bytes, as: UTF8.self),
        "range": [
          "start": Self.position(of: edit.range.lowerBound, in: text),
          "end": Self.position(of: edit.range.upperBound, in: text),
        ],
      ])
    texts[name] = edit.applied(to: text)
  }

  /// The place of an offset, in units of UTF-16.
  private static func position(of offset: Int, in text: [UInt8]) -> [String: Int] {
    let before = text[..<offset]
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return [
      "line": before.count { $0 == 0x0A },
      "character": String(decoding: before[start...], as: UTF8.self).utf16.count,
    ]
  }

  /// Asks something at a random place: there is an answer, whatever it is.
  private func ask() throws {
    let name = names[numbers.below(names.count)]
    let text = texts[name] ?? []
    let document = ["uri": client.uri(name)]
    let position: [String: Any] =
      numbers.below(8) == 0
      ? ["line": numbers.below(1_000), "character": numbers.below(200)]
      : Self.position(of: numbers.below(text.count + 1), in: text)
    let range = ["start": position, "end": position]
    let asked: [(String, [String: Any])] = [
      ("hover", [:]), ("completion", [:]), ("definition", [:]), ("references", [:]),
      ("prepareRename", [:]),
      ("rename", ["newName": ["other", "x-2", "", "a b", "😀"][numbers.below(5)]]),
      ("formatting", ["options": ["tabSize": 2, "insertSpaces": true]]),
      ("semanticTokens/full", [:]),
      ("foldingRange", [:]), ("selectionRange", ["positions": [position]]), ("documentSymbol", [:]),
      ("codeAction", ["range": range, "context": ["diagnostics": [Any]()]]),
      ("inlayHint", ["range": range]), ("codeLens", [:]),
    ]
    let (method, more) = asked[numbers.below(asked.count)]
    let params = ["textDocument": document, "position": position].merging(more) { $1 }
    let answer = try client.answer("textDocument/\(method)", params)
    let code = (answer["error"] as? [String: Any])?["code"] as? Int
    // That something can't be renamed is an answer.
    #expect(answer.keys.contains("result") || code == -32803, "\(method): \(answer)")
  }

  /// Whether the server says what one says that has only just begun.
  func compare(_ words: String) throws -> Bool {
    try client.receive()
    // A fresh start tries every case: with texts that have no mistake that takes long.
    let isDear = client.hasNoError
    if isDear, numbers.below(4) != 0 { return true }
    let fresh = try EditorClient(sharing: client)
    for (name, text) in texts where text != originals[name] {
      try fresh.open(name, text: String(decoding: text, as: UTF8.self))
    }
    try fresh.receive()
    comparisons += 1
    guard client.said != fresh.said else { return true }
    let changed = texts.filter { $0.value != originals[$0.key] }
    Issue.record(
      """
      \(words): said
      \(client.said.joined(separator: "\n"))
      and a fresh start
      \(fresh.said.joined(separator: "\n"))
      with \(changed.mapValues { String(decoding: $0, as: UTF8.self) })
      """)
    return false
  }
}
