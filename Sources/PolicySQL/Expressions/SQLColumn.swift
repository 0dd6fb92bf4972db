/// The names of a statement's columns, which neither policies nor tables of the database have too.
enum SQLColumn {
  static let today = "date today"
  static let governingDate = "governing date"
  /// The column of a parameter's value in force.
  static func parameter(_ name: String) -> String { "value of \(name)" }
  /// The column of a document, by its name in expressions.
  ///
  /// It stands inside loops over `json_each` too, whose columns would hide some names.
  static func document(_ name: String) -> String { taken.contains(name) ? "the \(name)" : name }

  private static let taken: Set<String> = [
    "key", "value", "type", "atom", "id", "parent", "fullkey", "path", "json", "root", "line",
    "refused", "c",
  ]
}
