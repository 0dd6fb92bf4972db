extension LSP {
  /// Something wrong, or worth a second look.
  package struct Diagnostic: Codable, Hashable, Sendable {
    package struct RelatedInformation: Codable, Hashable, Sendable {
      package var location: Location
      package var message: String

      package init(location: Location, message: String) {
        self.location = location
        self.message = message
      }
    }

    package var range: Range
    /// 1 for an error, 2 for a warning.
    package var severity: Int
    package var code: String?
    package var source: String?
    package var message: String
    package var relatedInformation: [RelatedInformation]?

    package init(
      range: Range, severity: Int, code: String?, source: String?, message: String,
      relatedInformation: [RelatedInformation]?
    ) {
      self.range = range
      self.severity = severity
      self.code = code
      self.source = source
      self.message = message
      self.relatedInformation = relatedInformation
    }
  }

  /// All that is to be said of a file.
  package struct PublishDiagnosticsParams: Codable, Hashable, Sendable {
    package var uri: String
    package var version: Int?
    package var diagnostics: [Diagnostic]

    package init(uri: String, version: Int?, diagnostics: [Diagnostic]) {
      self.uri = uri
      self.version = version
      self.diagnostics = diagnostics
    }
  }
}
