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
    var memory = LoadingMemory()
    return load(sources, functions: functions, knowing: &memory)
  }

  /// The same, unless some files can't be read, of which `unreadable` tells; what an earlier reading established
  /// of the same texts is taken over.
  package static func load(
    _ sources: [Source], unreadable mistakes: [Diagnostic], knowing memory: inout LoadingMemory
  ) -> PolicyLoadResult {
    guard mistakes.isEmpty else { return PolicyLoadResult(policies: nil, diagnostics: mistakes) }
    return load(sources, functions: [], knowing: &memory)
  }

  private static func load(
    _ sources: [Source], functions: [Overload], knowing memory: inout LoadingMemory
  ) -> PolicyLoadResult {
    var loader = PolicyLoader(functions: functions)
    let policies = loader.load(sources, knowing: &memory)
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
  /// What each decision says of its value; nil for one that gives none.
  var givings: [GivingDeclaration?] = []

  init(functions: [Overload] = []) { self.functions = functions }

  func constants(_ enumerations: [Enumeration]) -> ConstantReader {
    ConstantReader(
      enumerations: Dictionary(enumerations.map { ($0.name, $0) }) { first, _ in first })
  }

  mutating func load(_ sources: [Source]) -> PolicySet? {
    var memory = LoadingMemory()
    return load(sources, knowing: &memory)
  }

  /// Reads the files, taking over from an earlier reading what the same texts established.
  mutating func load(_ sources: [Source], knowing memory: inout LoadingMemory) -> PolicySet? {
    read(sources, knowing: &memory.files)
    declarations.sortDecisions()
    declarations.sortRules()
    memory.declarations = declarations
    // A section may well stand in a file that can't be read: then that file's own message is enough.
    if !diagnostics.hasErrors { reportMissingSections() }
    let known = memory.words
    memory.words = loadWords(knowing: known)
    if memory.words?.sources != known?.sources { memory.rules = [:] }
    guard let words = memory.words else { return nil }
    ruleLoader = words.ruleLoader
    let loaded = words.ruleLoader.load(
      declarations.rules, knowing: &memory.rules, into: &diagnostics)
    let rules = RuleAssembly(
      loader: words.ruleLoader, decisions: words.decisions, givings: words.givings
    ).rules(loaded, exceptions: declarations.exceptions, into: &diagnostics)
    if !diagnostics.hasErrors {
      reportCosts(of: rules, knowing: &memory)
      reportNothingToFail(words.decisions, rules)
      reportUnknownStretches(in: rules, words.vocabulary)
    }
    let silences = SilenceReader.read(declarations, into: &diagnostics)
    return PolicySet(
      vocabulary: words.vocabulary, decisions: words.decisions, rules: rules,
      silences: silences.silences, acceptedMutants: silences.acceptedMutants,
      evaluator: Evaluator(derivedFields: words.terms, budget: CostLimits.steps),
      routes: words.routes, functions: functions, files: PolicyDigest(sources))
  }

  /// Reads the files as nodes, and sorts what they declare.
  private mutating func read(_ sources: [Source], knowing files: inout [Source: LoadingMemory.File])
  {
    let known = files
    files = [:]
    for source in sources {
      let file = known[source] ?? .init(source)
      files[source] = file
      if file.mistakes.hasErrors { unreadable.append(source) }
      diagnostics += file.mistakes
      for document in file.documents { declarations.add(document, into: &diagnostics) }
    }
  }

  /// The vocabulary and the decisions, those known where the same files declare them.
  private mutating func loadWords(knowing known: LoadedWords?) -> LoadedWords? {
    if let known, known.sources == declarations.wordSources {
      diagnostics += known.mistakes
      unusable = known.unusable
      work += known.work
      return known
    }
    let before = diagnostics
    diagnostics = []
    defer { diagnostics = before + diagnostics }
    return loadWords()
  }

  private mutating func loadWords() -> LoadedWords? {
    let enumerations = declarations.enumerations.compactMap { loadEnumeration($0) }
    let types = loadTypes(enumerations: enumerations)
    unusable = declarations.unusableNames(types: types, enumerations: enumerations)
    guard let document = loadDocument(types: types) else { return nil }
    let parameters =
      loadParameters(types: types, enumerations: enumerations)
      + loadCalendars(enumerations: enumerations)
    checkTakenNames(document: document, types: types)
    var scope = ExpressionScope(
      documentName: document.name, documentRange: declarations.document?.range,
      documentType: document.type, types: types, enumerations: enumerations,
      parameters: parameters, decisions: declarations.decisions.map(\.name), functions: functions)
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
    let decisions = loadDecisions(vocabulary: vocabulary, routes: routes, scope: scope)
    let ruleLoader = RuleLoader(
      scope: scope, vocabulary: vocabulary, decisions: decisions, routes: routes,
      constants: constants(enumerations),
      decisionReaders: CheckedExpression.readers(in: terms.definitions) {
        $0 == GlobalSlot.decision
      })
    return LoadedWords(
      sources: declarations.wordSources, mistakes: diagnostics, unusable: unusable,
      work: terms.work, vocabulary: vocabulary, decisions: decisions, givings: givings,
      routes: routes, terms: terms.definitions, ruleLoader: ruleLoader)
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
