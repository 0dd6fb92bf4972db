import Diagnostics
import PolicyEngine
import PolicyExports

/// The schema of report files.
struct ReportFileSchema {
  let policies: PolicySet

  var file: Schema {
    object(
      ReportKeys.file,
      required: ["report", "title", "decision", "about", "minutes", "row", "columns"]
    )
    .file(
      title: "Reports",
      definitions: [
        ("grouping", object(ReportKeys.grouping, required: ["by"])),
        ("column", object(ReportKeys.column, required: ["header"])),
      ])
  }

  private func object(_ keys: [String], required: [String]) -> Schema {
    // 'by' names what the groups are in a grouping, and lists groupings in the file.
    .object(
      keys.map { ($0, schema(of: $0, isInFile: keys == ReportKeys.file)) }, required: required)
  }

  private func schema(of key: String, isInFile: Bool) -> Schema {
    switch key {
    case "report": .string(pattern: TextForm.id).described("The name of the report.")
    case "minutes": .string().described("An expression: how many whole minutes a value counts.")
    case "yearBegins": .string().described("The first day of a year, such as 07-01.")
    case "by" where isInFile:
      Schema.list(of: .reference("grouping")).described("What is counted apart.")
    case "by": .text.described("The name of what the groups are, such as School.")
    case "value": .string().described("An expression about a value.")
    case "facts":
      .string().described("An expression: the object whose true facts are the groups.")
    case "sum": .string().described("An expression about each value of the row, added up.")
    case "row": .string().described("An expression: what tells one row of the file from another.")
    default: ExportFileSchema(policies: policies).schema(of: key)
    }
  }
}
