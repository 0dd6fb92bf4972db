import CEL
import Diagnostics
import PolicyEngine
import YAML

/// Sessions that differ from one in one fact, with values that could make a difference.
///
/// The values come from where edges come from: what the fixtures have for the same fact elsewhere, the
/// constants of the rules, the dates of the session so many days later as an integer says, and next to
/// each number, date and instant its neighbours.
struct SessionVariants {
  /// A fact of a type of the vocabulary.
  struct FactKey: Hashable {
    let type: Int
    let fact: Int
  }

  /// A fact in a session.
  struct Place {
    let path: String
    let key: FactKey
    /// What is there; nil for nothing.
    let node: YAMLNode?
  }

  let vocabulary: Vocabulary
  private var pool: [FactKey: [YAMLNode]] = [:]
  /// How many days lie between dates that may be next to an edge.
  private let steps: Set<Int64>

  /// How many values of one fact are kept.
  private static let poolLimit = 12

  init(_ policies: PolicySet, cases: [FixtureCase]) {
    vocabulary = policies.vocabulary
    let numbers = policies.vocabulary.parameters.flatMap(\.values).compactMap(\.value.int)
    steps = Set([0, 1] + numbers.flatMap(\.neighbours))
    for fixture in cases where fixture.document != nil {
      for place in places(in: fixture.node) {
        guard let node = place.node, !node.isNull else { continue }
        add(node, of: place.key)
      }
    }
  }

  private mutating func add(_ node: YAMLNode, of key: FactKey) {
    let known = pool[key, default: []]
    guard known.count < Self.poolLimit, !known.contains(where: { $0.hasSameContent(as: node) })
    else { return }
    pool[key, default: []].append(node)
  }

  /// How many days lie between dates that may be next to an edge, the numbers of some rules among them.
  func steps(with constants: [CELValue]) -> [Int64] {
    steps.union(constants.compactMap(\.int).filter { abs($0) < 1_000 }.flatMap(\.neighbours))
      .sorted()
  }

  /// The fact that a field is; nil for a term.
  func key(of field: FieldReference) -> FactKey? {
    guard let type = vocabulary.types.firstIndex(where: { $0.name == field.typeName }),
      vocabulary.types[type].facts.indices.contains(field.index)
    else { return nil }
    return FactKey(type: type, fact: field.index)
  }

  /// The first date of a session itself, which days are counted from; nil where it has none.
  func firstDate(among places: [Place]) -> CivilDate? {
    places.lazy.filter { $0.key.type == vocabulary.documentType }
      .compactMap { $0.node?.date }.first
  }

  /// All facts that a session has or could have.
  func places(in session: YAMLNode) -> [Place] {
    var places: [Place] = []
    func visit(_ node: YAMLNode, _ type: Int, _ path: String) {
      for (index, fact) in vocabulary.schema.objectTypes[type].facts.enumerated() {
        let value = node[fact.name]
        let own = path.isEmpty ? fact.name : "\(path).\(fact.name)"
        places.append(Place(path: own, key: FactKey(type: type, fact: index), node: value))
        guard let value else { continue }
        switch fact.type {
        case .object(let inner): visit(value, inner, own)
        case .list(.object(let inner)):
          for (position, element) in (value.elements ?? []).enumerated() {
            visit(element, inner, "\(own)[\(position)]")
          }
        default: break
        }
      }
    }
    visit(session, vocabulary.documentType, "")
    return places
  }

  /// The values to try for a fact, other than what it has; a null takes it away.
  func values(
    for place: Place, among places: [Place], in session: YAMLNode, constants: [CELValue],
    steps: [Int64]
  ) -> [YAMLNode] {
    let fact = vocabulary.schema.objectTypes[place.key.type].facts[place.key.fact]
    let range = place.node?.range ?? session.range
    var values = pool[place.key] ?? []
    func add(_ text: String, _ value: YAMLScalar.Value, quoted: Bool = false) {
      values.append(
        YAMLNode(
          content: .scalar(
            YAMLScalar(text: text, style: quoted ? .doubleQuoted : .plain, value: value)),
          range: range))
    }
    let texts = constants.flatMap(\.texts)
    switch fact.type {
    case .bool: for flag in [true, false] { add("\(flag)", .bool(flag)) }
    case .int:
      let known = values.compactMap(\.int) + constants.compactMap(\.int)
      for number in Set(known.flatMap { [$0 &- 1, $0, $0 &+ 1] }).sorted() {
        add("\(number)", .int(number))
      }
    case .double: break
    case .string: for text in texts + ["", " "] { add(text, .string(text), quoted: true) }
    case .enumeration(let index):
      for name in vocabulary.schema.enumerations[index].cases { add(name, .string(name)) }
    case .date:
      let known = places.compactMap { $0.node?.date } + constants.compactMap(\.date)
      let edges = vocabulary.parameters.flatMap(\.changes).flatMap {
        [$0, $0.later(by: -1)]
      }
      for date in Set(known.flatMap { date in steps.map { date.later(by: $0) } } + edges).sorted() {
        add(date.description, .string(date.description))
      }
    case .timestamp:
      let known = places.compactMap { $0.node?.scalar?.text }
        .compactMap { CELTimestamp($0) }
      for instant in known {
        for second: Int64 in [-1, 0, 1] {
          let text = CELTimestamp(seconds: instant.seconds &+ second).description
          add(text, .string(text))
        }
      }
      for text in place.node.flatMap(\.scalar).map({ [$0.text] }) ?? [] {
        for time in constants.compactMap(\.timeOfDay) {
          for second in time.neighbours {
            if let other = text.withTimeOfDay(second) { add(other, .string(other)) }
          }
        }
      }
    case .duration, .decimal, .money, .object: break
    case .list:
      let items = place.node?.elements ?? []
      values.append(YAMLNode(content: .sequence([]), range: range))
      for index in items.indices {
        var rest = items
        rest.remove(at: index)
        values.append(YAMLNode(content: .sequence(rest), range: range))
        values.append(YAMLNode(content: .sequence([items[index]]), range: range))
      }
      if fact.type.isListOfTexts {
        for text in texts {
          let scalar = YAMLScalar(text: text, style: .doubleQuoted, value: .string(text))
          let item = YAMLNode(content: .scalar(scalar), range: range)
          values.append(YAMLNode(content: .sequence([item]), range: range))
        }
      }
    }
    add("null", .null)
    return values.filter { value in
      place.node.map { !$0.hasSameContent(as: value) } ?? !value.isNull
    }
  }
}

extension FactSchema.ValueType {
  fileprivate var isListOfTexts: Bool {
    switch self {
    case .list(.string), .list(.enumeration): true
    default: false
    }
  }
}

extension CELValue {
  var texts: [String] {
    switch self {
    case .string(let text): [text]
    case .list(let elements): elements.flatMap(\.texts)
    case .map(let map): map.entries.flatMap { $0.key.texts + $0.value.texts }
    default: []
    }
  }

  fileprivate var int: Int64? { if case .int(let number) = self { number } else { nil } }
  /// The seconds of a duration that may stand for a time of day.
  fileprivate var timeOfDay: Int64? {
    guard case .duration(let duration) = self, (0..<86_400).contains(duration.seconds) else {
      return nil
    }
    return duration.seconds
  }
  fileprivate var date: CivilDate? { if case .date(let date) = self { date } else { nil } }
}

extension YAMLNode {
  fileprivate var int: Int64? { if case .int(let number)? = scalar?.value { number } else { nil } }
  fileprivate var date: CivilDate? { scalar.flatMap { CivilDate($0.text) } }
}

extension String {
  /// An instant with another time of day, in seconds, on the same clock; nil for other texts.
  fileprivate func withTimeOfDay(_ seconds: Int64) -> String? {
    let parts = split(separator: "T", omittingEmptySubsequences: false)
    guard (0..<86_400).contains(seconds), parts.count == 2, parts[1].utf8.count >= 8 else {
      return nil
    }
    let digits = [seconds / 3_600, seconds / 60 % 60, seconds % 60].map {
      $0 < 10 ? "0\($0)" : "\($0)"
    }
    let zone = parts[1].drop { $0.isNumber || $0 == ":" || $0 == "." }
    return "\(parts[0])T\(digits.joined(separator: ":"))\(zone)"
  }
}

extension Int64 {
  /// The number and those next to it.
  fileprivate var neighbours: [Int64] { [self &- 1, self, self &+ 1] }
}

extension CivilDate {
  fileprivate func later(by days: Int64) -> CivilDate {
    CivilDate(daysSinceEpoch: daysSinceEpoch &+ Int32(truncatingIfNeeded: days))
  }
}
