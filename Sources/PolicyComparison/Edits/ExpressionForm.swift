import CEL
import Diagnostics
import PolicyEngine

/// Names that are other ones in the new files, so that what only speaks of them has not changed.
struct Renaming: Equatable {
  /// The new names of parameters, by their old ones.
  var parameters: [String: String] = [:]
  /// The new names of terms, by their old ones, as `Session.isLate`.
  var terms: [String: String] = [:]
}

/// Writes expressions in one form, whatever their layout: names are resolved, and constants folded.
struct ExpressionForm {
  var renaming = Renaming()

  /// A text that two expressions share only if they say the same in the same way.
  func text(of node: CheckedExpression) -> String {
    switch node.kind {
    case .constant(let value): return value.form
    case .global(let slot, let name):
      return slot >= GlobalSlot.firstParameter ? "$" + (renaming.parameters[name] ?? name) : name
    case .local(let depth, _): return "%\(depth)"
    case .field(let operand, let field): return "\(text(of: operand)).\(self.name(of: field))"
    case .derived(let operand, let field): return "\(text(of: operand)).~\(self.name(of: field))"
    case .member(let operand, let name): return "\(text(of: operand)).'\(name)"
    case .hasField(let operand, let field):
      return "has(\(text(of: operand)).\(self.name(of: field)))"
    case .hasMember(let operand, let name): return "has(\(text(of: operand)).'\(name))"
    case .optionalField(let operand, let field):
      return "\(text(of: operand)).?\(self.name(of: field))"
    case .optionalMember(let operand, let name): return "\(text(of: operand)).?'\(name)"
    case .not(let operand): return "!(\(text(of: operand)))"
    case .and(let left, let right): return "(\(text(of: left)) && \(text(of: right)))"
    case .or(let left, let right): return "(\(text(of: left)) || \(text(of: right)))"
    case .conditional(let condition, let then, let otherwise):
      return "(\(text(of: condition)) ? \(text(of: then)) : \(text(of: otherwise)))"
    case .call(let name, let overloads, let arguments)
    where overloads.contains { $0.variable != nil }:
      let parameter = String(name.dropLast(".on".count))
      return "$\(renaming.parameters[parameter] ?? parameter).on(\(arguments.map(text).joined()))"
    case .call(let name, let overloads, let arguments):
      let ids = overloads.map(\.id).joined(separator: "|")
      return "\(name)/\(ids)(\(arguments.map(text).joined(separator: ", ")))"
    case .list(let elements):
      return
        "[\(elements.map { ($0.isOptional ? "?" : "") + text(of: $0.value) }.joined(separator: ", "))]"
    case .map(let entries):
      let rows = entries.map {
        ($0.isOptional ? "?" : "") + text(of: $0.key) + ": " + text(of: $0.value)
      }
      return "{\(rows.joined(separator: ", "))}"
    case .comprehension(let comprehension):
      let parts =
        comprehension.start.map { [text(of: $0)] } ?? []
        + [comprehension.predicate, comprehension.transform].map { $0.map(text) ?? "-" }
      return "\(text(of: comprehension.range)).\(comprehension.macro)/"
        + "\(comprehension.variables.count)(\(parts.joined(separator: ", ")))"
    case .bind(_, let depth, let value, let body):
      return "bind%\(depth)(\(text(of: value)), \(text(of: body)))"
    case .optionalMap(let operand, _, let depth, let body, let isFlat):
      return "\(text(of: operand)).optMap\(isFlat ? "Flat" : "")%\(depth)(\(text(of: body)))"
    case .unresolved(let name): return "?\(name)"
    case .error: return "?\(node.range.text)"
    }
  }

  private func name(of field: FieldReference) -> String {
    let name = "\(field.typeName).\(field.name)"
    return renaming.terms[name] ?? name
  }

  /// The same of a condition, without its labels.
  func text(of condition: Condition) -> String {
    switch condition.kind {
    case .expression(let expression): text(of: expression)
    case .all(let parts): "all[\(parts.map(text).joined(separator: ", "))]"
    case .any(let parts): "any[\(parts.map(text).joined(separator: ", "))]"
    case .none(let parts): "none[\(parts.map(text).joined(separator: ", "))]"
    case .anyKnown(let parts): "known[\(parts.map(text).joined(separator: ", "))]"
    case .inForce(let dates): "in force \(dates.words)"
    case .gives(let given): text(of: given)
    }
  }

  /// The same of a value that a decision gives.
  func text(of given: GivenValue) -> String {
    let givers = given.givers.map { giver in
      "\(giver.condition.map { text(of: $0) } ?? "always"): \(text(of: giver.value))"
    }
    return "\(given.type) by \(given.choice.rawValue)[\(givers.joined(separator: ", "))] "
      + (given.otherwise.map { text(of: $0) } ?? "-")
  }

  /// The same of a text with expressions in it.
  func text(of template: Template) -> String {
    template.pieces.map { piece in
      switch piece {
      case .text(let text): text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      case .expression(let expression): "{\(text(of: expression))}"
      }
    }.joined(separator: "\u{1F}")
  }
}

extension Condition {
  /// How the condition is written, on one line.
  var shown: String {
    let own: String
    switch kind {
    case .expression(let expression): own = expression.range.text.onOneLine
    case .all(let parts): own = "all [\(parts.map(\.shown).joined(separator: ", "))]"
    case .any(let parts): own = "any [\(parts.map(\.shown).joined(separator: ", "))]"
    case .none(let parts): own = "none [\(parts.map(\.shown).joined(separator: ", "))]"
    case .anyKnown(let parts): own = "known [\(parts.map(\.shown).joined(separator: ", "))]"
    case .inForce(let dates): own = "in force \(dates.words)"
    case .gives(let given):
      let givers = given.givers.map { "\($0.id): \($0.value.range.text.onOneLine)" }
      let otherwise = given.otherwise.map { ", otherwise \($0.range.text.onOneLine)" } ?? ""
      own = "\(given.choice.rawValue) of [\(givers.joined(separator: ", "))]\(otherwise)"
    }
    return own
  }

  /// The labels of the condition and its parts, in order.
  var labels: [String] {
    (label.map { [$0] } ?? []) + parts.flatMap(\.labels)
  }
}

extension String {
  /// The text with every run of white space as one space.
  var onOneLine: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
