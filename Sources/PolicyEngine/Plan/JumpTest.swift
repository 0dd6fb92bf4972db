/// One test of jump code: what is asked of the facts, and where to go on from each answer.
///
/// Rules are decided by a walk from test to test, so that a rule whose `when` is false costs one test, and
/// no truth is ever handed up through a tree. A test that can't tell leaves for `doubt`, where the rule
/// is decided in three-valued logic instead: jump code is never wrong, only sometimes of no use.
struct JumpTest: BitwiseCopyable {
  enum Operation: UInt8 {
    // MARK: Ends, at which the walk stops
    /// All rules are decided.
    case end
    /// The view at `value` is violated; goes on at `no`.
    case violated
    /// The view at `value` can't be decided here; goes on at `no`.
    case doubtful

    // MARK: Steps, which go on at `yes`
    /// As much work as `value` may be spent from here on.
    case setBudget
    /// The row in cell `a.object` also goes to cell `b.object`.
    case bind

    // MARK: Tests
    /// There is an object in cell `a.object`.
    case isObject
    /// The Boolean fact `a`.
    case bool
    /// Whether fact `a`, which is optional, is there.
    case isPresent
    /// Whether fact `a`, which is not optional, is there; doubtful if not.
    case isRequiredPresent
    /// Number `a` equals `value`.
    case numberEquals
    /// Number `a` is a position whose bit is set in `value`.
    case inMask
    /// Number `a` and number `b`, which is moved by `value` days: doubtful outside the years 1 to 9999.
    case numbersEqual, numberLess, numberLessOrEqual
    /// The number of elements of list `a` is between the halves of `value`, the lower one first.
    case countWithin
    /// Instants or durations `a` and `b`.
    case instantsEqual, instantLess, instantLessOrEqual
    /// Strings `a` and `b`.
    case stringsEqual
    /// Word `value` is among the elements of list `a`, which have a word each.
    case listHas
    /// String `b` is among the elements of list `a`.
    case listHasString
    /// String `a` is in the constant set `value`.
    case inStrings
    /// The string whose first word is named by cell `a.object` is in the constant set `value`.
    case elementInStrings
    /// String `a` holds nothing but white space.
    case isBlank
    /// Whatever truth node `a.slot` of the plan has, on a frame from `a.object` on.
    case node

    // MARK: Loops
    /// Puts the elements of list `a` into the cells from `b.object` on: first where the next one is, then
    /// where they end; `value` is what its body costs. Goes on at `yes`, which is a `next`.
    case loop
    /// Takes an element from the cells of `b` and puts it to cell `a.object`: its row where
    /// `a.presenceBit` is 1, or the index of its first of `a.slot` words. Without one goes on at `no`.
    case next
  }

  /// A fact of the object whose row is in a cell of the frame.
  struct Operand: BitwiseCopyable {
    /// The cell.
    var object: Int16 = 0
    /// The distance from the start of the row of the word with its presence bit, and the bit's number.
    var presenceWord: UInt8 = 0
    var presenceBit: UInt8 = 0
    /// The distance of its slot from the start of the row.
    var slot: Int32 = 0
  }

  let operation: Operation
  /// Where to go on when it can't be known.
  var doubt: Int32 = 0
  var yes: Int32 = 0
  var no: Int32 = 0
  var a = Operand()
  var b = Operand()
  var value: Int64 = 0
}

/// An object that many tests read, put into a cell of its own before they start.
struct JumpObject: BitwiseCopyable {
  /// The cell.
  let cell: Int16
  /// The object fact that it is.
  let fact: JumpTest.Operand
}

/// The rules about the values of one type as jump code, compiled together: a subject is walked once for all.
struct JumpChain: Sendable, BitwiseCopyable {
  /// The first test.
  let start: Int32
  /// The positions in `subjectSteps` of the steps that lead to the subjects.
  let subjectSteps: TableRange
  /// The positions in `subjectObjects` of what is put into cells for each subject.
  let objects: TableRange
  /// The positions in `chainViews` of the views of its rules.
  let views: TableRange
}

/// Which cells of the frame jump code uses, besides those that the plan's nodes use.
enum JumpCells {
  /// Where the cells begin.
  static let start = PlanMachine.frameCapacity
  /// The document's row.
  static let document = Int16(start)
  /// How many cells there are: what finds none is left to the nodes.
  static let count = 96
}
