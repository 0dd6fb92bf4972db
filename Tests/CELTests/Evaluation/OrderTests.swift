import CEL
import Testing

/// The order of operands and of elements changes no outcome, errors and missing facts included.
///
/// What is tried comes from the tables of functions and macros: a new operator, function or macro has to be given its
/// place here, or these tests fail.
@Suite struct OrderTests {
  /// Operators whose sides may be exchanged, with the one that then says the same.
  private static let mirrored = [
    "_==_": "==", "_!=_": "!=", "_<_": ">", "_<=_": ">=", "_>_": "<", "_>=_": "<=", "_*_": "*",
    "_+_": "+",
  ]
  /// Operators whose sides mean different things.
  private static let directed: Set = ["_-_", "_/_", "_%_", "@in", "_[_]", "_[?_]"]
  /// What only joins in the order that it is given.
  private static let joining: Set = ["string", "bytes", "list(T)"]

  /// A value of each type that a parameter may have, as it is written.
  private static let samples = [
    "bool": "true", "int": "3", "uint": "4u", "double": "2.5", "string": "'ab'", "bytes": "b'ab'",
    "timestamp": "timestamp('2026-03-08T20:30:00Z')", "duration": "duration('90m')",
    "date": "date('2026-03-08')", "dyn": "dyn(5)", "T": "3", "K": "1", "V": "2",
    "list(T)": "[1, 2]", "list(V)": "[1, 2]", "list(int)": "[1, 2]", "list(uint)": "[1u]",
    "list(double)": "[1.5]", "list(string)": "['a', 'b']", "list(dyn)": "[dyn(1)]",
    "list(duration)": "[duration('1m')]", "map(K, V)": "{1: 2}", "optional(T)": "optional.of(3)",
    "optional(list(V))": "optional.of([1, 2])", "optional(map(K, V))": "optional.of({1: 2})",
    "list(list(T))": "[[1], [2]]", "list(optional(T))": "[optional.of(1)]",
    "list(date)": "[date('2026-03-08')]", "list(bool)": "[true]",
    "decimal": "decimal('2.5')", "money": "money('7.50')", "list(decimal)": "[decimal('2.5')]",
    "list(money)": "[money('7.50')]", "list(timestamp)": "[timestamp('2026-03-08T20:30:00Z')]",
    "type": "int",
  ]

  private let activation = School.activation(School.makeSession(kind: nil))

  /// The same value, behind a choice that is an error, or that a missing fact leaves open.
  private static func broken(_ value: String) -> String {
    "(1 / (days - 7) == 1 ? \(value) : \(value))"
  }
  private static func unknown(_ value: String) -> String {
    "(session.workOrder.id == 'x' ? \(value) : \(value))"
  }
  private static func computed(_ value: String) -> String { "(days == 7 ? \(value) : \(value))" }

  /// What comes of an expression: its value, or whether it is an error or not known.
  private func outcome(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> String
  {
    let shown = evaluated(text, activation, sourceLocation: sourceLocation)
    return shown.hasPrefix("error") ? "error" : shown
  }

  private static var binary: [Overload] {
    Library.all.flatMap(\.overloads).filter { overload in
      overload.parameters.count == 2
        && (overload.name.hasPrefix("_") || overload.name.hasPrefix("@"))
    }
  }

  @Test func `every operator has its place in these tests`() {
    let names = Set(Self.binary.map(\.name))
    #expect(names.subtracting(Self.mirrored.keys).subtracting(Self.directed) == [])
    #expect(Set(Self.mirrored.keys).union(Self.directed).subtracting(names) == [])
  }

  @Test func `the sides of an operator may be exchanged, with any of them missing or an error`()
    throws
  {
    for overload in Self.binary {
      guard let mirror = Self.mirrored[overload.name] else { continue }
      let types = overload.parameters.map(\.description)
      if overload.name == "_+_", Self.joining.contains(types[0]) { continue }
      let sign = overload.name.replacing("_", with: "")
      let generic = types[0] == "T"
      let all =
        generic ? ["true", "3", "'ab'", "2.5", "date('2026-03-08')", "[1, 2]", "{1: 2}"] : []
      for value in generic ? all : [try #require(Self.samples[types[0]], "\(overload.id)")] {
        let other = generic ? value : try #require(Self.samples[types[1]], "\(overload.id)")
        for left in [Self.computed(value), Self.broken(value), Self.unknown(value)] {
          for right in [Self.computed(other), Self.broken(other), Self.unknown(other)] {
            let one = outcome("\(left) \(sign) \(right)")
            let mirrored = outcome("\(right) \(mirror) \(left)")
            #expect(one == mirrored, "\(overload.id): \(left) \(sign) \(right)")
          }
        }
      }
    }
  }

  @Test func `an error and a missing fact come to the same, whichever argument has which`() throws {
    for overload in Library.all.flatMap(\.overloads)
    where overload.parameters.count > 1 && !overload.parameters.contains(where: \.isAbstract) {
      let values = try overload.parameters.map {
        Self.computed(try #require(Self.samples[$0.description], "\(overload.id): \($0)"))
      }
      for first in values.indices {
        for second in values.indices where second != first {
          var arguments = values
          arguments[first] = Self.broken(values[first])
          arguments[second] = Self.unknown(values[second])
          let shown = evaluated(Self.call(of: overload, arguments), activation)
          #expect(shown == "unknown: session.workOrder", "\(overload.id), \(first) and \(second)")
        }
      }
    }
  }

  /// A call as it is written.
  private static func call(of overload: Overload, _ arguments: [String]) -> String {
    switch overload.name {
    case "@in": return "\(arguments[0]) in \(arguments[1])"
    case "_[_]": return "\(arguments[0])[\(arguments[1])]"
    case "_[?_]": return "\(arguments[0])[?\(arguments[1])]"
    case let name where name.hasPrefix("_"):
      return "\(arguments[0]) \(name.replacing("_", with: "")) \(arguments[1])"
    default:
      guard overload.isMember else {
        return "\(overload.name)(\(arguments.joined(separator: ", ")))"
      }
      return "\(arguments[0]).\(overload.name)(\(arguments.dropFirst().joined(separator: ", ")))"
    }
  }

  // MARK: Macros

  /// For each macro expressions over students of which one makes its condition true, one false, one an error, and one
  /// has no age.
  private static let macros: [String: [String]] = [
    "all": [
      "session.students.all(s, 60 / (s.age - 12) > 10)",
      "session.students.all(i, s, i < 9 && 60 / (s.age - 12) > 10)",
    ],
    "exists": [
      "session.students.exists(s, 60 / (s.age - 12) > 10)",
      "session.students.exists(i, s, i < 9 && 60 / (s.age - 12) > 10)",
    ],
    "exists_one": ["session.students.exists_one(s, 60 / (s.age - 12) > 10)"],
    "existsOne": ["session.students.existsOne(i, s, i < 9 && 60 / (s.age - 12) > 10)"],
    "filter": ["sum(session.students.filter(s, 60 / (s.age - 12) > 10).map(s, s.age))"],
    "map": [
      "sum(session.students.map(s, 60 / (s.age - 12)))",
      "sum(session.students.map(s, s.age > 12, 60 / (s.age - 12)))",
    ],
    "transformList": [
      "sum(session.students.transformList(i, s, 60 / (s.age - 12)))",
      "sum(session.students.transformList(i, s, s.age > 12, 60 / (s.age - 12)))",
    ],
    "transformMap": ["session.students.transformMap(i, s, 60 / (s.age - 12)).size()"],
    "transformMapEntry": [
      "session.students.transformMapEntry(i, s, {s.name: 60 / (s.age - 12)}).size()"
    ],
    "sum": ["session.students.sum(s, 60 / (s.age - 12))"],
    "count": ["session.students.count(s, 60 / (s.age - 12) > 10)"],
    "minBy": ["session.students.minBy(s, 60 / (s.age - 12)).age"],
    "maxBy": ["session.students.maxBy(s, 60 / (s.age - 12)).age"],
    "sortBy": ["session.students.sortBy(s, 60 / (s.age - 12)).map(s, s.age)"],
    "groupBy": ["session.students.groupBy(s, 60 / (s.age - 12)).size()"],
    "reduce": ["session.students.reduce(sum, 0, s, sum + 60 / (s.age - 12))"],
    "runningSum": ["session.students.runningSum(s, 60 / (s.age - 12)).max()"],
    "longestRun": ["session.students.longestRun(s, 60 / (s.age - 12) < 100)"],
    "mostAtOnce": ["session.students.mostAtOnce(s, 0, 1 + (60 / (s.age - 12)) * 0)"],
    "mostWithin": ["session.students.mostWithin(s, 60 / (s.age - 12), 5)"],
    "has": ["session.students.exists(s, has(s.age) && 60 / (s.age - 12) > 10)"],
    "optMap": ["session.students.exists(s, s.?age.optMap(a, 60 / (a - 12) > 10).orValue(false))"],
    "optFlatMap": [
      "session.students.exists(s, s.?age.optFlatMap(a, optional.of(60 / (a - 12) > 10)).orValue(false))"
    ],
    "bind": ["session.students.exists(s, cel.bind(a, s.age, 60 / (a - 12) > 10))"],
  ]

  @Test func `every macro has its place in these tests`() {
    let names = LanguageReference.markdown(of: []).matches(of: /`(?:[a-z]+\.)?([a-zA-Z_]+)\(/)
      .map { String($0.1) }
    let mentioned = LanguageReference.markdown(of: []).matches(
      of: /likewise `([a-z]+)` and `([a-zA-Z]+)`/
    )
    .flatMap { [String($0.1), String($0.2)] }
    #expect(Set(names + mentioned) == Set(Self.macros.keys))
    #expect(!names.isEmpty)
  }

  private static let students: [String: (name: String?, age: Int64?, remedial: Bool?)] = [
    "true": ("Ann", 15, true), "false": ("Bo", 42, true), "error": ("Cy", 12, true),
    "missing": ("Di", nil, true),
  ]

  @Test(arguments: Self.macros.keys.sorted())
  func `the order of elements changes nothing`(macro: String) throws {
    for names in Self.subsets(of: ["true", "false", "error", "missing"]) where !names.isEmpty {
      var outcomes: [String: [String]] = [:]
      for order in Self.orders(of: names) {
        let session = School.makeSession(students: order.compactMap { Self.students[$0] })
        for text in try #require(Self.macros[macro]) {
          let shown = evaluated(text, School.activation(session))
          // Which of several elements is named depends on where they stand; that one is does not.
          let kind = shown.prefix { $0 != ":" }
          outcomes[text, default: []].append(String(kind))
        }
      }
      for (text, found) in outcomes {
        #expect(Set(found).count == 1, "\(text) of \(names): \(found)")
      }
    }
  }

  private static func subsets(of names: [String]) -> [[String]] {
    names.reduce([[]]) { sets, name in sets + sets.map { $0 + [name] } }
  }

  private static func orders(of names: [String]) -> [[String]] {
    guard names.count > 1 else { return [names] }
    return names.flatMap { name in orders(of: names.filter { $0 != name }).map { [name] + $0 } }
  }
}

extension CELType {
  /// Whether no expression has a value of the type but by a variable.
  fileprivate var isAbstract: Bool { if case .abstract = self { true } else { false } }
}
