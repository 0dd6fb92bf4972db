/// The expression of what a table gives, over as many terms as it takes.
struct OutputText {
  /// A row, in the order in which rows count.
  struct Row {
    /// What says whether it applies.
    let term: String
    /// What it gives; nil for an empty cell.
    let value: String?
    /// Whether it applies to every case.
    let isAlways: Bool
  }

  /// A term of several lines.
  struct Part {
    let name: String
    /// What tells it from the others.
    let words: String
    let lines: [String]
  }

  /// How many choices stand in one term: expressions nest at most 100 deep.
  private static let rowsPerTerm = 60

  let rows: [Row]
  /// What is given where no row applies; nil for nothing.
  let fallback: String?
  let policy: HitPolicy
  let type: ForeignType
  let name: String

  /// The terms; the one of the output's own name is among them.
  var terms: [Part] { policy.givesOneRow ? choices : collection }

  // MARK: One row

  /// The first row that applies; where there are many, by way of terms that have some of them each.
  private var choices: [Part] {
    guard rows.count > Self.rowsPerTerm else {
      return [Part(name: name, words: "", lines: choice(rows.indices))]
    }
    let groups = stride(from: 0, to: rows.count, by: Self.rowsPerTerm).map {
      $0..<min($0 + Self.rowsPerTerm, rows.count)
    }
    let parts = groups.map { group in
      Part(
        name: "\(name)From\(group.lowerBound + 1)", words: "from row \(group.lowerBound + 1) on",
        lines: choice(group))
    }
    let lines = zip(groups, parts).enumerated().map { index, pair in
      let condition = rows[pair.0].map(\.term).joined(separator: " || ")
      let isLast = index == groups.count - 1
      return (index == 0 ? "" : ": ")
        + (isLast ? "input.\(pair.1.name)" : "(\(condition)) ? input.\(pair.1.name)")
    }
    return parts + [Part(name: name, words: "", lines: lines)]
  }

  /// The first of some rows that applies.
  private func choice(_ indices: Range<Int>) -> [String] {
    var lines: [String] = []
    for index in indices {
      let isLast = index == indices.upperBound - 1
      let isEnd = index == rows.count - 1
      let row = rows[index]
      let lead = index == indices.lowerBound ? "" : ": "
      let hasFallback = isEnd && fallback != nil
      if isLast, row.isAlways, !hasFallback, let value = row.value {
        lines.append("\(lead)\(value)")
      } else if let value = row.value, !isLast || hasFallback {
        lines.append("\(lead)\(row.term) ? \(value)")
      } else if isLast, !hasFallback {
        // Without a row there is no value: the empty optional makes it undetermined.
        let choice = row.value.map { "(\(row.term) ? optional.of(\($0)) : optional.none())" }
        lines.append("\(lead)\(choice ?? nothing).value()")
      } else {
        lines.append("\(lead)\(row.term) ? \(nothing).value()")
      }
    }
    if indices.upperBound == rows.count, let fallback {
      lines.append(rows.isEmpty ? fallback : ": \(fallback)")
    }
    return lines
  }

  /// An optional of the output's type that is empty, and not known to be so when policies are loaded.
  private var nothing: String {
    guard let row = rows.first else { return "optional.none()" }
    return "(\(row.term) ? optional.none() : optional.none())"
  }

  // MARK: All rows

  private var collection: [Part] {
    let lines = rows.enumerated().map { index, row in
      (index == 0 ? "[" : " ") + "\(row.term) ? optional.of(\(element(row))) : optional.none()"
        + (index == rows.count - 1 ? "].unwrapOpt()" : ",")
    }
    let list = lines.isEmpty ? ["[]"] : lines
    if [.collect, .ruleOrder, .outputOrder].contains(policy) {
      return [Part(name: name, words: "", lines: list)]
    }
    let values = "input.\(name)Values"
    let total =
      switch policy {
      case .sum: "sum(\(values))"
      case .least: "math.least(\(values))"
      case .greatest: "math.greatest(\(values))"
      default: "double(size(\(values)))"
      }
    let guarded =
      fallback.map { "size(\(values)) == 0 ? \($0) : \(total)" }
      // Without a row there is no value: a position that is not there makes it undetermined.
      ?? (policy == .least || policy == .greatest
        ? total : "[\(total)][size(\(values)) == 0 ? 1 : 0]")
    return [
      Part(name: "\(name)Values", words: "all rows", lines: list),
      Part(name: name, words: "", lines: [guarded]),
    ]
  }

  private func element(_ row: Row) -> String { policy == .count ? "true" : row.value ?? "true" }
}
