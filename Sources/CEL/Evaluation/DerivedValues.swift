import Synchronization

/// What derived fields came to for their objects, so that each is evaluated once however many expressions read it.
///
/// It goes with an activation. Whoever makes one answers for it that all activations with it have the same variables
/// and zone, and are evaluated by the same evaluator: a derived field sees these and its object, and nothing else.
///
/// That values are kept can't be told from outside: one that is found counts as many steps as evaluating it anew,
/// and with recording on it gives the same reads.
public final class DerivedValues: Sendable {
  private struct Key: Hashable {
    let field: Int
    let object: ObjectIdentity
  }

  /// What a derived field came to.
  struct Known {
    /// Kept, so that no other object can have the same identity.
    let object: any CELObject
    let result: Evaluation
    /// How many steps it took.
    let steps: Int
    /// What was read; nil where it was evaluated without recording.
    let reads: ReadRecorder.Section?
  }

  private let values = Mutex<[Key: Known]>([:])

  /// None yet.
  public init() {}

  func value(of field: Int, on object: any CELObject) -> Known? {
    values.withLock { $0[Key(field: field, object: object.identity)] }
  }

  func keep(_ known: Known, of field: Int) {
    values.withLock { $0[Key(field: field, object: known.object.identity)] = known }
  }
}

/// The definition of a derived field, with what is known of its evaluation in advance.
struct DerivedField: Sendable {
  let definition: CheckedExpression
  /// Its number among those that are worth keeping the values of; nil for one that is evaluated as fast as looked up.
  let number: Int?
  /// How many nodes deep evaluating it goes at most.
  let depth: Int

  /// The nodes from which on the value of a definition is kept.
  private static let leastNodes = 12

  /// Some definitions, by their fields.
  static func fields(
    _ definitions: [FieldReference: CheckedExpression]
  ) -> [FieldReference: DerivedField] {
    let depths = CheckedExpression.evaluationDepths(of: definitions)
    var counts = NodeCounts(definitions: definitions)
    var keptCount = 0
    return definitions.reduce(into: [:]) { fields, entry in
      let isKept = counts.count(of: entry.key) >= leastNodes
      fields[entry.key] = DerivedField(
        definition: entry.value, number: isKept ? keptCount : nil, depth: depths[entry.key] ?? 0)
      if isKept { keptCount += 1 }
    }
  }
}

/// How many nodes evaluating definitions visits, roughly: lists are taken to have a few elements.
private struct NodeCounts {
  let definitions: [FieldReference: CheckedExpression]
  private var known: [FieldReference: Int] = [:]

  /// More are as good as these, and sums of them don't overflow.
  private static let limit = 1_000
  private static let listSize = 4

  init(definitions: [FieldReference: CheckedExpression]) { self.definitions = definitions }

  mutating func count(of field: FieldReference) -> Int {
    if let count = known[field] { return count }
    // Nothing, should the definition read itself.
    known[field] = 0
    let count = definitions[field].map { self.count(of: $0) } ?? 0
    known[field] = count
    return count
  }

  private mutating func count(of node: CheckedExpression) -> Int {
    var sum = 1
    switch node.kind {
    case .derived(let operand, let field): sum += count(of: operand) + count(of: field)
    case .comprehension(let comprehension):
      sum += count(of: comprehension.range)
      for body in [comprehension.predicate, comprehension.transform].compactMap(\.self) {
        sum += Self.listSize * count(of: body)
      }
    default: for child in node.children { sum += count(of: child) }
    }
    return min(sum, Self.limit)
  }
}
