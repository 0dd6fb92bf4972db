import Diagnostics
public import PolicyEngine

/// The kinds of files for which there is a JSON Schema.
public enum FileKind: String, Sendable, CaseIterable {
  case policies, vocabulary, decisions, fixtures, exports, reports, session
  case expectedChanges = "expected-changes"

  /// The name of the file that a schema is written to.
  public var fileName: String { "\(rawValue).schema.json" }

  /// What the files are.
  public var summary: String {
    switch self {
    case .policies: "any policy file"
    case .vocabulary: "a policy file with nothing but vocabulary"
    case .decisions: "a policy file with nothing but decisions"
    case .fixtures: "a fixture file"
    case .exports: "an export file"
    case .reports: "a report file"
    case .session: "a session document"
    case .expectedChanges: "the list of expected changes"
    }
  }

  /// The schema of such files, as an editor reads it: JSON over several lines, ending in a line break.
  public func schema(for policies: PolicySet) -> String {
    let files = PolicyFileSchema(policies: policies)
    let schema =
      switch self {
      case .policies: files.file(title: "Policies", sections: PolicyKeys.file)
      case .vocabulary:
        files.file(title: "Vocabulary", sections: PolicyFileSchema.vocabularySections)
      case .decisions: files.file(title: "Decisions", sections: ["decisions"])
      case .fixtures: FixtureFileSchema(policies: policies).file
      case .exports: ExportFileSchema(policies: policies).file
      case .reports: ReportFileSchema(policies: policies).file
      case .session: DocumentSchema(vocabulary: policies.vocabulary).file
      case .expectedChanges: ExpectedChangesSchema(policies: policies).file
      }
    return schema.json.pretty + "\n"
  }
}
