import CEL
import Diagnostics
import TestSupport
import Testing
import YAML

@testable import PolicyEngine

/// What a reader answers by its plan, the general evaluator must answer too.
struct SubjectReaderTests {
  /// Random expressions about an encounter, as the columns of a file have them.
  private static func expressions(
    _ policies: PolicySet, seed: Int, count: Int
  ) throws -> [CheckedExpression] {
    var generator = ExpressionGenerator(seed: UInt64(seed))
    let outside = OutsideExpressions(
      policies,
      enumerations: [EnumerationType(name: "entry", cases: ["first", "reversal"])])
    let encounter = try #require(policies.vocabulary.types.firstIndex { $0.name == "Encounter" })
    let names = [
      Environment.Variable(name: "minutes", type: .int, what: "minutes"),
      Environment.Variable(name: "batch", type: .int, what: "the batch"),
      Environment.Variable(name: "entry", type: .enumeration("entry"), what: "the entry"),
      Environment.Variable(name: "reason", type: .string, what: "the reason"),
    ]
    return try (0..<count).map { _ in
      let text = JSONValue.string(generator.value()).compact
      var mistakes: [Diagnostic] = []
      let node = try #require(
        YAMLReader.read(Source(name: "columns", text: text), into: &mistakes).first)
      let expression = outside.read(
        node, what: "a column", about: encounter, locals: names, into: &mistakes)
      return try #require(expression, "\(text): \(mistakes.map(\.message))")
    }
  }

  @Test(arguments: 1...4)
  func `a reader answers as the general evaluator does`(seed: Int) throws {
    let policies = try ShippedPolicies.load(
      rules: ExpressionGenerator.parameters + "rules: []")
    let today = try #require(ShippedPolicies.today)
    let encounter = try #require(policies.vocabulary.types.firstIndex { $0.name == "Encounter" })
    var (values, failures, generalAnswers) = (0, 0, 0)
    let documents = try ShippedPolicies.changedExamples(policies, seed: seed)
    for (number, expression) in try Self.expressions(policies, seed: seed, count: 24).enumerated() {
      let entry = number.isMultiple(of: 2) ? "first" : "reversal"
      let questions = [
        SubjectQuestion(
          expression,
          names: [.given(1), .given(0), .constant(.string(entry)), .constant(.string("late"))])
      ]
      var reader = SubjectReader(questions, about: encounter, policies, today: today)
      for document in documents {
        let context = DecisionContext(
          policies: policies, document: document.root, today: today)
        let expected = policies.routes[encounter].subjects(in: document.root).map { subject in
          switch subject {
          case .value(let object):
            "\(subject.path.pathFromRoot): "
              + "\(context.answers(to: questions, about: object, given: [3, 45]))"
          case .missing(let path): "missing \(path)"
          }
        }
        let found = reader.words(document, policies, given: [3, 45])
        #expect(found == expected, "\(expression.range.text)")
        values += found.count { $0.contains("value(") }
        failures += found.count { !$0.contains("value(") }
      }
      generalAnswers += reader.generalAnswers
    }
    // Of the answers that are values nearly all must come from the plan.
    #expect(generalAnswers - failures < values / 8, "\(generalAnswers), \(failures), \(values)")
    #expect(values > 500)
    #expect(failures > 100)
  }

  @Test func `an answer is a name of the questions after it`() throws {
    let policies = try ShippedPolicies.load(
      rules: ExpressionGenerator.parameters + "rules: []")
    let today = try #require(ShippedPolicies.today)
    var mistakes: [Diagnostic] = []
    func expression(_ text: String, _ names: [String]) throws -> CheckedExpression {
      let node = try #require(
        YAMLReader.read(Source(name: "x", text: text), into: &mistakes).first)
      return try #require(
        OutsideExpressions(policies).read(
          node, what: "x", about: policies.vocabulary.documentType,
          locals: names.map { .init(name: $0, type: .int, what: $0) }, into: &mistakes))
    }
    let questions = [
      SubjectQuestion(try expression("size(session.tags)", [])),
      SubjectQuestion(
        try expression("tags * 10 + year", ["tags", "year"]), names: [.answer(0), .given(0)]),
    ]
    var reader = SubjectReader(
      questions, about: policies.vocabulary.documentType, policies, today: today)
    let document = try #require(
      FactDocument.read(
        json: Source(name: "s", text: #"{"date": "2026-10-05", "tags": ["a", "b"]}"#),
        schema: policies.vocabulary.schema, into: &mistakes))
    #expect(
      reader.words(document, policies, given: [7]) == [
        ": [CEL.Evaluation.value(CEL.CELValue.int(2)), CEL.Evaluation.value(CEL.CELValue.int(27))]"
      ])
  }
}

extension SubjectReader {
  /// What is answered about each subject of a document, in words.
  fileprivate mutating func words(
    _ document: FactDocument, _ policies: PolicySet, given: [Int64]
  ) -> [String] {
    let schema = policies.vocabulary.schema
    var decoder = FactDecoder(schema, layout: FactLayout(schema))
    var arena = FactArena()
    PaddedBytes.with(document.paddedText) { text in
      guard let row = decoder.decode(text, into: &arena).row else { return }
      read(row: row, in: arena, text: text, length: text.count, given: { _ in given })
    }
    return readings.enumerated().map { index, reading in
      switch reading {
      case .answers(let answers): "\(path(of: index).pathFromRoot): \(answers)"
      case .missing(let path): "missing \(path)"
      }
    }
  }
}
