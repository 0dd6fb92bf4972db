/// The reference of functions and macros, made from what the libraries say of themselves.
public enum LanguageReference {
  /// The reference of the given libraries in Markdown: the macros, then a section for each library.
  public static func markdown(of libraries: [Library] = Library.all) -> String {
    ([macros] + libraries.map(section)).joined(separator: "\n")
  }

  private static func section(_ library: Library) -> String {
    var text = "## \(library.name.prefix(1).uppercased() + library.name.dropFirst())\n\n"
    text += library.summary + "\n\n"
    text += "| written | gives | |\n|---|---|---|\n"
    for row in rows(of: library) {
      text += "| `\(row.usage)` | \(row.result) | \(row.documentation) |\n"
    }
    return text
  }

  private struct Row {
    let usage: String
    let result: String
    let documentation: String
  }

  private static func rows(of library: Library) -> [Row] {
    var seen: Set<String> = []
    return library.overloads.compactMap { overload in
      guard seen.insert(overload.usage).inserted else { return nil }
      return Row(
        usage: overload.usage.replacing("|", with: "\\|"), result: overload.result.description,
        documentation: overload.documentation)
    }
  }

  private static var macros: String {
    var text = "## Macros\n\n"
    text += """
      A macro looks like a call, and names variables for its own parts. Over a map, the variable of a \
      macro with one variable is the key.

      | written | gives | |
      |---|---|---|

      """
    for macro in MacroReference.all {
      text += "| `\(macro.usage)` | \(macro.result) | \(macro.documentation) |\n"
    }
    return text
  }
}

/// What the reference says of a macro.
package struct MacroReference: Sendable {
  /// How it is written.
  package let usage: String
  /// What it gives.
  package let result: String
  /// What it is for.
  package let documentation: String

  /// What it is called on: `list`, `map` or `optional`; nil for one that is called by itself.
  package var receiver: String? {
    guard let dot = usage.firstIndex(of: "."), let bracket = usage.firstIndex(of: "("),
      dot < bracket
    else { return nil }
    let receiver = String(usage[..<dot])
    return receiver == "cel" ? nil : receiver
  }

  /// Its name.
  package var name: String {
    let head = usage.prefix { $0 != "(" }
    return receiver == nil ? String(head) : String(head.drop { $0 != "." }.dropFirst())
  }

  /// All macros.
  package static let all = [
    MacroReference(
      usage: "has(a.b)", result: "bool",
      documentation: "Whether the field is there; the way to ask for what may be missing."),
    MacroReference(
      usage: "list.all(x, condition)", result: "bool",
      documentation: "Whether the condition holds for every element; true for an empty list."),
    MacroReference(
      usage: "list.exists(x, condition)", result: "bool",
      documentation: "Whether the condition holds for some element."),
    MacroReference(
      usage: "list.exists_one(x, condition)", result: "bool",
      documentation: "Whether the condition holds for exactly one element."),
    MacroReference(
      usage: "list.filter(x, condition)", result: "list",
      documentation: "The elements for which the condition holds."),
    MacroReference(
      usage: "list.map(x, result)", result: "list",
      documentation: "What each element becomes."),
    MacroReference(
      usage: "list.map(x, condition, result)", result: "list",
      documentation: "What each element becomes for which the condition holds."),
    MacroReference(
      usage: "list.all(i, x, condition)", result: "bool",
      documentation: """
        The same with position and element, or key and value; likewise `exists` and `existsOne`.
        """),
    MacroReference(
      usage: "list.transformList(i, x, result)", result: "list",
      documentation: "What each element becomes, given its position or key too."),
    MacroReference(
      usage: "map.transformMap(k, v, result)", result: "map",
      documentation: "The map with each value made another."),
    MacroReference(
      usage: "map.transformMapEntry(k, v, {key: value})", result: "map",
      documentation: "The map made of the entries that each entry becomes."),
    MacroReference(
      usage: "list.sum(x, number)", result: "number or duration",
      documentation: "The sum of what each element becomes; that of an empty list is zero."),
    MacroReference(
      usage: "list.count(x, condition)", result: "int",
      documentation: "How many elements there are for which the condition holds."),
    MacroReference(
      usage: "list.minBy(x, key)", result: "element",
      documentation: """
        The first element whose key is the least; of an empty list it is an error. A key is a number, a text, a \
        date or a time.
        """),
    MacroReference(
      usage: "list.maxBy(x, key)", result: "element",
      documentation: "The first element whose key is the greatest; of an empty list it is an error."
    ),
    MacroReference(
      usage: "list.sortBy(x, key)", result: "list",
      documentation:
        "The elements in ascending order of their keys, those with equal keys as they stood."),
    MacroReference(
      usage: "list.groupBy(x, key)", result: "list(list)",
      documentation: "The elements of each key, in the order in which keys are met first."),
    MacroReference(
      usage: "list.reduce(sofar, start, x, next)", result: "as start",
      documentation: """
        The value of `next` for the last element, where `sofar` stands for its value for the element before, \
        and for `start` at the first.
        """),
    MacroReference(
      usage: "list.runningSum(x, number)", result: "list",
      documentation: "For each element the sum of what those up to it become."),
    MacroReference(
      usage: "list.longestRun(x, condition)", result: "int",
      documentation: "The most elements in a row for which the condition holds."),
    MacroReference(
      usage: "list.mostAtOnce(x, from, until)", result: "int",
      documentation: """
        How many spans there are at the time where there are most; a span ends before its `until`. Both are \
        timestamps, dates, durations (such as times of day) or ints.
        """),
    MacroReference(
      usage: "list.mostWithin(x, at, length)", result: "int",
      documentation: """
        The most elements within any window of the length: so many days for dates, a duration for timestamps and \
        durations, a difference for ints.
        """),
    MacroReference(
      usage: "optional.optMap(x, result)", result: "optional",
      documentation: "What the value becomes, if there is one."),
    MacroReference(
      usage: "optional.optFlatMap(x, result)", result: "optional",
      documentation: "The same where the result is an optional itself."),
    MacroReference(
      usage: "cel.bind(x, value, result)", result: "any",
      documentation: "The result, in which `x` stands for the value."),
  ]
}
