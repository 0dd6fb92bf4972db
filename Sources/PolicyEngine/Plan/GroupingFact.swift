import CEL
import Diagnostics

/// A single fact that documents are grouped by, found by its path, such as `workOrder.kind`.
package struct GroupingFact: Sendable {
  /// What is wrong with a path.
  package struct Problem: Error, CustomStringConvertible {
    package let description: String
  }

  /// The path as it was given.
  package let text: String
  let expression: CheckedExpression

  /// The fact at a path from the document.
  ///
  /// - Throws: `Problem` when there is no such fact, when it is in a list, or when it is not a value that
  ///   documents could be grouped by.
  package init(_ text: String, in policies: PolicySet) throws(Problem) {
    self.text = text
    let vocabulary = policies.vocabulary
    let range = vocabulary.governingDate.range
    var type = vocabulary.types[vocabulary.documentType]
    var expression = CheckedExpression(
      kind: .global(slot: GlobalSlot.document, name: vocabulary.documentName),
      type: .object(type.name), range: range)
    var names = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    if names.count > 1, names.first == vocabulary.documentName,
      !type.facts.contains(where: { $0.name == vocabulary.documentName })
    {
      names.removeFirst()
    }
    for (position, name) in names.enumerated() {
      guard let index = type.facts.firstIndex(where: { $0.name == name }) else {
        let known = type.facts.map(\.name)
        let help = Suggestion.helpOrList(for: name, among: known, listing: "the facts are")
        throw Problem(
          description: "'\(name)' in '\(text)' is not a fact of a \(type.label ?? type.name)"
            + (help.map { ": " + $0 } ?? ""))
      }
      let fact = type.facts[index]
      expression = CheckedExpression(
        kind: .field(
          expression, FieldReference(typeName: type.name, index: index, name: name)),
        type: fact.expressionType, range: range)
      let isLast = position == names.count - 1
      switch fact.type {
      case .object(let object):
        if isLast {
          throw Problem(description: "'\(text)' is not a single value: name one of its facts")
        }
        type = vocabulary.types[object]
      case .list: throw Problem(description: "'\(name)' in '\(text)' is a list, not a single value")
      case .string, .enumeration, .bool, .int, .date:
        if !isLast {
          throw Problem(description: "'\(name)' in '\(text)' is a single value, and has no facts")
        }
      case .double, .decimal, .money, .timestamp, .duration:
        throw Problem(description: "documents can't be grouped by '\(text)'")
      }
    }
    self.expression = expression
  }
}
