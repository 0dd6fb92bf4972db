public import Diagnostics

/// What a YAML text may at most be, so that no text can take the machine with it.
public struct YAMLLimits: Sendable {
  /// How deep nodes may nest.
  public var depth = 256
  /// How many bytes a text may have.
  public var bytes = 64 << 20
  /// How many nodes a text may have, counting those that aliases repeat.
  public var nodes = 5_000_000

  /// The limits above.
  public init() {}
}

/// Reads YAML 1.2 text, by libyaml's events, to trees of nodes that know their places.
public enum YAMLReader {
  /// The documents of a text, in order; those that could be read before the first syntax error.
  ///
  /// Mistakes are appended to `diagnostics`: text that is not UTF-8 or not YAML, a key given twice,
  /// an alias without its anchor, a tag that the core schema does not know, a limit exceeded.
  public static func read(
    _ source: Source, limits: YAMLLimits = YAMLLimits(), into diagnostics: inout [Diagnostic]
  ) -> [YAMLNode] {
    []
  }
}

extension YAMLNode {
  /// The decoded text of a scalar with the map of its bytes to the file, for all five styles.
  ///
  /// Nil for sequences and mappings.
  public func mappedText() -> MappedText? { nil }
}
