import Diagnostics
import YAML

extension Occurrence {
  /// How a name is written in place of the one that stands there.
  func text(of name: String) -> String {
    switch form {
    case .name, .literal: name
    case .variable: name.prefix(1).lowercased() + name.dropFirst()
    case .scalar(.plain): Self.isPlainText(name) ? name : "\"\(name)\""
    // A name has no sign that would need an escape in quotes.
    case .scalar: name
    }
  }

  /// Whether YAML takes a name without quotes for the text that it is, and for all of it.
  private static func isPlainText(_ name: String) -> Bool {
    var mistakes: [Diagnostic] = []
    let nodes = YAMLReader.read(Source(name: "", text: "[\(name), \(name)]\n"), into: &mistakes)
    return mistakes.isEmpty && nodes.first?.elements?.map(\.string) == [name, name]
  }
}
