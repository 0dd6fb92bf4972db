/// How an expression got to its result: the parts that were evaluated, with theirs.
public struct Trace: Sendable {
  /// The node.
  public let expression: CheckedExpression
  /// Its result.
  public let result: Evaluation
  /// The parts that were evaluated, in order; a part that was skipped is not among them.
  public let children: [Trace]
  /// For a part evaluated once per element of a comprehension: the element's position, from 0.
  public let iteration: Int?
  /// Where the value stands in the data, when the node reads it from there.
  public let origin: AttributePath?

  /// A traced node.
  public init(
    expression: CheckedExpression, result: Evaluation, children: [Trace], iteration: Int? = nil,
    origin: AttributePath? = nil
  ) {
    self.expression = expression
    self.result = result
    self.children = children
    self.iteration = iteration
    self.origin = origin
  }
}

/// Something that an evaluation read and that made the difference.
public enum DecisiveRead: Hashable, Sendable {
  /// A fact's value was read.
  case fact(AttributePath)
  /// Only whether the fact is there was asked (`has`), or which elements a list of objects has.
  case presence(AttributePath)
  /// A variable other than an object: a parameter, the date decided for.
  case global(slot: Int)
  /// A row of a variable that is a table was read, or an element of one that is a list.
  indirect case row(ofGlobal: Int, at: AttributePath.Step)
  /// A variable was read as of a day, rather than the one that it has its value by; a row of it where one was read.
  indirect case dated(global: Int, on: CivilDate, row: AttributePath.Step?)
  /// A calendar of a name was asked about the days from one to another.
  case days(ofCalendar: String, from: CivilDate, through: CivilDate)
  /// A derived field was gone through, on the object at a path.
  indirect case derived(FieldReference, on: AttributePath?)
}
