import ArgumentParser
import CEL
import PolicyEngine

/// The other days that a session is decided for.
struct DayOptions: ParsableArguments {
  /// Days, both ends included.
  struct Range {
    let first: CivilDate
    let last: CivilDate
  }

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Decide for this date too, and say on which days between that and --today the answer changes, "
        + "and why; may be given several times.", valueName: "date"),
    transform: DayOptions.date)
  var alsoOn: [CivilDate] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Decide for every day of a range, such as 2026-10-01..2026-12-31, and say on which the answer "
        + "changes, and why; the two dates may also stand side by side.", valueName: "first..last"),
    transform: DayOptions.range)
  var between: Range?

  /// What a document is decided to be on the days asked for; nil where none is.
  func timeline(
    of document: FactDocument, by policies: PolicySet, today: CivilDate, decisions: [Int]
  ) -> Timeline? {
    let ends =
      (between.map { [$0.first, $0.last] } ?? []) + (alsoOn.isEmpty ? [] : alsoOn + [today])
    guard let first = ends.min(), let last = ends.max() else { return nil }
    return policies.timeline(
      of: document, from: first, until: last, asked: alsoOn, decisions: decisions)
  }

  /// Command line arguments with the two dates of `--between FIRST LAST` as one, `FIRST..LAST`: an option
  /// has one value.
  static func joiningRanges(_ arguments: [String]) -> [String] {
    var rest = arguments[...]
    var joined: [String] = []
    while let argument = rest.popFirst() {
      joined.append(argument)
      guard argument == "--between", rest.prefix(2).filter(looksLikeDate).count == 2,
        let first = rest.popFirst(), let last = rest.popFirst()
      else { continue }
      joined.append("\(first)..\(last)")
    }
    return joined
  }

  private static func looksLikeDate(_ text: String) -> Bool {
    text.utf8.count == 10 && text.allSatisfy { $0.isNumber || $0 == "-" }
  }

  private static func date(_ text: String) throws -> CivilDate {
    guard let date = CivilDate(text) else {
      throw ValidationError("'\(text)' is not a date of the calendar, such as 2026-10-21")
    }
    return date
  }

  private static func range(_ text: String) throws -> Range {
    let ends = text.split(separator: "..", omittingEmptySubsequences: false).map(String.init)
    guard ends.count == 2 else {
      throw ValidationError("'\(text)' is not a range of dates, such as 2026-10-01..2026-12-31")
    }
    let (first, last) = (try date(ends[0]), try date(ends[1]))
    guard first <= last else { throw ValidationError("\(first) is not before \(last)") }
    return Range(first: first, last: last)
  }
}
