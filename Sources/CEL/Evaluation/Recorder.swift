/// Sees every node that the machine enters and leaves.
///
/// The machine is generic over its recorder, so that evaluation without one is compiled without a trace
/// of tracing, and both are the same code.
protocol Recorder: Sendable {
  /// Whether origins are worth working out.
  static var isRecording: Bool { get }
  /// Whether it must see each object that a field is read of, and not only the field.
  static var seesObjects: Bool { get }
  mutating func enter()
  mutating func leave(
    _ node: CheckedExpression, _ result: Evaluation, iteration: Int?, origin: AttributePath?)
  /// A variable is bound to the value of the node left last; what is given is told when it is read.
  ///
  /// `keepsReads` where that node matters to the one around it whether or not the variable is read.
  mutating func bind(keepsReads: Bool) -> Int?
  /// A variable is read, which `bind` gave this for; nil for those of comprehensions, and the subject.
  mutating func read(binding: Int?)
  /// The call that is left next reads a row of a variable that is a table.
  mutating func read(row: AttributePath.Step, ofGlobal slot: Int)
  /// The call that is left next reads a variable as of a day.
  mutating func read(global slot: Int, on day: CivilDate)
  /// The call that is left next asks a calendar about days.
  mutating func read(_ days: ClosedRange<CivilDate>, ofCalendar name: String)
  /// The reads of the node left last, to be added elsewhere; nil where none are recorded.
  var lastSection: ReadRecorder.Section? { get }
  /// Adds the reads of a node that was evaluated elsewhere, as if it were entered and left here; whether it has
  /// what is needed for that.
  mutating func add(_ section: ReadRecorder.Section?) -> Bool
}

/// Records nothing.
struct NoRecorder: Recorder {
  static var isRecording: Bool { false }
  static var seesObjects: Bool { false }
  func enter() {}
  func leave(
    _ node: CheckedExpression, _ result: Evaluation, iteration: Int?, origin: AttributePath?
  ) {}
  func bind(keepsReads: Bool) -> Int? { nil }
  func read(binding: Int?) {}
  func read(row: AttributePath.Step, ofGlobal slot: Int) {}
  func read(global slot: Int, on day: CivilDate) {}
  func read(_ days: ClosedRange<CivilDate>, ofCalendar name: String) {}
  var lastSection: ReadRecorder.Section? { nil }
  func add(_ section: ReadRecorder.Section?) -> Bool { true }
}

/// Builds the tree of traces: a stack of the parts finished so far of each node not finished yet.
struct TraceRecorder: Recorder {
  static var isRecording: Bool { true }
  static var seesObjects: Bool { true }
  private var levels: [[Trace]] = [[]]

  mutating func enter() { levels.append([]) }
  func bind(keepsReads: Bool) -> Int? { nil }
  func read(binding: Int?) {}
  func read(row: AttributePath.Step, ofGlobal slot: Int) {}
  func read(global slot: Int, on day: CivilDate) {}
  func read(_ days: ClosedRange<CivilDate>, ofCalendar name: String) {}
  var lastSection: ReadRecorder.Section? { nil }
  func add(_ section: ReadRecorder.Section?) -> Bool { false }

  mutating func leave(
    _ node: CheckedExpression, _ result: Evaluation, iteration: Int?, origin: AttributePath?
  ) {
    let children = levels.popLast() ?? []
    guard let parent = levels.indices.last else { return }
    levels[parent].append(
      Trace(
        expression: node, result: result, children: children, iteration: iteration,
        origin: origin))
  }

  /// The trace of the whole expression, with the result that it finally has.
  func trace(of expression: CheckedExpression, result: Evaluation) -> Trace {
    let root = levels.first?.first
    return Trace(
      expression: expression, result: result, children: root?.children ?? [],
      origin: root?.origin)
  }
}
