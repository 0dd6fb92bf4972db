package import Diagnostics

/// The syntax of JSON (RFC 8259) by itself, whatever a document means.
///
/// Stricter than the RFC asks for in one thing: values nest at most 256 deep. A byte order mark at the
/// start is passed over, as the RFC allows.
package enum JSONSyntax {
  /// What keeps a text from being JSON; nil when it is.
  package static func validate(_ source: Source) -> Diagnostic? {
    let error = PaddedBytes.withCopy(of: source.bytes) { text -> JSONSyntaxError? in
      var scanner = JSONScanner(text)
      var scratch: [UInt8] = []
      do throws(JSONSyntaxError) {
        scanner.enterDocument()
        try scanner.skipValue(depth: 0, scratch: &scratch)
        try scanner.finishDocument()
        return nil
      } catch {
        return error
      }
    }
    return error?.diagnostic(in: source.bytes) { SourceRange(source: source, bytes: $0) }
  }
}
