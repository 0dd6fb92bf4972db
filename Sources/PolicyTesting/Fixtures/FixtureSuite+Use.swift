import CEL
public import PolicyEngine
import YAML

/// What the cases try, for whoever asks what they leave out.
extension FixtureSuite {
  /// The ids of the rules that a case expects something of.
  public var rulesExpected: Set<String> {
    Set(cases.flatMap { $0.expectation.rules.map(\.id) })
  }

  /// The values of enumerations that stand in the cases' documents, by the enumerations' names.
  public func cases(in policies: PolicySet) -> [String: Set<String>] {
    var found: [String: Set<String>] = [:]
    let schema = policies.vocabulary.schema
    func visit(_ node: YAMLNode, as type: FactSchema.ValueType) {
      switch type {
      case .enumeration(let index):
        if let text = node.scalar?.text {
          found[schema.enumerations[index].name, default: []].insert(text)
        }
      case .list(let element): for item in node.elements ?? [] { visit(item, as: element) }
      case .object(let index):
        for fact in schema.objectTypes[index].facts {
          if let value = node[fact.name] { visit(value, as: fact.type) }
        }
      default: break
      }
    }
    for fixture in cases where fixture.document != nil {
      visit(fixture.node, as: .object(schema.documentType))
    }
    return found
  }
}
