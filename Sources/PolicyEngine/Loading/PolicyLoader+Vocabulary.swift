import CEL
import Diagnostics
import YAML

/// A type whose facts are known and whose terms are still to be resolved.
struct TypeDeclaration {
  /// A term as declared.
  struct Term {
    let name: String
    let label: String?
    let expression: CEL.Expression
    let range: SourceRange
  }

  let name: String
  let variable: String
  let label: String?
  let summary: YAMLNode?
  let facts: [VocabularyType.Fact]
  /// What is said of the facts' changes, by the names of the facts.
  let changes: [String: FactChangesDeclaration]
  /// What is said of how the facts are asked for and shown, by the names of the facts.
  let fields: [String: FieldDeclaration]
  let terms: [Term]
  let range: SourceRange
}

/// The document's name in expressions and the index of its type.
struct DocumentDeclaration {
  let name: String
  let type: Int
}

extension PolicyLoader {
  mutating func loadEnumeration(_ declaration: Declarations.Named) -> Enumeration? {
    checkName(declaration.name, what: "an enumeration", at: declaration.key)
    guard
      let pairs = MappingReader.pairs(
        of: declaration.node, what: "enumeration '\(declaration.name)'", into: &diagnostics)
    else { return nil }
    let cases = pairs.compactMap { value, entry in
      SilenceReader.isSilence(entry) ? nil : loadCase(value, entry)
    }
    if cases.isEmpty {
      diagnostics.append(.emptyEnumeration(declaration.name, at: declaration.node.range))
    }
    return Enumeration(name: declaration.name, cases: cases, range: declaration.key)
  }

  /// A case: its words, or a mapping with more about it.
  private mutating func loadCase(_ value: String, _ entry: YAMLEntry) -> Enumeration.Case {
    let label: String?
    var help: String?
    if case .mapping = entry.value.content {
      let reader = MappingReader(
        entry.value, what: "case '\(value)'", keys: PolicyKeys.enumerationCase, into: &diagnostics)
      label = reader?.requiredText("label", into: &diagnostics)
      help = reader?.optionalText("help", into: &diagnostics)
    } else {
      label = MappingReader.text(
        of: entry.value, what: "the label of '\(value)'", into: &diagnostics)
    }
    return Enumeration.Case(value: value, label: label ?? value, help: help, range: entry.key.range)
  }

  mutating func loadTypes(enumerations: [Enumeration]) -> [TypeDeclaration] {
    var named: [String: CELType] = [:]
    for enumeration in enumerations { named[enumeration.name] = .enumeration(enumeration.name) }
    let enumerationIndexes = declarations.enumerations.map(\.name).positions
    for declaration in declarations.types {
      if let first = enumerationIndexes[declaration.name].map({ declarations.enumerations[$0] }) {
        diagnostics.append(
          .duplicate("the name '\(declaration.name)'", at: declaration.key, first: first.key))
      }
      named[declaration.name] = .object(declaration.name)
    }
    let positions = TypePositions(
      enumerations: enumerations.map(\.name).positions,
      types: declarations.types.map(\.name).positions)
    return declarations.types.map { loadType($0, named: named, positions: positions) }
  }

  private mutating func loadType(
    _ declaration: Declarations.Named, named: [String: CELType], positions: TypePositions
  ) -> TypeDeclaration {
    let name = declaration.name
    checkName(name, what: "a type", at: declaration.key)
    let reader = MappingReader(
      declaration.node, what: "type '\(name)'", keys: PolicyKeys.type, into: &diagnostics)
    var facts: [VocabularyType.Fact] = []
    var changes: [String: FactChangesDeclaration] = [:]
    var fields: [String: FieldDeclaration] = [:]
    if let node = reader?.requiredNode("facts", into: &diagnostics),
      let pairs = MappingReader.pairs(of: node, what: "'facts'", into: &diagnostics)
    {
      facts = pairs.compactMap {
        loadFact(
          $0, $1, named: named, positions: positions, changes: &changes, fields: &fields)
      }
    }
    var terms: [TypeDeclaration.Term] = []
    if let node = reader?.optionalNode("terms", into: &diagnostics),
      let pairs = MappingReader.pairs(of: node, what: "'terms'", into: &diagnostics)
    {
      let factRanges = Dictionary(facts.map { ($0.name, $0.range) }) { first, _ in first }
      terms = pairs.compactMap { loadTerm($0, $1, facts: factRanges) }
    }
    return TypeDeclaration(
      name: name, variable: name.prefix(1).lowercased() + name.dropFirst(),
      label: reader?.optionalText("label", into: &diagnostics),
      summary: reader?.optionalNode("summary", into: &diagnostics), facts: facts,
      changes: changes, fields: fields, terms: terms, range: declaration.key)
  }

  private mutating func loadFact(
    _ name: String, _ entry: YAMLEntry, named: [String: CELType], positions: TypePositions,
    changes: inout [String: FactChangesDeclaration], fields: inout [String: FieldDeclaration]
  ) -> VocabularyType.Fact? {
    checkName(name, what: "a fact", at: entry.key.range)
    var label: String?
    var help: String?
    var changedBy: String?
    var isConfidential = false
    var isOptional = false
    var atMost: (limit: Int, range: SourceRange)?
    var notation: YAMLNode? = entry.value
    if case .mapping = entry.value.content {
      let reader = MappingReader(
        entry.value, what: "fact '\(name)'", keys: PolicyKeys.fact, into: &diagnostics)
      notation = reader?.requiredNode("type", into: &diagnostics)
      label = reader?.optionalText("label", into: &diagnostics)
      help = reader?.optionalText("help", into: &diagnostics)
      changedBy = reader?.optionalText("changedBy", into: &diagnostics)
      isConfidential = reader?.flag("confidential", into: &diagnostics) ?? false
      isOptional = reader?.flag("optional", into: &diagnostics) ?? false
      atMost = reader.flatMap { loadLimit($0) }
      changes[name] = reader.map { loadChanges($0, fact: name, changedBy: changedBy) }
      fields[name] = reader.map { FieldDeclaration($0, into: &diagnostics) }
    }
    guard let notation,
      let read = TypeNotation.read(notation, named: named, into: &diagnostics)
    else { return nil }
    guard let type = positions.valueType(of: read.type) else {
      diagnostics.append(.mapFact(at: notation.range))
      return nil
    }
    if let atMost, !type.isList { diagnostics.append(.limitOfNoList(at: atMost.range)) }
    return VocabularyType.Fact(
      name: name, type: type, expressionType: read.type, isOptional: isOptional || read.isOptional,
      atMost: atMost?.limit, label: label, changedBy: changedBy, help: help,
      isConfidential: isConfidential,
      range: entry.key.range)
  }

  mutating func loadTerm(
    _ name: String, _ entry: YAMLEntry, facts: [String: SourceRange]
  ) -> TypeDeclaration.Term? {
    checkName(name, what: "a term", at: entry.key.range)
    if let fact = facts[name] {
      diagnostics.append(.duplicate("'\(name)'", at: entry.key.range, first: fact))
      return nil
    }
    var label: String?
    var definition: YAMLNode? = entry.value
    if case .mapping = entry.value.content {
      let reader = MappingReader(
        entry.value, what: "term '\(name)'", keys: PolicyKeys.term, into: &diagnostics)
      label = reader?.optionalText("label", into: &diagnostics)
      definition = reader?.requiredNode("is", into: &diagnostics)
    }
    guard let definition, let text = expressionText(definition, what: "term '\(name)'") else {
      return nil
    }
    return TypeDeclaration.Term(
      name: name, label: label, expression: CEL.Expression.parse(text, into: &diagnostics),
      range: entry.key.range)
  }

  mutating func loadDocument(types: [TypeDeclaration]) -> DocumentDeclaration? {
    guard let node = declarations.document else { return nil }
    guard let pairs = MappingReader.pairs(of: node, what: "'document'", into: &diagnostics),
      pairs.count == 1, let (name, entry) = pairs.first
    else {
      diagnostics.append(
        .wrongKind(of: "'document'", expected: "one name and type, {session: Session}", found: node)
      )
      return nil
    }
    checkName(name, what: "the document", at: entry.key.range)
    guard let typeName = MappingReader.text(of: entry.value, what: "a type", into: &diagnostics)
    else { return nil }
    guard let type = types.firstIndex(where: { $0.name == typeName }) else {
      diagnostics.append(.unknownType(typeName, known: types.map(\.name), at: entry.value.range))
      return nil
    }
    return DocumentDeclaration(name: name, type: type)
  }

  mutating func loadVocabulary(
    document: DocumentDeclaration, types: [TypeDeclaration], enumerations: [Enumeration],
    parameters: [Parameter], terms: ResolvedTerms
  ) -> Vocabulary? {
    let scope = terms.scope
    let subject = scope.locals(ofType: document.type)
    let governingDate = declarations.governedBy.flatMap {
      check($0, "'governedBy'", in: scope, locals: subject, expecting: .date)
    }
    // The governing date picks the parameters' values, so it can't depend on one of them.
    let isLate: (Int) -> Bool = { $0 >= GlobalSlot.decision }
    let readers = CheckedExpression.readers(in: terms.definitions, globalWhere: isLate)
    if let governingDate, governingDate.reads(through: readers, globalWhere: isLate) {
      diagnostics.append(.governedByDatedValue(at: governingDate.range))
    }
    let identity = declarations.identifiedBy.flatMap {
      check($0, "'identifiedBy'", in: scope, locals: subject, expecting: .string)
    }
    let owner = declarations.belongsTo.flatMap {
      check($0, "'belongsTo'", in: scope, locals: subject, expecting: .string)
    }
    let confidentiality = Confidentiality(
      types: types.map { ($0.name, $0.facts) }, definitions: terms.definitions)
    // Everybody sees what names a document and what it is decided by.
    for (key, expression) in [
      ("governedBy", governingDate), ("identifiedBy", identity), ("belongsTo", owner),
    ] {
      guard let expression, let fact = confidentiality.firstFact(readBy: expression) else {
        continue
      }
      diagnostics.append(.tellsConfidentialFact(key, fact: fact, at: expression.range))
    }
    let vocabularyTypes = types.enumerated().map { index, type in
      VocabularyType(
        name: type.name, variable: scope.variable(ofType: index), label: type.label,
        summary: type.summary.flatMap { node in
          TemplateParser(scope: scope, locals: scope.locals(ofType: index))
            .parse(node, what: "'summary'", into: &diagnostics)
        },
        facts: type.facts,
        changes: type.facts.map { fact in
          type.changes[fact.name].map {
            resolve(
              $0, of: fact, ofType: index, types: types, enumerations: enumerations, in: scope)
          }
        },
        fields: type.facts.map { fact in
          type.fields[fact.name].map {
            resolve($0, of: fact, ofType: index, confidentiality: confidentiality, in: scope)
          }
        },
        terms: terms.terms[index], range: type.range)
    }
    let reader = loadReader(types: types)
    let timeZone = loadTimeZone()
    let currency = loadCurrency()
    let sourceTitle = declarations.sourceTitle.flatMap {
      MappingReader.text(of: $0, what: "'sourceTitle'", into: &diagnostics)
    }
    guard let governingDate else { return nil }
    let schema = FactSchema(
      objectTypes: types.map { type in
        FactSchema.ObjectType(
          name: type.name,
          facts: type.facts.map {
            FactSchema.Fact(
              name: $0.name, type: $0.type, isOptional: $0.isOptional, atMost: $0.atMost)
          })
      },
      enumerations: enumerations.map {
        EnumerationType(name: $0.name, cases: $0.cases.map(\.value))
      },
      documentType: document.type, documentName: document.name)
    return Vocabulary(
      documentName: document.name, documentType: document.type, enumerations: enumerations,
      types: vocabularyTypes, parameters: parameters, governingDate: governingDate,
      identity: identity, owner: owner, confidentiality: confidentiality, timeZone: timeZone,
      currency: currency,
      sourceTitle: sourceTitle ?? "Source",
      reader: reader, schema: schema)
  }

  private mutating func loadCurrency() -> String? {
    guard let node = declarations.currency,
      let code = MappingReader.text(of: node, what: "'currency'", into: &diagnostics)
    else { return nil }
    if code.utf8.count != 3 || !code.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) {
      diagnostics.append(
        .wrongKind(of: "'currency'", expected: "a code of three letters, such as USD", found: node))
    }
    return code
  }

  private mutating func loadTimeZone() -> String {
    guard let node = declarations.timeZone,
      let name = MappingReader.text(of: node, what: "'timeZone'", into: &diagnostics)
    else { return "UTC" }
    if !TimeZoneName.isKnown(name) {
      diagnostics.append(.unknownTimeZone(name, at: node.range))
    }
    return name
  }

  private mutating func check(
    _ node: YAMLNode, _ what: String, in scope: ExpressionScope, locals: [Environment.Variable],
    expecting type: CELType
  ) -> CheckedExpression? {
    expressionText(node, what: what).map {
      scope.check($0, locals: locals, expecting: type, into: &diagnostics)
    }
  }

  mutating func expressionText(_ node: YAMLNode, what: String) -> MappedText? {
    ExpressionScope.text(of: node, what: what, into: &diagnostics)
  }

  /// Reports names that would hide one another: expressions see them all side by side.
  mutating func checkTakenNames(document: DocumentDeclaration, types: [TypeDeclaration]) {
    var taken: [String: String] = [
      "today": "the date decided for", "decision": "the decision asked for",
      document.name: "the document",
    ]
    for (index, type) in types.enumerated() where index != document.type {
      if let other = taken.updateValue("a value of type \(type.name)", forKey: type.variable) {
        diagnostics.append(.nameTaken(type.variable, by: other, at: type.range))
      }
    }
    for (declarations, what) in [
      (declarations.parameters, "a parameter"), (declarations.calendars, "a calendar"),
    ] {
      let others = taken
      for declaration in declarations {
        taken[declaration.name] = what
        if let other = others[declaration.name] {
          diagnostics.append(.nameTaken(declaration.name, by: other, at: declaration.key))
        }
      }
    }
    for declaration in declarations.types + declarations.enumerations
    where TypeNotation.builtIn[declaration.name] != nil || declaration.name == "decision" {
      diagnostics.append(
        .nameTaken(declaration.name, by: "a type that is built in", at: declaration.key))
    }
  }

  mutating func checkName(_ name: String, what: String, at range: SourceRange) {
    if !Identifier.isValid(name) {
      diagnostics.append(.invalidName(name, what: what, at: range))
    }
  }
}

/// The positions of types and enumerations in the schema, by name.
private struct TypePositions {
  let enumerations: [String: Int]
  let types: [String: Int]

  /// The type of a fact in documents; nil for types that no fact can have.
  func valueType(of type: CELType) -> FactSchema.ValueType? {
    switch type {
    case .bool: .bool
    case .int: .int
    case .double: .double
    case .decimal: .decimal
    case .money: .money
    case .string: .string
    case .date: .date
    case .timestamp: .timestamp
    case .duration: .duration
    case .enumeration(let name): enumerations[name].map { .enumeration($0) }
    case .object(let name): types[name].map { .object($0) }
    case .list(let element): valueType(of: element).map { .list($0) }
    default: nil
    }
  }
}

extension [String] {
  /// Where each name stands; of several that are the same, the first.
  var positions: [String: Int] {
    Dictionary(enumerated().map { ($1, $0) }) { first, _ in first }
  }
}

/// The rule for names that expressions can use (CEL, section "Syntax", IDENT and RESERVED).
package enum Identifier {
  private static let reserved: Set<String> = [
    "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in",
    "let", "loop", "namespace", "null", "package", "return", "true", "var", "void", "while",
  ]

  /// Whether an expression can use the name.
  package static func isValid(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, !reserved.contains(name) else { return false }
    guard isLetter(first) else { return false }
    return name.unicodeScalars.allSatisfy { isLetter($0) || ("0"..."9").contains($0) }
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_"
  }
}
