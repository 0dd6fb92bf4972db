/// One operation of a compiled condition, in a flat table of nodes that refer to each other by index.
///
/// What `a`, `b`, `c` and `value` mean differs by operation, and is said there. *Node* is an index of
/// the table; *object* is a node too, or one of the negative numbers of `PlanObject`, which save the
/// most frequent nodes.
struct PlanNode {
  enum Operation: UInt8 {
    // MARK: Truth
    /// Three constants, which are the first three nodes of every table.
    case no, yes, undetermined
    /// Node `a`.
    case not
    /// Nodes `a` and `b`.
    case and, or
    /// Node `a` ? node `b` : node `c`, of any kind.
    case conditional
    /// Node `b` where truth `a` holds, else node `c`, which must be known in either case; of any kind but truth.
    case orValue
    /// The term with definition `b` of object `a`, on a frame from `c` on; of any kind.
    case term
    /// Fact `c` of object `a`, at slot `b`.
    case boolAt
    /// The Boolean at the word that local `a` names.
    case boolOfLocal
    /// Whether object `a` has fact `c`; undetermined where it should have it, unless `b` is 1.
    case isPresent
    /// Truths `a` and `b` are the same, or not.
    case sameTruth
    /// Numbers `a` and `b`.
    case numbersEqual, numberLess, numberLessOrEqual
    /// Number `a` and the constant `value`.
    case numberEqualsConstant
    /// Number `a` is a position whose bit is set in `value`.
    case inMask
    /// Number `a` is one of the `c` constants from `b` on.
    case inNumbers
    /// Number `a` is in the list `b` of numbers.
    case inNumberList
    /// Strings `a` and `b`.
    case stringsEqual, stringLess, stringLessOrEqual
    /// String `a` is in the constant set `b`, of `c` strings.
    case inStrings
    /// String `a` is in the list `b` of strings.
    case inStringList
    /// String `a` holds nothing but white space.
    case isBlank
    /// String `a` starts with, ends with, has in it string `b`.
    case startsWith, endsWith, contains
    /// Instants or durations `a` and `b`.
    case instantsEqual, instantLess, instantLessOrEqual
    /// Body `b` is true of every, of some, of exactly one element of list `a`. The element is local `c`;
    /// `value` is `PlanNode.loopValue`.
    case all, exists, existsOne

    // MARK: Numbers: ints, days, positions in closed lists
    /// `value`.
    case number
    /// Fact `c` of object `a`, at slot `b`.
    case numberAt
    /// The word that local `a` names.
    case numberOfLocal
    /// Local `a` itself.
    case numberInLocal
    /// The position of string `a` in the constant set `b`; undetermined where it isn't there.
    case positionInStrings
    /// The constant at position `a` of those from `b` on.
    case numberOfPosition
    /// The whole seconds of duration `a`, in units of `value` seconds.
    case durationPart
    /// The number of elements of list `a`.
    case listCount
    /// The number of Unicode scalars of string `a`.
    case scalarCount
    /// Numbers `a` and `b`; undetermined on overflow.
    case add, subtract, multiply
    /// Day `a` moved by `b` times `value` days; undetermined outside the years 1 to 9999.
    case addDays
    /// A part of day `a`: 0 year, 1 month, 2 day of the month, 3 day of the week.
    case datePart
    /// The day of instant `a` in the policies' zone.
    case dayOfInstant

    // MARK: Strings
    /// The constant at `a`.
    case string
    /// Fact `c` of object `a`, at slot `b`.
    case stringAt
    /// The words that local `a` names.
    case stringOfLocal
    /// The element at number `b` of list `a`.
    case stringElement
    /// The name of position `a`, in a closed list whose names are the `c` constants from `b` on.
    case caseName

    // MARK: Instants and durations
    /// Seconds `value`, nanoseconds `a`.
    case instant
    /// Fact `c` of object `a`, at slot `b`.
    case instantAt
    /// The words that local `a` names.
    case instantOfLocal
    /// The two constants, seconds and nanoseconds, at position `a` of those from `b` on.
    case instantOfPosition
    /// The time between instants `b` and `a`; undetermined where it is too long for a duration.
    case difference
    /// The time since midnight of instant `a` in the policies' zone.
    case timeOfDay

    // MARK: Objects and lists
    /// The object that fact `c` of object `a` is, at slot `b`.
    case objectAt
    /// Fact `c` of object `a`, at slot `b`.
    case listAt
    /// The word that local `a` names.
    case listOfLocal
  }

  let operation: Operation
  var a: Int32 = 0
  var b: Int32 = 0
  var c: Int32 = 0
  var value: Int64 = 0

  /// What a loop needs to know: what an element is, and what its body costs.
  static func loopValue(_ element: PlanElement, bodyCost: Int) -> Int64 {
    Int64(bodyCost) << 8 | Int64(element.rawValue)
  }
}

/// What a loop gives its local: a row, or the index of an element's first word.
enum PlanElement: UInt8 {
  case row
  case oneWord
  case twoWords
}

/// The objects that nodes refer to without a node.
enum PlanObject {
  /// The document.
  static let document: Int32 = -1

  /// The row in local `depth`.
  static func local(_ depth: Int) -> Int32 { -2 - Int32(truncatingIfNeeded: depth) }
}

/// The outcome of a compiled condition.
enum PlanTruth: UInt8 {
  case no = 0
  case yes = 1
  /// Since facts are missing, for an error, or because the plan can't tell: the general evaluator can.
  case undetermined = 2

  init(_ isTrue: Bool) { self = isTrue ? .yes : .no }
}
