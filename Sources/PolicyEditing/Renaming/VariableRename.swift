import CEL
package import Diagnostics
package import PolicyEngine

/// Another name for the variable of a macro, such as the `e` of `list.all(e, e > 1)`: it is known in its expression
/// alone.
package struct VariableRename: Sendable {
  /// Where the variable is named, its declaration first.
  package let places: [SourceRange]
  /// The name.
  package let name: String
  private let expression: PlacedExpression

  /// The variable that is named at an offset of a file; nil where there is none.
  package init?(at offset: Int, of file: String, in index: SymbolIndex) {
    guard let expression = index.expression(at: offset, of: file),
      let use = expression.reading.uses.first(where: {
        $0.range.bytes.lowerBound <= offset && offset <= $0.range.bytes.upperBound
      }), case .local(let variable, _) = use.meaning, let declared = variable.range,
      declared.source.name == file, expression.range.bytes.overlaps(declared.bytes)
    else { return nil }
    self.expression = expression
    name = variable.name
    places = expression.reading.uses.filter { use in
      if case .local(let other, _) = use.meaning { other.range == declared } else { false }
    }.map(\.range).sorted { $0.bytes.lowerBound < $1.bytes.lowerBound }
  }

  /// The edits that give it another name.
  ///
  /// - Throws: A `RenameRefusal` where that is not a name, or means something already.
  package func edits(to new: String, by policies: PolicySet) throws(RenameRefusal) -> [TextEdit] {
    guard new != name else { throw .same(new) }
    guard Identifier.isValid(new) else { throw .unusableVariable(new, at: places.first) }
    let vocabulary = policies.vocabulary
    let known =
      [vocabulary.documentName, "today", "decision", vocabulary.types[expression.subject].variable]
      + vocabulary.parameters.map(\.name)
    let others = expression.reading.uses.filter { $0.range.text == new }
    let isTaken = others.contains { use in
      switch use.meaning {
      case .global, .local, .unknownName: true
      case .field, .enumerationCase, .function, .unknownMember: false
      }
    }
    guard !isTaken, !known.contains(new), places.allSatisfy({ $0.text == name }) else {
      throw .takenVariable(name, new, at: others.first?.range ?? places.first)
    }
    return places.map { TextEdit(range: $0, text: new) }
  }
}

extension RenameRefusal {
  fileprivate static func unusableVariable(_ name: String, at range: SourceRange?) -> RenameRefusal
  {
    RenameRefusal([
      Diagnostic(
        code: .invalidName, "'\(name)' can't be the name of a variable", at: range,
        help:
          "a name starts with a letter, goes on with letters, digits and '_', and is not a word of CEL"
      )
    ])
  }

  fileprivate static func takenVariable(
    _ name: String, _ new: String, at range: SourceRange?
  ) -> RenameRefusal {
    RenameRefusal([
      Diagnostic(
        code: .nameTaken, "'\(name)' can't be renamed to '\(new)': that means something here",
        at: range)
    ])
  }
}
