/// The keys that may stand in each kind of mapping of an export file.
///
/// One place for the loader, which refuses all others, and for the schema that editors complete from.
package enum ExportKeys {
  package static let file = [
    "export", "title", "help", "decision", "about", "minutes", "corrections", "lines", "totals",
    "columns",
  ]
  package static let total = ["by", "value"]
  package static let column = [
    "header", "value", "format", "per", "decimals", "rounding", "total",
  ]
}
