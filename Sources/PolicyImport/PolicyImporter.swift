public import Diagnostics
import PolicyEngine
import PolicyTesting

/// Turns decisions of other engines into policy sets.
///
/// A DMN decision table (XML), a decision of GoRules (JSON) and a JsonLogic rule (JSON) become a vocabulary, decisions,
/// rules and fixtures. What policies can't say is reported with its place and left out whole: a table with one
/// cell that can't be said is not written at all, since without it the others would mean something else.
public enum PolicyImporter {
  /// What kind a file is of.
  public enum Kind: String, CaseIterable, Sendable {
    case dmn = "dmn"
    case goRules = "gorules"
    case jsonLogic = "jsonlogic"
  }

  /// A file of a policy set.
  public struct File: Sendable, Equatable {
    /// The path within the folder of the policy set.
    public let path: String
    /// What is in it.
    public let text: String
  }

  /// What became of a file.
  public struct Result: Sendable {
    /// The kind that the file was taken for; nil where it is none.
    public let kind: Kind?
    /// The files of the policy set; empty where nothing could be imported.
    public let files: [File]
    /// What could not be imported, and what the tables leave open; in the order of the file.
    public let diagnostics: [Diagnostic]
  }

  /// Turns a file into a policy set.
  ///
  /// - Parameters:
  ///   - source: The file.
  ///   - kind: What the file is; found out from its content where it is nil.
  ///   - passing: The values that let a decision pass, by the outputs that have them; where the output is nil, of
  ///     whatever gives the value.
  /// - Returns: The files of the policy set, and what is to be said of them; no files where nothing can be imported.
  public static func read(
    _ source: Source, kind: Kind? = nil, passing: [PassingValue] = []
  ) -> Result {
    var diagnostics: [Diagnostic] = []
    let (kind, read) = model(of: source, kind: kind, into: &diagnostics)
    guard let model = read else {
      return Result(kind: kind, files: [], diagnostics: diagnostics.sortedByPlace())
    }
    var assembly = PolicyAssembly(model: model, source: source, passing: passing)
    let files = assembly.files()
    diagnostics += assembly.diagnostics
    let mistakes = files.isEmpty ? [] : verify(files)
    return Result(
      kind: kind, files: mistakes.isEmpty ? files : [],
      diagnostics: diagnostics.sortedByPlace() + mistakes)
  }

  private static func model(
    of source: Source, kind: Kind?, into diagnostics: inout [Diagnostic]
  ) -> (Kind?, ImportedModel?) {
    let isXML =
      source.bytes.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
      .map { $0 == UInt8(ascii: "<") } ?? false
    if kind == .dmn || (kind == nil && isXML) {
      do throws(ImportProblem) {
        let root = try XMLReader.read(source)
        return (.dmn, DMNReader.read(root, into: &diagnostics))
      } catch {
        diagnostics.append(error.diagnostic)
        return (.dmn, nil)
      }
    }
    guard let root = JSONNode.read(source, into: &diagnostics) else { return (kind, nil) }
    let isGraph = root["nodes"]?.elements != nil
    if kind == .goRules || (kind == nil && isGraph) {
      return (.goRules, GoRulesReader.read(root, into: &diagnostics))
    }
    return (.jsonLogic, JsonLogicReader.read(root, into: &diagnostics))
  }

  /// What is wrong with a policy set that was written: nothing, unless there is a mistake in the importer.
  ///
  /// It is asked all the same, since a policy set that is written and does not say what the file says would be worse
  /// than none.
  private static func verify(_ files: [File]) -> [Diagnostic] {
    let sources = files.map { Source(name: $0.path, text: $0.text) }
    let loaded = PolicySet.load(sources.filter { !$0.name.hasPrefix("fixtures/") })
    guard let policies = loaded.policies else { return loaded.diagnostics }
    var diagnostics: [Diagnostic] = []
    let suite = FixtureSuite.load(
      sources.filter { $0.name.hasPrefix("fixtures/") }, policies: policies,
      readFile: { Source(name: $0, text: "") }, into: &diagnostics)
    let run = suite.run(on: policies, stopsAtFirstFailure: false)
    return diagnostics + run.diagnostics
  }
}
