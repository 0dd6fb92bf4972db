package import CEL
package import Diagnostics
package import PolicyEngine
import YAML

extension ExportFormat {
  /// The formats in export files; those with a mistake, which is reported, are left out.
  package static func load(
    _ sources: [Source], policies: PolicySet, into diagnostics: inout [Diagnostic]
  ) -> [ExportFormat] {
    ExportLoader.formats(in: sources, policies: policies, into: &diagnostics)
  }
}

/// Turns one export file into a format; every name in it is resolved, and every mistake reported.
struct ExportLoader: FormatLoader {
  static let kind = "export"

  let policies: PolicySet
  var diagnostics: [Diagnostic] = []
  /// Where the format's name stands.
  var place: SourceRange?

  init(policies: PolicySet) { self.policies = policies }

  mutating func load(_ source: Source) -> ExportFormat? {
    let nodes = YAMLReader.read(source, into: &diagnostics)
    guard diagnostics.isEmpty else { return nil }
    guard let node = nodes.first, nodes.count == 1 else {
      diagnostics.append(.noExport(in: source))
      return nil
    }
    guard
      let file = MappingReader(
        node, what: "an export file", keys: ExportKeys.file, into: &diagnostics)
    else { return nil }
    let id = name(of: file, "export", node)
    let title = file.requiredText("title", into: &diagnostics)
    let help = file.optionalText("help", into: &diagnostics)
    let decision = decision(of: file)
    let corrections = corrections(of: file)
    let lines = file.texts("lines", into: &diagnostics).map(\.text)
    guard let type = subjectType(of: file) else { return nil }
    let reader = ExportExpressions(policies: policies, type: type, lines: lines)
    let minutes = file.requiredNode("minutes", into: &diagnostics).flatMap {
      reader.read($0, "'minutes'", knowsRow: false, expecting: .int, into: &diagnostics)
    }
    let totals = totals(of: file, reader)
    let columns = columns(of: file, reader)
    guard diagnostics.isEmpty, let id, let title, let decision, let minutes else { return nil }
    return ExportFormat(
      id: id, title: title, help: help, decision: decision, subjectType: type, minutes: minutes,
      corrections: corrections, lines: lines.isEmpty ? [""] : lines, totals: totals,
      columns: columns, source: source, digest: SHA256.hexDigest(of: source.bytes))
  }

  // MARK: - The file

  private mutating func corrections(of file: MappingReader) -> ExportFormat.Corrections {
    choice("corrections", of: file, ExportFormat.Corrections.self, "a way to correct") ?? .byHand
  }

  // MARK: - Totals and columns

  private mutating func totals(
    of file: MappingReader, _ expressions: ExportExpressions
  ) -> [ExportFormat.Total] {
    items("totals", of: file).compactMap { item in
      guard
        let reader = MappingReader(
          item, what: "a total", keys: ExportKeys.total, into: &diagnostics),
        let by = reader.requiredText("by", into: &diagnostics),
        let node = reader.requiredNode("value", into: &diagnostics),
        let value = expressions.read(
          node, "'value'", knowsRow: false, expecting: .string, into: &diagnostics)
      else { return nil }
      return ExportFormat.Total(by: by, value: value)
    }
  }

  private mutating func columns(
    of file: MappingReader, _ expressions: ExportExpressions
  ) -> [ExportFormat.Column] {
    var headers: [String: SourceRange] = [:]
    return columnItems(of: file).compactMap { item in
      guard
        let reader = MappingReader(
          item, what: "a column", keys: ExportKeys.column, into: &diagnostics),
        let header = reader.requiredText("header", into: &diagnostics),
        let node = reader.requiredNode("value", into: &diagnostics)
      else { return nil }
      if let first = headers.updateValue(item.range, forKey: header) {
        diagnostics.append(.duplicate("column '\(header)'", at: item.range, first: first))
      }
      let value = expressions.read(node, "'value'", knowsRow: true, into: &diagnostics)
      guard let value, let format = format(of: reader, item, value) else { return nil }
      let isTotalled = reader.flag("total", into: &diagnostics)
      if isTotalled {
        switch format {
        case .number, .decimal: break
        case .text, .moment: diagnostics.append(.totalOfText(at: item.range))
        }
      }
      return ExportFormat.Column(
        header: header, value: value, format: format, isTotalled: isTotalled)
    }
  }
}

/// Reads the expressions of an export file.
private struct ExportExpressions {
  private let outside: OutsideExpressions
  private let type: Int

  init(policies: PolicySet, type: Int, lines: [String]) {
    self.type = type
    outside = OutsideExpressions(
      policies,
      enumerations: [
        EnumerationType(name: "entry", cases: ExportEntry.allCases.map(\.rawValue)),
        EnumerationType(name: "line", cases: lines),
      ])
  }

  func read(
    _ node: YAMLNode, _ what: String, knowsRow: Bool, expecting type: CELType? = nil,
    into diagnostics: inout [Diagnostic]
  ) -> CheckedExpression? {
    outside.readOpenly(
      node, what: what, about: self.type, locals: knowsRow ? ExportFormat.columnVariables : [],
      expecting: type,
      into: &diagnostics)
  }
}

extension ExportFormat {
  /// What a column may speak of beside the subject, in the order of `RowFrame`.
  package static let columnVariables: [Environment.Variable] = [
    Environment.Variable(name: "minutes", type: .int, what: "the subject's minutes"),
    Environment.Variable(name: "batch", type: .int, what: "the number of the export"),
    Environment.Variable(name: "version", type: .int, what: "the version that goes out"),
    Environment.Variable(name: "entry", type: .enumeration("entry"), what: "what the row is"),
    Environment.Variable(name: "line", type: .enumeration("line"), what: "the name of the row"),
    Environment.Variable(name: "reason", type: .string, what: "why the row corrects another"),
  ]
}
