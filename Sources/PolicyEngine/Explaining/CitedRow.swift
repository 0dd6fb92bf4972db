import CEL

/// Rows of tables, facts of records, bands: what of a parameter was read.
extension Citations.ParameterValue {
  /// What the value has at a path that begins with the parameter's name; nil where there is nothing to tell by itself.
  func row(at path: AttributePath, type: CELType, _ words: ValueWords) -> Row? {
    guard var found = value else { return nil }
    var type = type
    var row = Row(key: .null, value: found, words: "", count: 0, name: "", path: "")
    for step in path.steps {
      guard let next = found.part(at: step, type: type) else { return nil }
      (found, type) = (next.value, next.type)
      row = Row(
        key: next.key, value: found, words: words.text(of: found, type: type), count: next.count,
        name: (row.name.isEmpty ? "" : row.name + ", ") + ValueLiteral.key(of: next.key),
        path: row.path + next.path)
    }
    return path.steps.isEmpty ? nil : row
  }
}

extension CELValue {
  /// A part of a value, with how it is found and written.
  fileprivate struct Part {
    let key: CELValue
    let value: CELValue
    let type: CELType
    let count: Int
    let path: String
  }

  /// What stands at a step; nil for lists of plain values, which are told whole.
  fileprivate func part(at step: AttributePath.Step, type: CELType) -> Part? {
    switch (self, type) {
    case (.map(let table), .map(_, let valueType)):
      let entry = table.entries.first { entry in
        switch (entry.key, step) {
        case (.string(let text), .key(let key)): text == key
        case (.int(let number), .index(let index)): number == Int64(index)
        case (.int(let number), .key(let key)): "\(number)" == key
        case (.bool(let flag), .key(let key)): "\(flag)" == key
        default: false
        }
      }
      return entry.map {
        Part(
          key: $0.key, value: $0.value, type: valueType, count: table.entries.count,
          path: "[\(ValueLiteral.text(of: $0.key))]")
      }
    case (.opaque(let opaque), .abstract("bands", let types)) where types.count == 2:
      guard let table = opaque as? BandTable, let key = step.value(as: types[0]),
        let band = table.band(of: key)
      else { return nil }
      return Part(
        key: .string(band.text), value: band.value, type: types[1], count: table.bands.count,
        path: "[\(band.text)]")
    case (.object(let object), .object):
      guard case .field(let name) = step, let record = object as? RecordValue,
        let index = record.names.firstIndex(of: name)
      else { return nil }
      return Part(
        key: .string(name), value: record.values[index], type: record.types[index],
        count: record.names.count, path: ".\(name)")
    case (.list(let items), .list(let element)):
      guard case .index(let index) = step, items.indices.contains(index), element.holdsRecords
      else { return nil }
      return Part(
        key: .int(Int64(index)), value: items[index], type: element, count: items.count,
        path: "[\(index)]")
    default: return nil
    }
  }
}

extension AttributePath.Step {
  /// The value of a type that the step stands for, as a table is looked up by it.
  fileprivate func value(as type: CELType) -> CELValue? {
    switch (self, type) {
    case (.index(let index), .int): .int(Int64(index))
    case (.key(let text), .int): Int64(text).map { .int($0) }
    case (.key(let text), .date): CivilDate(text).map { .date($0) }
    case (.key(let text), .double): Double(text).map { .double($0) }
    case (.key(let text), .timestamp): CELTimestamp(text).map { .timestamp($0) }
    case (.key(let text), .duration): CELDuration(text).map { .duration($0) }
    default: nil
    }
  }
}

extension Citations.ParameterValue.Row {
  /// Whether the row is part of another.
  func isInside(_ other: Self) -> Bool {
    guard path != other.path, path.hasPrefix(other.path) else { return false }
    return [".", "["].contains(path.dropFirst(other.path.count).first)
  }
}
