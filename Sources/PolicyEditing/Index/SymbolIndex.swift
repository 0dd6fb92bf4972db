import CEL
package import Diagnostics
package import PolicyEngine
import PolicyExports
import PolicyTesting
package import YAML

/// Where the symbols of a policy folder are declared and named, in all its files.
package struct SymbolIndex: Sendable {
  /// Every place, by file and offset.
  package let occurrences: [Occurrence]
  /// The expressions of the files of the folder.
  package let expressions: [PlacedExpression]
  /// The files that were gone through.
  package let files: [Source]
  /// The files that can't be read as YAML, with the first thing wrong with each: some of their places are
  /// not known.
  package let unreadable: [Diagnostic]

  /// The places in a folder's files, in the sessions that its cases start from, and in other sessions.
  ///
  /// - Parameters:
  ///   - folder: The files.
  ///   - policies: What names are resolved by, the folder's own unless it has an error.
  ///   - sessions: Session files, with one session, or a session a line where their names end in `.ndjson`.
  package init(of folder: PolicyFolder, by policies: PolicySet, sessions: [Source] = []) {
    var pass = Pass(policies)
    for source in folder.policies { pass.read(source) { $0.policyFile($1) } }
    for source in folder.exports + folder.reports { pass.read(source) { $0.formatFile($1) } }
    var bases: [String] = []
    for source in folder.fixtures ?? [] {
      pass.read(source) { collector, file in
        collector.fixtureFile(file)
        bases += Self.bases(of: file, in: source)
      }
    }
    if let source = folder.expectedChanges { pass.read(source) { $0.expectedChanges($1) } }
    var read: Set<String> = []
    for path in bases where read.insert(path).inserted {
      if let source = try? folder.base(path) { pass.readSessions(source) }
    }
    for source in sessions where read.insert(source.name).inserted { pass.readSessions(source) }
    var seen: Set<Occurrence> = []
    occurrences = pass.collector.occurrences.filter { seen.insert($0).inserted }
    expressions = pass.collector.expressions
    files = pass.files
    unreadable = pass.unreadable
  }

  /// The paths of the sessions that the cases of a fixture file start from.
  package static func bases(of file: YAMLNode, in source: Source) -> [String] {
    ([file] + (file["cases"]?.elements ?? [])).compactMap { $0["base"]?.scalar?.text }
      .map { FixtureFiles.path(ofBase: $0, namedIn: source.name) }
  }

  /// The symbols that are declared, each once, in order.
  package var declared: [Symbol] {
    Set(occurrences.filter(\.isDefinition).map(\.symbol)).sorted()
  }

  /// The places of a symbol.
  package func occurrences(of symbol: Symbol) -> [Occurrence] {
    occurrences.filter { $0.symbol == symbol }
  }

  /// What is named at an offset of a file; at the end of a name, too.
  package func occurrence(at offset: Int, of file: String) -> Occurrence? {
    occurrences.first {
      $0.range.source.name == file && $0.range.bytes.lowerBound <= offset
        && offset <= $0.range.bytes.upperBound
    }
  }
}

/// Goes through the files of a folder.
private struct Pass {
  var collector: Collector
  var files: [Source] = []
  var unreadable: [Diagnostic] = []

  init(_ policies: PolicySet) {
    collector = Collector(
      policies,
      enumerations: [
        EnumerationType(name: "entry", cases: ExportEntry.allCases.map(\.rawValue)),
        EnumerationType(name: "line", cases: []),
      ])
  }

  mutating func read(_ source: Source, _ body: (inout Collector, YAMLNode) -> Void) {
    files.append(source)
    var mistakes: [Diagnostic] = []
    let documents = YAMLReader.read(source, into: &mistakes)
    if let first = mistakes.first(where: { $0.severity == .error }) { unreadable.append(first) }
    for document in documents { body(&collector, document) }
  }

  mutating func readSessions(_ source: Source) {
    guard [".ndjson", ".jsonl"].contains(where: { source.name.lowercased().hasSuffix($0) }) else {
      return read(source) { $0.document($1) }
    }
    files.append(source)
    for number in 1...source.lineCount {
      let line = source.byteRange(ofLine: number)
      var mistakes: [Diagnostic] = []
      let text = Source(name: source.name, bytes: Array(source.bytes[line]), firstLine: number)
      collector.place = (source, line.lowerBound)
      for document in YAMLReader.read(text, into: &mistakes) { collector.document(document) }
      collector.place = nil
      if let first = mistakes.first(where: { $0.severity == .error }) { unreadable.append(first) }
    }
  }
}
