import CEL
import Diagnostics
import PolicyEngine
import Testing

/// Something that people who come from another engine are used to, and what becomes of it here.
struct EngineHabit: Sendable, CustomTestStringConvertible {
  /// What becomes of a condition over a document.
  enum Answer: Equatable, Sendable, CustomStringConvertible {
    case pass
    case fail
    case undetermined
    /// The policies can't be loaded; a part of the message.
    case policyRefused(String)
    /// The document can't be read; a part of the message.
    case documentRefused(String)

    /// The first words of the page's column "here".
    var words: String {
      switch self {
      case .pass: "True"
      case .fail: "False"
      case .undetermined: "Undetermined, so not eligible"
      case .policyRefused: "Refused when the policies are loaded"
      case .documentRefused: "Refused when the document is read"
      }
    }

    var description: String {
      switch self {
      case .pass, .fail, .undetermined: words
      case .policyRefused(let message), .documentRefused(let message): "\(words): \(message)"
      }
    }
  }

  /// A condition in our language, a document that it is asked of, and the answer.
  struct Case: Sendable {
    let condition: String
    let document: String
    let answer: Answer

    init(_ condition: String, _ document: String = "{}", _ answer: Answer) {
      self.condition = condition
      self.document = document
      self.answer = answer
    }
  }

  /// What one writes there.
  let wrote: String
  /// What it does there, with package and version.
  let there: String
  /// What is to be known of our answer beyond its first words.
  let here: String
  /// What is written here, and what comes of it.
  ///
  /// The first is the one that the page shows.
  let cases: [Case]

  var testDescription: String { wrote }
}

extension EngineHabit.Case {
  /// The vocabulary of the cases: one document with a fact of every sort, all of them optional or left out at will.
  private static let vocabulary = """
    document: {visit: Visit}
    governedBy: visit.day
    timeZone: America/Chicago
    types:
      Visit:
        facts:
          day: date
          minutes: int
          limit: int?
          approved: bool
          name: string?
          names: [string]
          when: timestamp
          parts: [Part]
      Part:
        facts:
          minutes: int
    decisions:
      counts: {title: Counts, about: Visit}
    """

  /// Decides the document by a policy set that has the condition as its only rule.
  func run() throws -> EngineHabit.Answer {
    let quoted = condition.replacing("'", with: "''")
    let loaded = PolicySet.load([
      Source(name: "vocabulary.yaml", text: Self.vocabulary),
      Source(
        name: "rule.yaml",
        text: "rules:\n- {rule: row, title: Row, decides: [counts], require: '\(quoted)'}\n"),
    ])
    guard let policies = loaded.policies else {
      return .policyRefused(loaded.diagnostics.map(Self.text).joined(separator: "; "))
    }
    var diagnostics: [Diagnostic] = []
    let facts = FactDocument.read(
      json: Source(name: "visit.json", text: document), schema: policies.vocabulary.schema,
      into: &diagnostics)
    guard let facts, diagnostics.isEmpty else {
      return .documentRefused(diagnostics.map(Self.text).joined(separator: "; "))
    }
    let verdict = policies.decide(facts, today: try #require(CivilDate("2026-03-09")))
    return switch verdict.decisions.first?.outcome {
    case .pass: .pass
    case .fail: .fail
    case .undetermined, nil: .undetermined
    }
  }

  private static func text(_ diagnostic: Diagnostic) -> String {
    diagnostic.message + (diagnostic.help.map { " (\($0))" } ?? "")
  }
}
