public import CEL
public import Diagnostics
import YAML

/// The result of reading a policy set: the set, if it has no error, and all that is to be said of it.
public struct PolicyLoadResult: Sendable {
  /// The policy set; nil when there is an error.
  public let policies: PolicySet?
  /// Errors and warnings, by place.
  public let diagnostics: [Diagnostic]
  /// How much there was to go through where one declaration depends on another: definitions checked, needs
  /// followed.
  package var work = 0
}

extension PolicySet {
  /// Reads a policy set from the texts of its files.
  ///
  /// All mistakes of all files are found in one go: each stage repairs what it can and goes on.
  ///
  /// - Parameters:
  ///   - sources: The texts.
  ///   - functions: What expressions may call besides the functions of the language. None may have the name of
  ///     one of these, and each must always give the same for the same arguments.
  /// - Returns: The set, if it has no error, and what is to be said of the texts.
  public static func load(_ sources: [Source], functions: [Overload] = []) -> PolicyLoadResult {
    var loader = PolicyLoader(functions: functions)
    let policies = loader.load(sources)
    return PolicyLoadResult(
      policies: loader.diagnostics.hasErrors ? nil : policies,
      diagnostics: loader.diagnostics.withoutConsequences(of: loader.unreadable, loader.unusable)
        .sortedByPlace(),
      work: loader.work)
  }
}

/// Turns policy files into a policy set, in stages; what a stage establishes the next ones read.
///
/// The order follows what depends on what: names of types and lists, then facts, parameters, terms,
/// decisions, and last the rules, which may speak of all of these.
struct PolicyLoader {
  /// What expressions may call besides the functions of the language.
  let functions: [Overload]
  var diagnostics: [Diagnostic] = []
  var declarations = Declarations()
  /// The files that are not YAML, of which nobody knows what they declare.
  private(set) var unreadable: [Source] = []
  /// The names that are declared with a mistake by which nothing is known of them.
  private(set) var unusable: Set<Substring> = []
  /// What read the rules; nil before that.
  private(set) var ruleLoader: RuleLoader?
  /// How much there was to go through where one declaration depends on another.
  var work = 0

  init(functions: [Overload] = []) { self.functions = functions }

  func constants(_ enumerations: [Enumeration]) -> ConstantReader {
    ConstantReader(
      enumerations: Dictionary(enumerations.map { ($0.name, $0) }) { first, _ in first })
  }

  mutating func load(_ sources: [Source]) -> PolicySet? {
    for source in sources {
      var mistakes: [Diagnostic] = []
      let documents = YAMLReader.read(source, limits: PolicyFiles.limits, into: &mistakes)
      if mistakes.hasErrors { unreadable.append(source) }
      diagnostics += mistakes
      for document in documents { declarations.add(document, into: &diagnostics) }
    }
    declarations.sortDecisions()
    declarations.sortRules()
    // A section may well stand in a file that can't be read: then that file's own message is enough.
    if !diagnostics.hasErrors { reportMissingSections() }
    let enumerations = declarations.enumerations.compactMap { loadEnumeration($0) }
    let types = loadTypes(enumerations: enumerations)
    unusable = declarations.unusableNames(types: types, enumerations: enumerations)
    guard let document = loadDocument(types: types) else { return nil }
    let parameters =
      loadParameters(types: types, enumerations: enumerations)
      + loadCalendars(enumerations: enumerations)
    let decisionNames = declarations.decisions.map(\.name)
    checkTakenNames(document: document, types: types)
    var scope = ExpressionScope(
      documentName: document.name, documentRange: declarations.document?.range,
      documentType: document.type, types: types, enumerations: enumerations,
      parameters: parameters, decisions: decisionNames, functions: functions)
    let terms = TermResolver(scope: scope, types: types).resolve(into: &diagnostics)
    scope = terms.scope
    work += terms.work
    guard
      let vocabulary = loadVocabulary(
        document: document, types: types, enumerations: enumerations, parameters: parameters,
        terms: terms)
    else { return nil }
    guard let routes = SubjectRoutes.all(in: vocabulary.schema) else {
      diagnostics.append(
        .tooManyRoutes(type: types[document.type].name, at: types[document.type].range))
      return nil
    }
    let decisions = loadDecisions(vocabulary: vocabulary, routes: routes)
    let ruleLoader = RuleLoader(
      scope: scope, vocabulary: vocabulary, decisions: decisions, routes: routes,
      constants: constants(enumerations),
      decisionReaders: CheckedExpression.readers(in: terms.definitions) {
        $0 == GlobalSlot.decision
      })
    self.ruleLoader = ruleLoader
    let loaded = ruleLoader.load(declarations.rules, into: &diagnostics)
    let rules = RuleAssembly(loader: ruleLoader, decisions: decisions).rules(
      loaded, exceptions: declarations.exceptions, into: &diagnostics)
    if !diagnostics.hasErrors {
      reportCosts(of: rules, vocabulary: vocabulary, terms: terms.definitions)
      reportNothingToFail(decisions, rules)
    }
    let silences = SilenceReader.read(declarations, into: &diagnostics)
    return PolicySet(
      vocabulary: vocabulary, decisions: decisions, rules: rules,
      silences: silences.silences, acceptedMutants: silences.acceptedMutants,
      evaluator: Evaluator(derivedFields: terms.definitions, budget: CostLimits.steps),
      routes: routes, functions: functions, files: PolicyDigest(sources))
  }

  /// Reports decisions that would pass whatever the document says.
  mutating func reportNothingToFail(_ decisions: [Decision], _ rules: [Rule]) {
    let failing = Set(rules.filter { $0.severity == .error }.flatMap(\.decides))
    for (index, decision) in decisions.enumerated()
    where decision.needs.isEmpty && !failing.contains(index) {
      diagnostics.append(.nothingToFail(decision.name, at: decision.range))
    }
  }

  /// Reports what every policy set must declare and this one does not.
  private mutating func reportMissingSections() {
    if declarations.document == nil {
      diagnostics.append(
        .nothingDeclares(
          "document", meaning: "what a document is", example: "document: {session: Session}"))
    }
    if declarations.governedBy == nil {
      diagnostics.append(
        .nothingDeclares(
          "governedBy", meaning: "which date picks the rules in force",
          example: "governedBy: session.date"))
    }
    if declarations.decisions.isEmpty {
      diagnostics.append(
        .nothingDeclares(
          "decisions", meaning: "what is to be decided",
          example: "decisions: {payment: {title: Payment, about: Session}}"))
    }
  }
}
