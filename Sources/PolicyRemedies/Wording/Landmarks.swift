import CEL
import PolicyEngine

/// Finds what a bound comes from, so that people are told it by its name: the end time, the arrival.
struct Landmarks {
  let knowledge: PolicyKnowledge
  let context: DecisionContext
  let draft: Draft

  /// A value that a fact is compared with, and what it is called.
  struct Landmark {
    let value: CELValue
    let words: String
  }

  /// What stands at a bound of the fact at a path, or just beside it; nil where nothing with a name does.
  func landmark(at bound: CELValue, of id: FactID, at path: AttributePath) -> Landmark? {
    let vocabulary = knowledge.policies.vocabulary
    for origin in knowledge.comparands.origins[id] ?? [] {
      switch origin {
      case .fact(let other):
        let declaration = vocabulary.declaration(of: other)
        for object in objects(ofType: other.type, near: path) {
          let place = object.path.appending(.field(declaration.name))
          guard place != path, case .present(let value) = object.value(ofField: other.fact),
            value.isBeside(bound)
          else { continue }
          // What belongs to another thing than the fact does would have to be said to.
          guard path.steps.starts(with: object.path.steps) else { continue }
          return Landmark(value: value, words: "the " + (declaration.label ?? declaration.name))
        }
      case .parameter(let index):
        let parameter = vocabulary.parameters[index]
        guard let label = parameter.label,
          let value = context.knownGoverningDate.flatMap({ parameter.value(on: $0) })?.value,
          value.isBeside(bound)
        else { continue }
        return Landmark(value: value, words: "the " + label)
      case .computed(let expression, let type):
        guard case .derived(_, let field) = expression.kind,
          let owner = vocabulary.type(named: field.typeName),
          owner.terms.indices.contains(field.index - owner.facts.count),
          let label = owner.terms[field.index - owner.facts.count].label
        else { continue }
        for object in objects(ofType: type, near: path) {
          let activation = context.activation(for: object, decision: nil)
          if case .value(let value) = knowledge.policies.evaluator.evaluate(
            expression, in: activation), value.isBeside(bound)
          {
            return Landmark(value: value, words: "the " + label)
          }
        }
      case .value: continue
      }
    }
    return nil
  }

  private func objects(ofType type: Int, near path: AttributePath) -> [any CELObject] {
    knowledge.policies.routes[type].subjects(in: draft, near: path).compactMap {
      if case .value(let object) = $0 { object } else { nil }
    }
  }
}

extension CELValue {
  /// Whether it is another ordered value, or one step from it.
  fileprivate func isBeside(_ other: CELValue) -> Bool {
    steps(until: other).map { (-1...1).contains($0) } ?? false
  }
}
