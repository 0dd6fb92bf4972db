public import Diagnostics

/// A node of a YAML document, with the place where it stands.
///
/// Aliases are resolved: an alias is the node that its anchor names, with the alias's own place.
public struct YAMLNode: Sendable {
  /// What a node holds.
  public enum Content: Sendable {
    /// A single value, as text and resolved by the core schema.
    case scalar(YAMLScalar)
    /// A list of nodes, in order.
    case sequence([YAMLNode])
    /// Pairs of nodes, in the order of the file; no two keys are equal.
    case mapping([YAMLEntry])
  }

  /// What the node holds.
  public let content: Content
  /// The explicit tag, resolved, such as `tag:yaml.org,2002:str`; nil when there is none.
  public let tag: String?
  /// Where the node stands, from its first character, its tag or anchor included, to after its last.
  public let range: SourceRange
  /// The bytes that the content is written as, in the source of `range`.
  private let contentBytes: Range<Int>

  /// Where the content is written, without tag and anchor; for an alias, at the anchored node.
  public var contentRange: SourceRange { SourceRange(source: range.source, bytes: contentBytes) }

  /// A node of the given content; without a place of its own, the content is all of the node.
  public init(
    content: Content, tag: String? = nil, range: SourceRange, contentBytes: Range<Int>? = nil
  ) {
    self.content = content
    self.tag = tag
    self.range = range
    self.contentBytes = contentBytes ?? range.bytes
  }
}

/// A key and its value in a mapping.
public struct YAMLEntry: Sendable {
  /// The key.
  public let key: YAMLNode
  /// The value; a null scalar of empty range where the file has none.
  public let value: YAMLNode

  /// A pair of nodes.
  public init(key: YAMLNode, value: YAMLNode) {
    self.key = key
    self.value = value
  }
}

/// A scalar: the text that a person wrote, decoded, and what the YAML 1.2 core schema makes of it.
public struct YAMLScalar: Sendable {
  /// How a scalar is written (YAML 1.2.2, chapters 7 and 8).
  public enum Style: Sendable, Hashable {
    case plain, singleQuoted, doubleQuoted, literal, folded
  }

  /// What the core schema resolves a scalar to (YAML 1.2.2, section 10.3).
  public enum Value: Sendable, Hashable {
    case null
    case bool(Bool)
    case int(Int64)
    /// A finite or infinite number, or NaN; also an integer that does not fit 64 bits.
    case float(Double)
    case string(String)
  }

  /// The decoded text: escapes, folding and chomping done.
  public let text: String
  /// How it is written.
  public let style: Style
  /// What it means; always a string unless the scalar is plain or tagged.
  public let value: Value

  /// A scalar of the given text, style and meaning.
  public init(text: String, style: Style, value: Value) {
    self.text = text
    self.style = style
    self.value = value
  }
}
