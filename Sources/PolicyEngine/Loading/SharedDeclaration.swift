import Diagnostics
import YAML

/// What several files may say of one declaration: how it adds up.
///
/// A type gets more facts and terms, an enumeration more cases, a parameter more dates and a table more
/// rows, a calendar more years and a year more closed days. What could be said once only, and is said twice, stays in the mapping twice, and is reported with
/// both places by whoever reads that.
enum SharedDeclaration {
  case enumeration, type, parameter, calendar, decision

  /// The kind, as messages begin with it.
  var phrase: String {
    switch self {
    case .enumeration: "an enumeration"
    case .type: "a type"
    case .parameter: "a parameter"
    case .calendar: "a calendar"
    case .decision: "a decision"
    }
  }

  /// Both as one declaration; nil where the two don't add up.
  func merging(_ first: YAMLNode, with second: YAMLNode) -> YAMLNode? {
    guard case .mapping(let own) = first.content, case .mapping(let others) = second.content
    else { return nil }
    switch self {
    case .decision: return nil
    case .enumeration:
      return first.with(
        Self.merge(own, others) { key, first, second in
          // A case may be named 'lint'; its words are a text.
          key == SilenceReader.key ? first.adding(second) : nil
        })
    case .type:
      return first.with(
        Self.merge(own, others) { key, first, second in
          ["facts", "terms", SilenceReader.key].contains(key) ? first.adding(second) : nil
        })
    case .parameter:
      return first.with(
        Self.merge(own, others) { key, first, second in
          switch key {
          case "values": Self.mergingValues(first, second)
          case SilenceReader.key: first.adding(second)
          default: nil
          }
        })
    case .calendar: return Self.mergingCalendars(first, second)
    }
  }

  /// The years of both, and what both say of one year; the same of each calendar of a table.
  private static func mergingCalendars(_ first: YAMLNode, _ second: YAMLNode) -> YAMLNode? {
    guard case .mapping(let own) = first.content, case .mapping(let others) = second.content
    else { return nil }
    return first.with(
      merge(own, others) { key, first, second in
        switch key {
        case "years": combining(first, second) { mergingYear($0, $1) }
        case "calendars": combining(first, second) { mergingCalendars($0, $1) }
        case SilenceReader.key: first.adding(second)
        default: nil
        }
      })
  }

  private static func mergingYear(_ first: YAMLNode, _ second: YAMLNode) -> YAMLNode? {
    guard case .mapping(let own) = first.content, case .mapping(let others) = second.content
    else { return nil }
    return first.with(
      merge(own, others) { key, first, second in
        ["closed", "open", "terms"].contains(key) ? first.adding(second) : nil
      })
  }

  /// The entries of both mappings, where those of one key are combined.
  private static func combining(
    _ first: YAMLNode, _ second: YAMLNode, _ combine: (YAMLNode, YAMLNode) -> YAMLNode?
  ) -> YAMLNode? {
    guard case .mapping(let own) = first.content, case .mapping(let others) = second.content
    else { return nil }
    return first.with(merge(own, others) { _, first, second in combine(first, second) })
  }

  /// Dated values of both, in the order of their dates; those of one date add up where they are tables.
  private static func mergingValues(_ first: YAMLNode, _ second: YAMLNode) -> YAMLNode? {
    guard case .mapping(let own) = first.content, case .mapping(let others) = second.content
    else { return nil }
    var rest = others[...]
    var values: [YAMLEntry] = []
    for entry in own {
      let date = entry.key.scalar?.text ?? ""
      // Each file keeps its own order, so that dates that are out of order in one are still seen to be.
      while let next = rest.first, let other = next.key.scalar?.text, other < date {
        values.append(next)
        rest.removeFirst()
      }
      guard let next = rest.first, next.key.scalar?.text == date,
        let sum = entry.value.adding(next.value)
      else {
        values.append(entry)
        continue
      }
      values.append(YAMLEntry(key: entry.key, value: sum))
      rest.removeFirst()
    }
    return first.with(values + rest)
  }

  /// The entries of both; where both have a key, `combine` makes one of the two values, if it can.
  private static func merge(
    _ own: [YAMLEntry], _ others: [YAMLEntry],
    combine: (_ key: String, _ first: YAMLNode, _ second: YAMLNode) -> YAMLNode?
  ) -> [YAMLEntry] {
    var merged = own
    var positions: [String: Int] = [:]
    for (index, entry) in own.enumerated() {
      if let key = entry.key.scalar?.text { positions[key] = index }
    }
    for entry in others {
      if let key = entry.key.scalar?.text, let index = positions[key],
        let sum = combine(key, merged[index].value, entry.value)
      {
        merged[index] = YAMLEntry(key: merged[index].key, value: sum)
      } else {
        merged.append(entry)
      }
    }
    return merged
  }
}

extension YAMLNode {
  /// A mapping of other entries at the same place.
  fileprivate func with(_ entries: [YAMLEntry]) -> YAMLNode {
    YAMLNode(content: .mapping(entries), tag: tag, range: range)
  }

  /// A mapping with the entries of both; nil unless both are mappings.
  fileprivate func adding(_ other: YAMLNode) -> YAMLNode? {
    guard case .mapping(let own) = content, case .mapping(let others) = other.content else {
      return nil
    }
    return with(own + others)
  }
}
