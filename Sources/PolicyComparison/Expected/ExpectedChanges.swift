package import Diagnostics
public import PolicyEngine
import YAML

/// The changes that somebody means, as `expected-changes.yaml` beside the policies lists them.
///
///     changes:
///       - decision: payment
///         from: fail
///         to: pass
///         rule: work-order-within-backfill-window
///         atMost: 400
///         in: week-42
///         because: The board allows two weeks from October on.
public struct ExpectedChanges: Sendable {
  /// One change that is meant.
  public struct Entry: Sendable {
    /// The decision that comes out otherwise; nil for a rule that only warns.
    public let decision: String?
    /// The outcome under the old policies.
    public let old: DecisionOutcome
    /// The outcome under the new policies; nil where it is not settled what changes.
    public let new: DecisionOutcome?
    /// The rule that makes the difference; nil for any.
    public let rule: String?
    /// How many recorded sessions may change so at most; nil for any number.
    public let atMost: Int?
    /// A part of the names of the files that is spoken of; nil for all.
    public let file: String?
    /// Where it stands.
    let range: SourceRange
  }

  /// The changes, in the order of the file.
  public let entries: [Entry]

  /// No change is meant.
  public static let none = ExpectedChanges(entries: [])

  /// The keys of a change.
  package static let keys = ["decision", "from", "to", "rule", "atMost", "in", "because"]

  /// Reads the changes of a file; what is wrong with it is appended to `diagnostics`.
  package static func read(
    _ source: Source, old: PolicySet, new: PolicySet, into diagnostics: inout [Diagnostic]
  ) -> ExpectedChanges {
    let nodes = YAMLReader.read(source, into: &diagnostics)
    guard let node = nodes.first else { return .none }
    guard
      let file = MappingReader(
        node, what: "expected changes", keys: ["changes"], into: &diagnostics),
      let list = file.requiredNode("changes", into: &diagnostics)
    else { return .none }
    guard let items = list.elements else {
      diagnostics.append(
        Diagnostic(
          code: .wrongKind, "'changes' must be a list of changes", at: list.range,
          help: "begin each with '- decision:'"))
      return .none
    }
    let reader = EntryReader(old: old, new: new)
    return ExpectedChanges(entries: items.compactMap { reader.read($0, into: &diagnostics) })
  }
}

/// Reads one change.
private struct EntryReader {
  let old: PolicySet
  let new: PolicySet

  func read(_ node: YAMLNode, into diagnostics: inout [Diagnostic]) -> ExpectedChanges.Entry? {
    guard
      let reader = MappingReader(
        node, what: "an expected change", keys: ExpectedChanges.keys, into: &diagnostics)
    else { return nil }
    let errors = diagnostics.count
    let decision = name(
      reader, "decision", among: new.decisions.map(\.name), into: &diagnostics)
    let rules = new.rules.map(\.id) + old.rules.map(\.id)
    let rule = name(reader, "rule", among: rules, into: &diagnostics)
    if decision == nil, rule == nil, diagnostics.count == errors {
      diagnostics.append(
        Diagnostic(
          code: .missingKey, "an expected change names a decision, or a rule that only warns",
          at: node.range))
    }
    let before = outcome(reader, "from", more: [], into: &diagnostics)
    let after = outcome(reader, "to", more: ["unsettled"], into: &diagnostics)
    var atMost: Int?
    if let node = reader.optionalNode("atMost", into: &diagnostics) {
      if case .int(let number)? = node.scalar?.value, number >= 0 {
        atMost = Int(number)
      } else {
        diagnostics.append(
          Diagnostic(
            code: .wrongConstant, "'atMost' must be a whole number from 0 on", at: node.range))
      }
    }
    let file = reader.optionalText("in", into: &diagnostics)
    _ = reader.optionalText("because", into: &diagnostics)
    guard diagnostics.count == errors, let before, let after else { return nil }
    return ExpectedChanges.Entry(
      decision: decision, old: DecisionOutcome(rawValue: before) ?? .pass,
      new: DecisionOutcome(rawValue: after), rule: rule, atMost: atMost, file: file,
      range: node.range)
  }

  private func name(
    _ reader: MappingReader, _ key: String, among known: [String],
    into diagnostics: inout [Diagnostic]
  ) -> String? {
    guard let node = reader.optionalNode(key, into: &diagnostics),
      let text = MappingReader.text(of: node, what: "'\(key)'", into: &diagnostics)
    else { return nil }
    guard !known.contains(text) else { return text }
    diagnostics.append(
      Diagnostic(
        code: .unknownName, "'\(text)' is not a \(key) of these policies", at: node.range,
        help: Suggestion.helpOrList(for: text, among: known, listing: "the \(key)s are")))
    return nil
  }

  private func outcome(
    _ reader: MappingReader, _ key: String, more: [String], into diagnostics: inout [Diagnostic]
  ) -> String? {
    guard let node = reader.requiredNode(key, into: &diagnostics),
      let text = MappingReader.text(of: node, what: "'\(key)'", into: &diagnostics)
    else { return nil }
    let known = ["pass", "fail", "undetermined"] + more
    guard !known.contains(text) else { return text }
    diagnostics.append(
      Diagnostic(
        code: .unknownName, "'\(text)' is not an outcome", at: node.range,
        help: Suggestion.helpOrList(for: text, among: known, listing: "the outcomes are")))
    return nil
  }
}
