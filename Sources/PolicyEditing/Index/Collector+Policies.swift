import CEL
import Diagnostics
import PolicyEngine
import YAML

/// Policy files: the vocabulary, parameters, decisions and rules.
extension Collector {
  /// Notes what a policy file names.
  mutating func policyFile(_ file: YAMLNode) {
    let subject = vocabulary.documentType
    if let entry = file["document"]?.entries?.first {
      add(Symbol(.document, vocabulary.documentName), in: entry.key, isDefinition: true)
      type(entry.value)
    }
    expression(file["governedBy"], about: subject, expecting: .date)
    expression(file["identifiedBy"], about: subject, expecting: .string)
    expression(file["belongsTo"], about: subject, expecting: .string)
    for entry in file["enumerations"]?.entries ?? [] { enumeration(entry) }
    for entry in file["types"]?.entries ?? [] { typeDeclaration(entry) }
    for entry in file["parameters"]?.entries ?? [] { parameter(entry) }
    for entry in file["calendars"]?.entries ?? [] {
      guard let name = entry.key.scalar?.text else { continue }
      add(Symbol(.parameter, name), in: entry.key, isDefinition: true)
      notation(entry.value["byKey"])
    }
    for entry in file["decisions"]?.entries ?? [] {
      guard let name = entry.key.scalar?.text else { continue }
      add(Symbol(.decision, name), in: entry.key, isDefinition: true)
      type(entry.value["about"])
      for needed in entry.value["needs"]?.items ?? [] { decision(needed) }
      guard let index = policies.decisionIndex(named: name),
        let given = policies.decisions[index].givenType
      else { continue }
      notation(entry.value["gives"])
      for id in entry.value["order"]?.items ?? [] { giver(id) }
      expression(
        entry.value["otherwise"], about: policies.decisions[index].subjectType, expecting: given)
    }
    for rule in file["rules"]?.elements ?? [] { ruleDeclaration(rule) }
    for exception in file["exceptions"]?.elements ?? [] { exceptionDeclaration(exception) }
  }

  /// Notes a rule that gives, by its id.
  private mutating func giver(_ node: YAMLNode) {
    guard let id = node.scalar?.text,
      policies.rules.contains(where: { $0.given?.givers.contains { $0.id == id } ?? false })
    else { return }
    add(Symbol(.rule, id), in: node)
  }

  private mutating func exceptionDeclaration(_ node: YAMLNode) {
    if let id = node["exception"], let text = id.scalar?.text {
      add(Symbol(.exception, text), in: id, isDefinition: true)
    }
    let targets = node["to"]?.items ?? []
    for target in targets { rule(target) }
    let ids = Set(targets.compactMap { $0.scalar?.text })
    guard let excepted = policies.rules.first(where: { ids.contains($0.id) }) else { return }
    condition(node["when"], about: excepted.subjectType)
  }

  private mutating func enumeration(_ entry: YAMLEntry) {
    guard let name = entry.key.scalar?.text else { return }
    add(Symbol(.enumeration, name), in: entry.key, isDefinition: true)
    for item in entry.value.entries ?? [] {
      guard let value = item.key.scalar?.text, vocabulary.enumeration(named: name) != nil,
        value != "lint" || item.value.entries == nil
      else { continue }
      add(Symbol(.enumerationCase, value, of: name), in: item.key, isDefinition: true)
    }
  }

  private mutating func typeDeclaration(_ entry: YAMLEntry) {
    guard let name = entry.key.scalar?.text else { return }
    add(Symbol(.type, name), in: entry.key, isDefinition: true)
    guard let index = vocabulary.types.firstIndex(where: { $0.name == name }) else { return }
    template(entry.value["summary"], about: index)
    for fact in entry.value["facts"]?.entries ?? [] { factDeclaration(fact, of: index) }
    for term in entry.value["terms"]?.entries ?? [] {
      guard let termName = term.key.scalar?.text else { continue }
      add(Symbol(.term, termName, of: name), in: term.key, isDefinition: true)
      expression(term.value["is"] ?? term.value, about: index)
    }
  }

  private mutating func factDeclaration(_ entry: YAMLEntry, of type: Int) {
    guard let name = entry.key.scalar?.text else { return }
    let owner = vocabulary.types[type]
    add(Symbol(.fact, name, of: owner.name), in: entry.key, isDefinition: true)
    guard case .mapping = entry.value.content else { return notation(entry.value) }
    let node = entry.value
    // `{string: X}` is the notation of a table, which no fact can have.
    notation(node["type"])
    decision(node["allowedBy"])
    guard let fact = owner.facts.first(where: { $0.name == name }) else { return }
    if let example = node["example"] { value(example, asFact: fact.expressionType) }
    let value = fact.expressionType.elementOrSelf
    for key in ["choices", "names"] { table(node[key], of: value, key: key, about: type) }
    condition(node["shownWhen"], about: type)
    for change in node["changes"]?.entries ?? [] { self.change(change.value, of: fact, in: type) }
  }

  /// Notes the names in what gives the choices of a fact, or the names of its values.
  private mutating func table(_ node: YAMLNode?, of value: CELType, key: String, about type: Int) {
    guard let node, let text = node.mappedText() else { return }
    let isTable =
      if case .map = names.read(text, about: type).expression.type { true } else { false }
    let expected: CELType = isTable || key == "names" ? .map(value, .string) : .list(value)
    expression(node, about: type, expecting: expected)
  }

  private mutating func change(_ node: YAMLNode, of fact: VocabularyType.Fact, in type: Int) {
    let locals = [
      Environment.Variable(name: "value", type: .string),
      Environment.Variable(name: "subject", type: .string),
    ]
    guard case .mapping = node.content else { return template(node, about: type, locals: locals) }
    for key in ["do", "if", "loses"] { template(node[key], about: type, locals: locals) }
    if let each = node["forEach"], case .object(let index) = fact.type {
      factName(each, of: vocabulary.types[index])
    }
    for effect in node["alsoSets"]?.items ?? [] {
      expression(effect["each"], about: type)
      guard let each = effect["each"]?.mappedText(),
        case .object(let name) = names.read(each, about: type).expression.type.elementOrSelf,
        let other = vocabulary.types.firstIndex(where: { $0.name == name })
      else { continue }
      if let named = effect["fact"] { factName(named, of: vocabulary.types[other]) }
      condition(effect["when"], about: other)
      let changed = vocabulary.types[other].facts.first { $0.name == effect["fact"]?.scalar?.text }
      expression(effect["to"], about: other, expecting: changed?.expressionType)
    }
  }

  private mutating func factName(_ node: YAMLNode, of type: VocabularyType) {
    guard let name = node.scalar?.text, type.facts.contains(where: { $0.name == name }) else {
      return
    }
    add(Symbol(.fact, name, of: type.name), in: node)
  }

  private mutating func parameter(_ entry: YAMLEntry) {
    guard let name = entry.key.scalar?.text else { return }
    add(Symbol(.parameter, name), in: entry.key, isDefinition: true)
    notation(entry.value["type"])
    guard let parameter = vocabulary.parameters.first(where: { $0.name == name }) else { return }
    for value in entry.value["values"]?.entries ?? [] { constant(value.value, as: parameter.type) }
  }

  private mutating func ruleDeclaration(_ node: YAMLNode) {
    if let id = node["rule"], let text = id.scalar?.text {
      add(Symbol(.rule, text), in: id, isDefinition: true)
    }
    let decides = (node["decides"] ?? node["grants"])?.items ?? []
    for name in decides { decision(name) }
    let about = type(node["about"])
    let decided = decides.compactMap { $0.scalar?.text }
      .compactMap { policies.decisionIndex(named: $0) }.first
    guard let subject = about ?? decided.map({ policies.decisions[$0].subjectType }) else { return }
    expression(
      node["gives"], about: subject,
      expecting: decides.compactMap { $0.scalar?.text }
        .compactMap { policies.decisionIndex(named: $0) }
        .compactMap { policies.decisions[$0].givenType }.first)
    for key in ["when", "unless", "require"] { condition(node[key], about: subject) }
    template(node["because"], about: subject)
    guard let fix = node["fix"] else { return }
    guard case .mapping = fix.content else { return template(fix, about: subject) }
    template(fix["do"], about: subject)
    expression(fix["by"], about: subject)
  }
}

extension YAMLNode {
  /// The elements of a list; the node itself where one may be written without the list.
  var items: [YAMLNode] { elements ?? [self] }
}
