/// The keys that may stand in each kind of mapping of a report file.
package enum ReportKeys {
  package static let file = [
    "report", "title", "help", "decision", "about", "minutes", "yearBegins", "by", "row",
    "columns",
  ]
  package static let grouping = ["by", "value", "facts"]
  package static let column = ["header", "value", "sum", "format", "per", "decimals", "rounding"]
}
