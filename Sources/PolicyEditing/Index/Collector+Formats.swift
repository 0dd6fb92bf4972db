import CEL
import Diagnostics
import PolicyEngine
import PolicyExports
import YAML

/// Export and report formats.
extension Collector {
  /// Notes what an export or report file names.
  mutating func formatFile(_ file: YAMLNode) {
    decision(file["decision"])
    guard let subject = type(file["about"]) else { return }
    expression(file["minutes"], about: subject, expecting: .int)
    expression(file["row"], about: subject, expecting: .string)
    for total in (file["totals"]?.elements ?? []) + (file["by"]?.elements ?? []) {
      expression(total["value"], about: subject, expecting: .string)
      expression(total["facts"], about: subject)
    }
    let locals = file["export"] == nil ? ReportFormat.columnVariables : ExportFormat.columnVariables
    for column in file["columns"]?.elements ?? [] {
      expression(column["value"], about: subject, locals: locals)
      expression(column["sum"], about: subject, locals: locals, expecting: .int)
    }
  }
}
