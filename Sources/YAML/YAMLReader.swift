public import Diagnostics

/// Reads YAML 1.2 text, by libyaml's events, to trees of nodes that know their places.
///
/// Every mistake that doesn't keep the text from being understood leaves a tree to go on with: of a
/// key given twice the first stays, an alias without its anchor is null, and a node with a tag that
/// the core schema does not have keeps the tag and, if a scalar, is a string.
public enum YAMLReader {
  /// The documents of a text, in order; those that could be read before the first syntax error.
  ///
  /// Mistakes are appended to `diagnostics`: text that is not UTF-8 or not YAML, a key given twice,
  /// an alias without its anchor, a tag that the core schema does not know, a limit exceeded.
  public static func read(
    _ source: Source, limits: YAMLLimits = YAMLLimits(), into diagnostics: inout [Diagnostic]
  ) -> [YAMLNode] {
    guard source.bytes.count <= limits.bytes else {
      diagnostics.append(.tooLarge(source, limit: limits.bytes))
      return []
    }
    let (isASCII, flaw, flawed) = TextCheck.check(source.bytes)
    if let flaw {
      diagnostics.append(.unreadable(flaw, at: SourceRange(source: source, bytes: flawed)))
      return []
    }
    let start = source.bytes.starts(with: "\u{FEFF}".utf8) ? "\u{FEFF}".utf8.count : 0
    var builder = TreeBuilder(
      source, offsets: CharacterOffsets(source.bytes, start: start, isASCII: isASCII),
      limits: limits)
    EventParser.read(source.bytes[start...]) { builder.build(from: &$0) }
    diagnostics += builder.diagnostics
    return builder.documents
  }
}
