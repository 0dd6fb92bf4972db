package import Diagnostics

/// Why nothing was renamed.
package struct RenameRefusal: Error {
  /// What stands in the way, each with its place.
  package let diagnostics: [Diagnostic]

  init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
}

extension RenameRefusal {
  static func unknown(_ name: String, among symbols: [Symbol]) -> RenameRefusal {
    let kind = SymbolName(name).kind
    let known = kind.map { kind in symbols.filter { $0.kind == kind } } ?? symbols
    let plain = SymbolName(name).name
    let near =
      known.first { $0.name.lowercased() == plain.lowercased() }?.name
      ?? Suggestion.nearest(to: plain, among: known.flatMap { [$0.name, $0.qualifiedName] })
    return RenameRefusal([
      Diagnostic(
        code: .unknownName,
        "'\(plain)' is not the name of \(kind.map { "a \($0.rawValue)" } ?? "anything") in these policies",
        at: nil,
        help: near.map { "did you mean '\($0)'?" }
          ?? "a fact, term, parameter, rule, decision, type, enumeration or case can be renamed")
    ])
  }

  static func ambiguous(_ name: String, _ places: [Occurrence]) -> RenameRefusal {
    RenameRefusal([
      Diagnostic(
        code: .ambiguousName, "'\(name)' is the name of several things", at: nil,
        notes: places.map {
          Diagnostic.Note("it is '\($0.symbol.specifier)' here", at: $0.range)
        },
        help: "say which: "
          + places.map { "'\($0.symbol.specifier)'" }.joined(separator: ", "))
    ])
  }

  static func unusable(_ name: String, for symbol: Symbol, at range: SourceRange?) -> RenameRefusal
  {
    let rule =
      switch symbol.kind {
      case .rule, .decision, .exception:
        "an id is made of lower-case letters, digits and hyphens, such as 'needs-approval'"
      case .enumerationCase:
        "a case is made of letters, digits and spaces, '-', '_', '.', '/' and '+' between them"
      default:
        "a name starts with a letter, goes on with letters, digits and '_', and is not a word of CEL"
      }
    return RenameRefusal([
      Diagnostic(
        code: .invalidName, "'\(name)' can't be the name of a \(symbol.kind.rawValue)", at: range,
        help: rule)
    ])
  }

  static func taken(_ name: String, for symbol: Symbol, by other: Occurrence) -> RenameRefusal {
    RenameRefusal([
      Diagnostic(
        code: .nameTaken,
        "'\(symbol.name)' can't be renamed to '\(name)': there is a \(other.symbol.kind.rawValue) of that name",
        at: other.range)
    ])
  }

  static func same(_ name: String) -> RenameRefusal {
    RenameRefusal([
      Diagnostic(code: .sameName, "'\(name)' is the name already", at: nil)
    ])
  }

  static func invalidPolicies(_ diagnostics: [Diagnostic]) -> RenameRefusal {
    RenameRefusal(diagnostics.filter { $0.severity == .error })
  }

  static func unreadable(_ diagnostics: [Diagnostic]) -> RenameRefusal {
    RenameRefusal(diagnostics)
  }

  static func mistakes(
    _ mistakes: [Diagnostic], of name: String, for symbol: Symbol
  ) -> RenameRefusal {
    // That a name is taken explains what else would be wrong.
    let taken = mistakes.filter { $0.code == .nameTaken }
    return RenameRefusal(
      (taken.isEmpty ? mistakes : taken).prefix(5).map { mistake in
        Diagnostic(
          code: mistake.code,
          "'\(symbol.name)' can't be renamed to '\(name)': then \(mistake.message)",
          at: mistake.range, notes: mistake.notes, help: mistake.help)
      })
  }

  static func otherMeaning(of name: String, for symbol: Symbol, at range: SourceRange)
    -> RenameRefusal
  {
    RenameRefusal([
      Diagnostic(
        code: .nameTaken,
        "'\(symbol.name)' can't be renamed to '\(name)': then this would mean something else",
        at: range)
    ])
  }
}
