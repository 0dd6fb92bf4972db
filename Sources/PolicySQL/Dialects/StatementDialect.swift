/// What a whole statement needs of a dialect, besides conditions: lists with an entry for each subject of a rule.
protocol StatementDialect: SQLDialect {
  /// The parameter, or column, that the date decided for is given by.
  var todayParameter: String { get }
  /// The type of dates.
  var dateType: String { get }
  /// What stands before the query of a common table expression, so that it is worked out once.
  var materialized: String { get }
  /// What stands behind the query of a common table expression, for the same.
  var fence: String { get }

  /// How deep parentheses and CASE may be nested in an expression; nil where the parser has no such bound.
  var nestingLimit: Int? { get }

  /// A list of one value, or of none.
  func entries(_ value: String?, of type: EntryType) -> String
  /// A list of what is made of each element of a list; the body sees the variable and its position as a text.
  func entries(
    in list: String, _ variable: String, of type: EntryType,
    _ body: (_ element: String, _ position: String) throws -> String
  ) rethrows -> String
  /// The same, where the body gives lists, end to end.
  func joinedEntries(
    in list: String, _ variable: String, of type: EntryType,
    _ body: (_ element: String, _ position: String) throws -> String
  ) rethrows -> String
  /// Such lists, one behind the other; none is NULL.
  func joined(_ lists: [String]) -> String
  /// Whether all truths of a list hold, in three-valued logic.
  func all(ofTruths list: String) -> String
  /// A list of the rules that have a truth at places.
  func findings(_ rules: [FindingColumns], where truth: FindingTruth) -> String
  /// One value of several columns, as a struct or a JSON object.
  func members(_ members: [(name: String, value: String)]) -> String
}

/// What a list of subjects holds of each.
enum EntryType {
  /// Where it stands.
  case place
  /// Whether a rule holds for it.
  case truth
}

/// Which outcomes are looked for.
enum FindingTruth {
  case violated, undetermined
}

/// The columns that hold what a rule came to.
struct FindingColumns {
  let rule: String
  /// The columns of its truths, or lists of them, one for each decision where they differ.
  let truths: [String]
  /// The column of the places of its subjects; nil where its subject is the document.
  let places: String?
}

extension StatementDialect {
  var fence: String { "" }
  var nestingLimit: Int? { nil }

  /// Refuses an expression that is nested too deeply for the database's parser.
  func requireNesting(of expression: String) throws {
    guard let nestingLimit else { return }
    var (depth, deepest) = (0, 0)
    for token in expression.matches(of: /'(?:[^']|'')*'|"[^"]*"|\(|\)|\bCASE\b|\bEND\b/) {
      switch token.output {
      case "(", "CASE": depth += 1
      case ")", "END": depth -= 1
      default: continue
      }
      deepest = max(deepest, depth)
    }
    guard deepest <= nestingLimit else {
      throw SQLRefusal("this is nested too deeply for the parser of the database")
    }
  }
}
