import CEL
import Diagnostics
import YAML

/// The slips that a person makes who copies a calendar: a day left out, a first or last day that is another.
extension PolicyMutator {
  mutating func mutateCalendar(_ calendar: YAMLNode) {
    for keyed in calendar["calendars"]?.entries ?? [] { mutateCalendar(keyed.value) }
    for year in calendar["years"]?.entries ?? [] {
      if let days = year.value["days"] { mutateBounds(of: days) }
      for term in year.value["terms"]?.entries ?? [] { mutateBounds(of: term.value) }
      for key in ["closed", "open"] {
        guard let list = year.value[key], let entries = list.entries else { continue }
        for index in entries.indices { leaveOut(index, of: entries, in: list, key) }
      }
    }
  }

  private mutating func leaveOut(
    _ index: Int, of entries: [YAMLEntry], in list: YAMLNode, _ key: String
  ) {
    let rest = entries.enumerated().filter { $0.offset != index }.map(\.element)
    let members = rest.map { "\($0.key.flowText): \($0.value.flowText)" }
    add(
      .item, "\(entries[index].key.scalar?.text ?? "") is left out of '\(key)'", at: list.range,
      "{\(members.joined(separator: ", "))}", shownAt: entries[index].key.range)
  }

  /// The first and the last of some days, each a day earlier and later.
  private mutating func mutateBounds(of days: YAMLNode) {
    let dates = (days.scalar?.text ?? "").split(separator: "..").compactMap {
      CivilDate(String($0))
    }
    guard dates.count == 2 else { return }
    for (first, last): (Int64, Int64) in [(-1, 0), (1, 0), (0, -1), (0, 1)] {
      guard let from = dates[0].adding(days: first), let until = dates[1].adding(days: last) else {
        continue
      }
      let (old, new) = first == 0 ? (dates[1], until) : (dates[0], from)
      add(.threshold, "\(old) becomes \(new)", at: days.range, "\(from)..\(until)")
    }
  }
}
