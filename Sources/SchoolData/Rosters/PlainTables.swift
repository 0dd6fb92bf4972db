import CEL
import Diagnostics
import PolicyEngine
import TutoringSessions

/// Reads plain tables of what OneRoster lacks: records by their ids, and lists of facts by their students.
///
/// Which facts there are, of which types and with which values, the vocabulary says: one that is added to it is a column
/// that is read from then on.
struct PlainTables {
  private let schema: FactSchema
  private var roster: Roster

  private init(_ roster: Roster, _ schema: FactSchema) {
    self.roster = roster
    self.schema = schema
  }

  /// The names of the tables, in the order in which they are read, without those of lists of facts.
  static let files = [
    "schools", "people", "students", "approvals", "work-orders", "groups", "group-members",
  ]

  /// The names of all tables.
  static func names(_ schema: FactSchema) -> [String] {
    files
      + studentFacts(schema).filter { $0.elementType(in: schema) != nil || hasTable($0) }
      .map(\.name)
  }

  /// Adds what tables say to a roster.
  static func read(
    _ sources: [String: Source], _ schema: FactSchema, into roster: inout Roster
  ) {
    var tables = PlainTables(roster, schema)
    tables.read(sources)
    roster = tables.roster
  }

  private mutating func read(_ sources: [String: Source]) {
    func source(_ name: String) -> Source? { sources[RosterReader.folded(name)] }
    if let source = source("schools") {
      records(
        .school, source, [Column("name")] + facts(schema.documentFacts("schools")))
    }
    if let source = source("people") {
      records(
        .person, source, [Column("name")] + facts(schema.documentFacts("tutor")))
    }
    if let source = source("students") {
      records(
        .student, source,
        [Column("firstName"), Column("lastName"), Column("school")]
          + facts(Self.studentFacts(schema)))
    }
    if let source = source("approvals") {
      references(source, of: .person, named: "person", at: ["approvedSchools"], to: "school")
    }
    if let source = source("work-orders") { workOrders(source) }
    if let source = source("groups") {
      records(.group, source, [Column("name"), Column("tutor")])
    }
    if let source = source("group-members") {
      references(source, of: .group, named: "group", at: ["members"], to: "student")
    }
    for fact in Self.studentFacts(schema) {
      guard let source = source(fact.name) else { continue }
      if let type = fact.elementType(in: schema) {
        list(fact, of: type, source)
      } else if Self.hasTable(fact) {
        let column = Column(fact.name, at: ["facts", fact.name], fact.type)
        records(.student, source, [column], id: "student", isRequired: true)
      }
    }
  }

  // MARK: - Records

  /// A column with the path of its field and its type; nil for a text.
  private struct Column {
    let name: String
    let path: [String]
    let type: FactSchema.ValueType?

    init(_ name: String, at path: [String], _ type: FactSchema.ValueType? = nil) {
      self.name = name
      self.path = path
      self.type = type
    }

    /// A text that the record has a field of its own for.
    init(_ name: String) { self.init(name, at: [name]) }
  }

  /// The facts of a type as columns, those that are one value each.
  private func facts(_ facts: [FactSchema.Fact]) -> [Column] {
    facts.filter { Self.hasTable($0) }.map {
      Column($0.name, at: ["facts", $0.name], $0.type)
    }
  }

  /// Whether a fact is one value of what others keep, such as who a student's homebound teacher is: then it can be a column
  /// of the records, and a student's also a table of its own.
  private static func hasTable(_ fact: FactSchema.Fact) -> Bool {
    !ownFields.contains(fact.name) && fact.type.isPlain
  }

  /// What records have fields of their own for, and what the program tells itself.
  private static let ownFields: Set<String> = [
    "id", "name", "firstName", "lastName", "school",
    "activeSession", "title", "kind", "activity", "tutor", "validFrom", "validUntil", "fund",
    "payCode", "assignedOn",
  ]

  /// Reads a table with a row for each record, whose id stands in a column; whether the others must be there is said.
  private mutating func records(
    _ kind: RosterKind, _ source: Source, _ columns: [Column], id: String = "id",
    isRequired: Bool = false
  ) {
    guard
      let table = CSVTable(
        source,
        rules: [.required(id)]
          + columns.map { isRequired ? .required($0.name) : .optional($0.name) },
        into: &roster.diagnostics)
    else { return }
    var seen: Set<String> = []
    for row in table.rows {
      guard let id = row[id] else { continue }
      guard seen.insert(id.text).inserted else {
        roster.diagnostics.append(.rowTwice(id.text, at: id.range))
        continue
      }
      read(row, of: RosterKey(kind, id.text), columns)
    }
  }

  /// Takes the values of a row, all or, where one can't be read, none.
  private mutating func read(_ row: CSVTable.Row, of key: RosterKey, _ columns: [Column]) {
    var values: [(path: [String], value: FactValue?)] = []
    for column in columns where row.has(column.name) {
      guard let cell = row[column.name] else {
        values.append((column.path, nil))
        continue
      }
      guard let value = value(cell, column.type) else { return }
      values.append((column.path, value))
    }
    for (path, value) in values { roster.set(path, of: key, to: value, at: row.range) }
    if values.isEmpty, roster.patches[key] == nil {
      roster.patches[key] = RosterPatch(at: row.range)
    }
  }

  private mutating func workOrders(_ source: Source) {
    let types = Dictionary(
      schema.documentFacts("workOrder").map { ($0.name, $0.type) }
    ) { first, _ in first }
    let own = ["title", "kind", "activity", "tutor", "validFrom", "validUntil", "fund", "payCode"]
    let columns: [Column] = own.map { name in
      let isDay = name == "validFrom" || name == "validUntil"
      return Column(name, at: [name], isDay ? FactSchema.ValueType.date : types[name])
    }
    records(.workOrder, source, columns + facts(schema.documentFacts("workOrder")))
  }

  // MARK: - Lists

  /// Reads a table of which each row is an element of a list that a record has.
  ///
  /// The column `owner` has the record's id, and `element` makes the element of a row, or says what is wrong with it; it is
  /// given the columns of the rules.
  private mutating func elements(
    _ source: Source, of kind: RosterKind, named owner: String, at path: [String],
    _ rules: [ColumnRule], element: (CSVTable.Row, [CSVColumn?], inout PlainTables) -> FactValue?
  ) {
    guard
      let table = CSVTable(
        source, rules: [.required(owner)] + rules, into: &roster.diagnostics),
      let column = table.rows.first?.column(owner)
    else { return }
    let columns = rules.map { table.rows.first?.column($0.name) }
    var lists: [String: (range: SourceRange, elements: [FactValue])] = [:]
    for row in table.rows {
      guard let id = row[column], let value = element(row, columns, &self) else { continue }
      lists[id.text, default: (row.range, [])].elements.append(value)
    }
    for (id, list) in lists {
      roster.set(path, of: RosterKey(kind, id), to: .list(list.elements), at: list.range)
    }
  }

  /// Reads a table of the ids of other records: the owner's in the first column, the other's in the second.
  private mutating func references(
    _ source: Source, of kind: RosterKind, named owner: String, at path: [String], to other: String
  ) {
    elements(source, of: kind, named: owner, at: path, [.required(other)]) { row, columns, _ in
      columns[0].flatMap { row[$0] }.map { .text($0.text) }
    }
  }

  private mutating func list(_ fact: FactSchema.Fact, of type: Int, _ source: Source) {
    let facts = schema.objectTypes[type].facts.filter(\.type.isPlain)
    elements(
      source, of: .student, named: "student", at: ["facts", fact.name],
      facts.map { $0.isOptional ? .optional($0.name) : .required($0.name) }
    ) { row, columns, tables in
      var members = [String: FactValue](minimumCapacity: facts.count)
      var isWhole = true
      for (fact, column) in zip(facts, columns) {
        guard let column, let cell = row[column] else { continue }
        if let value = tables.value(cell, fact.type) {
          members[fact.name] = value
        } else {
          isWhole = false
        }
      }
      return isWhole ? .object(members) : nil
    }
  }

  // MARK: - Values

  private mutating func value(_ cell: CSVCell, _ type: FactSchema.ValueType?) -> FactValue? {
    func wrong(_ expected: String, _ help: String? = nil) -> FactValue? {
      roster.diagnostics.append(
        .wrongCell(cell.text, expected: expected, help: help, at: cell.range))
      return nil
    }
    switch type {
    case nil, .string?: return .text(cell.text)
    case .bool?:
      switch cell.text.lowercased() {
      case "true", "yes", "y", "1": return .bool(true)
      case "false", "no", "n", "0": return .bool(false)
      default: return wrong("yes or no", "write true or false")
      }
    case .int?: return Int64(cell.text).map { .int($0) } ?? wrong("a whole number")
    case .double?: return Double(cell.text).map { .double($0) } ?? wrong("a number")
    case .decimal?, .money?:
      return CELDecimal(cell.text).map { .text($0.description) } ?? wrong("a number such as 0.25")
    case .date?:
      return CivilDate(cell.text).map { .text($0.description) }
        ?? wrong("a day", "a day is written such as 2026-10-14")
    case .enumeration(let index)?:
      let cases = schema.enumerations[index].cases
      return cases.contains(cell.text)
        ? .text(cell.text)
        : wrong(
          "a \(schema.enumerations[index].name)",
          Suggestion.helpOrList(for: cell.text, among: cases, listing: "there are"))
    case .duration?:
      return CELDuration(clock: cell.text).map { .text($0.description) }
        ?? wrong("a time of day", "a time is written such as 7:20 or 15:30")
    case .timestamp?, .object?, .list?: return wrong("a value that a table can hold")
    }
  }

  private static func studentFacts(_ schema: FactSchema) -> [FactSchema.Fact] {
    guard case .list(.object(let encounter))? = schema.documentFact("encounters")?.type,
      case .object(let student)? =
        schema.objectTypes[encounter].facts.first(where: { $0.name == "student" })?.type
    else { return [] }
    return schema.objectTypes[student].facts
  }
}

extension FactSchema {
  /// A fact of the document.
  fileprivate func documentFact(_ name: String) -> Fact? {
    objectTypes[documentType].facts.first { $0.name == name }
  }

  /// The facts of the object that a fact of the document is, or of those that it is a list of.
  fileprivate func documentFacts(_ name: String) -> [Fact] {
    guard let type = documentFact(name)?.type.innermostObject else { return [] }
    return objectTypes[type].facts
  }
}

extension FactSchema.Fact {
  /// The type of the objects that the fact is a list of; nil for others.
  fileprivate func elementType(in schema: FactSchema) -> Int? {
    if case .list(.object(let type)) = type { type } else { nil }
  }
}

extension FactSchema.ValueType {
  /// Whether a value fits into a cell.
  fileprivate var isPlain: Bool {
    switch self {
    case .bool, .int, .double, .decimal, .money, .string, .date, .duration, .enumeration: true
    case .timestamp, .object, .list: false
    }
  }
}
