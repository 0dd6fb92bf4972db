extension Expression {
  /// A macro that makes one value, or one list, of all elements of a list.
  public struct ListMacro: Sendable {
    /// Which one; the raw value is its name.
    public enum Name: String, Sendable, Hashable, CaseIterable {
      case sum, count, minBy, maxBy, sortBy, groupBy, reduce, runningSum, longestRun, mostAtOnce
      case mostWithin
    }

    /// Which one.
    public let name: Name
    /// The list.
    public let range: Expression
    /// The variable that stands for an element, the last one; before it for `reduce` that of the result so far.
    public let variables: [Expression.Name]
    /// What is asked of each element: two things for `mostAtOnce`, one for all others.
    public let bodies: [Expression]
    /// What does not depend on the element: where `reduce` starts, how long the window of `mostWithin` is.
    public let argument: Expression?

    /// The list and what is asked of it, in the order in which they are written.
    var parts: [Expression] {
      let arguments =
        name == .mostWithin ? bodies + [argument] : [argument] + bodies
      return [range] + arguments.compactMap(\.self)
    }

    /// What stands in the parentheses, each part as a text that is given.
    func argumentTexts(_ text: (Expression) -> String) -> [String] {
      let names = variables.map(\.text)
      let bodies = bodies.map(text)
      let argument = argument.map { [text($0)] } ?? []
      return switch name {
      case .reduce: Array(names.prefix(1)) + argument + Array(names.dropFirst()) + bodies
      case .mostWithin: names + bodies + argument
      default: names + bodies
      }
    }
  }
}

extension Expression.ListMacro.Name {
  /// How many arguments the macro has, its variables among them.
  var argumentCount: Int {
    switch self {
    case .reduce: 4
    case .mostAtOnce, .mostWithin: 3
    default: 2
    }
  }

  /// How it is written, for whoever writes it wrongly, and for the language reference.
  var usage: String {
    switch self {
    case .sum: "list.sum(x, number)"
    case .count: "list.count(x, condition)"
    case .minBy, .maxBy, .sortBy, .groupBy: "list.\(rawValue)(x, key)"
    case .reduce: "list.reduce(sofar, start, x, next)"
    case .runningSum: "list.runningSum(x, number)"
    case .longestRun: "list.longestRun(x, condition)"
    case .mostAtOnce: "list.mostAtOnce(x, from, until)"
    case .mostWithin: "list.mostWithin(x, at, length)"
    }
  }
}
