package import CEL
package import Diagnostics
package import PolicyEngine
import YAML

extension ReportFormat {
  /// The reports in some files; those with a mistake, which is reported, are left out.
  package static func load(
    _ sources: [Source], policies: PolicySet, into diagnostics: inout [Diagnostic]
  ) -> [ReportFormat] {
    ReportLoader.formats(in: sources, policies: policies, into: &diagnostics)
  }
}

extension ReportFormat {
  /// The reports of a policies' folder; those of files with a mistake, which is reported, are left out.
  package static func all(
    inPolicies folder: String, of policies: PolicySet, into diagnostics: inout [Diagnostic]
  ) -> [ReportFormat] {
    let sources = ExportFiles.reports(inPolicies: folder, into: &diagnostics)
    return load(sources, policies: policies, into: &diagnostics)
  }
}

/// Turns one report file into a format; every name in it is resolved, and every mistake reported.
struct ReportLoader: FormatLoader {
  static let kind = "report"

  let policies: PolicySet
  var diagnostics: [Diagnostic] = []
  var place: SourceRange?

  init(policies: PolicySet) { self.policies = policies }

  mutating func load(_ source: Source) -> ReportFormat? {
    let nodes = YAMLReader.read(source, into: &diagnostics)
    guard diagnostics.isEmpty else { return nil }
    guard let node = nodes.first, nodes.count == 1 else {
      diagnostics.append(.noReport(in: source))
      return nil
    }
    guard
      let file = MappingReader(
        node, what: "a report file", keys: ReportKeys.file, into: &diagnostics)
    else { return nil }
    let id = name(of: file, "report", node)
    let title = file.requiredText("title", into: &diagnostics)
    let help = file.optionalText("help", into: &diagnostics)
    let decision = decision(of: file)
    let year = yearStart(of: file)
    guard let type = subjectType(of: file) else { return nil }
    let reader = ReportExpressions(policies: policies, type: type)
    let minutes = file.requiredNode("minutes", into: &diagnostics).flatMap {
      reader.read($0, "'minutes'", knowsMinutes: false, expecting: .int, into: &diagnostics)
    }
    let row = file.requiredNode("row", into: &diagnostics).flatMap {
      reader.read($0, "'row'", knowsMinutes: false, expecting: .string, into: &diagnostics)
    }
    let groupings = groupings(of: file, reader)
    let columns = columns(of: file, reader)
    guard diagnostics.isEmpty, let id, let title, let decision, let minutes, let row, let year
    else { return nil }
    return ReportFormat(
      id: id, title: title, help: help, decision: decision, subjectType: type, minutes: minutes,
      yearBegins: year, groupings: groupings, row: row, columns: columns, source: source)
  }

  private mutating func yearStart(of file: MappingReader) -> ReportFormat.YearStart? {
    guard let node = file.optionalNode("yearBegins", into: &diagnostics) else {
      return ReportFormat.YearStart(month: 1, day: 1)
    }
    // Of a leap year, so that every day there can be is one; 29 February is refused, as most years lack it.
    if let text = node.scalar?.text, let day = CivilDate("2001-\(text)") {
      return ReportFormat.YearStart(month: day.month, day: day.day)
    }
    diagnostics.append(.noYearStart(found: node))
    return nil
  }

  private mutating func groupings(
    of file: MappingReader, _ expressions: ReportExpressions
  ) -> [ReportFormat.Grouping] {
    items("by", of: file).compactMap { item in
      guard
        let reader = MappingReader(
          item, what: "a grouping", keys: ReportKeys.grouping, into: &diagnostics),
        let by = reader.requiredText("by", into: &diagnostics)
      else { return nil }
      guard reader.has("value") != reader.has("facts") else {
        diagnostics.append(.eitherOr("value", "facts", at: item.range))
        return nil
      }
      if let node = reader.optionalNode("value", into: &diagnostics) {
        return expressions.read(
          node, "'value'", knowsMinutes: false, expecting: .string, into: &diagnostics
        ).map { ReportFormat.Grouping(by: by, kind: .value($0)) }
      }
      guard let node = reader.optionalNode("facts", into: &diagnostics),
        let value = expressions.read(node, "'facts'", knowsMinutes: false, into: &diagnostics)
      else { return nil }
      guard case .object = value.type else {
        diagnostics.append(.noObject(value.type, at: value.range))
        return nil
      }
      return ReportFormat.Grouping(by: by, kind: .facts(value))
    }
  }

  private mutating func columns(
    of file: MappingReader, _ expressions: ReportExpressions
  ) -> [ReportFormat.Column] {
    var headers: [String: SourceRange] = [:]
    return columnItems(of: file).compactMap { item in
      guard
        let reader = MappingReader(
          item, what: "a column", keys: ReportKeys.column, into: &diagnostics),
        let header = reader.requiredText("header", into: &diagnostics)
      else { return nil }
      if let first = headers.updateValue(item.range, forKey: header) {
        diagnostics.append(.duplicate("column '\(header)'", at: item.range, first: first))
      }
      guard reader.has("value") != reader.has("sum") else {
        diagnostics.append(.eitherOr("value", "sum", at: item.range))
        return nil
      }
      let isSum = reader.has("sum")
      guard let node = reader.optionalNode(isSum ? "sum" : "value", into: &diagnostics),
        let value = expressions.read(
          node, isSum ? "'sum'" : "'value'", knowsMinutes: true, expecting: isSum ? .int : nil,
          into: &diagnostics),
        let format = format(of: reader, item, value)
      else { return nil }
      return ReportFormat.Column(
        header: header, kind: isSum ? .sum(value) : .value(value), format: format)
    }
  }
}

/// Reads the expressions of a report file.
private struct ReportExpressions {
  private let outside: OutsideExpressions
  private let type: Int

  init(policies: PolicySet, type: Int) {
    self.type = type
    outside = OutsideExpressions(policies)
  }

  func read(
    _ node: YAMLNode, _ what: String, knowsMinutes: Bool, expecting expected: CELType? = nil,
    into diagnostics: inout [Diagnostic]
  ) -> CheckedExpression? {
    outside.readOpenly(
      node, what: what, about: type, locals: knowsMinutes ? ReportFormat.columnVariables : [],
      expecting: expected, into: &diagnostics)
  }
}

/// Mistakes in report files.
extension ReportFormat {
  /// What a column may speak of beside the subject, in the order in which `ReportMaker` gives it.
  package static let columnVariables: [Environment.Variable] = [
    Environment.Variable(name: "minutes", type: .int, what: "the subject's minutes"),
    Environment.Variable(name: "year", type: .int, what: "the year of the report"),
  ]
}

extension Diagnostic {
  fileprivate static func noReport(in source: Source) -> Diagnostic {
    Diagnostic(
      code: .noReport, "a report file holds one document, with 'report' and 'columns'",
      at: SourceRange(source: source, bytes: 0..<0))
  }

  fileprivate static func noYearStart(found node: YAMLNode) -> Diagnostic {
    Diagnostic(
      code: .wrongType, "this must be a month and a day of it", at: node.range,
      help: "write it such as \"07-01\"")
  }

  fileprivate static func eitherOr(
    _ one: String, _ other: String, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .missingKey, "this needs either '\(one)' or '\(other)', and not both", at: range)
  }

  fileprivate static func noObject(_ type: CELType, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .wrongType, "this must be an object with facts, and is a \(type)", at: range,
      help: "'value' takes any text")
  }
}
