/// The facts of a document, put together as types with parts.
struct FactTree {
  private let facts: FactTable
  private let names: FactNames
  /// The types of objects, by the paths that lead to them.
  private var typeNames: [[String]: String] = [:]

  init(facts: FactTable, names: FactNames) {
    self.facts = facts
    self.names = names
    var taken = TermNames(besides: ["Input"])
    for path in facts.order {
      for end in path.indices.dropLast() {
        // The elements of a list of values are no objects.
        let prefix = Array(path[...end])
        let isList = end + 1 < path.count && path[end + 1] == "[]"
        let object = isList ? prefix + ["[]"] : prefix
        guard path[end] != "[]", object.count < path.count, typeNames[object] == nil else {
          continue
        }
        let name = names.name(of: prefix)
        typeNames[object] = taken.name(for: name.prefix(1).uppercased() + name.dropFirst())
      }
    }
  }

  /// The facts of a type, by the path that leads to it.
  func facts(of base: [String]) -> String {
    var seen: Set<[String]> = []
    var lines = ""
    for path in facts.order where path.count > base.count && path.starts(with: base) {
      let own = Array(path[...base.count])
      guard own.last != "[]", seen.insert(own).inserted else { continue }
      lines += fact(own)
    }
    return lines.isEmpty ? "" : "    facts:\n" + lines
  }

  private func fact(_ path: [String]) -> String {
    let written = path.last ?? ""
    let name = names.name(of: path)
    let known = facts.facts[path]
    var type = (known?.type ?? .object).name
    if let object = typeNames[path] { type = object }
    if let element = typeNames[path + ["[]"]] {
      type = "[\(element)]"
    } else if let element = facts.facts[path + ["[]"]] {
      type = "[\(element.type.name)]"
    }
    if known?.isOptional == true { type += "?" }
    var entry = "type: \(YAMLText.scalar(type))"
    if written != name { entry += ", label: \(YAMLText.scalar(written))" }
    return "      \(name): {\(entry)}\n"
  }

  /// The types of objects.
  func types() -> String {
    typeNames.sorted { $0.value < $1.value }.map { path, name in
      "  \(name):\n" + facts(of: path)
    }.joined()
  }
}
