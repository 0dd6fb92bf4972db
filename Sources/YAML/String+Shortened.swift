import Diagnostics

extension SourceRange {
  /// The text of the range as a message quotes it: not more than the start of a long one.
  var shortText: String { text.shortened }
}

extension String {
  /// The text as a message quotes it: not more than the start of a long one.
  var shortened: String {
    let limit = 60
    let start = unicodeScalars.prefix(limit + 1)
    return start.count <= limit ? self : String(start.prefix(limit - 1)) + "…"
  }
}
