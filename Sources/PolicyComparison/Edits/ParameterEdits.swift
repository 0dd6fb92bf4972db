import CEL
import Diagnostics
import PolicyEngine

/// What became of a parameter's values, by the dates on which they hold.
struct ParameterEdits {
  let old: Parameter
  let new: Parameter

  /// The ranges of dates on which the values differ, neighbours with the same difference as one.
  var details: [PolicyEdit.Detail] {
    let edges = Set(old.changes + new.changes).sorted()
    var spans: [(from: CivilDate, until: CivilDate?, old: CELValue?, new: CELValue?)] = []
    for (index, from) in edges.enumerated() {
      let (was, now) = (old.value(on: from)?.value, new.value(on: from)?.value)
      let until = index + 1 < edges.count ? edges[index + 1].adding(days: -1) : nil
      if let last = spans.last, last.old?.form == was?.form, last.new?.form == now?.form {
        spans[spans.count - 1].until = until
      } else {
        spans.append((from, until, was, now))
      }
    }
    return spans.filter { $0.old?.form != $0.new?.form }.map { span in
      let shown = Self.shown(span.old, span.new)
      return PolicyEdit.Detail(
        part: DateRange(from: span.from, until: span.until).words, old: shown.old, new: shown.new,
        isText: false, range: new.value(on: span.from)?.range ?? new.range)
    }
  }

  /// Both values; of lists and tables what only one of them has.
  private static func shown(
    _ old: CELValue?, _ new: CELValue?
  ) -> (old: String?, new: String?) {
    let (before, after) = (old?.items, new?.items)
    guard let before, let after else {
      return (
        old.map { ValueLiteral.shortText(of: $0) }, new.map { ValueLiteral.shortText(of: $0) }
      )
    }
    let gone = before.filter { !after.contains($0) }
    let added = after.filter { !before.contains($0) }
    if gone.isEmpty, added.isEmpty { return ("in another order", nil) }
    return (
      gone.isEmpty ? nil : gone.joined(separator: ", "),
      added.isEmpty ? nil : added.joined(separator: ", ")
    )
  }
}

extension CELValue {
  /// The items of a list, or the rows of a table, as they are written; nil for other values.
  fileprivate var items: [String]? {
    switch self {
    case .list(let elements): elements.map { ValueLiteral.text(of: $0) }
    case .map(let map):
      map.entries.map { "\(ValueLiteral.text(of: $0.key)): \(ValueLiteral.text(of: $0.value))" }
    default: nil
    }
  }
}
