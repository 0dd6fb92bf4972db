import CEL
import Diagnostics
import LanguageServerProtocol
import PolicyEditing
import PolicyEngine

/// What an editor folds, selects and colours.
extension Workspace {
  func folds(of params: LSP.DocumentParams) -> [LSP.FoldingRange] {
    guard let source = source(of: params.textDocument.uri) else { return [] }
    let positions = positions(in: source)
    var seen: Set<Int> = []
    return FileOutline(source).blocks.compactMap { block in
      let range = positions.range(of: block)
      guard range.end.line > range.start.line, seen.insert(range.start.line).inserted else {
        return nil
      }
      return LSP.FoldingRange(startLine: range.start.line, endLine: range.end.line, kind: nil)
    }
  }

  func selections(at params: LSP.SelectionRangeParams) -> [LSP.SelectionRange] {
    guard let source = source(of: params.textDocument.uri) else { return [] }
    let positions = positions(in: source)
    let outline = FileOutline(source)
    return params.positions.map { position in
      let offset = positions.offset(of: position)
      let whole = LSP.SelectionRange(
        range: positions.range(of: 0..<source.bytes.count), parent: nil)
      return outline.steps(at: offset).reduce(whole) { parent, step in
        let range = positions.range(of: step.range)
        return range == parent.range ? parent : LSP.SelectionRange(range: range, parent: parent)
      }
    }
  }

  mutating func tokens(of params: LSP.DocumentParams) -> LSP.SemanticTokens {
    guard let source = source(of: params.textDocument.uri), let index = index() else {
      return LSP.SemanticTokens(data: [])
    }
    var types: [Range<Int>: SemanticTokenType] = [:]
    for placed in index.expressions where placed.range.source.name == source.name {
      for use in placed.reading.uses {
        if let type = SemanticTokenType(use.meaning) { types[use.range.bytes] = type }
      }
    }
    let positions = positions(in: source)
    var data: [Int] = []
    var last = LSP.Position(line: 0, character: 0)
    var end = 0
    for (bytes, type) in types.sorted(by: { $0.key.lowerBound < $1.key.lowerBound })
    where bytes.lowerBound >= end {
      let range = positions.range(of: bytes)
      guard range.start.line == range.end.line else { continue }
      end = bytes.upperBound
      let isSameLine = range.start.line == last.line
      data += [
        range.start.line - last.line,
        range.start.character - (isSameLine ? last.character : 0),
        range.end.character - range.start.character,
        SemanticTokenType.allCases.firstIndex(of: type) ?? 0, 0,
      ]
      last = range.start
    }
    return LSP.SemanticTokens(data: data)
  }
}

/// How a client colours a name in an expression, in the specification's words.
enum SemanticTokenType: String, CaseIterable {
  case variable, parameter, property, function, enumMember

  init?(_ meaning: NameUse.Meaning) {
    switch meaning {
    case .global(let variable): self = variable.what == "a parameter" ? .parameter : .variable
    case .local: self = .variable
    case .field: self = .property
    case .function: self = .function
    case .enumerationCase: self = .enumMember
    case .unknownMember, .unknownName: return nil
    }
  }
}
