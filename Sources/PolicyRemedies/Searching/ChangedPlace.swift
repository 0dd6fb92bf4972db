import PolicyEngine

/// What is known of a fact, whatever it is changed to.
final class ChangedPlace {
  let touch: Touch
  /// The positions that lead to it; nil where nothing does.
  let positions: [Int]?
  /// The findings that may come to something else by a change, ascending.
  let numbers: [Int]
  /// The same as questions to the plan.
  let questions: [DraftDecider.Question]
  /// How much work it counts to change it: the lists that it stands in are copied.
  let copying: Int

  init(
    touch: Touch, positions: [Int]?, numbers: [Int], questions: [DraftDecider.Question],
    copying: Int
  ) {
    self.touch = touch
    self.positions = positions
    self.numbers = numbers
    self.questions = questions
    self.copying = copying
  }
}
