import CEL
import Diagnostics
import Testing

/// A type with a value of it, as arguments are tried.
private struct Sample {
  let name: String
  let type: CELType
  let value: CELValue

  static let all: [Sample] = {
    let date = CELValue.date(CivilDate(daysSinceEpoch: 20_740))
    let instant = CELValue.timestamp(CELTimestamp(seconds: 1_792_009_800))
    let map = CELValue.map(CELMap(entries: [(key: .string("a"), value: .int(1))]))
    let days = CivilDate(daysSinceEpoch: 20_700)...CivilDate(daysSinceEpoch: 20_800)
    let year = DayCalendar.Year(
      name: "ab", days: days, weekdays: Set(Weekday.names.compactMap { Weekday($0) }))
    let calendar =
      DayCalendar(name: "c", years: [year]).map { CELValue.opaque($0) } ?? .null
    let bands = CELValue.opaque(
      BandTable(
        key: .int, value: .int,
        bands: [
          BandTable.Band(
            from: .int(0), through: nil, isClosed: true, value: .int(1), text: "0..")
        ]))
    let samples: [(CELType, CELValue)] = [
      (.null, .null), (.bool, .bool(true)), (.int, .int(2)), (.uint, .uint(2)),
      (.double, .double(2.5)), (.string, .string("ab")), (.bytes, .bytes([1])),
      (.timestamp, instant), (.duration, .duration(CELDuration(seconds: 60))), (.date, date),
      (.decimal, .decimal(CELDecimal(2))), (.money, .money(CELMoney(CELDecimal(2)))),
      (.list(.decimal), .list([.decimal(CELDecimal(2))])),
      (.list(.int), .list([.int(1)])), (.list(.double), .list([.double(1)])),
      (.list(.string), .list([.string("a")])), (.list(.date), .list([date])),
      (.list(.timestamp), .list([instant])), (.list(.bool), .list([.bool(true)])),
      (.list(.optional(.int)), .list([.optional(.int(1))])), (.map(.string, .int), map),
      (DayCalendar.type, calendar), (BandTable.type(key: .int, value: .int), bands),
      (.optional(.int), .optional(.int(1))), (.optional(.list(.int)), .optional(.list([.int(1)]))),
    ]
    return samples.enumerated().map {
      Sample(name: "v\($0)", type: $1.0, value: $1.1)
    }
  }()

  static let environment: Environment = {
    var environment = Environment(Library.all)
    environment.variables = all.map { Environment.Variable(name: $0.name, type: $0.type) }
    return environment
  }()

  static let activation = Activation(
    globals: all.map { .value($0.value) }, timeZone: "America/Chicago")
}

struct `Overloads` {
  /// A call of a function as it is written.
  private func call(_ overload: Overload, _ arguments: [String]) -> String {
    switch overload.name {
    case "_[_]": return "\(arguments[0])[\(arguments[1])]"
    case "_[?_]": return "\(arguments[0])[?\(arguments[1])]"
    case "-_": return "-\(arguments[0])"
    case "@in": return "\(arguments[0]) in \(arguments[1])"
    case let name where name.hasPrefix("_"):
      return "\(arguments[0]) \(name.dropFirst().dropLast()) \(arguments[1])"
    default: break
    }
    guard overload.isMember else {
      return "\(overload.name)(\(arguments.joined(separator: ", ")))"
    }
    return "\(arguments[0]).\(overload.name)(\(arguments.dropFirst().joined(separator: ", ")))"
  }

  /// Whether a value may stand for a parameter as far as its declaration says.
  private func fits(_ sample: Sample, _ parameter: CELType) -> Bool {
    switch (parameter, sample.type) {
    case (.dyn, _), (.parameter, _), (.list(.parameter), .list), (.list(.dyn), .list): true
    case (.list(.optional), .list(.optional)), (.map, .map), (.optional, .optional): true
    case (.abstract(let name, _), .abstract(let other, _)): name == other
    default: parameter == sample.type
    }
  }

  /// Tries calls; gives those that the checker admits and that are refused when evaluated.
  private func refused(_ overload: Overload, _ choices: [[Sample]]) -> (count: Int, [String]) {
    var calls: [[Sample]] = [[]]
    for choice in choices { calls = calls.flatMap { call in choice.map { call + [$0] } } }
    var refused: [String] = []
    var admitted = 0
    for samples in calls {
      let checked = Checked(call(overload, samples.map(\.name)), in: Sample.environment)
      guard checked.diagnostics.isEmpty else { continue }
      admitted += 1
      let result = shown(Evaluator().evaluate(checked.expression, in: Sample.activation))
      if result.contains("no such overload") || result.contains("takes no") {
        refused.append("\(overload.name) of \(samples.map(\.type)): \(result)")
      }
    }
    return (admitted, refused)
  }

  @Test(arguments: Library.all.map(\.name))
  func `do what the checker admits, with every type that they are declared with`(
    library: String
  ) throws {
    let overloads = try #require(Library.all.first { $0.name == library }).overloads
    var count = 0
    for overload in overloads {
      let choices = overload.parameters.map { parameter in
        Sample.all.filter { fits($0, parameter) }
      }
      let (admitted, refused) = refused(overload, choices)
      #expect(refused == [])
      count += admitted
    }
    #expect(count >= overloads.count / 2)
  }

  @Test func `of one or two arguments take nothing that they refuse later`() {
    var seen: Set<String> = []
    for overload in Library.all.flatMap(\.overloads)
    where (1...2).contains(overload.parameters.count) {
      guard seen.insert("\(overload.name) \(overload.parameters.count)").inserted else { continue }
      let choices = overload.parameters.map { _ in Sample.all }
      #expect(refused(overload, choices).1 == [])
    }
  }

  @Test(arguments: [
    "math.greatest([v9, v9])", "math.least(v16)", "math.greatest(v2, v4, v9)",
    "math.least([v2, v5])", "math.greatest(v9, v9)",
  ])
  func `of numbers are not given anything else`(text: String) {
    let codes = Checked(text, in: Sample.environment).diagnostics.map(\.code)
    #expect(codes == [.wrongArgument])
  }

  @Test(arguments: ["math.greatest([v2, v4])", "math.least(v2, v3, v4)", "math.greatest([])"])
  func `of numbers take numbers of several types`(text: String) {
    let codes = Checked(text, in: Sample.environment).diagnostics.map(\.code)
    // The greatest of nothing fails whenever it is asked for.
    #expect(codes == (text.contains("[]") ? [.alwaysFails] : []))
  }
}
