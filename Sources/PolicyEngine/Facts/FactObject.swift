import CEL

/// An object of a session document as the expression language sees it.
final class FactObject: CELObject {
  /// Where its facts are.
  let storage: FactStorage
  /// The position of its type in the schema.
  let type: Int
  /// The index of its row.
  let row: Int
  let path: AttributePath

  init(storage: FactStorage, type: Int, row: Int, path: AttributePath) {
    self.storage = storage
    self.type = type
    self.row = row
    self.path = path
  }

  var typeName: String { storage.schema.objectTypes[type].name }

  /// The value of the fact at the same position; fields past the facts are derived, and not stored.
  func value(ofField index: Int) -> FieldValue {
    switch presence(ofField: index) {
    case .present: .present(storage.value(of: index, ofType: type, row: row, path: path))
    case .absent: .absent
    case .missing: .missing
    }
  }

  func presence(ofField index: Int) -> FieldPresence {
    let facts = storage.schema.objectTypes[type].facts
    guard facts.indices.contains(index) else { return .missing }
    if storage.has(index, ofType: type, row: row) { return .present }
    return facts[index].isOptional ? .absent : .missing
  }

  /// Objects are made anew each time that they are read, and stand for the same row.
  var identity: ObjectIdentity { ObjectIdentity(in: storage, at: row) }

  var size: Int { storage.size(ofType: type, row: row) }

  var missingFacts: [AttributePath] {
    var missing: [AttributePath] = []
    for (index, fact) in storage.schema.objectTypes[type].facts.enumerated() {
      switch value(ofField: index) {
      case .present(.object(let object)): missing += object.missingFacts
      case .present(.list(let elements)):
        for case .object(let object) in elements { missing += object.missingFacts }
      case .present, .absent: break
      case .missing: missing.append(path.appending(.field(fact.name)))
      }
    }
    return missing
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(typeName)
    for index in storage.schema.objectTypes[type].facts.indices {
      switch value(ofField: index) {
      case .present(let value): EqualValue(value).hash(into: &hasher)
      case .absent, .missing: hasher.combine(index)
      }
    }
  }

  /// Whether both are of one type and have equal facts; objects from elsewhere are never equal.
  func isEqual(to other: any CELObject) -> Bool {
    guard let other = other as? FactObject, other.typeName == typeName, other.type == type else {
      return false
    }
    return FactStorage.areEqual(type: type, (storage, row), (other.storage, other.row))
  }
}
