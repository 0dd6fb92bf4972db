import CEL

/// The plans of the ranges of governing dates, each made when its first document comes.
///
/// A class, so that what decides by them is small: structs are copied where they are lent.
final class DatedPlans<Plan> {
  /// What the plans are of.
  let policies: PolicySet
  /// The first days of all ranges but the first, ascending.
  private let starts: [Int64]
  /// The plans by range; the last is for documents whose date is not known.
  private var plans: [Plan?]
  private let make: (CivilDate?) -> Plan

  /// The plans for documents of a policy set; `make` makes the one for the dates like a date, nil stands for documents
  /// whose date is not known.
  init(_ policies: PolicySet, make: @escaping (CivilDate?) -> Plan) {
    self.policies = policies
    self.make = make
    starts = policies.governingStarts
    plans = Array(repeating: nil, count: starts.count + 2)
  }

  /// The plan for a governing date, as days since 1970-01-01; nil when that isn't known.
  func plan(on day: Int64?) -> Plan {
    let index = day.map { range(of: $0) } ?? plans.count - 1
    return plans[index] ?? makePlan(at: index, on: day)
  }

  @inline(never)
  private func makePlan(at index: Int, on day: Int64?) -> Plan {
    let plan = make(day.map { CivilDate(daysSinceEpoch: Int32(truncatingIfNeeded: $0)) })
    plans[index] = plan
    return plan
  }

  /// The number of starts up to a day.
  private func range(of day: Int64) -> Int {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= day { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// What tells which plan a document is for: its governing date, which no parameter has a say in.
struct GoverningDatePlan {
  private let program: PlanProgram
  private let node: Int32
  private let budget: Int

  /// The plan of the date that governs documents of a policy set.
  init(_ policies: PolicySet, today: CivilDate) {
    var compiler = PlanCompiler(policies)
    let scope = PlanCompiler.Scope(
      locals: [.row(type: policies.vocabulary.documentType)],
      globals: [nil, .date(today), nil] + policies.vocabulary.parameters.map { _ in nil })
    node = compiler.number(policies.vocabulary.governingDate, scope) ?? PlanCompiler.undetermined
    program = compiler.program()
    budget = policies.evaluator.budget - compiler.cost(node)
  }

  /// The governing date of a document, as days since 1970-01-01; nil when it isn't known.
  @inline(__always)
  func day(_ facts: FactView, documentRow: Int, frame: borrowing FrameMemory) -> Int64? {
    var machine = unsafe PlanMachine(
      program, facts: facts, documentRow: documentRow, unsafeFrame: frame.start)
    return machine.evaluateDay(node, budget: budget)
  }
}
