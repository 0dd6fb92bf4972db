package import CEL
import Diagnostics
import YAML

/// What a fact's declaration says of its field in a form, before there is a scope to read it in.
struct FieldDeclaration {
  let choices: YAMLNode?
  let names: YAMLNode?
  let shownWhen: YAMLNode?

  init(_ reader: MappingReader, into diagnostics: inout [Diagnostic]) {
    choices = reader.optionalNode("choices", into: &diagnostics)
    names = reader.optionalNode("names", into: &diagnostics)
    shownWhen = reader.optionalNode("shownWhen", into: &diagnostics)
  }
}

extension PolicyLoader {
  /// Reads the expressions of what a fact's declaration says of its field.
  mutating func resolve(
    _ declaration: FieldDeclaration, of fact: VocabularyType.Fact, ofType type: Int,
    confidentiality: Confidentiality, in scope: ExpressionScope
  ) -> FieldRules {
    let locals = scope.locals(ofType: type)
    let value = fact.expressionType.elementOrSelf
    let table = CELType.map(value, .string)
    let choices = declaration.choices.flatMap {
      expression($0, "choices", of: table, or: .list(value), locals: locals, in: scope)
    }
    let names = declaration.names.flatMap {
      expression($0, "names", of: table, or: table, locals: locals, in: scope)
    }
    let shownWhen = declaration.shownWhen.flatMap {
      ConditionLoader(scope: scope, locals: locals).load(
        $0, what: "'shownWhen'", into: &diagnostics)
    }
    let rules = FieldRules(choices: choices, names: names, shownWhen: shownWhen)
    // A name is put in place of its value wherever that is shown, whoever looks.
    if let table = rules.namedBy, let secret = confidentiality.firstFact(readBy: table) {
      diagnostics.append(
        .tellsConfidentialFact(
          names == nil ? "choices" : "names", fact: secret, at: table.range))
    }
    return rules
  }

  /// The expression in a node, which is of the first type where it is a table at all, else of the other.
  private mutating func expression(
    _ node: YAMLNode, _ key: String, of table: CELType, or other: CELType,
    locals: [Environment.Variable], in scope: ExpressionScope
  ) -> CheckedExpression? {
    guard let text = expressionText(node, what: "'\(key)'") else { return nil }
    var ignored: [Diagnostic] = []
    let tried = scope.check(text, locals: locals, expecting: nil, into: &ignored)
    let isTable = if case .map = tried.type { true } else { false }
    return scope.check(
      text, locals: locals, expecting: isTable ? table : other, into: &diagnostics)
  }
}

extension CELType {
  /// The type of the elements of a list; itself for others.
  package var elementOrSelf: CELType {
    if case .list(let element) = self { element } else { self }
  }
}
