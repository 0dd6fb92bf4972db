/// What a YAML text may at most be, so that no text can take the machine with it.
public struct YAMLLimits: Sendable {
  /// How deep sequences and mappings may nest, counting the nesting that aliases bring along.
  ///
  /// Trees are walked, and freed, by recursion: a limit of tens of thousands would be too much for it.
  public var depth = 256
  /// How many bytes a text may have.
  public var bytes = 64 << 20
  /// How many nodes a text may have, counting those that aliases repeat.
  public var nodes = 5_000_000
  /// After how many mistakes reading stops: what follows the first ones seldom says more.
  public var mistakes = 20

  /// The limits above.
  public init() {}
}
