import CEL
import PolicyEngine

/// Governing dates between which neither of two policy sets changes.
struct ComparedPeriod {
  /// The dates of the old policies; nil where their governing date is not known.
  let old: DateRange?
  /// The dates of the new policies.
  let new: DateRange?

  /// The periods, in order, then the one in which the governing date is not known.
  static func all(old: PolicySet, new: PolicySet) -> [ComparedPeriod] {
    let form = ExpressionForm()
    let isShared =
      form.text(of: old.vocabulary.governingDate) == form.text(of: new.vocabulary.governingDate)
    if isShared {
      let ranges = DateRange.all(splitAt: old.edges.union(new.edges))
      return (ranges + [nil]).map { ComparedPeriod(old: $0, new: $0) }
    }
    // Each set has dates of its own.
    let (before, after) = (
      DateRange.all(splitAt: old.edges) + [nil], DateRange.all(splitAt: new.edges) + [nil]
    )
    return before.flatMap { old in after.map { ComparedPeriod(old: old, new: $0) } }
  }
}

extension DateRange {
  /// All dates, split before each edge.
  static func all(splitAt edges: Set<CivilDate>) -> [DateRange?] {
    var ranges: [DateRange?] = []
    var from: CivilDate?
    for edge in edges.sorted() {
      // Nothing is before the first day of all.
      guard let last = edge.adding(days: -1) else { continue }
      ranges.append(DateRange(from: from, until: last))
      from = edge
    }
    return ranges + [DateRange(from: from, until: nil)]
  }
}

extension PolicySet {
  /// The governing dates from which a parameter has another value, or another rule is in force.
  var edges: Set<CivilDate> {
    let edges = Set(vocabulary.parameters.flatMap(\.changes))
    return edges.union(rules.flatMap(\.allEffectiveDates).flatMap(\.changes))
  }
}
