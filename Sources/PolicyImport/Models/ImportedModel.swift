import Diagnostics

/// What a file of another engine says, in the terms that policies have too.
struct ImportedModel: Sendable {
  /// What it is called.
  var title: String
  /// The facts whose type the file tells, by their paths.
  var declarations: [[String]: FactDeclaration] = [:]
  /// What is made of the facts, each after those that it reads.
  var definitions: [ImportedDefinition] = []
}

/// What a file says of a fact.
struct FactDeclaration: Sendable {
  var type: ForeignType
  /// The only values that it may have; nil where all of its type are allowed.
  var allowed: [ForeignValue]?
}

/// Something that is made of facts: a table, or an expression.
struct ImportedDefinition: Sendable {
  enum Content: Sendable {
    case table(ImportedTable)
    case expression(ForeignExpression)
  }

  /// What it is called.
  let name: String
  /// Where its name stands.
  let range: SourceRange
  var content: Content
  /// What comes of it; of an expression one value.
  var outputs: [ImportedOutput]
  /// What its expressions may name.
  let scope: ImportedScope
}

/// A value that a table or an expression gives.
struct ImportedOutput: Sendable {
  /// The name by which policies know it; no fact and no other value has it.
  let term: String
  /// What it is called.
  let label: String
  let range: SourceRange
  /// The type, where the file tells it.
  var type: ForeignType?
  /// The values in the order of their priority, the highest first; empty where the file gives none.
  var priorities: [ForeignValue] = []
  /// What it is where no row applies.
  var defaultValue: ForeignExpression?
}

/// A table of rows, each with its condition and what comes of it.
struct ImportedTable: Sendable {
  var policy: HitPolicy
  var rows: [ImportedRow]
}

/// A row of a table.
struct ImportedRow: Sendable {
  /// Its number, from 1.
  let number: Int
  /// What somebody wrote beside it; empty for nothing.
  let note: String
  let range: SourceRange
  /// What it asks, all of which must hold; none where it always applies.
  let tests: [ForeignExpression]
  /// What comes of it; nil where a cell is empty.
  let outputs: [ForeignExpression?]

  /// A row; conditions that are joined by an `and` are tests of their own.
  init(
    number: Int, note: String, range: SourceRange, tests: [ForeignExpression],
    outputs: [ForeignExpression?]
  ) {
    self.number = number
    self.note = note
    self.range = range
    self.tests = tests.flatMap(\.conjuncts)
    self.outputs = outputs
  }
}

/// What several rows that apply to one case mean (DMN 1.5, 8.2.10).
enum HitPolicy: String, Sendable {
  /// At most one row applies to a case.
  case unique = "UNIQUE"
  /// Rows that apply to one case give the same.
  case any = "ANY"
  /// The first row that applies.
  case first = "FIRST"
  /// The row whose output has the highest priority.
  case priority = "PRIORITY"
  /// All rows that apply, in the order of the table.
  case ruleOrder = "RULE ORDER"
  /// All rows that apply, in the order of the priority of their outputs.
  case outputOrder = "OUTPUT ORDER"
  /// All rows that apply.
  case collect = "COLLECT"
  /// The sum of what the rows give that apply.
  case sum = "COLLECT SUM"
  /// The least of it.
  case least = "COLLECT MIN"
  /// The greatest of it.
  case greatest = "COLLECT MAX"
  /// How many rows apply.
  case count = "COLLECT COUNT"

  /// Whether it gives one row's output.
  var givesOneRow: Bool {
    switch self {
    case .unique, .any, .first, .priority: true
    default: false
    }
  }
}

/// What an expression may name.
struct ImportedScope: Sendable {
  /// Values that are made of facts, by their paths, with the names that policies know them by.
  var values: [[String]: String] = [:]
  /// Values that are made of facts and can't be imported.
  var lost: Set<[String]> = []
  /// Whether other names are facts.
  var knowsFacts = true

  /// What a path leads to.
  enum Meaning {
    case value(String)
    case fact
    /// A value that can't be imported.
    case lost
    /// Something that policies have no value for: an object made of others, or nothing at all.
    case none
  }

  /// What a path leads to.
  func meaning(of path: [String]) -> Meaning {
    if let term = values[path] { return .value(term) }
    if lost.contains(where: { path.starts(with: $0) }) { return .lost }
    let isPart = values.keys.contains { $0.count > path.count && $0.starts(with: path) }
    let isBeyond = values.keys.contains { $0.count < path.count && path.starts(with: $0) }
    return isPart || isBeyond || !knowsFacts ? .none : .fact
  }
}
