public import CEL
public import Diagnostics
public import PolicyEngine
import PolicyRendering
import YAML

/// A policy set for a program of one's own: documents in JSON or YAML go in, verdicts and explanations come out.
///
///     let policies = try Policies(folder: "policies")
///     let verdict = try policies.decide(json: text, today: today, decisions: ["payment"])
///     if !verdict.passes {
///       print(try policies.explain(json: text, today: today, decisions: ["payment"], for: .person(tutor)))
///     }
///
/// It can be used from any thread. What is not offered here is in the modules below, by way of `policySet`.
public struct Policies: Sendable {
  /// The policy set itself.
  public let policySet: PolicySet
  /// What is allowed in the policies but hardly meant.
  public let warnings: [Diagnostic]

  /// The policies of a folder's files.
  ///
  /// - Parameters:
  ///   - folder: Where the files are.
  ///   - functions: Functions of your own that expressions may call.
  /// - Throws: `PolicyMistakes`, with all mistakes of all files, each at its place.
  public init(folder: String, functions: [PolicyFunction] = []) throws(PolicyMistakes) {
    try self.init(functions) { PolicySet.load(directory: folder, functions: $0) }
  }

  /// The policies of texts, by the names of their files.
  ///
  /// - Throws: `PolicyMistakes`, with all mistakes of all texts, each at its place.
  public init(
    files: [String: String], functions: [PolicyFunction] = []
  ) throws(PolicyMistakes) {
    let sources = files.sorted { $0.key < $1.key }.map { Source(name: $0.key, text: $0.value) }
    try self.init(functions) { PolicySet.load(sources, functions: $0) }
  }

  private init(
    _ functions: [PolicyFunction], load: ([Overload]) -> PolicyLoadResult
  ) throws(PolicyMistakes) {
    let mistakes = PolicyFunction.mistakes(in: functions)
    guard mistakes.isEmpty else { throw PolicyMistakes(diagnostics: mistakes) }
    let result = load(functions.map(\.overload))
    guard let policies = result.policies else {
      throw PolicyMistakes(diagnostics: result.diagnostics)
    }
    policySet = policies
    warnings = result.diagnostics
  }

  /// The names of the decisions, in the order of the files.
  public var decisions: [String] { policySet.decisions.map(\.name) }

  /// Which policies these are: the digest of all files' contents, in hexadecimal digits.
  public var digest: String { policySet.digest }

  /// Decides a document for a date.
  ///
  /// - Parameters:
  ///   - json: The document, as RFC 8259 has it.
  ///   - today: The date decided for.
  ///   - decisions: The names of decisions; nil stands for all that are not on request.
  /// - Returns: The outcome of each decision, and the rules that made the difference.
  /// - Throws: `DocumentMistakes` when the vocabulary has another form of document, and
  ///   `UnknownDecision` when a name is not one of a decision.
  public func decide(
    json: some StringProtocol, today: CivilDate, decisions: [String]? = nil
  ) throws -> Verdict {
    try decide(document(json: json), today: today, decisions: decisions)
  }

  /// Decides a document that was read before.
  ///
  /// - Throws: `UnknownDecision` when a name is not one of a decision.
  public func decide(
    _ document: FactDocument, today: CivilDate, decisions: [String]? = nil
  ) throws(UnknownDecision) -> Verdict {
    policySet.decide(document, today: today, decisions: try indexes(decisions))
  }

  /// Decides a document for a date, and says why.
  ///
  /// - Parameters:
  ///   - json: The document, as RFC 8259 has it.
  ///   - today: The date decided for.
  ///   - decisions: The names of decisions; nil stands for all that are not on request.
  ///   - viewer: Who reads it. What they may not see of the document is not in the explanation.
  /// - Returns: The explanation, as a value, a text and JSON.
  /// - Throws: The same as `decide`.
  public func explain(
    json: some StringProtocol, today: CivilDate, decisions: [String]? = nil, for viewer: Viewer
  ) throws -> Explained {
    try explain(document(json: json), today: today, decisions: decisions, for: viewer)
  }

  /// Decides a document that was read before, and says why.
  ///
  /// - Throws: `UnknownDecision` when a name is not one of a decision.
  public func explain(
    _ document: FactDocument, today: CivilDate, decisions: [String]? = nil, for viewer: Viewer
  ) throws(UnknownDecision) -> Explained {
    Explained(
      explanation: policySet.explain(
        document, today: today, decisions: try indexes(decisions), for: viewer))
  }

  /// Reads a document from JSON, to decide it more than once; explanations name no lines of it.
  ///
  /// - Throws: `DocumentMistakes`, with each mistake at its place in the text.
  public func document(json: some StringProtocol) throws(DocumentMistakes) -> FactDocument {
    var diagnostics: [Diagnostic] = []
    let source = Source(name: "document", bytes: Array(json.utf8))
    let document = FactDocument.read(
      json: source, schema: policySet.vocabulary.schema, into: &diagnostics)
    guard let document else { throw DocumentMistakes(diagnostics: diagnostics) }
    // Nobody looks up a line of a text that a program made.
    return document.withoutPlaces()
  }

  /// Reads a document from YAML, whose lines explanations name.
  ///
  /// - Parameters:
  ///   - yaml: A text with one YAML document.
  ///   - name: What messages and explanations call it, such as the path of its file.
  /// - Returns: The document.
  /// - Throws: `DocumentMistakes`, with each mistake at its place in the text.
  public func document(
    yaml: some StringProtocol, named name: String = "document"
  ) throws(DocumentMistakes) -> FactDocument {
    let source = Source(name: name, bytes: Array(yaml.utf8))
    var diagnostics: [Diagnostic] = []
    let nodes = YAMLReader.read(source, into: &diagnostics)
    if !diagnostics.hasErrors, nodes.count != 1 {
      diagnostics.append(.otherThanOneDocument(nodes.count, in: source))
    }
    guard !diagnostics.hasErrors, let node = nodes.first,
      let document = FactDocument.read(
        yaml: node, schema: policySet.vocabulary.schema, into: &diagnostics)
    else { throw DocumentMistakes(diagnostics: diagnostics) }
    return document
  }

  func indexes(_ names: [String]?) throws(UnknownDecision) -> [Int]? {
    guard let names else { return nil }
    return try policySet.decisionIndexes(names)
  }
}
