package import CEL

/// An object of a document with its values made, perhaps with some facts changed; it shares with the original
/// what is the same.
///
/// What is to be looked at more than once is read from it faster than from the document's own objects, which
/// make a value anew, and all elements of a list, each time that it is read. Changing one fact makes anew
/// only the objects on the way to it, so that hundreds of changed documents can be decided in the time of
/// reading one.
package final class Draft: CELObject {
  package let schema: FactSchema
  /// The position of its type in the schema.
  package let type: Int
  package let path: AttributePath
  /// What it has for each fact of its type.
  package let fields: [FieldValue]

  package init(schema: FactSchema, type: Int, path: AttributePath, fields: [FieldValue]) {
    self.schema = schema
    self.type = type
    self.path = path
    self.fields = fields
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
  /// What the draft has at a path from it; nil where no fact is.
  package func find(_ path: AttributePath) -> FieldValue? {
    guard let parent = path.parent, let step = path.last else { return .present(.object(self)) }
    switch (step, find(parent)) {
    case (.index(let index), .present(.list(let elements))?):
      return elements.indices.contains(index) ? .present(elements[index]) : nil
    case (.field(let name), .present(.object(let object))?):
      guard let draft = object as? Draft,
        let index = schema.objectTypes[draft.type].facts.firstIndex(where: { $0.name == name })
      else { return nil }
      return draft.fields[index]
    default: return nil
    }
  }

  /// The positions of the facts and elements that lead to what is at a path, for `object(at:)`; nil where
  /// nothing is.
  package func positions(of path: AttributePath) -> [Int]? {
    var positions: [Int] = []
    var type: FactSchema.ValueType = .object(self.type)
    for step in path.steps {
      switch (step, type) {
      case (.field(let name), .object(let owner)):
        let facts = schema.objectTypes[owner].facts
        guard let fact = facts.firstIndex(where: { $0.name == name }) else { return nil }
        positions.append(fact)
        type = facts[fact].type
      case (.index(let index), .list(let element)):
        positions.append(index)
        type = element
      default: return nil
      }
    }
    return positions
  }

  /// The object that some positions lead to; nil where none is.
  package func object(at positions: [Int]) -> Draft? {
    var object = self
    var value: CELValue?
    for position in positions {
      switch value {
      case .list(let elements)?:
        guard elements.indices.contains(position) else { return nil }
        value = elements[position]
      default:
        guard case .present(let found) = object.value(ofField: position) else { return nil }
        value = found
      }
      if case .object(let found)? = value {
        guard let found = found as? Draft else { return nil }
        object = found
        value = nil
      }
    }
    return value == nil ? object : nil
  }

  /// The draft with another field at the end of some steps; itself where no fact is.
  package func setting(_ steps: some Collection<AttributePath.Step>, to field: FieldValue) -> Draft
  {
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
