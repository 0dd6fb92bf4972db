import Diagnostics
import PolicyEngine

extension PolicySet {
  /// The acceptance of a change that no case notices; nil where there is none.
  func acceptance(of mutation: Mutation) -> AcceptedMutant? {
    guard !acceptedMutants.isEmpty else { return nil }
    let declarations = names(of: mutation)
    return acceptedMutants.first {
      $0.accepts(mutation) && declarations.contains($0.scope)
    }
  }

  /// The acceptances that none of all the changes falls under.
  func acceptedOfNone(of mutations: [Mutation]) -> [AcceptedMutant] {
    guard !acceptedMutants.isEmpty else { return [] }
    let changes = Dictionary(
      grouping: mutations.flatMap { mutation in names(of: mutation).map { ($0, mutation) } },
      by: \.0)
    return acceptedMutants.filter { accepted in
      !(changes[accepted.scope] ?? []).contains { accepted.accepts($0.1) }
    }
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

extension PolicySet.AcceptedMutant {
  /// Whether a change is the one that is named, or of the kind.
  fileprivate func accepts(_ mutation: Mutation) -> Bool {
    change == mutation.change || change == mutation.kind.rawValue
  }
}
