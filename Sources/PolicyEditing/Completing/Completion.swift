import CEL
package import Diagnostics
package import PolicyEngine
import YAML

/// What can be written at a place of a file.
///
/// A name that is nowhere else is put in at the place, and the file read with it: what is said of that name
/// tells what could stand there.
package struct Completion: Sendable {
  /// What an offer is.
  package enum Kind: Hashable, Sendable {
    case fact, term, variable, parameter, function, enumerationCase, key, name, type, word
  }

  /// Something that can be written.
  package struct Offer: Hashable, Sendable {
    /// What is written.
    package let text: String
    /// What it is.
    package let kind: Kind
    /// Its type, or a few words about it.
    package var detail: String?
    /// More about it, in Markdown.
    package var documentation: String?
  }

  /// What can be written, the likeliest first.
  package let offers: [Offer]
  /// The bytes that what is chosen takes the place of: the part of a name before the place.
  package let replaced: Range<Int>

  /// What can be written at an offset of a file of a folder.
  package init(
    in source: Source, at offset: Int, of folder: PolicyFolder, by policies: PolicySet
  ) {
    let offset = min(max(0, offset), source.bytes.count)
    let text = Self.word(before: offset, in: source.bytes, hyphens: false)
    let isExpression = Self.expressionOffers(in: source, replacing: text, of: folder, policies)
    if let isExpression {
      offers = isExpression.offers
      // In quotes, what is chosen may have hyphens in it.
      replaced =
        isExpression.isText ? Self.word(before: offset, in: source.bytes, hyphens: true) : text
      return
    }
    replaced = Self.word(before: offset, in: source.bytes, hyphens: true)
    offers = StructureOffers(policies).offers(in: source, replacing: replaced)
  }

  /// The part of a word before an offset.
  private static func word(before offset: Int, in bytes: [UInt8], hyphens: Bool) -> Range<Int> {
    var start = offset
    while start > 0, bytes[start - 1].isOfName || hyphens && bytes[start - 1] == UInt8(ascii: "-") {
      start -= 1
    }
    // The dash of a list is not part of a word.
    while start < offset, bytes[start] == UInt8(ascii: "-") { start += 1 }
    return start..<offset
  }

  /// A name that nobody would choose.
  static let placeholder = "zzPlaceOfTheCursor"

  static func source(_ source: Source, replacing range: Range<Int>, by text: String) -> Source {
    var bytes = source.bytes
    bytes.replaceSubrange(range, with: text.utf8)
    return Source(name: source.name, bytes: bytes)
  }

  // MARK: Expressions

  private static func expressionOffers(
    in source: Source, replacing range: Range<Int>, of folder: PolicyFolder, _ policies: PolicySet
  ) -> (offers: [Offer], isText: Bool)? {
    let edited = Self.source(source, replacing: range, by: placeholder)
    let index = SymbolIndex(of: folder.only(edited), by: policies)
    let start = range.lowerBound
    let uses = index.expressions.filter { $0.range.source.name == edited.name }
      .flatMap(\.reading.uses)
    for use in uses
    where use.range.bytes.lowerBound <= start + 1 && start <= use.range.bytes.upperBound {
      guard use.range.text.contains(placeholder) else { continue }
      let offers = ExpressionOffers(policies)
      switch use.meaning {
      case .unknownMember(let type): return (offers.members(of: type), false)
      case .unknownName(let locals): return (offers.names(locals), false)
      case .enumerationCase(_, let owner): return (offers.cases(of: owner), true)
      default: continue
      }
    }
    return nil
  }
}

extension UInt8 {
  /// Whether the byte is a letter, a digit or an underscore.
  fileprivate var isOfName: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
