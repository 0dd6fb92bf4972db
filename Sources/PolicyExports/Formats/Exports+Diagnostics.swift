import CEL
import Diagnostics
import PolicyEngine
import YAML

/// Mistakes in export files.
extension Diagnostic {
  static func noExport(in source: Source) -> Diagnostic {
    Diagnostic(
      code: .noExport, "an export file holds one document, with 'export' and 'columns'",
      at: SourceRange(source: source, bytes: 0..<0))
  }

  static func wrongExportName(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .invalidName, "'\(name)' can't be the name of an export", at: range,
      help: "a name is made of lower-case letters, digits and hyphens, such as 'generic-hours'")
  }

  static func unknownInExport(
    _ what: String, _ name: String, among known: [String], at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .unknownName, "'\(name)' is not \(what)", at: range,
      help: Suggestion.helpOrList(for: name, among: known, listing: "there are"))
  }

  static func wrongFormat(_ text: String, at range: SourceRange) -> Diagnostic {
    let names = CellFormat.names.map(\.0)
    return Diagnostic(
      code: .unknownName, "'\(text)' is not a format", at: range,
      help: Suggestion.help(for: text, among: names)
        ?? "a format is \(names.map { "'\($0)'" }.joined(separator: ", ")), or a pattern of \(MomentPattern.Part.allCases.map(\.rawValue).joined(separator: ", ")), such as 'MM/dd/yyyy HH:mm'"
    )
  }

  static func formatMismatch(_ format: String, _ type: CELType, at range: SourceRange) -> Diagnostic
  {
    Diagnostic(
      code: .wrongType, "the value is a \(type), which is not written as \(format)", at: range,
      help: formatHelp(for: type))
  }

  static func noFormat(for type: CELType, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .wrongType, "a \(type) can't be written in a cell as it is", at: range,
      help: formatHelp(for: type))
  }

  private static func formatHelp(for type: CELType) -> String? {
    switch type {
    case .bool: "say what is written, such as: session.x ? 'Y' : 'N'"
    case .timestamp: "write a pattern under 'format', such as 'MM/dd/yyyy HH:mm'"
    case .date: "write a pattern of yyyy, MM and dd under 'format', or no format"
    case .int: "a whole number is written as 'number' or 'decimal'"
    case .duration: "give whole minutes, such as: (session.end - session.start).getMinutes()"
    case .string, .enumeration: "a text is written as 'text'"
    case .decimal, .money: "give a text: string(amount)"
    case .double: "give whole numbers, and let 'decimal' divide and round them"
    default: nil
    }
  }

  static func onlyForDecimal(_ key: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .wrongKey, "'\(key)' says nothing here: only 'format: decimal' divides and rounds",
      at: range)
  }

  static func notANumber(_ key: String, in range: ClosedRange<Int64>, found node: YAMLNode)
    -> Diagnostic
  {
    Diagnostic(
      code: .wrongType,
      "'\(key)' is a whole number from \(range.lowerBound) to \(range.upperBound)", at: node.range)
  }

  static func totalOfText(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .wrongType, "only numbers are added up, and this column has none", at: range)
  }

  static func noColumns(at range: SourceRange) -> Diagnostic {
    Diagnostic(code: .noColumns, "a file without columns says nothing", at: range)
  }

  static func exportTellsConfidentialFact(_ fact: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .confidential, "this tells something of '\(fact)', which is confidential", at: range,
      help: "the file leaves the district: name another fact")
  }
}
