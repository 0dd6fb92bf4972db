extension String {
  /// Without white space at both ends.
  var trimmingBlanks: String {
    var part = self[...]
    while part.first?.isWhitespace == true { part.removeFirst() }
    while part.last?.isWhitespace == true { part.removeLast() }
    return String(part)
  }

  /// With single spaces for all white space in it.
  var singleLine: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
