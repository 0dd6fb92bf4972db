import Diagnostics
import PolicyEngine
import PolicyExports

/// The schema of export files.
struct ExportFileSchema {
  let policies: PolicySet

  var file: Schema {
    object(
      ExportKeys.file, required: ["export", "title", "decision", "about", "minutes", "columns"]
    )
    .file(
      title: "Exports",
      definitions: [
        ("total", object(ExportKeys.total, required: ExportKeys.total)),
        ("column", object(ExportKeys.column, required: ["header", "value"])),
      ])
  }

  private func object(_ keys: [String], required: [String]) -> Schema {
    .object(keys.map { ($0, schema(of: $0)) }, required: required)
  }

  /// What may stand behind a key; no key means two things in different places.
  func schema(of key: String) -> Schema {
    switch key {
    case "export": .string(pattern: TextForm.id).described("The name of the export.")
    case "title": .text.described("What people call it.")
    case "help": .text.described("What whoever chooses it should know.")
    case "decision":
      Schema.oneOf(policies.decisions.map { ($0.name, $0.title) })
        .described("The decision that lets a session in.")
    case "about":
      Schema.oneOf(policies.vocabulary.types.map { ($0.name, $0.label ?? "") })
        .described("The type whose values have rows.")
    case "minutes": .string().described("An expression: how many whole minutes a value counts.")
    case "corrections":
      Schema.oneOf([
        (ExportFormat.Corrections.rows.rawValue, "rows take back what went out, and replace it"),
        (ExportFormat.Corrections.byHand.rawValue, "people correct it in the other system"),
      ]).described("What becomes of a change to what went out before.")
    case "lines":
      Schema.list(of: .text, atLeast: 1)
        .described("The names of the rows that each value has, for expressions to tell apart.")
    case "totals":
      Schema.list(of: .reference("total")).described("What minutes and columns are added up by.")
    case "by": .text.described("The name of what is added up by, such as Tutor.")
    case "columns": Schema.list(of: .reference("column"), atLeast: 1).described("The columns.")
    case "header": .text.described("The column's name in the first row.")
    case "value":
      .string().described(
        """
        An expression. Beside the vocabulary's words it knows minutes, batch, version, entry \
        (\(ExportEntry.allCases.map(\.rawValue).joined(separator: ", "))), line and reason.
        """)
    case "format":
      Schema.suggesting(CellFormat.names.map { ($0.0, $0.1) }, pattern: "[yMdHms]")
        .described("How it is written; a pattern such as MM/dd/yyyy HH:mm for days and instants.")
    case "per": Schema.number(isWhole: true).described("What the number is divided by.")
    case "decimals": Schema.number(isWhole: true).described("How many decimals it has.")
    case "rounding":
      Schema.oneOf(CellFormat.roundings)
        .described("How it is rounded.")
    case "total": Schema.boolean.described("Whether what stands in the column is added up.")
    default: .anything
    }
  }
}
