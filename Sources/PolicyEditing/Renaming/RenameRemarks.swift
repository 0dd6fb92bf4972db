import CEL
import Diagnostics
import PolicyEngine
import PolicyTesting

/// Finds what a renaming leaves for a person to look at.
struct RenameRemarks {
  let folder: PolicyFolder
  let edited: PolicyFolder
  let policies: PolicySet
  let renamed: PolicySet
  let index: SymbolIndex

  /// Cases that pass now and not afterwards, and texts in expressions that say the old name of a case.
  func all(_ symbol: Symbol) -> [Diagnostic] {
    spoiltCases + (symbol.kind == .enumerationCase ? otherTexts(symbol) : [])
  }

  private var spoiltCases: [Diagnostic] {
    let after = Self.failures(of: edited, by: renamed)
    if after.isEmpty { return [] }
    let passing = Self.failures(of: folder, by: policies)
    return after.filter { passing[$0.key] == nil }.sorted { $0.key < $1.key }.map { title, range in
      Diagnostic(
        .warning, code: .caseChanged, "after the renaming, the case '\(title)' no longer passes",
        at: range, help: "words that it expects may say the old name")
    }
  }

  /// The cases that fail or have a mistake, with the place where something is wrong.
  private static func failures(
    of folder: PolicyFolder, by policies: PolicySet
  ) -> [String: SourceRange] {
    var mistakes: [Diagnostic] = []
    let suite = FixtureSuite.load(
      folder.fixtures ?? [], policies: policies, readFile: { try folder.base($0) }, into: &mistakes)
    var failures: [String: SourceRange] = [:]
    for mistake in mistakes {
      if let range = mistake.range { failures[range.fileAndLine] = range }
    }
    for result in suite.run(on: policies).failures {
      failures[result.fixture.title] = result.mismatches.first?.range ?? result.fixture.range
    }
    return failures
  }

  private func otherTexts(_ symbol: Symbol) -> [Diagnostic] {
    let known = Set(index.occurrences(of: symbol).map(\.range.bytes.lowerBound))
    return index.expressions.flatMap { placed in
      placed.reading.expression.texts(equal: symbol.name).filter { range in
        !known.contains { range.bytes.contains($0) }
      }
    }.map { range in
      Diagnostic(
        .warning, code: .textKept,
        "this text is '\(symbol.name)', and is not known to be the case: it stays as it is",
        at: range)
    }
  }
}

extension CheckedExpression {
  /// Where the expression has a text.
  fileprivate func texts(equal text: String) -> [SourceRange] {
    if case .constant(.string(text)) = kind { return [range] }
    return children.flatMap { $0.texts(equal: text) }
  }
}
