package import CEL

/// Answers questions about the subjects of documents by a compiled plan, as `DecisionContext.answers` does one by one.
///
/// It reads documents where they were decoded. Where the plan can't tell, the general evaluator is asked that question,
/// and says what is missing. A reader learns plans and keeps memory: each thread has its own.
package struct SubjectReader: ~Copyable {
  /// What was answered about a subject, up to the first question that has no value.
  package enum Reading: Sendable {
    case answers([Evaluation])
    /// There are none: the subject itself is missing, at a path.
    case missing(AttributePath)
  }

  private let questions: [SubjectQuestion]
  private let subjectType: Int
  private let today: CivilDate
  private let layout: FactLayout
  private let plans: DatedPlans<QuestionPlan>
  private let governingDate: GoverningDatePlan
  private let frame = FrameMemory()
  private var subjects: DocumentSubjects

  /// The governing date of the last document; nil when it isn't known.
  package private(set) var day: CivilDate?
  /// What was answered about the subjects of the last document, in its order.
  package private(set) var readings: [Reading] = []
  /// How many questions were left to the general evaluator, of all documents so far.
  package private(set) var generalAnswers = 0
  /// The positions of these subjects among all places that were gathered.
  private var places: [Int] = []

  /// A reader of the values of a type, by its index, in documents of a policy set.
  package init(
    _ questions: [SubjectQuestion], about subjectType: Int, _ policies: PolicySet,
    today: CivilDate
  ) {
    self.questions = questions
    self.subjectType = subjectType
    self.today = today
    layout = FactLayout(policies.vocabulary.schema)
    governingDate = GoverningDatePlan(policies, today: today)
    subjects = DocumentSubjects(tree: SubjectTree(to: [subjectType], in: policies))
    plans = DatedPlans(policies) { date in
      QuestionPlan(
        questions, about: subjectType, policies, today: today, governingDate: date)
    }
  }

  /// The path of a subject of the last document, by its position among the readings.
  package func path(of reading: Int) -> AttributePath { path(to: places[reading]) }

  private func path(to place: Int) -> AttributePath {
    AttributePath(
      root: plans.policies.vocabulary.documentName, steps: subjects.steps(to: place))
  }

  /// Answers the questions about the document that has a row in an arena, and was decoded from a text's first bytes, of
  /// which it takes no more than `length`.
  ///
  /// `given` makes the whole numbers that come with a document of its governing date.
  mutating func read(
    row: Int, in arena: borrowing FactArena, text: PaddedBytes, length: Int,
    given: (CivilDate?) -> [Int64]
  ) {
    readings.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    var general: GeneralPath?
    arena.withView(of: text) { facts in
      subjects.gather(facts, documentRow: row)
      day = governingDate.day(facts, documentRow: row, frame: frame).map {
        CivilDate(daysSinceEpoch: Int32(truncatingIfNeeded: $0))
      }
      if day == nil {
        general = GeneralPath(
          policies: plans.policies, layout: layout, arena: arena, text: text, length: length,
          row: row, today: today)
        day = general?.context.knownGoverningDate
      }
      let plan = plans.plan(on: day.map { Int64($0.daysSinceEpoch) })
      var machine = unsafe PlanMachine(
        plan.program, facts: facts, documentRow: row, unsafeFrame: frame.start)
      let numbers = given(day)
      for step in subjects.tree.stepsByType[subjectType] {
        for place in subjects.ranges[step] {
          places.append(place)
          let subjectRow = subjects.places[place].row
          guard subjectRow >= 0 else {
            readings.append(.missing(path(to: place)))
            continue
          }
          var answers: [Evaluation] = []
          answers.reserveCapacity(questions.count)
          for (index, question) in questions.enumerated() {
            machine.enter(subjectRow, question.names, given: numbers, answers)
            if let value = plan.answer(to: index, &machine) {
              answers.append(.value(value))
              continue
            }
            let path =
              general
              ?? GeneralPath(
                policies: plans.policies, layout: layout, arena: arena, text: text,
                length: length, row: row, today: today)
            general = path
            guard
              case .value(let subject) = path.subject(
                at: place, of: subjects, type: subjectType)
            else { break }
            let answer = path.context.answer(
              to: question, about: subject, given: numbers, earlier: answers)
            answers.append(answer)
            generalAnswers += 1
            guard case .value = answer else { break }
          }
          readings.append(.answers(answers))
        }
      }
    }
  }
}

extension PlanMachine {
  /// Puts a subject's row into the frame, and behind it the numbers that names stand for.
  fileprivate func enter(
    _ row: Int, _ names: [SubjectQuestion.Name], given: [Int64], _ answers: [Evaluation]
  ) {
    unsafe frame[0] = row
    for (index, name) in names.enumerated() where index + 1 < Self.frameCapacity {
      switch name {
      case .constant: continue
      case .given(let position):
        unsafe frame[index + 1] = Int(truncatingIfNeeded: given[position])
      case .answer(let position):
        // What is no whole number has no such name: the expression was checked.
        guard case .value(.int(let number)) = answers[position] else { continue }
        unsafe frame[index + 1] = Int(truncatingIfNeeded: number)
      }
    }
  }
}
