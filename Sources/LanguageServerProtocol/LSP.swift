/// The types of the Language Server Protocol 3.17 that the server uses, under the specification's names.
///
/// Lines and characters count from 0; what a character is, the client and the server agree on as they begin
/// (``PositionEncodingKind``).
package enum LSP {
  /// What a character of a position is: a byte of UTF-8, or a unit of UTF-16.
  package enum PositionEncodingKind: String, Codable, Sendable {
    case utf8 = "utf-8"
    case utf16 = "utf-16"
  }

  /// A place between two characters.
  package struct Position: Codable, Hashable, Sendable {
    package var line: Int
    package var character: Int

    package init(line: Int, character: Int) {
      self.line = line
      self.character = character
    }
  }

  /// A half-open range of places.
  package struct Range: Codable, Hashable, Sendable {
    package var start: Position
    package var end: Position

    package init(start: Position, end: Position) {
      self.start = start
      self.end = end
    }
  }

  /// A range in a file.
  package struct Location: Codable, Hashable, Sendable {
    package var uri: String
    package var range: Range

    package init(uri: String, range: Range) {
      self.uri = uri
      self.range = range
    }
  }

  /// Another text for a range.
  package struct TextEdit: Codable, Hashable, Sendable {
    package var range: Range
    package var newText: String

    package init(range: Range, newText: String) {
      self.range = range
      self.newText = newText
    }
  }

  /// Edits of several files, by their addresses.
  package struct WorkspaceEdit: Codable, Hashable, Sendable {
    package var changes: [String: [TextEdit]]

    package init(changes: [String: [TextEdit]]) { self.changes = changes }
  }

  /// A text in Markdown.
  package struct MarkupContent: Codable, Hashable, Sendable {
    package var kind = "markdown"
    package var value: String

    package init(_ value: String) { self.value = value }
  }

  /// A command that a client shows; without a name it is words alone.
  package struct Command: Codable, Hashable, Sendable {
    package var title: String
    package var command: String
    package var arguments: [CaseArgument]?

    package init(title: String, command: String = "", arguments: [CaseArgument]? = nil) {
      self.title = title
      self.command = command
      self.arguments = arguments
    }
  }
}
