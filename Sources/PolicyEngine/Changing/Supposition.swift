package import Diagnostics
import YAML

/// What is supposed of documents that are decided as if: `PATH=VALUE`, as people write it.
///
/// `PATH=null` takes a fact or an element away, and `PATH+=VALUE` adds an element to a list, or each of
/// several given in brackets. Values are read as YAML, in one line; a comment behind one is a mistake, since
/// what is shown as supposed would not be what was decided.
package struct Supposition: Sendable {
  /// The supposition as it is written.
  package let text: String
  let changes: [DocumentChange]

  /// The suppositions in some texts; nil when one of them has a mistake.
  ///
  /// Every path is looked up in the vocabulary and every value checked as one of the fact's type, before
  /// there is a document. All mistakes are appended to `diagnostics`; their source has the name given.
  package static func read(
    _ texts: [String], from name: String, in vocabulary: Vocabulary,
    into diagnostics: inout [Diagnostic]
  ) -> [Supposition]? {
    var reader = SuppositionReader(vocabulary: vocabulary)
    let read = texts.map { reader.read(Source(name: name, text: $0)) }
    diagnostics += reader.diagnostics
    return reader.diagnostics.hasErrors ? nil : read.compactMap(\.self)
  }
}

/// Reads suppositions, strictly: what is not understood is a mistake.
private struct SuppositionReader {
  let vocabulary: Vocabulary
  var diagnostics: [Diagnostic] = []

  init(vocabulary: Vocabulary) { self.vocabulary = vocabulary }

  mutating func read(_ source: Source) -> Supposition? {
    let whole = SourceRange(source: source, bytes: 0..<source.bytes.count)
    if let lineBreak = source.bytes.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) {
      diagnostics.append(
        .severalLines(at: SourceRange(source: source, bytes: lineBreak..<lineBreak)))
      return nil
    }
    guard let sign = source.bytes.firstIndex(of: UInt8(ascii: "=")) else {
      diagnostics.append(.noEqualsSign(at: whole))
      return nil
    }
    let adds = sign > 0 && source.bytes[sign - 1] == UInt8(ascii: "+")
    let place = SourceRange(source: source, bytes: 0..<(adds ? sign - 1 : sign))
    let name = place.text.split(separator: " ").joined(separator: " ")
    guard let path = path(name + (adds ? "[+]" : ""), shown: name, at: place),
      let type = path.resolve(in: vocabulary, into: &diagnostics),
      let value = value(in: source, from: sign + 1)
    else { return nil }
    var changes = [DocumentChange.set(path, value)]
    if adds, case .sequence(let elements) = value.content, !type.isListType {
      if elements.isEmpty { diagnostics.append(.addsNothing(at: value.range)) }
      changes = [.add(path, elements)]
    } else if adds {
      changes = [.add(path, [value])]
    }
    if value.isNull, case .index? = path.steps.last { changes = [.remove(path)] }
    for change in changes { check(change) }
    return Supposition(text: whole.text, changes: changes)
  }

  private mutating func path(
    _ text: String, shown: String, at range: SourceRange
  ) -> FactPath? {
    if let path = FactPath(text, documentName: vocabulary.documentName, at: range) { return path }
    diagnostics.append(.noPath(shown, at: range))
    return nil
  }

  /// The value behind the sign, each part of it at its place in the whole.
  private mutating func value(in source: Source, from start: Int) -> YAMLNode? {
    let rest = SourceRange(source: source, bytes: start..<source.bytes.count)
    // With blanks for what precedes it, everything in the value keeps its column.
    let blank = Source(
      name: source.name,
      bytes: Array(repeating: UInt8(ascii: " "), count: start) + source.bytes[start...])
    var mistakes: [Diagnostic] = []
    let nodes = YAMLReader.read(blank, into: &mistakes)
    diagnostics += mistakes.map { $0.moved(to: source) }
    guard !mistakes.hasErrors else { return nil }
    if let comment = comment(in: source, behind: nodes.last?.range.bytes.upperBound ?? start) {
      diagnostics.append(.commentInSupposition(at: comment))
      return nil
    }
    guard let node = nodes.first?.moved(to: source), nodes.count == 1,
      !node.isNull || !(node.scalar?.text.isEmpty ?? true)
    else {
      diagnostics.append(
        .noValue(at: nodes.count > 1 ? rest : SourceRange(source: source, bytes: 0..<start)))
      return nil
    }
    return node
  }

  /// What YAML takes for a comment behind a value: it is left out of what is read.
  private func comment(in source: Source, behind end: Int) -> SourceRange? {
    let rest = source.bytes[end...]
    guard let sign = rest.firstIndex(of: UInt8(ascii: "#")),
      rest[..<sign].allSatisfy({ $0 == 0x20 || $0 == 0x09 })
    else { return nil }
    return SourceRange(source: source, bytes: sign..<source.bytes.count)
  }

  /// Reports what no document could have at the path, by reading one that has nothing else.
  private mutating func check(_ change: DocumentChange) {
    let path = change.path
    var steps = path.steps[...]
    let value: YAMLNode
    switch change {
    case .set(_, let set): value = set
    case .add(_, let added):
      value = YAMLNode(content: .sequence(added), range: path.range)
      steps = steps.dropLast()
    case .remove: return
    }
    let document = steps.reversed().reduce(value) { node, step in
      switch step {
      case .field(let name):
        let key = YAMLScalar(text: name, style: .plain, value: .string(name))
        let keyNode = YAMLNode(content: .scalar(key), range: path.range)
        return YAMLNode(
          content: .mapping([YAMLEntry(key: keyNode, value: node)]), range: path.range)
      case .index, .end: return YAMLNode(content: .sequence([node]), range: path.range)
      }
    }
    _ = FactDocument.read(
      yaml: document, schema: vocabulary.schema, positions: path.positions, into: &diagnostics)
  }
}

extension FactPath {
  /// The positions in lists, by the number of the step; elsewhere the lists have one element alone.
  fileprivate var positions: [Int: Int] {
    Dictionary(
      uniqueKeysWithValues: steps.enumerated().compactMap { number, step in
        if case .index(let position) = step { (number, position) } else { nil }
      })
  }
}

extension FactSchema.ValueType {
  fileprivate var isListType: Bool { if case .list = self { true } else { false } }
}

extension YAMLNode {
  /// The node with all of its places in another source of the same length.
  fileprivate func moved(to source: Source) -> YAMLNode {
    let content: Content =
      switch self.content {
      case .scalar: self.content
      case .sequence(let elements): .sequence(elements.map { $0.moved(to: source) })
      case .mapping(let entries):
        .mapping(
          entries.map {
            YAMLEntry(key: $0.key.moved(to: source), value: $0.value.moved(to: source))
          })
      }
    return YAMLNode(
      content: content, tag: tag, range: SourceRange(source: source, bytes: range.bytes),
      contentBytes: contentRange.bytes)
  }
}

extension Diagnostic {
  /// The diagnostic with all of its places in another source of the same length.
  fileprivate func moved(to source: Source) -> Diagnostic {
    func place(_ range: SourceRange?) -> SourceRange? {
      range.map { SourceRange(source: source, bytes: $0.bytes) }
    }
    return Diagnostic(
      severity, code: code, message, at: place(range),
      notes: notes.map { Note($0.message, at: place($0.range)) }, help: help)
  }
}
