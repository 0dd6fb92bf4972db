import CEL
import Diagnostics
import YAML

/// Reads conditions: an expression, or `all:`, `any:` or `none:` over conditions with or without labels.
struct ConditionLoader {
  let scope: ExpressionScope
  let locals: [Environment.Variable]

  /// The condition in a node.
  func load(
    _ node: YAMLNode, what: String, into diagnostics: inout [Diagnostic]
  ) -> Condition? {
    load(node, label: nil, what: what, into: &diagnostics)
  }

  private func load(
    _ node: YAMLNode, label: String?, what: String, into diagnostics: inout [Diagnostic]
  ) -> Condition? {
    switch node.content {
    case .scalar:
      return ExpressionScope.text(of: node, what: what, into: &diagnostics).map {
        let checked = scope.check($0, locals: locals, expecting: .bool, into: &diagnostics)
        return Condition(kind: .expression(checked), label: label, range: node.range)
      }
    case .mapping(let entries):
      guard entries.count == 1, let entry = entries.first, let word = key(of: entry),
        PolicyKeys.condition.contains(word)
      else {
        diagnostics.append(
          .conditionShape(at: node.range.firstLine, given: entries.compactMap { key(of: $0) }))
        return nil
      }
      return loadParts(entry, word: word, label: label, at: node.range, into: &diagnostics)
    case .sequence:
      diagnostics.append(.conditionShape(at: node.range.firstLine, given: []))
      return nil
    }
  }

  private func loadParts(
    _ entry: YAMLEntry, word: String, label: String?, at range: SourceRange,
    into diagnostics: inout [Diagnostic]
  ) -> Condition? {
    guard case .sequence(let items) = entry.value.content else {
      diagnostics.append(
        .wrongKind(of: "'\(word)'", expected: "a list of conditions", found: entry.value))
      return nil
    }
    // Nothing in `all` would be true of everything: an empty list is a slip, never a meaning.
    guard !items.isEmpty else {
      diagnostics.append(.emptyCondition(word, at: entry.key.range))
      return nil
    }
    let parts = items.map { loadPart($0, of: word, into: &diagnostics) }
    guard !parts.contains(where: { $0 == nil }) else { return nil }
    let conditions = parts.compactMap(\.self)
    let kind: Condition.Kind =
      switch word {
      case "all": .all(conditions)
      case "any": .any(conditions)
      default: .none(conditions)
      }
    return Condition(kind: kind, label: label, range: range)
  }

  /// A part of a list: a condition, or `label: condition`.
  private func loadPart(
    _ node: YAMLNode, of word: String, into diagnostics: inout [Diagnostic]
  ) -> Condition? {
    guard case .mapping(let entries) = node.content, entries.count == 1, let entry = entries.first,
      let label = key(of: entry), !PolicyKeys.condition.contains(label)
    else { return load(node, label: nil, what: "a part of '\(word)'", into: &diagnostics) }
    if let trap = expression(splitIn: node, at: label) {
      diagnostics.append(trap.diagnostic)
      return nil
    }
    return load(entry.value, label: label, what: "'\(label)'", into: &diagnostics)
  }

  /// The trap that an expression fell into, such as `a ? b : c`, which YAML makes a label and a condition of.
  ///
  /// Without a mistake it would be the condition `c` alone.
  private func expression(splitIn node: YAMLNode, at label: String) -> YAMLTrap? {
    guard let trap = node.colonTrap() else { return nil }
    if YAMLTrap.isUnbalanced(label.utf8) { return trap }
    guard label.contains("?") else { return nil }
    var mistakes: [Diagnostic] = []
    _ = Expression.parse(
      MappedText(Source(name: "", text: trap.intended)), into: &mistakes)
    return mistakes.isEmpty ? trap : nil
  }

  private func key(of entry: YAMLEntry) -> String? {
    if case .scalar(let scalar) = entry.key.content { scalar.text } else { nil }
  }
}
