import Diagnostics
import Foundation
import PolicyEngine
import PolicySQL
import TestSupport
import Testing

/// What the engine says of the corpus, and what each dialect refuses to say of it.
@Suite struct CorpusTests {
  @Test func `the outcomes of the corpus are those of the engine`() throws {
    let policies = try Corpus.policies()
    let agreement = Agreement(policies: policies, database: Database(dialect: .duckdb))
    let answers = try Corpus.lines("documents.ndjson").map {
      try #require(try agreement.engineAnswer($0, decisions: nil), "\($0)")
    }
    var text = "# Of each condition, a letter a document: + true, - false, ? undetermined;\n"
    text += "# of one about parts, a letter for each in which it is not true, in brackets.\n"
    for rule in policies.rules where rule.id.hasPrefix("c-") {
      let letters = answers.map { answer in
        let no = (answer.violated ?? []).filter { $0.rule == rule.id }
        let open = (answer.undetermined ?? []).filter { $0.rule == rule.id }
        let found = no.map { _ in "-" } + open.map { _ in "?" }
        guard rule.subjectType != policies.vocabulary.documentType else {
          return found.first ?? "+"
        }
        return "[\(found.joined())]"
      }
      text += "\(rule.title)\n  \(letters.joined())\n"
    }
    try assertSnapshot(text, recordedIn: Corpus.folder.appending(path: "outcomes.txt"))
  }

  @Test(arguments: SQLDatabase.allCases)
  func `a dialect refuses what it can't say, with the place and why`(dialect: SQLDatabase) throws {
    let statement = try Corpus.policies().sqlStatement(for: dialect)
    let text = statement.refusals.filter { $0.notes.first?.ruleID?.hasPrefix("c-") ?? false }
      .map { "\($0.range?.text ?? "")\n  \($0.message)\n" }.joined()
    try assertSnapshot(
      text, recordedIn: Corpus.folder.appending(path: "refused-\(dialect.rawValue).txt"))
    #expect(statement.leftDecisions.contains("things"))
  }
}
