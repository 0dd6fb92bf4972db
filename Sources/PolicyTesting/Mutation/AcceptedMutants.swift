import Diagnostics
import PolicyEngine

extension PolicySet {
  /// The acceptance under which a change stands that no case notices; nil where there is none.
  func acceptance(of mutation: Mutation) -> AcceptedMutants? {
    let declarations = names(of: mutation)
    return acceptedMutants.first { declarations.contains($0.scope) }
  }

  /// The names of the declarations that a change is made in.
  private func names(of mutation: Mutation) -> [SourceRange] {
    switch mutation.scope {
    case .rule(let index), .standing(let index): [rules[index].range]
    case .parameter(let index): [vocabulary.parameters[index].range]
    case .term(let type, let term):
      [vocabulary.types[type].terms[term].range, vocabulary.types[type].range]
    case .policies: decisions.filter { $0.name == mutation.owner }.map(\.range)
    }
  }
}
