package import CEL
package import Diagnostics
package import YAML

/// Reads constants of a known type: the values of parameters, the dates of rules.
struct ConstantReader {
  /// The closed lists, by name.
  let enumerations: [String: Enumeration]
  /// The facts of the types that a record may be of, by the names of the types.
  var records: [String: [VocabularyType.Fact]] = [:]

  init(enumerations: [String: Enumeration]) { self.enumerations = enumerations }

  /// The value of a node as a type has it; nil, with a diagnostic, when it is none.
  ///
  /// `path` is where the value stands in a parameter, by which explanations tell the facts of records.
  func read(
    _ node: YAMLNode, as type: CELType, at path: AttributePath = AttributePath(root: "constant"),
    into diagnostics: inout [Diagnostic]
  ) -> CELValue? {
    if let trap = node.trap()?.diagnostic {
      diagnostics.append(trap)
      return nil
    }
    switch type {
    case .list(let element):
      guard case .sequence(let items) = node.content else {
        return refuse(node, "a list", into: &diagnostics)
      }
      let values = items.enumerated().map {
        read($1, as: element, at: path.appending(.index($0)), into: &diagnostics)
      }
      return values.contains { $0 == nil } ? nil : .list(values.compactMap(\.self))
    case .map(let key, let value):
      return readTable(node, key: key, value: value, at: path, into: &diagnostics)
    case .object(let name):
      return readRecord(node, ofType: name, at: path, into: &diagnostics)
    case .abstract("bands", let types) where types.count == 2:
      return BandReader(constants: self, key: types[0], value: types[1])
        .table(node, into: &diagnostics)
    default:
      guard case .scalar(let scalar) = node.content else {
        return refuse(node, type.constantPhrase, into: &diagnostics)
      }
      return readScalar(scalar, of: node, as: type, into: &diagnostics)
    }
  }

  /// The civil date of a node; nil, with a diagnostic, when it is none.
  func readDate(_ node: YAMLNode, into diagnostics: inout [Diagnostic]) -> CivilDate? {
    if case .date(let date)? = read(node, as: .date, into: &diagnostics) { date } else { nil }
  }

  private func readScalar(
    _ scalar: YAMLScalar, of node: YAMLNode, as type: CELType, into diagnostics: inout [Diagnostic]
  ) -> CELValue? {
    var reason: String?
    switch (type, scalar.value) {
    case (.bool, .bool(let value)): return .bool(value)
    case (.int, .int(let value)): return .int(value)
    // As documents are read: programs that know one kind of number write whole ones as 60.0 or 6e1.
    case (.int, .float(let value)):
      if let whole = Int64(exactly: value), value.magnitude <= 0x1p53 { return .int(whole) }
    case (.double, .float(let value)): return .double(value)
    case (.double, .int(let value)): return .double(Double(value))
    case (.decimal, .int), (.decimal, .float), (.decimal, .string):
      if let number = CELDecimal(scalar.text) { return .decimal(number) }
    case (.money, .int), (.money, .float), (.money, .string):
      if let number = CELDecimal(scalar.text) { return .money(CELMoney(number)) }
    case (.string, .string(let value)): return .string(value)
    case (.enumeration(let name), .string(let value)):
      guard let enumeration = enumerations[name] else { return nil }
      if enumeration.label(of: value) != nil { return .string(value) }
      diagnostics.append(.noCase(value, of: enumeration, at: node.range))
      return nil
    case (.date, .string(let value)):
      switch TemporalText.date(value.utf8) {
      case .success(let date): return .date(date)
      case .failure(let problem): reason = problem.reason(for: "date")
      }
    case (.timestamp, .string(let value)):
      switch TemporalText.timestamp(value.utf8) {
      case .success(let timestamp): return .timestamp(timestamp)
      case .failure(let problem): reason = problem.reason(for: "timestamp")
      }
    case (.duration, .string(let value)):
      if let clock = CELDuration(clock: value) { return .duration(clock) }
      switch TemporalText.duration(value.utf8) {
      case .success(let duration): return .duration(duration)
      case .failure(let problem): reason = problem.reason(for: "duration")
      }
    default: break
    }
    return refuse(node, type.constantPhrase, because: reason, into: &diagnostics)
  }

  private func readTable(
    _ node: YAMLNode, key: CELType, value: CELType, at path: AttributePath,
    into diagnostics: inout [Diagnostic]
  ) -> CELValue? {
    guard case .mapping(let entries) = node.content else {
      return refuse(node, "a table (key: value)", into: &diagnostics)
    }
    var isWhole = true
    var table: [(key: CELValue, value: CELValue)] = []
    for entry in entries {
      let readKey = read(entry.key, as: key, into: &diagnostics)
      let readValue = read(
        entry.value, as: value, at: path.appending(.key(entry.key.scalar?.text ?? "")),
        into: &diagnostics)
      if let readKey, let readValue { table.append((readKey, readValue)) } else { isWhole = false }
    }
    if case .enumeration(let name) = key, let enumeration = enumerations[name] {
      let given = Set(
        entries.compactMap { entry in
          if case .scalar(let scalar) = entry.key.content { scalar.text } else { nil }
        })
      let missing = enumeration.cases.map(\.value).filter { !given.contains($0) }
      if !missing.isEmpty {
        diagnostics.append(.missingCases(missing, of: name, at: node.range))
        isWhole = false
      }
    }
    return isWhole ? .map(CELMap(entries: table)) : nil
  }

  /// A record: a mapping with a value for each fact of its type.
  private func readRecord(
    _ node: YAMLNode, ofType name: String, at path: AttributePath,
    into diagnostics: inout [Diagnostic]
  ) -> CELValue? {
    guard let facts = records[name] else { return nil }
    let what = "a \(name)"
    guard
      let reader = MappingReader(
        node, what: what, keys: facts.map(\.name), into: &diagnostics)
    else { return nil }
    let values = facts.map { fact -> CELValue? in
      guard let part = reader.requiredNode(fact.name, into: &diagnostics) else { return nil }
      return read(
        part, as: fact.expressionType, at: path.appending(.field(fact.name)), into: &diagnostics)
    }
    guard !values.contains(where: { $0 == nil }) else { return nil }
    return .object(
      RecordValue(
        typeName: name, path: path, names: facts.map(\.name), types: facts.map(\.expressionType),
        values: values.compactMap(\.self)))
  }

  private func refuse(
    _ node: YAMLNode, _ expected: String, because reason: String? = nil,
    into diagnostics: inout [Diagnostic]
  ) -> CELValue? {
    diagnostics.append(
      .wrongConstant(
        expected: expected, found: node, because: reason,
        help: help(for: node, expected: expected)))
    return nil
  }

  private func help(for node: YAMLNode, expected: String) -> String? {
    guard case .scalar(let scalar) = node.content else { return nil }
    switch (expected, scalar.value) {
    case (CELType.string.constantPhrase, .int), (CELType.string.constantPhrase, .float),
      (CELType.string.constantPhrase, .bool):
      return "put it in quotes: '\(scalar.text)'"
    case (CELType.bool.constantPhrase, .string)
    where ["yes", "no"].contains(scalar.text.lowercased()):
      return "in YAML 1.2 'yes' and 'no' are texts: write true or false"
    default: return nil
    }
  }
}

extension CELType {
  /// The type as a message asks for a constant of it.
  fileprivate var constantPhrase: String {
    switch self {
    case .bool: "true or false"
    case .int: "a whole number"
    case .double: "a number"
    case .decimal: "a number such as 0.25"
    case .money: "an amount such as 27.50"
    case .string: "a text"
    case .date: "a date such as 2026-07-01"
    case .timestamp: "a time with its offset, such as 2026-07-01T15:00:00-05:00"
    case .duration: "hours and minutes such as 7:20, or a duration such as 1h30m"
    case .enumeration(let name): "a case of \(name)"
    default: "a value of type \(description)"
    }
  }
}

extension PolicySet {
  /// The value that a node has as a constant of a type; nil, with a diagnostic, when it is none.
  package func constant(
    _ node: YAMLNode, as type: CELType, into diagnostics: inout [Diagnostic]
  ) -> CELValue? {
    let enumerations = Dictionary(
      uniqueKeysWithValues: vocabulary.enumerations.map { ($0.name, $0) })
    var reader = ConstantReader(enumerations: enumerations)
    reader.records = Dictionary(vocabulary.types.map { ($0.name, $0.facts) }) { first, _ in first }
    return reader.read(node, as: type, into: &diagnostics)
  }
}
