#if Store
extension [String]? {
  /// The part of a query that keeps to these ids; empty for all.
  func condition(_ column: String) -> String {
    self == nil ? "" : " WHERE \(column) IN (SELECT value FROM json_each(?))"
  }

  /// The values of that part.
  var values: [SQLValue] { map { [.list($0)] } ?? [] }
}
#endif
