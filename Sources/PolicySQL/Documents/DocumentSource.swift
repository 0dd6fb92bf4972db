import PolicyEngine

/// How documents lie in a database, and how a statement begins that reads them.
protocol DocumentSource: Sendable {
  /// The common table expressions that give, a row a document, the columns `document columns`, the document under
  /// its name in expressions, and `refused`: why a row can't be decided, or NULL. The document of such a row is NULL.
  func tables(_ documents: DocumentShape) throws -> [CommonTable]
  /// The columns that tell one row from another, and that the result has too.
  var rowColumns: [String] { get }
  /// What a person who runs the statement must know of the source, as lines of a comment.
  var notes: [String] { get }
}

/// A common table expression of a statement.
struct CommonTable {
  let name: String
  /// What the table is for, in words; nil where its name says it.
  let comment: String?
  let query: String
}

/// What documents hold, and how large they may be.
struct DocumentShape {
  let schema: FactSchema
  let work: WorkBound

  /// The facts of an object type.
  func facts(of type: Int) -> [FactSchema.Fact] { schema.objectTypes[type].facts }

  /// Refuses types that contain themselves, which no column can have.
  ///
  /// Nor does one have exact numbers as policies have them, or say how many elements a list may have.
  func requireFinite() throws {
    func visit(_ type: Int, _ passed: [Int]) throws {
      guard !passed.contains(type) else {
        throw SQLRefusal("'\(schema.objectTypes[type].name)' contains itself, which no column can")
      }
      for fact in facts(of: type) {
        if fact.type.elements == .decimal || fact.type.elements == .money {
          throw SQLRefusal("'\(fact.name)' is an exact number, which databases keep in other ways")
        }
        if fact.atMost != nil {
          throw SQLRefusal("'\(fact.name)' may have only so many elements, which no column says")
        }
        if let inner = fact.type.innermostObject { try visit(inner, passed + [type]) }
      }
    }
    try visit(schema.documentType, [])
  }
}

extension FactSchema.ValueType {
  /// The type of the elements of lists, however deep; itself for others.
  fileprivate var elements: FactSchema.ValueType {
    if case .list(let element) = self { element.elements } else { self }
  }
}
