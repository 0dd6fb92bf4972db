import Diagnostics
import YAML

/// Reads which checks are silenced where: `lint: {unused-fact: kept for the export}` in a declaration.
///
/// A key, and no comment: it stays with its declaration whatever tool rewrites the file, and a misspelt
/// check is a mistake.
package struct SilenceReader {
  /// The key under which silences stand.
  static let key = "lint"

  /// The word under which changes are accepted that make no difference, beside the names of the checks.
  package static let mutant = "mutant"

  private(set) var silences: [PolicySet.Silence] = []
  private(set) var acceptedMutants: [PolicySet.AcceptedMutant] = []

  /// The silences of all declarations; their mistakes are appended to `diagnostics`.
  static func read(_ declarations: Declarations, into diagnostics: inout [Diagnostic])
    -> SilenceReader
  {
    var reader = SilenceReader()
    for rule in declarations.rules {
      reader.read(in: rule.node, of: rule.node["rule"]?.range ?? rule.node.range, &diagnostics)
    }
    for declaration in declarations.parameters + declarations.calendars
      + declarations.decisions
    {
      reader.read(in: declaration.node, of: declaration.key, &diagnostics)
    }
    for enumeration in declarations.enumerations {
      if enumeration.node.entries?.contains(where: isSilence) ?? false {
        reader.read(in: enumeration.node, of: enumeration.key, &diagnostics)
      }
      reader.readEach(in: enumeration.node, &diagnostics)
    }
    for type in declarations.types {
      reader.read(in: type.node, of: type.key, &diagnostics)
      reader.readEach(in: type.node["facts"], &diagnostics)
      reader.readEach(in: type.node["terms"], &diagnostics)
    }
    return reader
  }

  /// Whether an entry of an enumeration silences checks, and is not a case: a case's words are a text.
  static func isSilence(_ entry: YAMLEntry) -> Bool {
    entry.key.string == key && entry.value.entries != nil
  }

  private mutating func readEach(in node: YAMLNode?, _ diagnostics: inout [Diagnostic]) {
    for entry in node?.entries ?? [] where !Self.isSilence(entry) {
      read(in: entry.value, of: entry.key.range, &diagnostics)
    }
  }

  private mutating func read(
    in node: YAMLNode, of scope: SourceRange, _ diagnostics: inout [Diagnostic]
  ) {
    guard let list = node[Self.key] else { return }
    let pairs = MappingReader.pairs(of: list, what: "'lint'", into: &diagnostics) ?? []
    for (name, entry) in pairs {
      if name == Self.mutant {
        readMutants(entry, of: scope, &diagnostics)
      } else if let check = LintCheck(rawValue: name) {
        guard let reason = reason(for: name, "silenced", in: entry, &diagnostics) else { continue }
        silences.append(
          PolicySet.Silence(check: check, reason: reason, range: entry.key.range, scope: scope))
      } else {
        diagnostics.append(.unknownCheck(name, at: entry.key.range))
      }
    }
  }

  /// Reads which changes are accepted, each with its reason.
  private mutating func readMutants(
    _ entry: YAMLEntry, of scope: SourceRange, _ diagnostics: inout [Diagnostic]
  ) {
    guard entry.value.entries != nil else {
      diagnostics.append(.mutantsWithoutNames(at: entry.key.range))
      return
    }
    let changes =
      MappingReader.pairs(of: entry.value, what: "'\(Self.mutant)'", into: &diagnostics) ?? []
    if changes.isEmpty { diagnostics.append(.mutantsWithoutNames(at: entry.key.range)) }
    for (change, entry) in changes {
      guard let reason = reason(for: change, "accepted", in: entry, &diagnostics) else { continue }
      acceptedMutants.append(
        PolicySet.AcceptedMutant(
          change: change, reason: reason, range: entry.key.range, scope: scope))
    }
  }

  /// Why something is as it should be; nil, with a diagnostic, where that is not said.
  private func reason(
    for name: String, _ word: String, in entry: YAMLEntry, _ diagnostics: inout [Diagnostic]
  ) -> String? {
    guard let scalar = entry.value.scalar, !entry.value.isNull,
      scalar.text.contains(where: { !$0.isWhitespace })
    else {
      diagnostics.append(.silenceWithoutReason(name, word, at: entry.key.range))
      return nil
    }
    return scalar.text
  }
}

extension Diagnostic {
  fileprivate static func unknownCheck(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .unknownCheck, "'\(name)' is not a check", at: range,
      help: Suggestion.helpOrList(
        for: name, among: LintCheck.allCases.map(\.rawValue) + [SilenceReader.mutant],
        listing: "the checks are"))
  }

  fileprivate static func mutantsWithoutNames(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .missingValue, "'mutant' does not say which changes are accepted", at: range,
      help:
        "write each change as 'tutorpolicy mutate' shows it, or its kind, with the reason: "
        + "{mutant: {comparison: the reason}}")
  }

  fileprivate static func silenceWithoutReason(
    _ name: String, _ word: String, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .missingValue, "'\(name)' is \(word) without a reason", at: range,
      help: "write why behind the colon, for whoever reads the file next")
  }
}
