import Diagnostics

/// A sequence or mapping whose end has not been reached.
struct OpenCollection {
  enum Kind {
    case sequence, mapping

    /// The tag that says what the node is anyway.
    var tag: CoreSchema.Tag { self == .sequence ? .seq : .map }
  }

  let kind: Kind
  /// The byte offset at which the node starts, its tag or anchor included.
  let start: Int
  /// The byte offset at which its content starts.
  let contentStart: Int
  let tag: String?
  let anchor: String?
  /// How many nodes there are in it, itself included.
  private(set) var count = 1
  /// How many collections are nested in it, itself included.
  private(set) var depth = 1
  /// The byte offset at which what was added last ends.
  private(set) var end: Int
  /// The key whose value comes next.
  private(set) var pendingKey: YAMLNode?
  private var elements: [YAMLNode] = []
  private var entries: [YAMLEntry] = []
  private var keys: [KeyIdentity: SourceRange] = [:]

  init(kind: Kind, start: Int, contentStart: Int, tag: String?, anchor: String?) {
    self.kind = kind
    self.start = start
    self.contentStart = contentStart
    self.tag = tag
    self.anchor = anchor
    self.end = start
  }

  /// What has been added.
  var content: YAMLNode.Content { kind == .sequence ? .sequence(elements) : .mapping(entries) }

  /// Adds a node as the next element, key or value; of a key given twice the first entry stays.
  mutating func add(_ node: YAMLNode, count: Int, depth: Int) -> Diagnostic? {
    self.count += count
    self.depth = max(self.depth, depth + 1)
    end = max(end, node.range.bytes.upperBound)
    guard kind == .mapping else {
      elements.append(node)
      return nil
    }
    guard let key = pendingKey else {
      pendingKey = node
      return nil
    }
    pendingKey = nil
    if let first = range(ofKeyLike: key) { return .duplicateKey(key, first: first) }
    entries.append(YAMLEntry(key: key, value: node))
    return nil
  }

  /// Where a key that is the same stands already; remembers this one.
  private mutating func range(ofKeyLike key: YAMLNode) -> SourceRange? {
    let identity = KeyIdentity(key)
    // A few keys are faster compared one by one than hashed, and mappings of few keys are the rule.
    guard entries.count >= Self.comparedKeys else {
      return entries.first { KeyIdentity($0.key) == identity }?.key.range
    }
    if keys.isEmpty {
      for entry in entries { keys[KeyIdentity(entry.key)] = entry.key.range }
    }
    if let first = keys[identity] { return first }
    keys[identity] = key.range
    return nil
  }

  private static let comparedKeys = 8
}
