public import CEL

/// A record that a parameter gives: an object of a declared type, with a value for each of its facts.
public final class RecordValue: CELObject {
  public let typeName: String
  /// Where it stands among the parameter's values, beginning with the parameter's name.
  public let path: AttributePath
  /// The names of the facts, in the order of the type.
  let names: [String]
  /// The type of each fact, in the order of the type.
  let types: [CELType]
  /// A value for each fact, in the order of the type.
  public let values: [CELValue]

  init(
    typeName: String, path: AttributePath, names: [String], types: [CELType], values: [CELValue]
  ) {
    self.typeName = typeName
    self.path = path
    self.names = names
    self.types = types
    self.values = values
  }

  /// The value of the fact at a position; what is past the facts is derived.
  public func value(ofField index: Int) -> FieldValue {
    values.indices.contains(index) ? .present(values[index]) : .missing
  }

  public var missingFacts: [AttributePath] { [] }
  public var size: Int { values.count }

  /// Whether the other is a record of equal facts too; a document's objects are others.
  public func isEqual(to other: any CELObject) -> Bool {
    guard let other = other as? RecordValue, other.typeName == typeName,
      other.values.count == values.count
    else { return false }
    return zip(values, other.values).allSatisfy { $0.isEqual(to: $1) }
  }
}

extension CELType {
  /// Whether values of the type are records, or hold some.
  var holdsRecords: Bool {
    switch self {
    case .object: true
    case .list(let element): element.holdsRecords
    case .map(_, let value): value.holdsRecords
    case .abstract(_, let types): types.contains(where: \.holdsRecords)
    default: false
    }
  }
}
