package import CEL
package import Diagnostics
import YAML

/// How sessions become the rows of a file for another system: what lets them in, and the columns.
///
/// It is data of the policies' folder. Nothing of any system that reads such files is known to the program.
package struct ExportFormat: Identifiable, Sendable {
  /// What becomes of a change to what went out before.
  package enum Corrections: String, Sendable, CaseIterable {
    /// A row that takes the earlier one back, and a new one.
    case rows
    /// None: the file can't say so, and people correct it in the other system.
    case byHand = "by-hand"
  }

  /// What the totals are taken by.
  package struct Total: Sendable {
    /// The name of what it is, such as `Tutor`.
    package let by: String
    /// Its value, for a row's subject.
    package let value: CheckedExpression
  }

  /// A column of the file.
  package struct Column: Sendable {
    /// Its name in the file's first row.
    package let header: String
    /// Its value, for a row's subject.
    package let value: CheckedExpression
    /// How the value is written.
    package let format: CellFormat
    /// Whether what stands in it is added up.
    package let isTotalled: Bool
  }

  /// Names the format, such as `generic-hours`.
  package let id: String
  /// What it is called.
  package let title: String
  /// What whoever chooses it should know.
  package let help: String?
  /// The index of the decision that lets a session in.
  package let decision: Int
  /// The index of the type of which each value has rows.
  package let subjectType: Int
  /// How many whole minutes a subject counts.
  package let minutes: CheckedExpression
  /// What becomes of changes to what went out.
  package let corrections: Corrections
  /// The names of a subject's rows; one without a name where the file has none.
  package let lines: [String]
  /// What the totals are taken by.
  package let totals: [Total]
  /// The columns, in their order.
  package let columns: [Column]
  /// The file that says all this.
  package let source: Source
  /// What tells the file from others: the SHA-256 of its text.
  package let digest: String
}

extension ExportFormat {
  /// What totals are taken by, of the text of an export file, whether or not today's policies can read the rest.
  package static func totalNames(inText text: String) -> [String] {
    var mistakes: [Diagnostic] = []
    let nodes = YAMLReader.read(Source(name: "", text: text), into: &mistakes)
    let totals = nodes.first?["totals"]?.elements ?? []
    return totals.compactMap { $0["by"]?.scalar?.text }
  }
}

/// What a row is.
package enum ExportEntry: String, Sendable, CaseIterable {
  /// What goes out for the first time.
  case first
  /// What takes an earlier row back.
  case reversal
  /// What stands in the place of a row that was taken back.
  case replacement

  /// The entry in words.
  package var words: String {
    switch self {
    case .first: "goes out for the first time"
    case .reversal: "takes an earlier row back"
    case .replacement: "stands in the place of an earlier row"
    }
  }
}
