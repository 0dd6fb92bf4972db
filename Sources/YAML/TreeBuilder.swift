import Diagnostics

/// Builds trees of nodes from events, with a stack of its own rather than by recursion.
///
/// How many nodes a tree has and how deep it is are counted as if aliases were copies of what they
/// repeat, before one is put in place: whoever walks the tree walks all of that.
struct TreeBuilder {
  /// The documents that have been read to their end.
  private(set) var documents: [YAMLNode] = []
  /// The mistakes met, in the order of the text.
  private(set) var diagnostics: [Diagnostic] = []

  private let source: Source
  private let offsets: CharacterOffsets
  private let limits: YAMLLimits
  private var open: [OpenCollection] = []
  private var root: YAMLNode?
  private var anchors: [String: Anchor] = [:]
  private var nodeCount = 0
  private var isStopped = false

  /// A node with what it counts for.
  private struct Sized {
    let node: YAMLNode
    /// How many nodes there are in it, itself included.
    let count: Int
    /// How many collections are nested in it, itself included.
    let depth: Int
  }

  private enum Anchor {
    /// The anchored node has begun; an alias to it would put it into itself.
    case begun
    case complete(Sized)
  }

  /// A builder for the text of a source.
  init(_ source: Source, offsets: CharacterOffsets, limits: YAMLLimits) {
    self.source = source
    self.offsets = offsets
    self.limits = limits
  }

  /// Takes events until the text ends, can't be understood, or exceeds a limit.
  mutating func build(from parser: inout EventParser) {
    do throws(SyntaxProblem) {
      while !isStopped, let event = try parser.next() { take(event) }
    } catch {
      let diagnostic = SyntaxExplainer(
        error, in: source, offsets: offsets, collectionStart: open.last?.contentStart
      ).diagnostic()
      // What follows the root node without `---` was meant to be part of it.
      if error.problem == "did not find expected <document start>" { _ = documents.popLast() }
      // An unknown tag or alias, and what follows it, may be one and the same trap.
      if diagnostics.last != diagnostic { report(diagnostic) }
    }
  }

  private mutating func take(_ event: Event) {
    switch event.kind {
    case .documentStart: anchors = [:]
    case .documentEnd:
      // Not before: a mistake behind the root node makes the document one that can't be read.
      if let root { documents.append(root) }
      root = nil
    case .scalar(let text, let style): addScalar(event, text: text, style: style)
    case .alias: addAlias(event)
    case .sequenceStart: begin(event, .sequence)
    case .mappingStart: begin(event, .mapping)
    case .collectionEnd: end(event)
    }
  }

  private func range(_ event: Event) -> SourceRange {
    let start = offsets.byteOffset(ofCharacter: event.characters.lowerBound)
    let end = offsets.byteOffset(ofCharacter: event.characters.upperBound)
    return SourceRange(source: source, bytes: start..<max(start, end))
  }

  // MARK: Nodes

  private mutating func addScalar(_ event: Event, text: String, style: YAMLScalar.Style) {
    let whole = range(event)
    guard count(1, at: whole) else { return }
    var place = ContentPlace(whole.bytes, style: style, in: source.bytes)
    if place.node.isEmpty, let key = open.last?.pendingKey, !isBehindColon(place.node) {
      // libyaml places a value that is left out at whatever comes next, lines below perhaps.
      let end = key.range.bytes.upperBound
      place = ContentPlace(end..<end, style: style, in: source.bytes)
    }
    let nodeRange = SourceRange(source: source, bytes: place.node)
    let value = resolve(text, style, event.tag, at: nodeRange)
    let node = YAMLNode(
      content: .scalar(YAMLScalar(text: text, style: style, value: value)), tag: event.tag,
      range: nodeRange, contentBytes: place.content)
    add(Sized(node: node, count: 1, depth: 0), anchor: event.anchor)
  }

  private func isBehindColon(_ place: Range<Int>) -> Bool {
    place.lowerBound > 0 && source.bytes[place.lowerBound - 1] == UInt8(ascii: ":")
  }

  private mutating func resolve(
    _ text: String, _ style: YAMLScalar.Style, _ tag: String?, at range: SourceRange
  ) -> YAMLScalar.Value {
    guard let tag else { return style == .plain ? CoreSchema.resolve(text) : .string(text) }
    guard tag != "!" else { return .string(text) }
    guard let known = CoreSchema.Tag(resolved: tag) else {
      report(unknownTag(tag, at: range))
      return .string(text)
    }
    if let value = CoreSchema.resolve(text, as: known) { return value }
    report(.mismatchedTag(known, at: range))
    return .string(text)
  }

  private func unknownTag(_ tag: String, at place: SourceRange) -> Diagnostic {
    // A tag of YAML's own, or one with a URI, is not an expression.
    let trap = tag.hasPrefix("!") ? YAMLTrap(startingAt: place) : nil
    return trap?.diagnostic ?? .unknownTag(tag, at: place)
  }

  private mutating func addAlias(_ event: Event) {
    let place = range(event)
    let name = event.anchor ?? ""
    let null = YAMLNode(
      content: .scalar(YAMLScalar(text: "", style: .plain, value: .null)), range: place)
    switch anchors[name] {
    case .complete(let anchored):
      guard open.count + anchored.depth <= limits.depth else {
        stop(.tooDeep(at: place, limit: limits.depth))
        return
      }
      guard count(anchored.count, at: place) else { return }
      let node = YAMLNode(
        content: anchored.node.content, tag: anchored.node.tag, range: place,
        contentBytes: anchored.node.contentRange.bytes)
      add(Sized(node: node, count: anchored.count, depth: anchored.depth), anchor: nil)
    case .begun:
      report(.recursiveAlias(name, at: place))
      add(Sized(node: null, count: 1, depth: 0), anchor: nil)
    case nil:
      report(unknownAlias(name, at: place))
      add(Sized(node: null, count: 1, depth: 0), anchor: nil)
    }
  }

  private func unknownAlias(_ name: String, at place: SourceRange) -> Diagnostic {
    let trap = YAMLTrap(startingAt: place)
    if let trap, trap.intended != place.text { return trap.diagnostic }
    // Enough for any text written by hand; with more, nothing is looked for, to bound the time.
    let known = anchors.count <= 256 ? anchors.keys.sorted() : []
    return .unknownAlias(name, known: known, trap: trap, at: place)
  }

  private mutating func begin(_ event: Event, _ kind: OpenCollection.Kind) {
    let place = range(event)
    guard open.count < limits.depth else {
      stop(.tooDeep(at: place, limit: limits.depth))
      return
    }
    guard count(1, at: place) else { return }
    if let tag = event.tag, tag != "!" {
      switch CoreSchema.Tag(resolved: tag) {
      case nil: report(unknownTag(tag, at: place))
      case kind.tag: break
      case let other?: report(.mismatchedTag(other, at: place))
      }
    }
    if let anchor = event.anchor { anchors[anchor] = .begun }
    let content = ContentPlace.start(from: place.bytes.lowerBound, in: source.bytes)
    open.append(
      OpenCollection(
        kind: kind, start: place.bytes.lowerBound, contentStart: content, tag: event.tag,
        anchor: event.anchor))
  }

  private mutating func end(_ event: Event) {
    guard let collection = open.popLast() else { return }
    // The end of a block collection is an empty place at what comes next, and says nothing.
    let end = event.characters.isEmpty ? collection.end : range(event).bytes.upperBound
    let bytes = collection.start..<max(collection.start, end)
    let node = YAMLNode(
      content: collection.content, tag: collection.tag,
      range: SourceRange(source: source, bytes: bytes),
      contentBytes: collection.contentStart..<max(collection.contentStart, end))
    add(
      Sized(node: node, count: collection.count, depth: collection.depth),
      anchor: collection.anchor)
  }

  private mutating func add(_ sized: Sized, anchor: String?) {
    if let anchor { anchors[anchor] = .complete(sized) }
    guard !open.isEmpty else {
      root = sized.node
      return
    }
    let top = open.count - 1
    if let diagnostic = open[top].add(sized.node, count: sized.count, depth: sized.depth) {
      report(diagnostic)
    }
  }

  /// Counts nodes about to be added; false, with the builder stopped, when they are too many.
  private mutating func count(_ nodes: Int, at place: SourceRange) -> Bool {
    let (sum, overflow) = nodeCount.addingReportingOverflow(nodes)
    guard !overflow, sum <= limits.nodes else {
      stop(.tooManyNodes(at: place, limit: limits.nodes))
      return false
    }
    nodeCount = sum
    return true
  }

  private mutating func report(_ diagnostic: Diagnostic) {
    diagnostics.append(diagnostic)
    if diagnostics.count == limits.mistakes, let range = diagnostic.range {
      stop(.tooManyMistakes(at: range, limit: limits.mistakes))
    }
  }

  private mutating func stop(_ diagnostic: Diagnostic) {
    diagnostics.append(diagnostic)
    isStopped = true
  }
}
