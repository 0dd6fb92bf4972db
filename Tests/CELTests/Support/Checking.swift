import CEL
import Diagnostics
import Testing

/// An expression checked against the school, with what there was to say about it.
struct Checked {
  let expression: CheckedExpression
  let diagnostics: [Diagnostic]

  init(
    _ text: String, in environment: Environment = School.environment,
    mode: Checker.Mode = .strict, locals: [Environment.Variable] = [], expecting: CELType? = nil
  ) {
    var diagnostics: [Diagnostic] = []
    let parsed = Expression.parse(
      MappedText(Source(name: "rule", text: text)), into: &diagnostics)
    expression = Checker(environment: environment, mode: mode)
      .check(parsed, locals: locals, expecting: expecting, into: &diagnostics)
    self.diagnostics = diagnostics
  }

  /// Each diagnostic as "message «underlined text» help".
  var messages: [String] {
    diagnostics.sortedByPlace().map { diagnostic in
      "\(diagnostic.message) «\(diagnostic.range?.text ?? "")»"
        + (diagnostic.help.map { " \($0)" } ?? "")
    }
  }
}

/// The evaluator with the school's terms.
let schoolEvaluator: Evaluator = {
  let locals = [Environment.Variable(name: "session", type: .object("Session"))]
  var definitions: [FieldReference: CheckedExpression] = [:]
  for (index, field) in School.session.fields.enumerated() {
    guard let text = School.derivedFields[field.name] else { continue }
    let reference = FieldReference(typeName: "Session", index: index, name: field.name)
    definitions[reference] = Checked(text, locals: locals).expression
  }
  return Evaluator(derivedFields: definitions)
}()

/// What an expression comes to, as text: a value, `error: ...` or `unknown: ...`.
func evaluated(
  _ text: String, _ activation: Activation = School.activation(), mode: Checker.Mode = .strict,
  sourceLocation: SourceLocation = #_sourceLocation
) -> String {
  let checked = Checked(text, mode: mode)
  #expect(checked.messages == [], "\(text)", sourceLocation: sourceLocation)
  return shown(schoolEvaluator.evaluate(checked.expression, in: activation))
}

func shown(_ evaluation: Evaluation) -> String {
  switch evaluation {
  case .value(let value): shown(value)
  case .error(let error): "error: \(error.message)"
  case .unknown(let facts): "unknown: \(facts.paths.map(\.description).joined(separator: ", "))"
  }
}

/// A value as it would be written.
func shown(_ value: CELValue) -> String {
  switch value {
  case .null: "null"
  case .bool(let bool): "\(bool)"
  case .int(let number): "\(number)"
  case .uint(let number): "\(number)u"
  case .double(let number): "\(number)"
  case .string(let text): "'\(text)'"
  case .bytes(let bytes): "bytes(\(bytes.map(String.init).joined(separator: " ")))"
  case .timestamp(let timestamp): timestamp.description
  case .duration(let duration): duration.description
  case .date(let date): date.description
  case .decimal(let number): number.description
  case .money(let money): "money \(money)"
  case .list(let elements): "[\(elements.map(shown).joined(separator: ", "))]"
  case .map(let map):
    "{\(map.entries.map { "\(shown($0.key)): \(shown($0.value))" }.joined(separator: ", "))}"
  case .optional(let value): value.map { "optional(\(shown($0)))" } ?? "none"
  case .type(let type): "type(\(type))"
  case .object(let object): object.path.description
  case .opaque(let value): value.text
  }
}
