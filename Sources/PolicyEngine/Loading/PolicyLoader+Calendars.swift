import CEL
import Diagnostics
import YAML

extension PolicyLoader {
  /// The calendars, which expressions see as parameters whose value is the same on all governing dates.
  mutating func loadCalendars(enumerations: [Enumeration]) -> [Parameter] {
    declarations.calendars.compactMap { loadCalendar($0, enumerations: enumerations) }
  }

  private mutating func loadCalendar(
    _ declaration: Declarations.Named, enumerations: [Enumeration]
  ) -> Parameter? {
    let name = declaration.name
    checkName(name, what: "a calendar", at: declaration.key)
    guard
      let reader = MappingReader(
        declaration.node, what: "calendar '\(name)'", keys: PolicyKeys.calendar,
        into: &diagnostics)
    else { return .unusable(declaration) }
    let label = reader.optionalText("label", into: &diagnostics)
    let source = reader.optionalText("source", into: &diagnostics)
    let quote = reader.quote(of: source, into: &diagnostics)
    let (type, value) =
      reader.has("byKey")
      ? loadKeyed(reader, name: name, enumerations: enumerations)
      : (DayCalendar.type, loadDays(reader, name: name).map { .opaque($0) })
    guard let type else { return .unusable(declaration) }
    let values = value.map { [Parameter.DatedValue(always: $0, range: declaration.key)] }
    return Parameter(
      name: name, label: label, type: type, values: values ?? [], source: source, quote: quote,
      range: declaration.key)
  }

  /// A calendar for each key, such as one for each school.
  private mutating func loadKeyed(
    _ reader: MappingReader, name: String, enumerations: [Enumeration]
  ) -> (type: CELType?, value: CELValue?) {
    for key in ["weekdays", "years"] where reader.has(key) {
      if let node = reader.optionalNode(key, into: &diagnostics) {
        diagnostics.append(.notBesideKey(key, at: node.range))
      }
    }
    var named: [String: CELType] = [:]
    for enumeration in enumerations { named[enumeration.name] = .enumeration(enumeration.name) }
    guard let keyNode = reader.requiredNode("byKey", into: &diagnostics),
      let notation = TypeNotation.read(keyNode, named: named, into: &diagnostics)
    else { return (nil, nil) }
    switch notation.type {
    case .string, .int, .enumeration: break
    default:
      diagnostics.append(.wrongTableKey(notation.type.description, at: keyNode.range))
      return (nil, nil)
    }
    let type = CELType.map(notation.type, DayCalendar.type)
    guard let node = reader.requiredNode("calendars", into: &diagnostics),
      case .mapping(let entries) = node.content
    else { return (type, nil) }
    let constants = constants(enumerations)
    var table: [(key: CELValue, value: CELValue)] = []
    for entry in entries {
      let key = constants.read(entry.key, as: notation.type, into: &diagnostics)
      let shown = "\(name)['\(entry.key.scalar?.text ?? "")']"
      guard
        let own = MappingReader(
          entry.value, what: "calendar \(shown)", keys: PolicyKeys.keyedCalendar,
          into: &diagnostics), let key, let days = loadDays(own, name: shown)
      else { continue }
      table.append((key, .opaque(days)))
    }
    if case .enumeration(let name) = notation.type,
      let cases = enumerations.first(where: { $0.name == name })?.cases.map(\.value)
    {
      let given = Set(entries.compactMap { $0.key.scalar?.text })
      let missing = cases.filter { !given.contains($0) }
      if !missing.isEmpty {
        diagnostics.append(.missingCases(missing, of: name, at: node.range))
      }
    }
    return (type, .map(CELMap(entries: table)))
  }

  /// The days of one calendar.
  private mutating func loadDays(_ reader: MappingReader, name: String) -> DayCalendar? {
    var years = CalendarReader(weekdays: Weekday.workingDays)
    if let node = reader.optionalNode("weekdays", into: &diagnostics) {
      years.readWeekdays(node, into: &diagnostics)
    }
    guard let node = reader.requiredNode("years", into: &diagnostics) else { return nil }
    return years.calendar(named: name, node, into: &diagnostics)
  }
}

/// Years and terms that are named in expressions.
extension PolicyLoader {
  /// Reports those that the calendar does not have, where a literal names them.
  mutating func reportUnknownStretches(in rules: [Rule], _ vocabulary: Vocabulary) {
    let terms = vocabulary.types.flatMap { $0.terms.map(\.definition) }
    var open = terms + rules.flatMap(\.allExpressions)
    while let node = open.popLast() {
      open += node.children
      guard case .call(let name, _, let arguments) = node.kind,
        name == "firstDay" || name == "lastDay", arguments.count == 2,
        let slot = arguments[0].calendarSlot,
        case .constant(.string(let stretch)) = arguments[1].kind
      else { continue }
      let calendar = vocabulary.parameters[slot - GlobalSlot.firstParameter]
      let known = calendar.calendars.flatMap(\.stretchNames)
      if !known.contains(stretch) {
        diagnostics.append(
          .unknownStretch(stretch, of: calendar.name, known: known, at: arguments[1].range))
      }
    }
  }
}

extension CheckedExpression {
  /// The slot of the calendar that the expression is, or of the table that it is looked up in.
  fileprivate var calendarSlot: Int? {
    switch kind {
    case .global(let slot, _) where slot >= GlobalSlot.firstParameter: slot
    case .call("_[_]", _, let arguments): arguments.first?.calendarSlot
    default: nil
    }
  }
}

extension Weekday {
  /// Monday to Friday.
  fileprivate static let workingDays = Set(Weekday.names[1...5].compactMap { Weekday($0) })
}

extension Parameter.DatedValue {
  /// A value that is in force on all days.
  fileprivate init(always value: CELValue, range: SourceRange) {
    self.init(from: Parameter.firstDay, value: value, range: range)
  }
}
