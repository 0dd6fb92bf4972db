import CEL

/// How days and times are written: letters stand for parts of them, all else for itself.
package struct MomentPattern: Hashable, Sendable {
  /// A part of a moment, by the letters that stand for it.
  package enum Part: String, Hashable, Sendable, CaseIterable {
    case year = "yyyy"
    case month = "MM"
    case day = "dd"
    case hour = "HH"
    case minute = "mm"
    case second = "ss"

    /// Whether only an instant has it.
    var isOfClock: Bool { self == .hour || self == .minute || self == .second }
  }

  private enum Piece: Hashable, Sendable {
    case part(Part)
    case text(String)
  }

  private let pieces: [Piece]

  /// A day as ISO 8601 has it.
  static let day = MomentPattern(pieces: [
    .part(.year), .text("-"), .part(.month), .text("-"), .part(.day),
  ])

  private init(pieces: [Piece]) { self.pieces = pieces }

  /// The pattern in a text; nil where letters in it stand for nothing.
  package init?(_ text: String) {
    var pieces: [Piece] = []
    var rest = text[...]
    while let first = rest.first {
      if let part = Part.allCases.first(where: { rest.hasPrefix($0.rawValue) }) {
        pieces.append(.part(part))
        rest = rest.dropFirst(part.rawValue.count)
      } else if first.isLetter, first != "T" {
        return nil
      } else {
        pieces.append(.text(String(first)))
        rest = rest.dropFirst()
      }
    }
    guard pieces.contains(where: { if case .part = $0 { true } else { false } }) else { return nil }
    self.pieces = pieces
  }

  /// Whether it has parts that only instants have.
  var needsClock: Bool {
    pieces.contains { if case .part(let part) = $0 { part.isOfClock } else { false } }
  }

  /// A moment as the pattern writes it.
  func text(_ day: CivilDate, secondOfDay: Int) -> String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .part(.year): Self.padded(day.year, 4)
      case .part(.month): Self.padded(day.month, 2)
      case .part(.day): Self.padded(day.day, 2)
      case .part(.hour): Self.padded(secondOfDay / 3_600, 2)
      case .part(.minute): Self.padded(secondOfDay / 60 % 60, 2)
      case .part(.second): Self.padded(secondOfDay % 60, 2)
      }
    }.joined()
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
