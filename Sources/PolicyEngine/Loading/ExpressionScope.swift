import CEL
import Diagnostics
import YAML

/// What the expressions of a policy set may speak about, and how they are read from its files.
struct ExpressionScope {
  /// What expressions are checked by: made once for all of them.
  private(set) var checker: Checker
  private let documentName: String
  private let documentType: Int
  private let typeNames: [String]
  private let typeVariables: [String]
  private let typeRanges: [SourceRange]
  private let documentRange: SourceRange?

  /// The environment of a policy set: the document, `today`, `decision`, the parameters, the types with
  /// their facts, and terms whose types are not known yet.
  init(
    documentName: String, documentRange: SourceRange?, documentType: Int, types: [TypeDeclaration],
    enumerations: [Enumeration], parameters: [Parameter], decisions: [String],
    functions: [Overload]
  ) {
    self.documentName = documentName
    self.documentRange = documentRange
    typeRanges = types.map(\.range)
    self.documentType = documentType
    typeNames = types.map(\.name)
    typeVariables = types.map(\.variable)
    var environment = Self.environment(
      document: (documentName, types[documentType].name, documentRange), enumerations: enumerations,
      parameters: parameters, decisions: decisions, functions: functions)
    for type in types {
      let facts = type.facts.map {
        ObjectType.Field(name: $0.name, type: $0.expressionType, isOptional: $0.isOptional)
      }
      let terms = type.terms.map {
        ObjectType.Field(name: $0.name, type: .error, isDerived: true)
      }
      environment.objectTypes[type.name] = ObjectType(name: type.name, fields: facts + terms)
    }
    checker = Checker(environment: environment)
  }

  /// The environment of a policy set that was read, for expressions that stand outside of its files.
  init(_ policies: PolicySet, enumerations more: [EnumerationType]) {
    let vocabulary = policies.vocabulary
    documentName = vocabulary.documentName
    documentRange = nil
    documentType = vocabulary.documentType
    typeNames = vocabulary.types.map(\.name)
    typeVariables = vocabulary.types.map(\.variable)
    typeRanges = vocabulary.types.map(\.range)
    var environment = Self.environment(
      document: (documentName, typeNames[documentType], nil),
      enumerations: vocabulary.enumerations, parameters: vocabulary.parameters,
      decisions: policies.decisions.map(\.name), functions: policies.functions)
    for enumeration in more { environment.enumerations[enumeration.name] = enumeration }
    for type in vocabulary.types {
      let facts = type.facts.map {
        ObjectType.Field(name: $0.name, type: $0.expressionType, isOptional: $0.isOptional)
      }
      let terms = type.terms.map {
        ObjectType.Field(name: $0.name, type: $0.definition.type, isDerived: true)
      }
      environment.objectTypes[type.name] = ObjectType(name: type.name, fields: facts + terms)
    }
    checker = Checker(environment: environment)
  }

  /// What every expression sees, without the types of objects.
  private static func environment(
    document: (name: String, type: String, range: SourceRange?), enumerations: [Enumeration],
    parameters: [Parameter], decisions: [String], functions: [Overload]
  ) -> Environment {
    var environment = Environment()
    environment.functions =
      Library.all.flatMap(\.overloads) + enumerations.map { $0.labelFunction }
      + parameters.enumerated().compactMap { $1.asOfFunction(at: GlobalSlot.firstParameter + $0) }
      + functions
    environment.variables = [
      Environment.Variable(
        name: document.name, type: .object(document.type), what: Self.document,
        range: document.range),
      Environment.Variable(name: "today", type: .date, what: "the date decided for"),
      Environment.Variable(
        name: "decision", type: .enumeration(Self.decisionType), what: "the decision asked for"),
    ]
    environment.variables += parameters.map {
      Environment.Variable(
        name: $0.name, type: $0.type, what: $0.isCalendar ? "a calendar" : "a parameter",
        range: $0.range)
    }
    environment.enumerations[Self.decisionType] = EnumerationType(
      name: Self.decisionType, cases: decisions)
    for enumeration in enumerations {
      environment.enumerations[enumeration.name] = EnumerationType(
        name: enumeration.name, cases: enumeration.cases.map(\.value))
    }
    return environment
  }

  /// The name of the enumeration of the decisions' names, as messages have it.
  private static let decisionType = "decision"

  /// What a value of a type is called in its own rules and terms.
  func variable(ofType type: Int) -> String {
    type == documentType ? documentName : typeVariables[type]
  }

  /// The frame of an expression about a type: the one value.
  func locals(ofType type: Int) -> [Environment.Variable] {
    let isDocument = type == documentType
    return [
      Environment.Variable(
        name: variable(ofType: type), type: .object(typeNames[type]),
        what: isDocument ? Self.document : "a value of type \(typeNames[type])",
        range: isDocument ? documentRange : typeRanges[type])
    ]
  }

  private static let document = "the document"

  /// Makes known the type of a term.
  mutating func setType(_ type: CELType, of field: FieldReference) {
    checker.setType(type, of: field)
  }

  /// The expression in a text, with its names resolved.
  func check(
    _ text: MappedText, locals: [Environment.Variable], expecting type: CELType?,
    into diagnostics: inout [Diagnostic]
  ) -> CheckedExpression {
    let expression = Expression.parse(text, into: &diagnostics)
    return checker.check(expression, locals: locals, expecting: type, into: &diagnostics)
  }

  /// The text of an expression in a policy file, where the YAML has not spoilt it.
  static func text(
    of node: YAMLNode, what: String, into diagnostics: inout [Diagnostic]
  ) -> MappedText? {
    if let trap = node.trap()?.diagnostic {
      diagnostics.append(trap)
      return nil
    }
    guard let text = node.mappedText() else {
      diagnostics.append(.wrongKind(of: what, expected: "an expression", found: node))
      return nil
    }
    return text
  }
}

extension Parameter {
  /// The function `name.on`, for the value in force on another day than the governing date; nil for calendars.
  fileprivate func asOfFunction(at slot: Int) -> Overload? {
    guard !isCalendar else { return nil }
    return Overload(
      id: "on_\(name)", name: "\(name).on", parameters: [.date], result: type,
      documentation: "The value of \(name) that is in force on a day."
    ) { arguments, _ in
      guard case .date(let day)? = arguments.first else {
        return .failure(EvaluationError("'on' takes a date"))
      }
      guard let value = self.value(on: day) else {
        return .failure(noValue(on: day))
      }
      return .success(value.value)
    }.reading(variable: slot)
  }
}

extension Enumeration {
  /// The function `label`, for values of this closed list.
  fileprivate var labelFunction: Overload {
    Overload(
      id: "label_\(name)", name: "label", parameters: [.enumeration(name)], result: .string,
      documentation: "The words that the vocabulary has for a case of \(name)."
    ) { arguments, _ in
      guard case .string(let value)? = arguments.first, let label = label(of: value) else {
        return .failure(EvaluationError("the value is not a case of its enumeration"))
      }
      return .success(.string(label))
    }
  }
}
