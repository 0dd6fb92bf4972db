package import CEL
package import PolicyEngine

/// An object of a document as it would be with some facts changed; it shares with the original what is the same.
///
/// Changing one fact makes anew only the objects on the way to it, and a draft is read faster than a
/// document, so that hundreds can be decided in the time of reading one.
package final class Draft: CELObject {
  let schema: FactSchema
  /// The position of its type in the schema.
  let type: Int
  package let path: AttributePath
  /// What it has for each fact of its type.
  let fields: [FieldValue]

  init(schema: FactSchema, type: Int, path: AttributePath, fields: [FieldValue]) {
    self.schema = schema
    self.type = type
    self.path = path
    self.fields = fields
  }

  /// A draft of a document in which nothing is changed yet.
  package convenience init(of document: FactDocument, schema: FactSchema) {
    self.init(copying: document.root, schema: schema, type: schema.documentType)
  }

  private convenience init(copying object: any CELObject, schema: FactSchema, type: Int) {
    self.init(
      schema: schema, type: type, path: object.path,
      fields: schema.objectTypes[type].facts.enumerated().map { index, fact in
        switch object.value(ofField: index) {
        case .present(let value): .present(Self.copy(value, of: fact.type, schema: schema))
        case .absent: .absent
        case .missing: .missing
        }
      })
  }

  private static func copy(
    _ value: CELValue, of type: FactSchema.ValueType, schema: FactSchema
  ) -> CELValue {
    switch (value, type) {
    case (.object(let object), .object(let type)):
      .object(Draft(copying: object, schema: schema, type: type))
    case (.list(let elements), .list(let element)):
      .list(elements.map { copy($0, of: element, schema: schema) })
    default: value
    }
  }

  package var typeName: String { schema.objectTypes[type].name }

  package func value(ofField index: Int) -> FieldValue {
    fields.indices.contains(index) ? fields[index] : .missing
  }

  package func isEqual(to other: any CELObject) -> Bool {
    guard let other = other as? Draft, other.type == type else { return false }
    return zip(fields, other.fields).allSatisfy { left, right in
      switch (left, right) {
      case (.present(let left), .present(let right)): left.isEqual(to: right)
      case (.absent, .absent), (.missing, .missing): true
      default: false
      }
    }
  }

  package var missingFacts: [AttributePath] {
    var missing: [AttributePath] = []
    for (index, fact) in schema.objectTypes[type].facts.enumerated() {
      switch fields[index] {
      case .present(.object(let object)): missing += object.missingFacts
      case .present(.list(let elements)):
        for case .object(let object) in elements { missing += object.missingFacts }
      case .present, .absent: break
      case .missing: missing.append(path.appending(.field(fact.name)))
      }
    }
    return missing
  }
}

// MARK: - Finding and changing

extension Draft {
  /// What the draft has at the end of some steps; nil where no fact is.
  func find(_ steps: some Collection<AttributePath.Step>) -> FieldValue? {
    guard case .field(let name)? = steps.first,
      let index = schema.objectTypes[type].facts.firstIndex(where: { $0.name == name })
    else { return steps.isEmpty ? .present(.object(self)) : nil }
    return Self.find(steps.dropFirst(), in: fields[index])
  }

  private static func find(
    _ steps: some Collection<AttributePath.Step>, in field: FieldValue
  ) -> FieldValue? {
    guard let step = steps.first else { return field }
    switch (step, field) {
    case (.index(let index), .present(.list(let elements))):
      guard elements.indices.contains(index) else { return nil }
      return find(steps.dropFirst(), in: .present(elements[index]))
    case (.field, .present(.object(let object))):
      return (object as? Draft)?.find(steps)
    default: return nil
    }
  }

  /// The draft with another field at the end of some steps; itself where no fact is.
  func setting(_ steps: some Collection<AttributePath.Step>, to field: FieldValue) -> Draft {
    guard case .field(let name)? = steps.first,
      let index = schema.objectTypes[type].facts.firstIndex(where: { $0.name == name })
    else { return self }
    var fields = fields
    fields[index] = Self.setting(steps.dropFirst(), in: fields[index], to: field)
    return Draft(schema: schema, type: type, path: path, fields: fields)
  }

  private static func setting(
    _ steps: some Collection<AttributePath.Step>, in old: FieldValue, to field: FieldValue
  ) -> FieldValue {
    guard let step = steps.first else { return field }
    switch (step, old) {
    case (.index(let index), .present(.list(var elements))) where elements.indices.contains(index):
      if case .present(let value) = setting(
        steps.dropFirst(), in: .present(elements[index]), to: field)
      {
        elements[index] = value
      }
      return .present(.list(elements))
    case (.field, .present(.object(let object))):
      guard let draft = object as? Draft else { return old }
      return .present(.object(draft.setting(steps, to: field)))
    default: return old
    }
  }
}
