import CEL
import Diagnostics
import Testing

@testable import PolicyEngine

/// Names of closed lists, by what of them tells them apart.
@Suite struct CaseTests {
  /// Lists that one byte tells apart, near the start, far from it or beyond what is compared at once; and
  /// lists that no byte does, since there are too many names, one is the start of another, one is too long
  /// to be compared, or one needs escapes.
  static let lists = [
    ["A", "B", "C", "D", "F"],
    ["below-basic", "basic", "proficient", "advanced"],
    [
      "grade-d-or-f", "reading-improvement-plan", "below-basic-state", "below-grade-level-district",
    ],
    ["same-start-1", "same-start-2"],
    ["exactly8", "sixteen bytes ok", "seventeen bytes !", "twenty-four bytes it is.", "one"],
    ["ä", "ö", "Ü", "日本"],
    ["", "x"],
    ["only"],
    ["ab", "abc", "b"],
    ["a very long name that is longer than what is compared at once, 1", "short"],
    [#"qu"ote"#, "back\\slash", "line\nfeed"],
    (0..<300).map { "case-\($0)" },
  ]

  @Test(arguments: lists)
  func `tells each name from all that are like it`(names: [String]) throws {
    for name in names {
      let spellings = [
        JSONValue.string(name).compact,
        "\"" + name.utf16.map { #"\u"# + String($0, radix: 16).leftPadded(to: 4) }.joined() + "\"",
      ]
      for spelling in spellings {
        #expect(read(spelling, names) == name, "\(spelling)")
      }
      for other in [name + "-", "-" + name, String(name.dropLast()), String(name.dropFirst())]
      where !names.contains(other) {
        #expect(read(JSONValue.string(other).compact, names) == nil, "\(other) passes for \(name)")
      }
    }
  }

  @Test(arguments: [#""qu"ote""#, #""back\slash""#, "\"line\nfeed\""])
  func `takes no name for itself that is no JSON`(text: String) {
    let names = [#"qu"ote"#, #"back\slash"#, "line\nfeed", "x"]
    let reading = FactReading(json: #"{"x":\#(text)}"#, schema: schema(names))
    #expect(reading.document == nil)
    #expect(reading.diagnostics.last?.code == .invalidJson)
  }

  /// The case that a text is read as; nil where it is none.
  private func read(_ text: String, _ names: [String]) -> String? {
    // What follows must not matter: bytes that would go on a name, and none.
    let texts = [#"{"x":\#(text)}"#, #"{"x":\#(text)  ,"x":1}"#]
    let readings = texts.map { FactReading(json: $0, schema: schema(names)) }
    guard let root = readings[0].document?.root,
      case .present(.string(let name)) = root.value(ofField: 0)
    else { return nil }
    return readings[1].diagnostics.map(\.code) == [.repeatedFact] ? name : nil
  }

  private func schema(_ names: [String]) -> FactSchema {
    let fact = FactSchema.Fact(name: "x", type: .enumeration(0), isOptional: true)
    return FactSchema(
      objectTypes: [FactSchema.ObjectType(name: "Thing", facts: [fact])],
      enumerations: [EnumerationType(name: "List", cases: names)], documentType: 0,
      documentName: "thing")
  }
}

extension String {
  fileprivate func leftPadded(to count: Int) -> String {
    String(repeating: "0", count: max(0, count - self.count)) + self
  }
}
