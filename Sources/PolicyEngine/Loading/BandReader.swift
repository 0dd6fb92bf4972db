import CEL
import Diagnostics
import YAML

/// Reads tables with bands, and finds gaps and overlaps between them.
struct BandReader {
  let constants: ConstantReader
  let key: CELType
  let value: CELType

  /// Whether a table with bands can be looked up by values of a type: they must have an order.
  static func canBeKey(_ type: CELType) -> Bool {
    switch type {
    case .list, .map, .optional, .object, .enumeration, .abstract, .bool, .string, .error: false
    default: true
    }
  }

  /// A band with where it is written.
  private struct Read {
    let band: BandTable.Band
    let range: SourceRange
  }

  /// The table that a mapping is; nil, with a diagnostic, where it is none.
  func table(_ node: YAMLNode, into diagnostics: inout [Diagnostic]) -> CELValue? {
    guard case .mapping(let entries) = node.content else {
      diagnostics.append(
        .wrongKind(of: "a table with bands", expected: "a mapping such as {0..9: 1}", found: node))
      return nil
    }
    guard !entries.isEmpty else {
      diagnostics.append(.noBands(at: node.range))
      return nil
    }
    let bands = entries.compactMap { band($0, into: &diagnostics) }
    guard bands.count == entries.count else { return nil }
    var isWhole = true
    for (before, next) in zip(bands, bands.dropFirst()) {
      if let mistake = mistake(between: before, and: next) {
        diagnostics.append(mistake)
        isWhole = false
      }
    }
    guard isWhole else { return nil }
    return .opaque(
      BandTable(key: key, value: value, bands: bands.map(\.band)))
  }

  // MARK: One band

  private func band(_ entry: YAMLEntry, into diagnostics: inout [Diagnostic]) -> Read? {
    let given = constants.read(entry.value, as: value, into: &diagnostics)
    guard let text = entry.key.scalar?.text else {
      diagnostics.append(.notABand(entry.key, isWhole: isWhole))
      return nil
    }
    let isOpen = text.contains("..<")
    let parts =
      text.contains("..")
      ? text.split(separator: isOpen ? "..<" : "..", omittingEmptySubsequences: false)
        .map(String.init) : [text, text]
    guard parts.count == 2, parts.contains(where: { !$0.isEmpty }) else {
      diagnostics.append(.notABand(entry.key, isWhole: isWhole))
      return nil
    }
    // Between 9 and 10 lie other values than whole numbers and days.
    guard isWhole || isOpen || parts.contains(where: \.isEmpty) else {
      diagnostics.append(.bandOfBothEnds(entry.key, type: key))
      return nil
    }
    guard let from = bound(parts[0], of: entry.key, into: &diagnostics),
      let through = bound(parts[1], of: entry.key, into: &diagnostics), let given
    else { return nil }
    if let low = from.value, let high = through.value {
      let order = low.order(to: high)
      guard order == .ascending || order == .equal && !isOpen else {
        diagnostics.append(.bandBackwards(text, at: entry.key.range))
        return nil
      }
    }
    return Read(
      band: BandTable.Band(
        from: from.value, through: through.value, isClosed: !isOpen, value: given, text: text),
      range: entry.key.range)
  }

  /// A bound; its value is nil where nothing is written for it.
  private func bound(
    _ text: String, of node: YAMLNode, into diagnostics: inout [Diagnostic]
  ) -> (value: CELValue?, Void)? {
    if text.isEmpty { return (nil, ()) }
    var ignored: [Diagnostic] = []
    let part = YAMLReader.read(Source(name: "bound", text: text), into: &ignored).first
    guard let part, part.scalar != nil,
      let value = constants.read(part, as: key, into: &ignored), ignored.isEmpty
    else {
      diagnostics.append(.wrongBound(text, type: key, at: node.range))
      return nil
    }
    return (value, ())
  }

  // MARK: Two bands

  private func mistake(between before: Read, and next: Read) -> Diagnostic? {
    guard let end = before.band.through, let start = next.band.from,
      let distance = distance(from: end, to: start)
    else {
      return .bandOverlap(before.band.text, next.band.text, at: next.range, other: before.range)
    }
    let wanted = before.band.isClosed && isWhole ? 1 : 0
    if distance < wanted || before.band.isClosed && !isWhole && distance == 0 {
      return .bandOverlap(before.band.text, next.band.text, at: next.range, other: before.range)
    }
    return distance > wanted
      ? .bandGap(before.band.text, next.band.text, at: next.range, other: before.range) : nil
  }

  /// Whether values of the type follow each other with nothing between them.
  private var isWhole: Bool { key == .int || key == .date }

  /// How far one value is from another: of whole numbers and days by how much, else 0 for the same and 1 for more.
  private func distance(from: CELValue, to: CELValue) -> Int? {
    switch (from, to) {
    case (.int(let from), .int(let to)):
      let (distance, overflow) = to.subtractingReportingOverflow(from)
      return overflow ? (to > from ? .max : .min) : Int(exactly: distance)
    case (.date(let from), .date(let to)): return Int(exactly: from.days(until: to))
    default:
      return switch from.order(to: to) {
      case .ascending?: 1
      case .equal?: 0
      case .descending?: -1
      default: nil
      }
    }
  }
}
