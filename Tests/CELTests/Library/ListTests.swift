import CEL
import Diagnostics
import TestSupport
import Testing

struct `Lists` {
  @Test(
    arguments: [
      ("[3, 1, 2].min()", "1"), ("[1.5, 2.5].max()", "2.5"), ("[3u, 1u].max()", "3u"),
      ("[date('2026-10-02'), session.date].min()", "2026-10-02"),
      ("[duration('1h'), duration('90m')].max()", "5400s"),
      ("[session.start, session.start + duration('1s')].max() > session.start", "true"),
      (
        "session.tags.filter(t, false).map(t, 1).max()", "error: 'max' can't be given an empty list"
      ),
      ("[0.0, double(days - 7) / 0.0].min()", "error: 'min' can't compare NaN"),
      ("[3, 1, 2].sort()", "[1, 2, 3]"), ("['b', 'B', 'a'].sort()", "['B', 'a', 'b']"),
      ("[true, false].sort()", "[false, true]"),
      ("session.students.sortBy(s, s.name).map(s, s.name)", "['Ann', 'Bo', 'Cy']"),
      ("['bb', 'a', 'cc', 'd'].sortBy(t, size(t))", "['a', 'd', 'bb', 'cc']"),
      ("[1, 1u, 2, 1.0].distinct()", "[1, 2]"), ("[2, 1, 2, 1].distinct()", "[2, 1]"),
      ("[[1], [1], []].distinct()", "[[1], []]"), ("session.students.distinct().size()", "3"),
      ("[1, 2, 3].reverse()", "[3, 2, 1]"), ("[1, 2, 3].first()", "optional(1)"),
      ("[1, 2, 3].last().value()", "3"), ("names.filter(n, false).last()", "none"),
      ("[1, 2, 3].slice(1, 3)", "[2, 3]"), ("[1, 2, 3].slice(1, 1)", "[]"),
      ("[1, 2, 3].slice(1, days)", "error: no such element: the list has 3"),
      ("[1, 2, 3].slice(days - 5, 1)", "error: no such element: the list has 3"),
      ("[[1], [], [2, 3]].flatten()", "[1, 2, 3]"), ("lists.range(3)", "[0, 1, 2]"),
      ("lists.range(0)", "[]"),
      ("lists.range(days - 9)", "error: there are no lists of a negative length"),
      ("lists.range(days * 1000000000000)", "error: the evaluation takes too much work"),
      ("[1, 2].zip([3, 4])", "[[1, 3], [2, 4]]"),
      (
        "[1, 2].zip(lists.range(days))", "error: lists of different length can't be paired: 2 and 7"
      ),
      (
        "session.students.groupBy(s, s.remedial).map(g, g.map(s, s.name))",
        "[['Ann'], ['Bo', 'Cy']]"
      ),
      ("session.students.minBy(s, s.name).name", "'Ann'"), ("[1, 2].sum(x, x * 2)", "6"),
      ("[1, 2].count(x, x > 1)", "1"), ("{'a': 1, 'b': 2}.sum(k, size(k))", "2"),
      ("[1, 2, 3].maxBy(x, -x)", "1"), ("['bb', 'cc'].maxBy(x, size(x))", "'bb'"),
      (
        "session.students.filter(s, false).minBy(s, s.age)",
        "error: 'minBy' can't be given an empty list"
      ),
      ("[3, -1, 2].runningSum(x, x)", "[3, 2, 4]"), ("[].runningSum(x, 1)", "[]"),
      ("[3, 5, 2].reduce(a, 1, x, a * x)", "30"),
      ("[3, 5].reduce(a, '', x, a + string(x))", "'35'"),
      ("[1, 2].reduce(a, 9, x, [a + x, 10].min())", "10"),
      ("[1, 1, 0, 1].longestRun(x, x == 1)", "2"), ("[].longestRun(x, true)", "0"),
      ("[[8, 10], [9, 12], [10, 11]].mostAtOnce(s, s[0], s[1])", "2"),
      ("[[8, 8]].mostAtOnce(s, s[0], s[1])", "0"),
      ("[[8, days]].mostAtOnce(s, s[0], s[1])", "error: a span ends before it begins"),
      ("[1, 2, 10, 11, 12].mostWithin(d, date('2026-03-01').addDays(d), 3)", "3"),
      ("[1, 4].mostWithin(d, date('2026-03-01').addDays(d), 3)", "1"),
      ("[1, 2].mostWithin(m, session.start + duration('1m') * m, duration('1m'))", "1"),
      ("[1, 2].mostWithin(m, m, days - 7)", "error: a window must have a length"),
      ("overlap(8, 12, 10, 14)", "2"), ("overlap(8, 10, 10, 14)", "0"),
      ("overlap(duration('8h'), duration('9h'), duration('8h30m'), duration('10h'))", "1800s"),
      (
        "overlap(session.date, session.date.addDays(7), session.date.addDays(5), session.date.addDays(9))",
        "2"
      ),
      (
        "overlap(session.start, session.start + duration('1h'), session.start, session.start + duration('5m'))",
        "300s"
      ),
      ("overlap(days, 5, 1, 2)", "error: a span ends before it begins"),
    ])
  func `have what is written for them`(text: String, result: String) {
    if result == "error" {
      #expect(Checked(text).diagnostics.hasErrors, "\(text)")
    } else {
      #expect(evaluated(text) == result, "\(text)")
    }
  }

  @Test(
    arguments: [
      (
        "session.students.sum(s, s.name)",
        "only numbers and durations have a sum, and this is a string «s.name»"
      ),
      (
        "session.students.sum(s, s.remedial)",
        "only numbers and durations have a sum, and this is a bool «s.remedial» to count those for which it holds, write .count(x, condition)"
      ),
      (
        "session.students.sortBy(s, s)",
        "'sortBy' compares numbers, texts, dates or times, and this is a Student «s» compare by one of its facts"
      ),
      (
        "session.students.maxBy(s, s.?age)",
        "'maxBy' compares numbers, texts, dates or times, and this is an optional(int) «s.?age» say what counts where there is none, with .orValue(...)"
      ),
      (
        "minutes.sortBy(k, k)",
        "'sortBy' goes through a list, and this is a map(Kind, int) «minutes» a list of the keys in their order is .map(k, k)"
      ),
      (
        "session.students.mostAtOnce(s, s.age, s.name)",
        "a span goes from one timestamp, date, duration or int until another, and these are an int and a string «s.age, s.name»"
      ),
      (
        "session.students.mostWithin(s, s.age, duration('1h'))",
        "elements at an int can't be counted within a window of a duration «s.age, duration('1h')» the window is an int long"
      ),
      (
        "session.students.reduce(a, 0, s, s.name)",
        "what follows is a string, but 'reduce' starts with an int «s.name» both must be of one type"
      ),
      (
        "session.students.longestRun(s, s.age)",
        "this is an int, but a condition must be true or false «s.age»"
      ),
      ("session.students.reduce(s, 0, s, s)", "the two variables are both named 's' «s»"),
      (
        "session.students.count(s.age, true)",
        "'count' names its variable here, which must be a simple name «s.age»"
      ),
      (
        "session.id.sortBy(s, s)",
        "this is a string, where a list or a map is expected «session.id»"
      ),
    ])
  func `are told what they can't be made of`(text: String, message: String) {
    let found = Checked(text).messages
    #expect(found == [message], "\(text)")
  }

  @Test(arguments: [
    "a.sum(x, x)", "a.count(x, x > 1)", "a.minBy(x, x)", "a.maxBy(x, x)", "a.sortBy(x, -x)",
    "a.groupBy(x, x)", "a.reduce(b, 0, x, b + x)", "a.runningSum(x, x)", "a.longestRun(x, x > 1)",
    "a.mostAtOnce(x, x, x + 1)", "a.mostWithin(x, x, 3)", "(a + b).sortBy(x, x)[0]",
  ])
  func `are printed as they are written`(text: String) {
    var diagnostics: [Diagnostic] = []
    let parsed = Expression.parse(MappedText(Source(name: "t", text: text)), into: &diagnostics)
    #expect(parsed.description == text)
    #expect(diagnostics == [])
  }

  @Test(
    arguments: [
      (
        "session.students.maxBy(s, s.age).name == 'Cy'",
        "students students[0].age students[1].age students[2].age students[2].name"
      ),
      (
        "session.students.count(s, s.remedial) == 2",
        "students students[0].remedial students[1].remedial students[2].remedial"
      ),
      ("session.tags.first().value() == 'x'", "tags"),
    ])
  func `cite the keys that decided, and that there are no others`(text: String, cited: String) {
    let session = School.makeSession(students: [
      ("Ann", 12, false), ("Bo", 9, true), ("Cy", 15, true),
    ])
    let reads = schoolEvaluator.record(Checked(text).expression, in: School.activation(session))
      .reads
    let paths = reads.map { read in
      switch read {
      case .fact(let path), .presence(let path): path.description.replacing("session.", with: "")
      default: "?"
      }
    }
    #expect(paths.joined(separator: " ") == cited)
  }

  @Test(arguments: [
    "session.students.sum(s, s.age)", "session.students.maxBy(s, s.age)",
    "session.students.sortBy(s, s.age)",
    "session.students.groupBy(s, s.age)", "session.students.runningSum(s, s.age)",
    "session.students.mostWithin(s, s.age, 3)", "session.students.mostAtOnce(s, 1, s.age)",
    "session.students.reduce(a, 0, s, a + s.age)", "session.students.map(s, s.age).max()",
    "session.students.map(s, s.age).distinct()", "session.students.longestRun(s, s.age > 3)",
  ])
  func `with an element that is missing are not known`(text: String) {
    #expect(evaluated(text) == "unknown: session.students[1].age")
  }
}

/// Each function against what it means, written plainly, on random lists.
struct `Functions of lists` {
  private static let environment: Environment = {
    var environment = Environment(Library.all)
    environment.variables = [
      Environment.Variable(name: "a", type: .list(.int)),
      Environment.Variable(name: "b", type: .list(.int)),
      Environment.Variable(name: "n", type: .int),
    ]
    return environment
  }()

  private func compare(
    _ text: String, _ meaning: ([Int], [Int], Int) -> CELValue?,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var random = SeededNumbers(seed: 7)
    let expression = Checked(text, in: Self.environment).expression
    for _ in 0..<300 {
      let count = random.below(9)
      let a = (0..<count).map { _ in random.below(7) - 2 }
      let b = (0..<count).map { _ in random.below(5) }
      let n = random.below(5)
      let result = Evaluator().evaluate(
        expression,
        in: Activation(globals: [
          .value(Self.list(a)), .value(Self.list(b)), .value(.int(Int64(n))),
        ]))
      let expected = meaning(a, b, n).map(shown) ?? "error"
      let found = shown(result)
      #expect(
        (found.hasPrefix("error") ? "error" : found) == expected, "\(text) of \(a), \(b), \(n)",
        sourceLocation: sourceLocation)
    }
  }

  private static func list(_ numbers: [Int]) -> CELValue { .list(numbers.map { .int(Int64($0)) }) }
  private func int(_ number: Int?) -> CELValue? { number.map { .int(Int64($0)) } }

  @Test func `pick and order as plain loops do`() {
    compare("a.min()") { a, _, _ in int(a.sorted().first) }
    compare("a.max()") { a, _, _ in int(a.sorted().last) }
    compare("a.sort()") { a, _, _ in Self.list(a.sorted()) }
    compare("a.zip(b).sortBy(p, p[1]).map(p, p[0])") { a, b, _ in
      Self.list((0..<5).flatMap { key in a.indices.filter { b[$0] == key }.map { a[$0] } })
    }
    compare("a.zip(b).maxBy(p, p[1])[0]") { a, b, _ in
      int(a.indices.first { index in b.allSatisfy { $0 <= b[index] } }.map { a[$0] })
    }
    compare("a.zip(b).minBy(p, p[1])[0]") { a, b, _ in
      int(a.indices.first { index in b.allSatisfy { $0 >= b[index] } }.map { a[$0] })
    }
    compare("a.distinct()") { a, _, _ in
      Self.list(a.indices.filter { !a[..<$0].contains(a[$0]) }.map { a[$0] })
    }
    compare("a.reverse()") { a, _, _ in Self.list(a.indices.map { a[a.count - 1 - $0] }) }
    compare("a.slice(1, n)") { a, _, n in
      n >= 1 && n <= a.count ? Self.list((1..<n).map { a[$0] }) : nil
    }
    compare("a.groupBy(x, x)") { a, _, _ in
      .list(
        a.indices.filter { !a[..<$0].contains(a[$0]) }.map { first in
          Self.list(a.filter { $0 == a[first] })
        })
    }
  }

  @Test func `add up and count as plain loops do`() {
    compare("a.sum(x, x * n)") { a, _, n in
      var sum = 0
      for x in a { sum += x * n }
      return int(sum)
    }
    compare("a.count(x, x > n)") { a, _, n in int(a.filter { $0 > n }.count) }
    compare("a.runningSum(x, x)") { a, _, _ in
      Self.list(a.indices.map { a[...$0].reduce(0, +) })
    }
    compare("a.reduce(s, n, x, s * 2 - x)") { a, _, n in
      var s = n
      for x in a { s = s * 2 - x }
      return int(s)
    }
    compare("a.longestRun(x, x < n)") { a, _, n in
      int(
        a.indices.map { start in a[start...].prefix { $0 < n }.count }.max() ?? 0)
    }
    compare("[a, b, a].flatten()") { a, b, _ in Self.list(a + b + a) }
    compare("lists.range(n)") { _, _, n in Self.list(Array(0..<n)) }
  }

  @Test func `count over time as looking at each time does`() {
    compare("a.zip(b).mostAtOnce(p, p[0], p[0] + p[1])") { a, b, _ in
      let times = -3..<12
      return int(
        times.map { time in
          a.indices.count { a[$0] <= time && time < a[$0] + b[$0] }
        }.max())
    }
    compare("a.mostWithin(x, x, n)") { a, _, n in
      guard n > 0 else { return nil }
      return int((-6..<9).map { start in a.count { $0 >= start && $0 < start + n } }.max())
    }
    compare("overlap(n, n + 3, sum(a), sum(a) + sum(b))") { a, b, n in
      let from = a.reduce(0, +)
      let until = from + b.reduce(0, +)
      return int((n..<n + 3).count { $0 >= from && $0 < until })
    }
  }
}
