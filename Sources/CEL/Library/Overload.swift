/// One signature of a function with its implementation: a library is a list of these.
public struct Overload: Sendable {
  /// What an implementation is called with besides its arguments.
  public struct Context: Sendable {
    /// The zone in which an instant has a civil date when none is named (an IANA identifier).
    public let timeZone: String

    /// A context of the given zone.
    public init(timeZone: String) { self.timeZone = timeZone }
  }

  /// What an implementation is: it gets its arguments, and gives a value or an evaluation error.
  public typealias Implementation =
    @Sendable ([CELValue], Context) -> Result<CELValue, EvaluationError>
  /// What counts the steps of a call, by its arguments.
  typealias Work = @Sendable ([CELValue]) -> Int

  /// All of it, behind one reference, since every checked call holds copies of its overloads.
  private final class Declaration: Sendable {
    let id: String
    let name: String
    let isMember: Bool
    let parameters: [CELType]
    let result: CELType
    let documentation: String
    let isVariadic: Bool
    let isGeneric: Bool
    let usesTimeZone: Bool
    let takesTimeZone: Bool
    let wordForm: WordForm?
    let variable: Int?
    let readsElements: Bool
    let takesNumbersOnly: Bool
    let isTotal: Bool
    let handsOn: Bool
    let ordersElements: Bool
    let extraWork: Work?
    let implementation: Implementation

    init(
      id: String, name: String, isMember: Bool, parameters: [CELType], result: CELType,
      documentation: String, isVariadic: Bool, usesTimeZone: Bool, takesTimeZone: Bool,
      wordForm: WordForm?, variable: Int?, readsElements: Bool, takesNumbersOnly: Bool,
      isTotal: Bool,
      handsOn: Bool, ordersElements: Bool, extraWork: Work?,
      implementation: @escaping Implementation
    ) {
      self.id = id
      self.name = name
      self.isMember = isMember
      self.parameters = parameters
      self.result = result
      self.documentation = documentation
      self.isVariadic = isVariadic
      isGeneric = parameters.contains(where: \.hasParameters) || result.hasParameters
      self.usesTimeZone = usesTimeZone
      self.takesTimeZone = takesTimeZone
      self.wordForm = wordForm
      self.variable = variable
      self.readsElements = readsElements
      self.takesNumbersOnly = takesNumbersOnly
      self.isTotal = isTotal
      self.handsOn = handsOn
      self.ordersElements = ordersElements
      self.extraWork = extraWork
      self.implementation = implementation
    }
  }

  private let declaration: Declaration

  /// A stable name for the signature, such as `size_string`.
  public var id: String { declaration.id }
  /// The function's name; operators have the specification's internal names, such as `_+_`.
  public var name: String { declaration.name }
  /// Whether it is called on a receiver, which is then the first parameter.
  public var isMember: Bool { declaration.isMember }
  /// The parameters' types.
  public var parameters: [CELType] { declaration.parameters }
  /// The result's type.
  public var result: CELType { declaration.result }
  /// One or two sentences for the language reference.
  public var documentation: String { declaration.documentation }
  /// Whether its last parameter is a list that may be given as separate arguments.
  public var isVariadic: Bool { declaration.isVariadic }
  /// Whether its result depends on the evaluation's time zone, and so is not known when checked.
  public var usesTimeZone: Bool { declaration.usesTimeZone }
  /// Whether its last argument names a time zone.
  public var takesTimeZone: Bool { declaration.takesTimeZone }
  /// What the texts that it takes must be, where not any text will do.
  var wordForm: WordForm? { declaration.wordForm }
  /// The slot of the variable that it reads as of the day that it is given; nil where it reads none.
  package var variable: Int? { declaration.variable }
  /// Whether its signature has type parameters.
  var isGeneric: Bool { declaration.isGeneric }
  /// Whether it goes through lists and maps that it is given, rather than picking one element or handing
  /// them on: their sizes then count as steps of the evaluation.
  var readsElements: Bool { declaration.readsElements }
  /// Whether what it takes as `dyn` must be a number.
  var takesNumbersOnly: Bool { declaration.takesNumbersOnly }
  /// Whether it has a value for all arguments of its types, as long as these hold no objects.
  package var isTotal: Bool { declaration.isTotal }
  /// Whether it makes nothing of an object but hands it on, or counts it.
  package var handsOn: Bool { declaration.handsOn }
  /// Whether it puts the lists that it is given in order.
  var ordersElements: Bool { declaration.ordersElements }
  /// What it does.
  ///
  /// It is given as many arguments as there are parameters; their types may be others than declared
  /// only where the checker knew no better than `dyn`.
  public var implementation: Implementation { declaration.implementation }

  /// An overload of a function.
  public init(
    id: String, name: String, isMember: Bool = false, parameters: [CELType], result: CELType,
    documentation: String, isVariadic: Bool = false, usesTimeZone: Bool = false,
    takesTimeZone: Bool = false, implementation: @escaping Implementation
  ) {
    declaration = Declaration(
      id: id, name: name, isMember: isMember, parameters: parameters, result: result,
      documentation: documentation, isVariadic: isVariadic, usesTimeZone: usesTimeZone,
      takesTimeZone: takesTimeZone, wordForm: nil, variable: nil, readsElements: true,
      takesNumbersOnly: false, isTotal: false, handsOn: false, ordersElements: false,
      extraWork: nil,
      implementation: implementation)
  }

  /// Another overload with one trait changed.
  private init(
    _ other: Overload, usesTimeZone: Bool? = nil, takesTimeZone: Bool? = nil,
    wordForm: WordForm? = nil, variable: Int? = nil,
    readsElements: Bool? = nil, takesNumbersOnly: Bool? = nil, isTotal: Bool? = nil,
    handsOn: Bool? = nil, ordersElements: Bool? = nil, extraWork: Work? = nil,
    implementation: Implementation? = nil
  ) {
    declaration = Declaration(
      id: other.id, name: other.name, isMember: other.isMember, parameters: other.parameters,
      result: other.result, documentation: other.documentation, isVariadic: other.isVariadic,
      usesTimeZone: usesTimeZone ?? other.usesTimeZone,
      takesTimeZone: takesTimeZone ?? other.takesTimeZone,
      wordForm: wordForm ?? other.wordForm, variable: variable ?? other.variable,
      readsElements: readsElements ?? other.readsElements,
      takesNumbersOnly: takesNumbersOnly ?? other.takesNumbersOnly,
      isTotal: isTotal ?? other.isTotal, handsOn: handsOn ?? other.handsOn,
      ordersElements: ordersElements ?? other.ordersElements,
      extraWork: extraWork ?? other.declaration.extraWork,
      implementation: implementation ?? other.implementation)
  }

  /// The same overload, known to depend on the evaluation's time zone.
  public func usingTimeZone() -> Overload { Overload(self, usesTimeZone: true) }

  /// The same overload, known to be given the name of a time zone as its last argument.
  public func takingTimeZone() -> Overload { Overload(self, takesTimeZone: true) }

  /// The same overload, known to fail unless the texts that it is given are of a form.
  func taking(_ form: WordForm) -> Overload { Overload(self, wordForm: form) }

  /// The same overload, known to read the variable at a slot as of the day that it is given.
  package func reading(variable slot: Int) -> Overload { Overload(self, variable: slot) }

  /// The same overload, known to take as long whatever the size of the lists and maps that it is given.
  func inConstantTime() -> Overload { Overload(self, readsElements: false) }

  /// The same overload, which of values whose type is left open takes numbers only.
  func takingNumbersOnly() -> Overload { Overload(self, takesNumbersOnly: true) }

  /// The same overload, known to have a value for all arguments that hold no objects.
  func total() -> Overload { Overload(self, isTotal: true) }

  /// The same overload, known to make nothing of an object but to hand it on, or to count it.
  func handingOn() -> Overload { Overload(self, handsOn: true) }

  /// The same overload, known to put the lists that it is given in order.
  func ordering() -> Overload {
    Overload(
      self, ordersElements: true,
      extraWork: { arguments in
        arguments.reduce(0) { sum, argument in
          guard case .list(let elements) = argument else { return sum }
          let texts = elements.reduce(0) { $0 + $1.size(withElements: false) }
          let count = elements.count
          let (work, overflow) = sum.addingReportingOverflow(
            Overload.workOfOrdering(count) + Overload.workOfOrdering(count, each: texts))
          return overflow ? Int.max : work
        }
      })
  }

  /// How many comparisons putting so many elements in order takes at most, or that many times a text's length.
  static func workOfOrdering(_ count: Int, each: Int? = nil) -> Int {
    let steps = Int.bitWidth - max(0, count).leadingZeroBitCount
    let (work, overflow) = (each ?? max(0, count)).multipliedReportingOverflow(by: steps)
    return overflow ? Int.max / 2 : work
  }

  /// The same overload, which counts more work than going once over what it is given.
  func counting(_ extraWork: @escaping Work) -> Overload { Overload(self, extraWork: extraWork) }

  /// The same overload, done in another way.
  func implemented(by implementation: @escaping Implementation) -> Overload {
    Overload(self, implementation: implementation)
  }

  /// How many steps a call with the given arguments counts, besides the node: one for each element that
  /// is gone through, one for every sixteen bytes of text, and what the function itself counts.
  func work(for arguments: [CELValue]) -> Int {
    let sizes = arguments.reduce(0) { $0 + $1.size(withElements: readsElements) }
    guard let extraWork = declaration.extraWork else { return sizes }
    let (work, overflow) = sizes.addingReportingOverflow(max(0, extraWork(arguments)))
    return overflow ? Int.max : work
  }
}
