extension ImportedDefinition {
  /// All expressions in it.
  var expressions: [ForeignExpression] {
    switch content {
    case .expression(let expression): [expression]
    case .table(let table):
      table.rows.flatMap { $0.tests + $0.outputs.compactMap(\.self) }
        + outputs.compactMap(\.defaultValue)
    }
  }
}
