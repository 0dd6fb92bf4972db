import Diagnostics

/// The types that a DMN file declares.
struct DMNTypes {
  /// What an expression may be, other than a table or a text (DMN 1.5, 7.3).
  static let expressions: Set<String> = [
    "context", "invocation", "relation", "list", "functionDefinition", "conditional", "filter",
    "for", "every", "some",
  ]

  private let items: [String: XMLElement]

  init(_ root: XMLElement) {
    items = Dictionary(
      root.all("itemDefinition").compactMap { item in item.attribute("name").map { ($0, item) } }
    ) { first, _ in first }
  }

  /// The names of the parts of all types.
  var componentNames: Set<String> {
    var names: Set<String> = []
    func collect(_ item: XMLElement) {
      for component in item.all("itemComponent") {
        if let name = component.attribute("name") { names.insert(name) }
        collect(component)
      }
    }
    for item in items.values { collect(item) }
    return names
  }

  /// The type that a reference names; nil where it names none that expressions have.
  func type(_ reference: String?) -> ForeignType? {
    guard let reference else { return nil }
    if let item = items[reference] { return type(of: item, depth: 0) }
    return Self.builtIn(reference)
  }

  /// The type of a column, which is not one that policies have none of.
  func known(_ reference: String?, at range: SourceRange) throws(ImportProblem) -> ForeignType {
    guard let reference else { return .unknown }
    if let type = type(reference) { return type }
    let local = Self.localName(reference).lowercased()
    if ["time", "yearmonthduration", "years and months duration"].contains(local) {
      throw ImportProblem(
        "a column of the type '\(reference)' can't be said in a policy", at: range)
    }
    return .unknown
  }

  /// The values that a type allows, in their order; empty where it allows all.
  func allowed(_ reference: String?) -> [ForeignValue] {
    reference.flatMap { items[$0] }?.first("allowedValues")?.expressionText
      .flatMap(Self.constants) ?? []
  }

  /// The facts that an input consists of.
  func facts(named name: String, _ variable: XMLElement?) -> [[String]: FactDeclaration] {
    var found: [[String]: FactDeclaration] = [:]
    if let variable { add([name], variable, to: &found, depth: 0) }
    return found
  }

  private func add(
    _ path: [String], _ element: XMLElement, to found: inout [[String]: FactDeclaration], depth: Int
  ) {
    guard depth < 20 else { return }
    let reference =
      element.attribute("typeRef") ?? element.first("typeRef")?.text.string.trimmingBlanks
    let item = reference.flatMap { items[$0] } ?? element
    let components = item.all("itemComponent")
    let isList = [element, item].contains { $0.attribute("isCollection") == "true" }
    let path = isList && !components.isEmpty ? path + ["[]"] : path
    for component in components {
      guard let name = component.attribute("name") else { continue }
      add(path + [name], component, to: &found, depth: depth + 1)
    }
    guard components.isEmpty, let type = type(of: item, depth: 0) ?? reference.flatMap(type) else {
      return
    }
    let allowed = (element.first("allowedValues") ?? item.first("allowedValues"))?.expressionText
      .flatMap(Self.constants)
    let isListType = if case .list = type { true } else { false }
    found[path] = FactDeclaration(
      type: isList && !isListType ? .list(type) : type, allowed: isList ? nil : allowed)
  }

  private func type(of item: XMLElement, depth: Int) -> ForeignType? {
    guard item.all("itemComponent").isEmpty, depth < 20 else { return nil }
    let reference = item.first("typeRef")?.text.string.trimmingBlanks ?? item.attribute("typeRef")
    guard let reference else { return nil }
    let named = items[reference].flatMap { self.type(of: $0, depth: depth + 1) }
    guard let found = named ?? Self.builtIn(reference) else { return nil }
    return item.attribute("isCollection") == "true" ? .list(found) : found
  }

  private static func localName(_ reference: String) -> Substring {
    reference.split(separator: ":").last ?? Substring(reference)
  }

  private static func builtIn(_ reference: String) -> ForeignType? {
    switch localName(reference).lowercased() {
    case "string": .text
    case "number", "integer", "long", "double": .number
    case "boolean": .bool
    case "date": .date
    case "datetime", "date and time": .instant
    case "daytimeduration", "days and time duration": .duration
    default: nil
    }
  }

  /// The constants of a list such as `"High", "Low"`; nil where something else stands in it.
  static func constants(in text: MappedText) -> [ForeignValue]? {
    guard let tokens = try? ExpressionLexer.tokens(of: text, dialect: .feel(declaring: [])) else {
      return nil
    }
    var values: [ForeignValue] = []
    for (index, token) in tokens.dropLast().enumerated() {
      switch token.kind {
      case .string(let text) where index % 2 == 0: values.append(.text(text))
      case .number(let number) where index % 2 == 0: values.append(.number(number))
      case .name("true") where index % 2 == 0: values.append(.bool(true))
      case .name("false") where index % 2 == 0: values.append(.bool(false))
      case .sign(",") where index % 2 == 1: continue
      default: return nil
      }
    }
    return values.isEmpty ? nil : values
  }
}
