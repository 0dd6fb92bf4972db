import Foundation
import TestSupport
import Testing

/// The page "Coming from another engine": each row is what a test runs, and the page is made from the rows.
@Suite struct OtherEnginesTests {
  @Test(arguments: HabitsOfAnEngine.all.flatMap(\.habits))
  func `a habit from another engine has the answer of its row`(habit: EngineHabit) throws {
    for one in habit.cases {
      let answer = try one.run()
      switch (one.answer, answer) {
      case (.policyRefused(let part), .policyRefused(let message)),
        (.documentRefused(let part), .documentRefused(let message)):
        #expect(message.contains(part), "\(one.condition) of \(one.document)")
      default:
        #expect(answer == one.answer, "\(one.condition) of \(one.document)")
      }
    }
  }

  @Test func `the page of the documentation is made of the rows`() throws {
    try assertSnapshot(
      page,
      recordedIn: packageRoot.appending(
        path: "Sources/PolicyEngine/PolicyEngine.docc/OtherEngines.md"))
  }

  private var page: String {
    var text = """
      # Coming from another engine

      What one writes elsewhere, what it does there, and what it does here.

      ## Overview

      Rules look alike in all engines, and mean different things where a fact is missing, where types meet, and where
      time has a zone. Each row was seen with the version that is named, and what stands under "here" is run by the
      project's tests.

      Three differences matter most. A fact that is missing makes a decision *undetermined*, which never counts as
      eligible; `has(...)` asks whether an optional fact is there. Types are checked when the policies are loaded, so
      a wrong comparison is a mistake in the file and not an answer. Days are those of the zone that the vocabulary
      names.

      Who knows Rego: `not` of what is missing is true there and undetermined here; a rule that is undefined there is
      named here, with the fact; numbers and texts are not ordered with each other. Who knows DMN: null is not a value;
      two rows of a Unique table that apply together fail the decision, and are found before; numbers are binary fractions.
      <doc:Importing> makes policies of tables that there are.

      """
    for engine in HabitsOfAnEngine.all {
      text += "\n## \(engine.engine)\n\n\(engine.introduction)\n\n"
      text += "| one writes | there | here is written | and it is |\n|---|---|---|---|\n"
      for habit in engine.habits {
        let first = habit.cases[0]
        let cells = [
          habit.wrote, habit.there, "`\(first.condition)`",
          "\(first.answer.words); \(habit.here)",
        ]
        text += "| \(cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ")) |\n"
      }
    }
    return text
  }
}
