/// The names that facts and values have in policies.
struct FactNames: Sendable {
  /// The name of each part of a path, by the path up to it.
  private var parts: [[String]: String] = [:]
  /// The names of values, by those that the file's reader gave them.
  let terms: [String: String]

  /// Names for facts and for the values made of them; facts keep theirs, since documents have them.
  init(facts: [[String]], terms: [String]) {
    var siblings: [[String]: TermNames] = [:]
    for path in facts {
      for end in path.indices where path[end] != "[]" {
        let prefix = Array(path[...end])
        guard parts[prefix] == nil else { continue }
        parts[prefix] = siblings[Array(path[..<end]), default: TermNames()].name(for: path[end])
      }
    }
    var names = siblings[[]] ?? TermNames()
    var found: [String: String] = [:]
    for term in terms { found[term] = names.name(for: term) }
    self.terms = found
  }

  /// The names along a path, from a part on; the elements of lists have none.
  func names(of path: [String], from start: Int) -> [String] {
    path.indices.dropFirst(start).compactMap { parts[Array(path[...$0])] }
  }

  /// The name of the last part of a path.
  func name(of path: [String]) -> String { parts[path] ?? path.last ?? "" }
}
