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
  /// What the keys of the entries are, in their order; and where each is among them, once there are many.
  private var identities: [KeyIdentity] = []
  private var places: [KeyIdentity: Int] = [:]

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

  /// Where a key that is the same stands already; remembers this one where there is none.
  private mutating func range(ofKeyLike key: YAMLNode) -> SourceRange? {
    let identity = KeyIdentity(key)
    if let place = place(of: identity) { return entries[place].key.range }
    if !places.isEmpty { places[identity] = identities.count }
    identities.append(identity)
    return nil
  }

  /// The position of a key among the entries'.
  private mutating func place(of identity: KeyIdentity) -> Int? {
    // A few keys are faster compared one by one than hashed, and mappings of few keys are the rule.
    guard identities.count >= Self.comparedKeys else { return identities.firstIndex(of: identity) }
    if places.isEmpty {
      for (place, identity) in identities.enumerated() { places[identity] = place }
    }
    return places[identity]
  }

  private static let comparedKeys = 8
}
