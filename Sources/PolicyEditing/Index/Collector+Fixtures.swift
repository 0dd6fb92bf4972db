import CEL
import Diagnostics
import PolicyEngine
import PolicyTesting
import YAML

/// Fixture files, and the list of the changes that are meant.
extension Collector {
  /// Notes what a fixture file names.
  mutating func fixtureFile(_ file: YAMLNode) {
    base(file["base"])
    for item in file["cases"]?.elements ?? [] {
      base(item["base"])
      for entry in item["change"]?.entries ?? [] { change(entry.key, entry.value) }
      for removed in item["remove"]?.items ?? [] { path(removed) }
      if let expected = item["expect"] { expectation(expected) }
      if item["table"] != nil { table(item) }
    }
  }

  private mutating func base(_ node: YAMLNode?) {
    if let node, case .mapping = node.content { document(node) }
  }

  private mutating func change(_ key: YAMLNode, _ value: YAMLNode) {
    if let type = path(key) { self.value(value, asFact: type) }
  }

  private mutating func table(_ node: YAMLNode) {
    let changed = node["columns"]?["change"]?.items ?? []
    let expected = node["columns"]?["expect"]?.items ?? []
    let rows = (node["rows"]?.entries ?? []).compactMap(\.value.elements)
    for (index, column) in changed.enumerated() where column.scalar?.text != "today" {
      guard let type = path(column) else { continue }
      for cells in rows where cells.indices.contains(index) { value(cells[index], asFact: type) }
    }
    for (index, column) in expected.enumerated() {
      let position = changed.count + index
      self.column(
        column, cells: rows.compactMap { $0.indices.contains(position) ? $0[position] : nil })
    }
  }

  /// Notes what a column of expectations names, in its head and in its cells.
  private mutating func column(_ head: YAMLNode, cells: [YAMLNode]) {
    guard let name = head.scalar?.text else { return }
    if FixtureKeys.findings.contains(name) {
      for cell in cells { findings(cell) }
    } else if policies.decisionIndex(named: name) != nil {
      decision(head)
    } else if policies.rules.contains(where: { $0.id == name }) {
      rule(head)
      for cell in cells { outcomes(cell) }
    } else if let parameter = vocabulary.parameters.first(where: { $0.name == name }) {
      add(Symbol(.parameter, name), in: head)
      for cell in cells { constant(cell, as: parameter.type) }
    } else if let type = path(head) {
      for cell in cells { value(cell, asFact: type) }
    }
  }

  private mutating func expectation(_ node: YAMLNode) {
    for entry in node["decisions"]?.entries ?? [] { decision(entry.key) }
    for entry in node["gives"]?.entries ?? [] { decision(entry.key) }
    for key in FixtureKeys.findings {
      if let list = node[key] { findings(list) }
    }
    for entry in node["outcomes"]?.entries ?? [] {
      rule(entry.key)
      outcomes(entry.value)
    }
    for key in ["reason", "fix"] {
      for entry in node[key]?.entries ?? [] { rule(entry.key) }
    }
    for entry in node["terms"]?.entries ?? [] { change(entry.key, entry.value) }
    for entry in node["parameters"]?.entries ?? [] {
      guard let name = entry.key.scalar?.text,
        let parameter = vocabulary.parameters.first(where: { $0.name == name })
      else { continue }
      add(Symbol(.parameter, name), in: entry.key)
      constant(entry.value, as: parameter.type)
    }
  }

  private mutating func findings(_ node: YAMLNode) {
    if let included = node["includes"] { return findings(included) }
    for item in node.items {
      guard case .mapping = item.content else {
        rule(item)
        continue
      }
      rule(item["rule"])
      if let at = item["at"] { path(at) }
      for missing in item["missing"]?.items ?? [] { path(missing) }
    }
  }

  private mutating func outcomes(_ node: YAMLNode) {
    for entry in node.entries ?? [] { path(entry.key) }
  }

  /// Notes what the list of the changes that are meant names.
  mutating func expectedChanges(_ file: YAMLNode) {
    for item in file["changes"]?.elements ?? [] {
      decision(item["decision"])
      rule(item["rule"])
    }
  }
}
