import Diagnostics

/// The names of closed lists, each recognised where it stands by one of its bytes.
///
/// For most lists there is a distance from their start at which all names differ: that byte says which
/// name to compare. Lists without one are left to `NameIndex`.
struct CaseTables: ~Copyable {
  /// A name between its quotes.
  struct Case {
    let text: ExpectedText
    let middle: SIMD4<UInt64>
    let extent: ExpectedText.Extent
  }

  /// A closed list.
  struct List {
    /// How far the byte that says it is from the opening quote; negative where none does.
    var distance: Int
    /// Where the positions for its values begin, and the names.
    let firstPosition: Int
    let firstCase: Int
  }

  /// What stands for a byte that no name has there.
  private static let noCase = UInt8.max

  private let lists: FixedTable<List>
  private let positions: FixedTable<UInt8>
  private let cases: FixedTable<Case>

  /// The tables of lists without repeated names.
  init(_ namesByList: [[String]]) {
    var lists: [List] = []
    var positions: [UInt8] = []
    var cases: [Case] = []
    for names in namesByList {
      let texts = names.map { Array("\"\($0)\"".utf8) }
      // A name that needs escapes is never written as it is.
      let isPlain = names.allSatisfy { JSONValue.string($0).compact == "\"\($0)\"" }
      let distance = isPlain ? Self.tellingDistance(in: texts) : nil
      lists.append(
        List(distance: distance ?? -1, firstPosition: positions.count, firstCase: cases.count))
      guard let distance else { continue }
      var byByte = Array(repeating: Self.noCase, count: 256)
      for (position, text) in texts.enumerated() {
        byByte[Int(text[distance])] = UInt8(truncatingIfNeeded: position)
        cases.append(
          Case(
            text: ExpectedText(text), middle: ExpectedText.middle(of: text),
            extent: ExpectedText.Extent(length: text.count)))
      }
      positions += byByte
    }
    self.lists = FixedTable(lists)
    self.positions = FixedTable(positions)
    self.cases = FixedTable(cases)
  }

  /// The first distance at which all texts have a byte, all of them different ones.
  private static func tellingDistance(in texts: [[UInt8]]) -> Int? {
    guard texts.count < Int(noCase), let shortest = texts.map(\.count).min(),
      texts.allSatisfy({ $0.count <= ExpectedText.maximumLength })
    else { return nil }
    return (1..<shortest).first { distance in
      Set(texts.map { $0[distance] }).count == texts.count
    }
  }

  /// Goes over a name of a list from its opening quote and gives its position; nil, and nowhere, for all
  /// else.
  @inline(__always)
  func position(in listIndex: Int, at scanner: inout JSONScanner) -> Int? {
    let list = lists[listIndex]
    guard list.distance >= 0 else { return nil }
    let byte = Int(scanner.byte(at: list.distance))
    let position = positions[list.firstPosition &+ byte]
    guard position != Self.noCase else { return nil }
    let index = list.firstCase &+ Int(position)
    guard
      cases[index].text.stands(
        at: scanner, extent: cases[index].extent, middle: { cases[index].middle })
    else { return nil }
    scanner.advance(by: Int(cases[index].extent.length))
    return Int(position)
  }
}
