import Foundation
import Testing

/// The ways out as programs read them, applied to a document's JSON as a program would.
struct RemedyJSON {
  private let changes: [[String: Any]]

  /// The changes of the best way out of the first decision.
  init(_ text: String) throws {
    let whole = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let decisions = try #require(whole["decisions"] as? [[String: Any]])
    let steps = decisions.first?["steps"] as? [[String: Any]] ?? []
    changes = steps.flatMap { step in
      let alternatives = step["alternatives"] as? [[String: Any]]
      return alternatives?.first?["changes"] as? [[String: Any]] ?? []
    }
  }

  /// The document with the changes made; nil when there are none.
  func applied(to document: Data) throws -> Data? {
    guard !changes.isEmpty else { return nil }
    var root = try JSONSerialization.jsonObject(with: document)
    for change in changes {
      let path = try #require(change["path"] as? String)
      let kind = try #require(change["kind"] as? String)
      let value = change["tried"] ?? change["example"] ?? "some text"
      root = try changing(root, path.split(separator: ".").dropFirst(), kind, value)
    }
    return try JSONSerialization.data(withJSONObject: root)
  }

  private func changing(
    _ node: Any, _ steps: ArraySlice<Substring>, _ kind: String, _ value: Any
  ) throws -> Any {
    guard let step = steps.first else {
      var elements = node as? [Any] ?? []
      switch kind {
      case "add": elements.append(value)
      case "remove": elements.removeAll { "\($0)" == "\(value)" }
      default: return value
      }
      return elements
    }
    var object = try #require(node as? [String: Any])
    let parts = step.split(separator: "[")
    let name = String(parts[0])
    if parts.count > 1, let index = Int(parts[1].dropLast()) {
      var elements = try #require(object[name] as? [Any])
      elements[index] = try changing(elements[index], steps.dropFirst(), kind, value)
      object[name] = elements
    } else if steps.count == 1, kind == "drop" {
      object[name] = nil
    } else {
      object[name] = try changing(object[name] ?? NSNull(), steps.dropFirst(), kind, value)
    }
    return object
  }
}
