package import CEL
package import Diagnostics

/// Tells what the names mean in expressions that speak the words of a policy set, wherever they stand.
///
/// It needs no expression to be without mistakes: whoever writes one has not finished it.
package struct ExpressionNames: Sendable {
  /// An expression with what its names mean.
  package struct Reading: Sendable {
    /// The expression with its names resolved.
    package let expression: CheckedExpression
    /// The uses of names in it.
    package let uses: [NameUse]
  }

  private let scope: ExpressionScope

  /// A reader of expressions about the documents of a policy set, with closed lists of their own.
  package init(_ policies: PolicySet, enumerations: [EnumerationType] = []) {
    scope = ExpressionScope(policies, enumerations: enumerations)
  }

  /// The uses of names in an expression about a value of a type.
  ///
  /// `locals` are further names that it may use, whose values follow the one value in the frame.
  package func read(
    _ text: MappedText, about type: Int, locals: [Environment.Variable] = [],
    expecting expected: CELType? = nil
  ) -> Reading {
    var ignored: [Diagnostic] = []
    let expression = Expression.parse(text, into: &ignored)
    let (checked, uses) = scope.checker.uses(
      in: expression, locals: scope.locals(ofType: type) + locals, expecting: expected)
    return Reading(expression: checked, uses: uses)
  }

  /// The expressions in the braces of a text.
  package static func expressions(inTemplate text: MappedText) -> [MappedText] {
    let bytes = text.bytes
    let (open, close) = (UInt8(ascii: "{"), UInt8(ascii: "}"))
    var found: [MappedText] = []
    var at = 0
    while at < bytes.count {
      if bytes[at] == open || bytes[at] == close, at + 1 < bytes.count, bytes[at + 1] == bytes[at] {
        at += 2
      } else if bytes[at] == open {
        // The last one may not be finished.
        let end = EmbeddedExpression.end(in: text, from: at + 1) ?? bytes.count
        found.append(text[at + 1..<end])
        at = end + 1
      } else {
        at += 1
      }
    }
    return found
  }
}
