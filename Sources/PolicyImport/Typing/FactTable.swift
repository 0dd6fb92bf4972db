import Diagnostics

/// The facts that expressions read, with what is known of their types.
///
/// A fact goes by its path, as the file writes it; `[]` stands for the elements of a list.
struct FactTable: Sendable {
  /// What is known of one fact.
  struct Fact: Sendable {
    var type: ForeignType
    /// Where the type was seen first.
    var range: SourceRange?
    var allowed: [ForeignValue]?
    /// Whether it need not be given: something asks whether it is.
    var isOptional = false
  }

  private(set) var facts: [[String]: Fact] = [:]
  /// The paths in the order in which they were first met.
  private(set) var order: [[String]] = []

  /// Facts of declared types; those that nothing reads are left out in the end.
  init(declarations: [[String]: FactDeclaration]) {
    for (path, declaration) in declarations {
      facts[path] = Fact(type: declaration.type, allowed: declaration.allowed)
    }
  }

  /// The type of a fact, `unknown` until something tells.
  func type(of path: [String]) -> ForeignType { facts[path]?.type ?? .unknown }

  /// Notes that a fact is read, as a value of a type, if that is known.
  mutating func read(
    _ path: [String], as type: ForeignType?, at range: SourceRange
  ) throws(ImportProblem) {
    if !order.contains(path) {
      order.append(path)
      try checkShape(of: path, at: range)
    }
    var fact = facts[path] ?? Fact(type: .unknown)
    if let type, type != .unknown {
      if fact.type == .unknown || fact.type == .list(.unknown) {
        fact.type = type
        fact.range = range
      } else if fact.type != type, type != .list(.unknown) {
        throw ImportProblem(
          "'\(path.joined(separator: "."))' is \(type.words) here, and \(fact.type.words) elsewhere",
          at: range,
          notes: fact.range.map { [.init("it is \(fact.type.words) here", at: $0)] } ?? [])
      }
    }
    facts[path] = fact
  }

  mutating func makeOptional(_ path: [String]) { facts[path]?.isOptional = true }

  /// A fact that has parts is not a value too.
  private func checkShape(of path: [String], at range: SourceRange) throws(ImportProblem) {
    for other in order where other.count != path.count {
      let (short, long) = other.count < path.count ? (other, path) : (path, other)
      if long.starts(with: short), long[short.count] != "[]" {
        throw ImportProblem(
          "'\(short.joined(separator: "."))' is read as a value and has parts too", at: range)
      }
    }
  }
}
