package import Diagnostics
package import PolicyEngine
import PolicyTesting
import YAML

/// Another name for a symbol, in every file that names it.
///
/// Only the bytes of the name are edited. The files as they would be are read before anything is written: what
/// would be a mistake, or mean something else, is refused.
package struct Rename: Sendable {
  /// What is renamed.
  package let symbol: Symbol
  /// The new name.
  package let name: String
  /// The edits, by file in the order in which the files were read.
  package let edits: [(file: Source, edits: [TextEdit])]
  /// What the renaming leaves for a person: cases that no longer pass, texts that say the old name.
  package let remarks: [Diagnostic]

  /// How many places are edited.
  package var count: Int { edits.reduce(0) { $0 + $1.edits.count } }

  /// The texts of the files afterwards, by their paths.
  package var texts: [String: Source] { Self.texts(of: edits) }

  /// Renames what a person names, in a folder and in other sessions.
  ///
  /// - Throws: A `RenameRefusal` where the name is not known or not the name of one thing, the new name can't be
  ///   used, or a file has mistakes.
  package init(
    _ old: String, to new: String, in folder: PolicyFolder, sessions: [Source] = []
  ) throws(RenameRefusal) {
    let loaded = PolicySet.load(folder.policies, unreadable: folder.policyMistakes)
    guard let policies = loaded.policies else {
      throw .invalidPolicies(loaded.diagnostics)
    }
    let index = SymbolIndex(of: folder, by: policies, sessions: sessions)
    let wanted = SymbolName(old)
    let found = index.declared.filter { wanted.matches($0, in: policies.vocabulary) }
    guard let symbol = found.first else { throw .unknown(old, among: index.declared) }
    guard found.count == 1 else {
      throw .ambiguous(
        wanted.name,
        found.compactMap { symbol in
          index.occurrences.first { $0.symbol == symbol && $0.isDefinition }
        })
    }
    try self.init(symbol, to: new, in: folder, by: policies, index, sessions: sessions)
  }

  /// Renames a symbol of an index.
  ///
  /// - Throws: A `RenameRefusal` where the new name can't be used, or a file has mistakes.
  package init(
    _ symbol: Symbol, to name: String, in folder: PolicyFolder, by policies: PolicySet,
    _ index: SymbolIndex, sessions: [Source]
  ) throws(RenameRefusal) {
    self.symbol = symbol
    self.name = name
    guard index.unreadable.isEmpty else { throw .unreadable(index.unreadable) }
    guard name != symbol.name else { throw .same(name) }
    let definition = index.occurrences.first { $0.symbol == symbol && $0.isDefinition }
    guard symbol.kind.allows(name) else {
      throw .unusable(name, for: symbol, at: definition?.range)
    }
    let rivals = symbol.rivals(named: name)
    if let other = index.occurrences.first(where: { rivals.contains($0.symbol) && $0.isDefinition })
    {
      throw .taken(name, for: symbol, by: other)
    }
    edits = Self.edits(of: symbol, to: name, in: index)
    let texts = Self.texts(of: edits)
    let edited = folder.replacing(texts)
    let renamed = try Self.check(
      edited, sessions: sessions.map { texts[$0.name] ?? $0 }, symbol, name, index, edits)
    remarks = RenameRemarks(
      folder: folder, edited: edited, policies: policies, renamed: renamed, index: index
    ).all(symbol)
  }

  private static func edits(
    of symbol: Symbol, to name: String, in index: SymbolIndex
  ) -> [(file: Source, edits: [TextEdit])] {
    let places = Dictionary(grouping: index.occurrences(of: symbol), by: \.range.source)
    return index.files.compactMap { file in
      places[file].map { places in
        (
          file,
          places.map { TextEdit(range: $0.range, text: $0.text(of: name)) }
            .sorted { $0.range.bytes.lowerBound < $1.range.bytes.lowerBound }
        )
      }
    }
  }

  private static func texts(of edits: [(file: Source, edits: [TextEdit])]) -> [String: Source] {
    var texts: [String: Source] = [:]
    for (file, edits) in edits {
      texts[file.name] = Source(name: file.name, bytes: file.bytes(applying: edits))
    }
    return texts
  }

  // MARK: Checking

  /// The policy set as it would be, in which every name means what it meant.
  private static func check(
    _ edited: PolicyFolder, sessions: [Source], _ symbol: Symbol, _ name: String,
    _ index: SymbolIndex, _ edits: [(file: Source, edits: [TextEdit])]
  ) throws(RenameRefusal) -> PolicySet {
    let loaded = PolicySet.load(edited.policies)
    guard let policies = loaded.policies else {
      throw .mistakes(loaded.diagnostics.filter { $0.severity == .error }, of: name, for: symbol)
    }
    let after = SymbolIndex(of: edited, by: policies, sessions: sessions)
    let moved = Set(after.occurrences.map(Place.init))
    let edits = Dictionary(edits.map { ($0.file, $0.edits) }) { first, _ in first }
    for occurrence in index.occurrences {
      let shift = (edits[occurrence.range.source] ?? [])
        .prefix { $0.range.bytes.upperBound <= occurrence.range.bytes.lowerBound }
        .reduce(0) { $0 + $1.text.utf8.count - $1.range.bytes.count }
      // A name that is put in quotes begins behind them.
      let start = occurrence.range.bytes.lowerBound + shift
      let expected = occurrence.symbol.after(renaming: symbol, to: name)
      guard
        [0, 1].contains(where: {
          moved.contains(
            Place(symbol: expected, file: occurrence.range.source.name, start: start + $0))
        })
      else { throw .otherMeaning(of: name, for: symbol, at: occurrence.range) }
    }
    return policies
  }

  /// A symbol at a place.
  private struct Place: Hashable {
    let symbol: Symbol
    let file: String
    let start: Int

    init(symbol: Symbol, file: String, start: Int) {
      self.symbol = symbol
      self.file = file
      self.start = start
    }

    init(_ occurrence: Occurrence) {
      symbol = occurrence.symbol
      file = occurrence.range.source.name
      start = occurrence.range.bytes.lowerBound
    }
  }
}

extension Symbol {
  /// What would be the same name in the same place.
  fileprivate func rivals(named name: String) -> Set<Symbol> {
    let kinds: [Kind] =
      switch kind {
      case .fact, .term: [.fact, .term]
      case .type, .enumeration: [.type, .enumeration]
      case .document, .parameter: [.document, .parameter]
      case .rule, .exception: [.rule, .exception]
      case .enumerationCase, .decision: [kind]
      }
    return Set(kinds.map { Symbol($0, name, of: owner) })
  }
}

extension Symbol.Kind {
  /// Whether something of the kind may have a name.
  fileprivate func allows(_ name: String) -> Bool {
    switch self {
    case .rule, .decision, .exception: RuleID.isValid(name)
    case .enumerationCase: name.isPlainCase
    case .document, .enumeration, .type, .fact, .term, .parameter: Identifier.isValid(name)
    }
  }
}

extension String {
  /// Whether the text can stand for a case wherever cases stand, in whatever quotes.
  fileprivate var isPlainCase: Bool {
    guard let first, let last, first.isLetter || first.isNumber, last.isLetter || last.isNumber
    else { return false }
    return allSatisfy { $0.isLetter || $0.isNumber || " -_./+".contains($0) }
  }
}
