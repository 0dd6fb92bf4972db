import CEL
import Diagnostics
import YAML

/// Reads texts with expressions in braces.
struct TemplateParser {
  let scope: ExpressionScope
  let locals: [Environment.Variable]

  /// The template in a node that must be a text.
  func parse(
    _ node: YAMLNode, what: String, into diagnostics: inout [Diagnostic]
  ) -> Template? {
    if let trap = node.trap()?.diagnostic {
      diagnostics.append(trap)
      return nil
    }
    guard let text = node.mappedText() else {
      diagnostics.append(.wrongKind(of: what, expected: "a text", found: node))
      return nil
    }
    return Template(pieces: pieces(of: text, into: &diagnostics), range: node.range)
  }

  private func pieces(
    of text: MappedText, into diagnostics: inout [Diagnostic]
  ) -> [Template.Piece] {
    let bytes = text.bytes
    var pieces: [Template.Piece] = []
    var literal: [UInt8] = []
    var at = 0
    func doubled(_ byte: UInt8) -> Bool { at + 1 < bytes.count && bytes[at + 1] == byte }
    while at < bytes.count {
      switch bytes[at] {
      case Self.open where doubled(Self.open), Self.close where doubled(Self.close):
        literal.append(bytes[at])
        at += 2
      case Self.open:
        guard let end = EmbeddedExpression.end(in: text, from: at + 1) else {
          diagnostics.append(.unclosedBrace(at: text.range(of: at..<at + 1)))
          return pieces
        }
        if !literal.isEmpty { pieces.append(.text(String(decoding: literal, as: UTF8.self))) }
        literal = []
        let expression = scope.check(
          text[at + 1..<end], locals: locals, expecting: nil, into: &diagnostics)
        if !expression.type.hasText {
          diagnostics.append(.noText(expression.type, at: expression.range))
        }
        pieces.append(.expression(expression))
        at = end + 1
      case Self.close:
        diagnostics.append(.strayBrace(at: text.range(of: at..<at + 1)))
        at += 1
      default:
        literal.append(bytes[at])
        at += 1
      }
    }
    if !literal.isEmpty { pieces.append(.text(String(decoding: literal, as: UTF8.self))) }
    return pieces
  }

  private static let open = UInt8(ascii: "{")
  private static let close = UInt8(ascii: "}")
}

extension CELType {
  /// Whether values of the type can be put into a sentence.
  fileprivate var hasText: Bool {
    switch self {
    case .object, .map, .optional, .type, .null, .abstract: false
    case .list(let element): element.hasText
    default: true
    }
  }
}
