package import CEL
package import Diagnostics
import PolicyEngine

/// A part of an expression with its result, and its own parts.
package struct PartResult: Sendable {
  /// The part as it is written, on one line.
  package let text: String
  /// Its value in words, or why it has none.
  package let value: String
  /// Where the part stands.
  package let range: SourceRange
  /// The position of the element that it was evaluated for, in a list that is gone through.
  package let iteration: Int?
  /// The parts that were evaluated, without those that are constant.
  package let parts: [PartResult]

  /// The parts of a traced expression; instants are told in a time zone, as explanations do.
  package init(_ trace: Trace, timeZone: String) {
    let expression = trace.expression
    text = expression.range.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    range = expression.range
    iteration = trace.iteration
    value =
      switch trace.result {
      case .value(.timestamp(let instant)): LocalTime(of: instant, inZone: timeZone).words
      case .value(let value): ValueLiteral.shortText(of: value)
      case .error(let error): "error: \(error.message)"
      case .unknown(let facts):
        "undetermined: \(facts.paths.map(\.description).joined(separator: ", ")) "
          + (facts.paths.count == 1 ? "is not given" : "are not given")
      }
    parts =
      expression.isRead
      ? [] : Self.children(of: trace).map { PartResult($0, timeZone: timeZone) }
  }

  /// The parts with something to say; of operands joined by one operator, all side by side.
  private static func children(of trace: Trace) -> [Trace] {
    trace.children.flatMap { child -> [Trace] in
      // That an object is an object says nothing.
      if child.expression.isConstant || child.isObject { return [] }
      switch (trace.expression.kind, child.expression.kind) {
      case (.and, .and), (.or, .or): return children(of: child)
      default: return [child]
      }
    }
  }

  /// The part and its own as lines, indented by two spaces a level.
  package func lines(indentation: Int = 0) -> [String] {
    let place = iteration.map { "[\($0)] " } ?? ""
    return [String(repeating: " ", count: indentation) + "\(place)\(text): \(value)"]
      + parts.flatMap { $0.lines(indentation: indentation + 2) }
  }

  /// The part and its own as JSON.
  package var json: JSONValue {
    .object(
      omittingNil: [
        ("text", .string(text)), ("value", .string(value)),
        ("iteration", iteration.map { .int($0) }), ("line", .int(range.start.line)),
        ("column", .int(range.start.column)),
        ("parts", parts.isEmpty ? nil : .array(parts.map(\.json))),
      ])
  }
}

extension Trace {
  fileprivate var isObject: Bool { if case .value(.object) = result { true } else { false } }
}

extension CheckedExpression {
  /// Whether the expression reads a value from where it stands: how it got there says nothing more.
  fileprivate var isRead: Bool {
    switch kind {
    case .field, .member, .global, .local, .hasField, .hasMember, .optionalField, .optionalMember:
      true
    default: false
    }
  }

  fileprivate var isConstant: Bool {
    switch kind {
    case .constant: true
    case .list, .map: children.allSatisfy(\.isConstant)
    default: false
    }
  }
}
