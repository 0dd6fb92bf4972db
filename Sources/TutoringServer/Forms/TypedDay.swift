#if Server
import CEL

/// A day as somebody typed it, or as a browser's calendar sends it.
enum TypedDay {
  /// The day in a text such as `2026-11-25`, `11/25/2026`, `11/25/26` or `11/25`; nil for any other.
  ///
  /// Without a year, it is the one of those around that is nearest to another day.
  static func day(_ text: String, near other: CivilDate) -> CivilDate? {
    let text = text.trimmed
    if let day = CivilDate(text) { return day }
    let parts = text.split(omittingEmptySubsequences: false) { "/.-".contains($0) }
    let numbers = parts.compactMap { part in
      part.utf8.allSatisfy { (0x30...0x39).contains($0) } && part.count <= 4 ? Int(part) : nil
    }
    guard numbers.count == parts.count else { return nil }
    switch numbers.count {
    case 2:
      let days = (other.year - 1...other.year + 1).compactMap {
        CivilDate(year: $0, month: numbers[0], day: numbers[1])
      }
      return days.min { abs($0.days(until: other)) < abs($1.days(until: other)) }
    case 3:
      let year = parts[2].count == 2 ? 2000 + numbers[2] : numbers[2]
      return CivilDate(year: year, month: numbers[0], day: numbers[1])
    default: return nil
    }
  }
}
#endif
