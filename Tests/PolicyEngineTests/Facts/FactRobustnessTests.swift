import Diagnostics
import TestSupport
import Testing

@testable import PolicyEngine

/// Damaged documents: whatever the damage, nothing crashes and nothing passes in silence.
struct FactRobustnessTests {
  private let complete = Array(SessionTexts.complete.utf8)

  @Test func `says what is wrong with a document cut short anywhere`() {
    let end = SessionTexts.complete.utf8.count - 1
    #expect(FactReading(json: complete).document != nil)
    for count in 0..<end {
      let reading = FactReading(json: Array(complete[..<count]))
      #expect(reading.document == nil, "cut after \(count) bytes")
      #expect(!reading.diagnostics.isEmpty, "cut after \(count) bytes")
    }
  }

  @Test(arguments: 0..<4)
  func `reads or refuses damaged documents`(seed: UInt64) {
    var random = SeededNumbers(seed: seed)
    for _ in 0..<400 {
      let damaged = damage(complete, using: &random)
      let reading = FactReading(json: damaged)
      #expect((reading.document == nil) != reading.diagnostics.isEmpty)
      for range in reading.diagnostics.compactMap(\.range) {
        #expect(range.bytes.upperBound <= damaged.count)
      }
      // A document is JSON; and what is JSON, if wrong, has no syntax error.
      let syntax = JSONSyntax.validate(Source(name: "", bytes: damaged))
      #expect((syntax != nil) == reading.diagnostics.contains { $0.code == .invalidJson })
    }
  }

  @Test(arguments: 0..<4)
  func `reads or refuses noise`(seed: UInt64) {
    var random = SeededNumbers(seed: seed)
    let schema = SessionSchema.schema
    var decoder = FactDecoder(schema, layout: FactLayout(schema))
    var arena = FactArena()
    let alphabet =
      Array(#"{}[]",:\ \u00d8etruefalsnl0123456789.-+eE'#/\#n"#.utf8) + [0, 0xC3, 0xA9, 0xFF]
    for _ in 0..<5_000 {
      let text = (0..<Int.random(in: 0..<60, using: &random)).compactMap { _ in
        alphabet.randomElement(using: &random)
      }
      let result = PaddedBytes.withCopy(of: text) { decoder.decode($0, into: &arena) }
      let isFaulty = decoder.syntaxError != nil || decoder.mistakes.count > 0
      #expect((result.row == nil) == isFaulty)
    }
  }

  @Test func `takes no NUL characters for a date or a key`() {
    let nuls = String(repeating: "\0", count: 10)
    #expect(FactReading(json: #"{"date":"\#(nuls)"}"#).document == nil)
    #expect(FactReading(json: "{\(nuls)1}").document == nil)
  }

  /// The text with one to three changes: a byte changed, removed or put in, a part doubled or swapped.
  private func damage(_ text: [UInt8], using random: inout SeededNumbers) -> [UInt8] {
    let pieces = [
      "null", "{}", "[]", "\"\"", "1e999", "\\ud800", "\u{0}", "\n", "}", "]", ",", "é",
    ]
    var text = text
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let place = Int.random(in: 0..<text.count, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: text[place] = UInt8.random(in: 0...255, using: &random)
      case 1: text.remove(at: place)
      case 2: text.insert(UInt8.random(in: 0...127, using: &random), at: place)
      case 3: text.insert(contentsOf: (pieces.randomElement(using: &random) ?? "").utf8, at: place)
      default:
        let end = min(place + Int.random(in: 1...40, using: &random), text.count)
        text.insert(contentsOf: text[place..<end], at: place)
      }
    }
    return text
  }
}
