import YAML

/// Checks YAML against a JSON Schema, as far as our schemas go: a keyword that it doesn't know is an error.
struct SchemaValidator {
  /// A keyword that this validator doesn't know.
  struct UnknownKeyword: Error {
    let name: String
  }

  let schema: YAMLNode

  /// What is wrong with a node: each a path with the keyword that refuses it.
  func mistakes(in node: YAMLNode) throws -> [String] {
    try mistakes(in: node, against: schema, at: "")
  }

  private func mistakes(
    in node: YAMLNode, against schema: YAMLNode, at path: String
  ) throws -> [String] {
    try (schema.entries ?? []).flatMap { entry -> [String] in
      let keyword = try entry.key.text
      let value = entry.value
      func refuse(if isWrong: Bool) -> [String] { isWrong ? ["\(path): \(keyword)"] : [] }
      switch keyword {
      case "$schema", "title", "description", "enumDescriptions", "definitions": return []
      case "type":
        let types = try (value.elements ?? [value]).map { try $0.text }
        return refuse(if: !types.contains { node.is(ofType: $0) })
      case "enum":
        return refuse(
          if: try !(value.elements ?? []).contains { try $0.text == node.scalar?.text })
      case "pattern":
        guard case .string(let text)? = node.scalar?.value else { return [] }
        return refuse(if: try Regex(value.text).firstMatch(in: text) == nil)
      case "properties":
        return try (value.entries ?? []).flatMap { property in
          let name = try property.key.text
          return try node.entry(name).map {
            try mistakes(in: $0, against: property.value, at: path + "/" + name)
          } ?? []
        }
      case "required":
        guard node.entries != nil else { return [] }
        return try (value.elements ?? []).flatMap { name in
          try node.entry(name.text) == nil ? ["\(path): required \(name.text)"] : []
        }
      case "additionalProperties":
        let known = try Set((schema["properties"]?.entries ?? []).map { try $0.key.text })
        return try (node.entries ?? []).flatMap { member -> [String] in
          let name = try member.key.text
          guard !known.contains(name) else { return [] }
          if value.scalar?.value == .bool(false) { return ["\(path)/\(name): \(keyword)"] }
          return try mistakes(in: member.value, against: value, at: path + "/" + name)
        }
      case "propertyNames":
        return try (node.entries ?? []).flatMap {
          try mistakes(in: $0.key.asString, against: value, at: path + "/" + $0.key.text)
        }
      case "items":
        return try (node.elements ?? []).enumerated().flatMap {
          try mistakes(in: $0.element, against: value, at: "\(path)/\($0.offset)")
        }
      case "minItems": return refuse(if: (node.elements?.count).map { $0 < value.count } ?? false)
      case "minProperties":
        return refuse(if: (node.entries?.count).map { $0 < value.count } ?? false)
      case "maxProperties":
        return refuse(if: (node.entries?.count).map { $0 > value.count } ?? false)
      case "allOf":
        return try (value.elements ?? []).flatMap { try mistakes(in: node, against: $0, at: path) }
      case "anyOf":
        let ways = try (value.elements ?? []).map {
          try mistakes(in: node, against: $0, at: path)
        }
        guard !ways.contains(where: \.isEmpty) else { return [] }
        // The way that goes furthest is the one that was meant.
        return ways.max { depth(of: $0) < depth(of: $1) } ?? []
      case "$ref":
        let name = try value.text.split(separator: "/").last.map(String.init) ?? ""
        guard let definition = self.schema["definitions"]?[name] else {
          throw UnknownKeyword(name: "definition \(name)")
        }
        return try mistakes(in: node, against: definition, at: path)
      default: throw UnknownKeyword(name: keyword)
      }
    }
  }

  private func depth(of mistakes: [String]) -> Int {
    mistakes.map { $0.count { $0 == "/" } }.min() ?? 0
  }
}

extension YAMLNode {
  fileprivate var text: String {
    get throws {
      guard let scalar else {
        throw SchemaValidator.UnknownKeyword(name: "a key that is not a text")
      }
      return scalar.text
    }
  }

  fileprivate var count: Int {
    if case .int(let number)? = scalar?.value { Int(number) } else { 0 }
  }

  /// The value of a key, whatever it is read as.
  fileprivate func entry(_ name: String) -> YAMLNode? {
    entries?.first { $0.key.scalar?.text == name }?.value
  }

  /// The node as the text it is written as: names of members are texts.
  fileprivate var asString: YAMLNode {
    guard let scalar else { return self }
    return YAMLNode(
      content: .scalar(
        YAMLScalar(text: scalar.text, style: scalar.style, value: .string(scalar.text))),
      range: range)
  }

  fileprivate func `is`(ofType type: String) -> Bool {
    switch (content, type) {
    case (.sequence, "array"), (.mapping, "object"): return true
    case (.scalar(let scalar), _):
      switch (scalar.value, type) {
      case (.null, "null"), (.bool, "boolean"), (.int, "integer"), (.int, "number"),
        (.float, "number"), (.string, "string"):
        return true
      default: return false
      }
    default: return false
    }
  }
}
