/// Where a scalar stands, and where its content does: libyaml gives one place for both.
struct ContentPlace {
  /// From the tag or anchor, if any, to the end of the content.
  let node: Range<Int>
  /// The content with its quotes or block header, without tag and anchor.
  let content: Range<Int>

  /// The place of the scalar that libyaml reports at `range`.
  init(_ range: Range<Int>, style: YAMLScalar.Style, in bytes: [UInt8]) {
    let start = Self.start(from: range.lowerBound, in: bytes, upTo: range.upperBound)
    var end = range.upperBound
    if style == .literal || style == .folded {
      // The blank lines behind a block scalar are not a place to point at.
      while end > start, Blank.length(bytes, before: end) > 0 {
        end -= Blank.length(bytes, before: end)
      }
    }
    node = range.lowerBound..<end
    content = start..<end
  }

  /// The offset of a node's content: the first byte that belongs neither to its tag and anchor nor to
  /// the space and comments behind them.
  static func start(from start: Int, in bytes: [UInt8], upTo limit: Int? = nil) -> Int {
    let limit = limit ?? bytes.count
    var offset = start
    var isLineStart = false
    while offset < limit {
      switch bytes[offset] {
      case UInt8(ascii: "&"):
        offset += 1
        while offset < limit, isAnchorCharacter(bytes[offset]) { offset += 1 }
      case UInt8(ascii: "!"):
        while offset < limit, Blank.length(bytes, at: offset) == 0 { offset += 1 }
      case UInt8(ascii: "#") where offset > start:
        while offset < limit, Blank.breakLength(bytes, at: offset) == 0 { offset += 1 }
      // libyaml allows a byte order mark at the start of any line.
      case 0xEF where isLineStart && bytes[offset...].starts(with: "\u{FEFF}".utf8):
        offset += "\u{FEFF}".utf8.count
        isLineStart = false
      default:
        let blank = offset > start ? Blank.length(bytes, at: offset) : 0
        guard blank > 0 else { return offset }
        isLineStart = Blank.breakLength(bytes, at: offset) > 0
        offset += blank
      }
    }
    return limit
  }

  /// Whether libyaml takes a byte for part of an anchor's name: fewer than YAML 1.2 does, so that the
  /// content may follow without a blank, as in `&a:b`.
  private static func isAnchorCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
