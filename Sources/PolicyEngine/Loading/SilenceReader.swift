import Diagnostics
import YAML

/// Reads which checks are silenced where: `lint: {unused-fact: kept for the export}` in a declaration.
///
/// A key, and no comment: it stays with its declaration whatever tool rewrites the file, and a misspelt
/// check is a mistake.
package struct SilenceReader {
  /// The key under which silences stand.
  static let key = "lint"

  /// The word under which slips are accepted that make no difference, beside the names of the checks.
  package static let mutant = "mutant"

  private(set) var silences: [PolicySet.Silence] = []
  private(set) var acceptedMutants: [PolicySet.AcceptedMutants] = []

  /// The silences of all declarations; their mistakes are appended to `diagnostics`.
  static func read(_ declarations: Declarations, into diagnostics: inout [Diagnostic])
    -> SilenceReader
  {
    var reader = SilenceReader()
    for rule in declarations.rules {
      reader.read(in: rule.node, of: rule.node["rule"]?.range ?? rule.node.range, &diagnostics)
    }
    for declaration in declarations.parameters + declarations.decisions {
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
      let check = LintCheck(rawValue: name)
      guard check != nil || name == Self.mutant else {
        diagnostics.append(.unknownCheck(name, at: entry.key.range))
        continue
      }
      guard let scalar = entry.value.scalar, !entry.value.isNull,
        scalar.text.contains(where: { !$0.isWhitespace })
      else {
        diagnostics.append(.silenceWithoutReason(name, at: entry.key.range))
        continue
      }
      if let check {
        silences.append(
          PolicySet.Silence(
            check: check, reason: scalar.text, range: entry.key.range, scope: scope))
      } else {
        acceptedMutants.append(
          PolicySet.AcceptedMutants(reason: scalar.text, range: entry.key.range, scope: scope))
      }
    }
  }
}

extension Diagnostic {
  fileprivate static func unknownCheck(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: "unknown-check", "'\(name)' is not a check", at: range,
      help: Suggestion.helpOrList(
        for: name, among: LintCheck.allCases.map(\.rawValue) + [SilenceReader.mutant],
        listing: "the checks are"))
  }

  fileprivate static func silenceWithoutReason(_ name: String, at range: SourceRange) -> Diagnostic
  {
    Diagnostic(
      code: "missing-value", "'\(name)' is silenced without a reason", at: range,
      help: "write why behind the colon, for whoever reads the file next")
  }
}
