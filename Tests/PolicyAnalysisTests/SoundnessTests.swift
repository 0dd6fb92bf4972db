import CEL
import Diagnostics
import PolicyAnalysis
import PolicyEngine
import TestSupport
import Testing

/// What the linter claims of generated rules, held against what documents come to.
@Suite struct SoundnessTests {
  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func `no generated document belies what is found in generated rules`(seed: UInt64) throws {
    var generator = RuleGenerator(random: SeededNumbers(seed: seed))
    let rules = (0..<60).map { generator.rule(id: "generated-\($0)") }
    let policies = try policies([
      try LintFile.base(),
      Source(name: "rules.yaml", text: "rules:\n" + rules.joined()),
    ])
    let claims = Claims(findings(in: policies))
    // The rules are such that much is found.
    #expect(claims.count >= 3)
    for _ in 0..<100 {
      let text = generator.document()
      let violated = try violated(by: text, policies)
      for mistake in claims.belied(by: violated) { Issue.record("\(mistake)\n\(text)\n\(rules)") }
    }
  }

  /// The rules that a document violates.
  private func violated(by text: String, _ policies: PolicySet) throws -> Set<String> {
    var mistakes: [Diagnostic] = []
    let document = try #require(
      FactDocument.read(
        json: Source(name: "document", text: text), schema: policies.vocabulary.schema,
        into: &mistakes), "\(mistakes)")
    let today = try #require(CivilDate("2026-03-01"))
    return Set(policies.decide(document, today: today).violated.map(\.rule))
  }
}

/// What was found, as statements about what is violated.
private struct Claims {
  private var never: [(rule: String, code: DiagnosticCode)] = []
  private var pairs: [(first: String, second: String)] = []

  var count: Int { never.count + pairs.count }

  init(_ findings: [Diagnostic]) {
    for finding in findings {
      let names = finding.message.split(separator: "'").map(String.init)
      switch finding.code {
      case .neverApplies, .neverViolated: never.append((names[1], finding.code))
      case .sameMeaning: pairs.append((names[1], names[3]))
      default: break
      }
    }
  }

  func belied(by violated: Set<String>) -> [String] {
    never.filter { violated.contains($0.rule) }.map {
      "\($0.rule) is violated: \($0.code.rawValue)"
    }
      + pairs.filter { violated.contains($0.first) != violated.contains($0.second) }
      .map { "only one of \($0.first) and \($0.second) is violated" }
  }
}

/// Rules and documents over the base vocabulary in which few values occur, so that they often meet.
private struct RuleGenerator {
  var random: SeededNumbers

  mutating func rule(id: String) -> String {
    var lines = [
      "rule: \(id)", "title: Generated", "decides: [lend]",
      "require: \(condition())", "because: x", "fix: y",
    ]
    if Bool.random(using: &random) { lines.append("when: \(condition())") }
    if Int.random(in: 0..<4, using: &random) == 0 { lines.append("unless: \(condition())") }
    if Int.random(in: 0..<4, using: &random) == 0 {
      lines.append("effective: {from: \(Self.dates.randomElement(using: &random) ?? "")}")
    }
    return "  - " + lines.joined(separator: "\n    ") + "\n"
  }

  private mutating func condition() -> String { "\"\(expression(depth: 3))\"" }

  private mutating func expression(depth: Int) -> String {
    switch depth == 0 ? 0 : Int.random(in: 0..<7, using: &random) {
    case 1: return "!(\(expression(depth: depth - 1)))"
    case 2, 3: return "(\(expression(depth: depth - 1)) && \(expression(depth: depth - 1)))"
    case 4, 5: return "(\(expression(depth: depth - 1)) || \(expression(depth: depth - 1)))"
    case 6:
      return "(\(expression(depth: depth - 1)) ? \(expression(depth: depth - 1)) : "
        + "\(expression(depth: depth - 1)))"
    default: return Self.atoms.randomElement(using: &random) ?? "true"
    }
  }

  private static let dates = ["2019-12-31", "2026-01-01", "2026-02-01"]

  private static let atoms =
    ["<", "<=", ">", ">=", "==", "!="].flatMap { sign in
      [
        "loan.count \(sign) 2", "loan.count \(sign) 3", "2 \(sign) loan.count",
        "size(loan.notes) \(sign) 1", "loan.price \(sign) 2.0", "loan.date \(sign) loan.due",
        "loan.due \(sign) loan.date", "loan.date \(sign) date('2026-01-01')",
        "loan.branch \(sign) 'b'", "loan.card.level \(sign) 2", "limit \(sign) 20",
        "loan.count \(sign) limit", "loan.count \(sign) loan.card.level",
      ]
    } + [
      "loan.isReserved", "loan.isReserved == false", "loan.isFilm", "loan.kind == 'book'",
      "loan.kind in ['film', 'book']", "has(loan.card)", "has(loan.card.level)", "has(loan.branch)",
      "loan.card.number == 'x'", "loan.branch in ['a', 'b']", "loan.notes.exists(n, n == 'x')",
      "loan.notes.all(n, n == 'x')", "loan.items.exists(i, i.isDamaged && loan.isReserved)",
      "'x' in loan.notes",
    ]

  /// A document, of which facts may be missing.
  mutating func document() -> String {
    let due = Self.dates.randomElement(using: &random) ?? ""
    let date = Self.dates.randomElement(using: &random) ?? ""
    let count = Int.random(in: 1...4, using: &random)
    let level = Int.random(in: 1...3, using: &random)
    let card =
      Bool.random(using: &random)
      ? #"{"number": "x", "level": \#(level)}"# : #"{"number": "y"}"#
    let notes = ["[]", #"["x"]"#, #"["x", "y"]"#].randomElement(using: &random) ?? "[]"
    let facts = [
      #""id": "L""#, #""date": "\#(date)""#, #""due": "\#(due)""#,
      #""kind": "\#(Bool.random(using: &random) ? "book" : "film")""#, #""card": \#(card)"#,
      #""count": \#(count)"#, #""price": \#(count == 4 ? "2.0" : "\(count).5")"#,
      #""notes": \#(notes)"#,
      #""branch": "\#(["a", "b", "c"].randomElement(using: &random) ?? "")""#,
      #""isReserved": \#(Bool.random(using: &random))"#,
      #""items": [{"title": "t", "isDamaged": \#(Bool.random(using: &random))}]"#,
    ]
    return "{"
      + facts.filter { _ in Int.random(in: 0..<8, using: &random) > 0 }.joined(separator: ", ")
      + "}"
  }
}
