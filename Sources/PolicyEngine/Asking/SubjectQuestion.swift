package import CEL

/// Something that is asked about a subject of a document: an expression from outside the policy set's files.
package struct SubjectQuestion: Sendable {
  /// What a further name of the expression stands for, behind the subject.
  package enum Name: Sendable {
    /// Always the same.
    case constant(CELValue)
    /// The whole number that an earlier question was answered with, by its position among the questions.
    case answer(Int)
    /// One of the whole numbers that come with the document, by its position among these.
    case given(Int)
  }

  let expression: CheckedExpression
  let names: [Name]

  /// A question; the names are those that the expression was read with, in their order.
  package init(_ expression: CheckedExpression, names: [Name] = []) {
    self.expression = expression
    self.names = names
  }
}

extension DecisionContext {
  /// What the general evaluator answers to questions about a subject, up to the first one that has no value.
  package func answers(
    to questions: [SubjectQuestion], about subject: any CELObject, given: [Int64]
  ) -> [Evaluation] {
    var answers: [Evaluation] = []
    for question in questions {
      let answer = answer(to: question, about: subject, given: given, earlier: answers)
      answers.append(answer)
      guard case .value = answer else { break }
    }
    return answers
  }

  /// What the general evaluator answers to a question, whose earlier ones were answered.
  func answer(
    to question: SubjectQuestion, about subject: any CELObject, given: [Int64],
    earlier: [Evaluation]
  ) -> Evaluation {
    var activation = activation(for: subject, decision: nil)
    for name in question.names {
      switch name {
      case .constant(let value): activation.locals.append(value)
      case .given(let position): activation.locals.append(.int(given[position]))
      case .answer(let position):
        guard case .value(let value) = earlier[position] else { return earlier[position] }
        activation.locals.append(value)
      }
    }
    return evaluate(question.expression, in: activation)
  }
}
