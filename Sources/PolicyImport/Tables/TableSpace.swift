/// All cases that a table can be asked about, as far as its rows tell them apart.
///
/// Each fact that cells ask about is a dimension, with one value for each part of it that the cells tell apart. Rows are
/// boxes in this space, so that whether two rows meet, and whether some place is in no row, are questions with an answer.
struct TableSpace {
  /// The result of a search.
  enum Finding: Equatable {
    /// A case, by the position of a value in each dimension.
    case found([Int])
    case none
    /// The search was ended before all was looked at.
    case gaveUp
  }

  /// A fact, or a value made of facts, with the values that are looked at; nil for not being given.
  struct Dimension {
    let path: [String]
    let values: [ForeignValue?]
  }

  /// How many steps a search may take.
  private static let maximumSteps = 100_000

  let dimensions: [Dimension]
  /// For each row and dimension, which values it takes; nil where that is not known.
  private let rows: [[[Bool?]]]
  /// For each row and dimension the values that it takes for sure, a bit each: tables have many pairs of rows.
  private let takers: [[[UInt64]]]
  /// The rows that ask for more than comparisons with constants, and so are boxes in no such space.
  let unlike: [Int]

  init(
    of table: ImportedTable, scope: ImportedScope, domains: FactDomains, facts: FactTable,
    values: [String: [ForeignValue]]
  ) {
    var paths: [[String]] = []
    var opaque: Set<Int> = []
    for (index, row) in table.rows.enumerated() {
      for test in row.tests {
        guard test.isSimple, test.paths.count == 1, let path = test.paths.first else {
          opaque.insert(index)
          continue
        }
        if !paths.contains(path) { paths.append(path) }
      }
    }
    dimensions = paths.map { path in
      var found: [ForeignValue?]
      if case .value(let term) = scope.meaning(of: path) {
        found = values[term] ?? domains.values(ofTerm: term)
      } else {
        found = domains.values(of: path)
        if facts.facts[path]?.isOptional == true { found.append(nil) }
      }
      return Dimension(path: path, values: found)
    }
    unlike = opaque.sorted()
    let dimensions = dimensions
    let rows: [[[Bool?]]] = table.rows.map { row in
      dimensions.map { dimension in
        let tests = row.tests.filter { $0.paths == [dimension.path] }
        return dimension.values.map { value in
          guard !tests.isEmpty else { return true }
          var given = ForeignCase(facts: [:])
          given.give(value, to: dimension.path, in: scope)
          let truths = tests.map { given.truth(of: $0, in: scope) }
          return truths.contains(false) ? false : truths.contains(nil) ? nil : true
        }
      }
    }
    self.rows = rows
    takers = rows.map { $0.map(Self.bits) }
  }

  /// The positions of what is true, a bit each.
  private static func bits(_ values: [Bool?]) -> [UInt64] {
    var words = Array(repeating: UInt64(0), count: (values.count + 63) / UInt64.bitWidth)
    for (index, value) in values.enumerated() where value == true {
      words[index / UInt64.bitWidth] |= 1 << (index % UInt64.bitWidth)
    }
    return words
  }

  /// A case that a row takes, or any for nil, and that none of its rivals takes.
  func search(in row: Int?, outside rivals: [Int]) -> Finding {
    guard !dimensions.isEmpty else { return rivals.isEmpty ? .found([]) : .none }
    var search = Search(space: self, row: row)
    let found = search.descend(from: 0, rivals: rivals)
    if search.steps > Self.maximumSteps { return .gaveUp }
    return found ? .found(search.chosen) : .none
  }

  /// A case that two rows take; nil where there is none.
  func meeting(of row: Int, and other: Int) -> [Int]? {
    var chosen: [Int] = []
    for dimension in dimensions.indices {
      let words = zip(takers[row][dimension], takers[other][dimension])
      let found = words.enumerated().first { $0.element.0 & $0.element.1 != 0 }
      guard let (index, pair) = found else { return nil }
      chosen.append(index * UInt64.bitWidth + (pair.0 & pair.1).trailingZeroBitCount)
    }
    return chosen
  }

  /// A case in words.
  func words(for chosen: [Int]) -> String {
    let parts = zip(dimensions, chosen).map { dimension, index in
      let name = dimension.path.joined(separator: ".")
      guard let value = dimension.values[index] else { return "\(name) is not given" }
      if case .number(let number) = value, let whole = Int(exactly: number) {
        return "\(name) is \(whole)"
      }
      return "\(name) is \(CELLiteral.text(of: value) ?? "an object")"
    }
    return parts.isEmpty ? "always" : "when " + parts.joined(separator: ", ")
  }

  /// A search through the dimensions one by one, which keeps what led to nothing.
  private struct Search {
    private struct Failure: Hashable {
      let dimension: Int
      let rivals: [Int]
    }

    let space: TableSpace
    let row: Int?
    var chosen: [Int] = []
    var steps = 0
    private var failures: Set<Failure> = []

    init(space: TableSpace, row: Int?) {
      self.space = space
      self.row = row
    }

    mutating func descend(from dimension: Int, rivals: [Int]) -> Bool {
      guard dimension < space.dimensions.count else { return rivals.isEmpty }
      guard !failures.contains(Failure(dimension: dimension, rivals: rivals)) else { return false }
      for value in space.dimensions[dimension].values.indices {
        if let row, space.rows[row][dimension][value] != true { continue }
        steps += 1 + rivals.count
        guard steps <= TableSpace.maximumSteps else { return false }
        let left = rivals.filter { space.rows[$0][dimension][value] != false }
        chosen.append(value)
        if descend(from: dimension + 1, rivals: left) { return true }
        chosen.removeLast()
      }
      failures.insert(Failure(dimension: dimension, rivals: rivals))
      return false
    }
  }
}

extension ForeignExpression {
  /// The paths that are read, each once, in their order.
  var paths: [[String]] {
    var found: [[String]] = []
    visit { part in
      if case .path(let parts) = part.kind, !found.contains(parts) { found.append(parts) }
    }
    return found
  }

  /// Whether it does nothing but compare with constants, and combine that.
  var isSimple: Bool {
    switch kind {
    case .literal(.bool): return true
    case .path: return true
    case .not(let operand), .isMissing(let operand): return operand.isSimple
    case .binary(.and, let left, let right), .binary(.or, let left, let right):
      return left.isSimple && right.isSimple
    case .binary(let sign, let left, let right):
      guard sign.isComparison || sign == .isIn else { return false }
      if case .path = left.kind { return right.literal != nil }
      if case .path = right.kind { return left.literal != nil && sign != .isIn }
      return false
    default: return false
    }
  }
}

extension ForeignCase {
  /// Gives a value to a fact, or to a value made of facts; nil takes it away.
  mutating func give(_ value: ForeignValue?, to path: [String], in scope: ImportedScope) {
    if case .value(let term) = scope.meaning(of: path) {
      values[term] = value
    } else {
      facts[path] = value
    }
  }
}
