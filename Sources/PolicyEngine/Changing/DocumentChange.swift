package import Diagnostics
package import YAML

/// A change to a document that is applied before the document is read.
package enum DocumentChange: Sendable {
  /// The fact at a path gets a value.
  case set(FactPath, YAMLNode)
  /// The list at the end of a path, which is behind its last element, gets elements.
  case add(FactPath, [YAMLNode])
  /// The fact or list element at a path goes away.
  case remove(FactPath)

  /// What is changed.
  package var path: FactPath {
    switch self {
    case .set(let path, _), .add(let path, _), .remove(let path): path
    }
  }

  /// What is added to a list, where the path ends behind its last element.
  private var added: [YAMLNode]? {
    switch self {
    case .set(_, let value): [value]
    case .add(_, let values): values
    case .remove: nil
    }
  }

  /// The document with the change.
  ///
  /// - Throws: What keeps the change from being made, or that it changes nothing.
  package func applied(to document: YAMLNode, mayRepeat: Bool) throws(ChangeMistake) -> YAMLNode {
    let changed = try change(document, path.steps[...])
    if !mayRepeat, changed.hasSameContent(as: document) {
      throw ChangeMistake(.changesNothing(path))
    }
    return changed
  }

  private func change(
    _ node: YAMLNode, _ steps: ArraySlice<FactPath.Step>
  ) throws(ChangeMistake) -> YAMLNode {
    guard let step = steps.first else {
      switch self {
      case .set(_, let value): return value
      case .add, .remove: return node
      }
    }
    let rest = steps.dropFirst()
    switch step {
    case .field(let name):
      guard case .mapping(let entries) = node.content else {
        throw ChangeMistake(.nothingToChange(path, below: steps, found: node))
      }
      return node.with(.mapping(try change(entries, name: name, rest, of: node, steps)))
    case .index(let index):
      guard case .sequence(var elements) = node.content else {
        throw ChangeMistake(.nothingToChange(path, below: steps, found: node))
      }
      guard elements.indices.contains(index) else {
        throw ChangeMistake(.noElement(index, count: elements.count, in: path))
      }
      if case .remove = self, rest.isEmpty {
        elements.remove(at: index)
      } else {
        elements[index] = try change(elements[index], rest)
      }
      return node.with(.sequence(elements))
    case .end:
      guard let added, rest.isEmpty else { throw ChangeMistake(.endInsidePath(path)) }
      if node.isNull { return node.with(.sequence(added)) }
      guard case .sequence(let elements) = node.content else {
        throw ChangeMistake(.nothingToChange(path, below: steps, found: node))
      }
      return node.with(.sequence(elements + added))
    }
  }

  private func change(
    _ entries: [YAMLEntry], name: String, _ rest: ArraySlice<FactPath.Step>, of node: YAMLNode,
    _ steps: ArraySlice<FactPath.Step>
  ) throws(ChangeMistake) -> [YAMLEntry] {
    var entries = entries
    let index = entries.firstIndex { $0.key.scalar?.text == name }
    switch (self, index) {
    case (.set, let index?), (.add, let index?):
      entries[index] = YAMLEntry(
        key: entries[index].key, value: try change(entries[index].value, rest))
    case (.set, nil), (.add, nil):
      let isWhole = rest.isEmpty || (rest.count == 1 && rest.first == .end)
      guard isWhole, let added, let value = rest.isEmpty ? added.first : node else {
        throw ChangeMistake(.nothingToChange(path, below: rest, found: node))
      }
      let key = YAMLScalar(text: name, style: .plain, value: .string(name))
      entries.append(
        YAMLEntry(
          key: YAMLNode(content: .scalar(key), range: path.range),
          value: rest.isEmpty ? value : YAMLNode(content: .sequence(added), range: path.range)))
    case (.remove, let index?) where rest.isEmpty:
      entries.remove(at: index)
    case (.remove, let index?):
      entries[index] = YAMLEntry(
        key: entries[index].key, value: try change(entries[index].value, rest))
    case (.remove, nil):
      throw ChangeMistake(.changesNothing(path))
    }
    return entries
  }
}

/// Why a change can't be made.
package struct ChangeMistake: Error {
  /// What is wrong with it, at its place.
  package let diagnostic: Diagnostic

  init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }
}

extension YAMLNode {
  /// A node of other content at the same place.
  fileprivate func with(_ content: Content) -> YAMLNode {
    YAMLNode(content: content, tag: tag, range: range, contentBytes: contentRange.bytes)
  }

  /// Whether both say the same, wherever they stand and however they are written.
  package func hasSameContent(as other: YAMLNode) -> Bool {
    switch (content, other.content) {
    case (.scalar(let left), .scalar(let right)): return left.value == right.value
    case (.sequence(let left), .sequence(let right)):
      return left.count == right.count
        && zip(left, right).allSatisfy { $0.hasSameContent(as: $1) }
    case (.mapping(let left), .mapping(let right)):
      // A fact that is null is as good as one that is not there.
      let (left, right) = (left.filter { !$0.value.isNull }, right.filter { !$0.value.isNull })
      return left.count == right.count
        && left.allSatisfy { entry in
          right.first { $0.key.hasSameContent(as: entry.key) }
            .map { $0.value.hasSameContent(as: entry.value) } ?? false
        }
    default: return false
    }
  }
}
