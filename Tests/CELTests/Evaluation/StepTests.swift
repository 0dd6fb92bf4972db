import Testing

@testable import CEL

/// What evaluations count, as texts and lists grow.
struct `Steps` {
  private static let environment: Environment = {
    var environment = Environment(Library.all)
    environment.variables = [
      Environment.Variable(name: "text", type: .string),
      Environment.Variable(name: "list", type: .list(.string)),
      Environment.Variable(name: "numbers", type: .list(.int)),
      Environment.Variable(name: "part", type: .string),
    ]
    return environment
  }()

  private func steps(_ text: String, size: Int, part: String? = nil) -> Int {
    let node = Checked(text, in: Self.environment).expression
    let activation = Activation(globals: [
      .value(.string(String(repeating: "a", count: 16 * size))),
      .value(.list((0..<size).map { .string("t\($0)") })),
      .value(.list((0..<size).map { .int(Int64($0)) })),
      .value(.string(part ?? String(repeating: "a", count: 8 * size) + "b")),
    ])
    let evaluator = Evaluator()
    var machine = Machine(evaluator: evaluator, activation: activation, recorder: NoRecorder())
    _ = machine.run(node)
    return evaluator.budget - machine.budget
  }

  @Test(arguments: [
    "text.replace('', 'x')", "text.replace('a', 'bc')", "text.contains(part)",
    "text.contains('zz')", "text.startsWith(text)", "text.endsWith(part)", "text.split('a')",
    "text.split('')", "list.join(',')", "'%s'.format([text])", "'%s'.format([list])",
    "text.matches('(a|b)+c')", "text.matches(part)", "text.indexOf(part)", "text.indexOf('b', 5)",
    "text.lastIndexOf(part)", "text.lastIndexOf('b')", "'zz' in list", "text in [text + 'b', part]",
    "list + list", "list == list", "text + text", "text == part + part", "text < text",
    "size(text)",
    "text.reverse()", "text.upperAscii()", "text.trim()", "sum(numbers)", "math.greatest(numbers)",
    "numbers.min()", "list.sort()", "list.distinct()", "list.reverse()", "list.zip(list)",
    "list.slice(0, list.size())", "[list, list].flatten()", "lists.range(size(text) / 16)",
    "numbers.sum(x, x)", "numbers.count(x, x > 3)", "list.maxBy(x, size(x))",
    "list.sortBy(x, size(x))", "list.groupBy(x, size(x))", "list.groupBy(x, x)",
    "numbers.reduce(a, 0, x, a + x)", "numbers.runningSum(x, x)", "numbers.longestRun(x, x > 3)",
    "numbers.mostAtOnce(x, x, x + 5)", "numbers.mostWithin(x, x, 5)",
    "list.exists(x, x == 'zz')", "list.map(x, x + 'b')", "list.filter(x, x != 'zz')",
    "text.normalize()", "base64.encode(bytes(text))", "text.substring(1)", "text.charAt(3)",
    "strings.quote(text)", "{text: 1}", "string(bytes(text))", "text in {part: 1, text: 2}",
    "numbers.transformMap(i, x, i)", "[list, list] == [list, list]",
  ])
  func `grow with what is gone through, and no faster`(text: String) {
    let once = steps(text, size: 200)
    let (twice, fourTimes) = (steps(text, size: 400), steps(text, size: 800))
    #expect(once >= 50, "sizes count")
    #expect(twice > once + once / 2)
    // A pattern that is itself as long makes matching a product of the two, which is counted too.
    let isProduct = text == "text.matches(part)"
    let growth = isProduct ? 5 : 3
    #expect(twice < growth * once && fourTimes < growth * twice)
  }

  @Test(arguments: [
    "size(list)", "list[3]", "list.first()", "list.last().hasValue()",
    "optional.of(list).hasValue()", "list.exists(x, true)",
  ])
  func `stay the same for what looks at one element`(text: String) {
    #expect(steps(text, size: 400) == steps(text, size: 200))
  }

  @Test func `are what is known in advance for lists`() {
    for text in [
      "list.exists(x, x in list)", "list.map(x, x).size() > 3", "'zz' in list", "list == list",
      "sum(numbers) > 1", "numbers.sort() == numbers", "list.sortBy(x, size(x)).size() > 3",
      "list.groupBy(x, x).map(g, g.size()).max() > 3", "numbers.reduce(a, 0, x, a + x) > 3",
      "numbers.mostAtOnce(x, x, x + 5) > 3", "numbers.mostWithin(x, x, 5) > 3",
      "list.distinct() == list.reverse()", "list.groupBy(x, size(x)).flatten() == list",
      "list.zip(list).all(p, p[0] == p[1])", "numbers.runningSum(x, x).max() > 3",
      "(list + list).all(x, x != 'zz')",
    ] {
      let known = Checked(text, in: Self.environment).expression
        .estimatedCost(assumingListSize: 200)
      #expect(steps(text, size: 200) <= known, "\(text)")
    }
  }

  @Test func `of normalizing grow with the square of a row of marks`() {
    func steps(_ count: Int) -> Int {
      Scalars.workOfOrderingMarks("a" + String(repeating: "\u{301}\u{316}", count: count))
    }
    #expect(steps(10_000) > 3 * steps(5_000))
    #expect(steps(5_000) > 1_000_000)
    #expect(Scalars.workOfOrderingMarks(String(repeating: "e\u{301}", count: 10_000)) <= 1_000)
  }

  @Test func `beyond the bound end the evaluation with an error`() {
    let texts = ["text.contains(part)", "text.replace('', text)", "text.matches(part)"]
    let loops = texts.map { "numbers.all(x, numbers.all(y, numbers.all(z, \($0) != \($0))))" }
    for text in texts + loops {
      let node = Checked(text, in: Self.environment, mode: .standard).expression
      let activation = Activation(globals: [
        .value(.string(String(repeating: "a", count: 400_000))), .value(.list([])),
        .value(.list((0..<30).map { .int(Int64($0)) })),
        .value(.string(String(repeating: "a", count: 4_000))),
      ])
      let result = Evaluator(budget: 20_000).evaluate(node, in: activation)
      let message = shown(result)
      #expect(
        ["error: the evaluation takes too much work", "error: the result is too large"]
          .contains(message), "\(text): \(message)")
    }
  }
}

struct `Searches in texts` {
  @Test(arguments: [
    ("aaaa", "aa", Int64?.none, Int64(2)), ("aabaa", "aa", 2, 0), ("abcabc", "abc", nil, 3),
    ("abcabc", "x", nil, -1), ("aaa", "aaa", 0, 0), ("äöäö", "äö", nil, 2), ("äöäö", "äö", 1, 0),
  ])
  func `find the last place, also where places overlap`(
    text: String, part: String, end: Int64?, place: Int64
  ) throws {
    #expect(try Scalars.lastPosition(of: part, in: text, upTo: end) == place)
  }

  @Test(arguments: [
    ("abc", "-", Int64(-1), "-a-b-c-"), ("abc", "-", 2, "-a-bc"), ("äö", "x", -1, "xäxöx"),
    ("", "-", -1, "-"), ("abc", "", -1, "abc"), ("abc", "-", 0, "abc"), ("ab", "-", 3, "-a-b-"),
  ])
  func `put a text between all scalars`(
    text: String, new: String, limit: Int64, result: String
  ) throws {
    #expect(try Scalars.replacing("", by: new, in: text, limit: limit) == result)
  }
}
