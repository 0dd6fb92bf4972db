public import Diagnostics

/// An optional fact that an expression may read though it is not there, which leaves it undetermined.
public struct UnguardedRead: Hashable, Sendable {
  /// The field.
  public let field: FieldReference
  /// Where it is read: in the expression, or in the definition of a derived field that it reads.
  public let range: SourceRange
}

extension CheckedExpression {
  /// The reads of optional fields that no `has` guards, in order: without them, and with all required
  /// facts given, the expression always has a value or an error.
  ///
  /// What guards is followed through `&&`, `||`, `!` and `?:`, and into the definitions of derived fields.
  /// Since logic absorbs, a guard works on either side: `session.group.id == 'x' && has(session.group)` is
  /// false without a group.
  public func unguardedReads(
    in environment: Environment, derivedFields: [FieldReference: CheckedExpression] = [:]
  ) -> [UnguardedRead] {
    var analysis = PresenceAnalysis(environment: environment, derivedFields: derivedFields)
    analysis.visit(self, known: [])
    return analysis.reads
  }
}

/// Follows what is known to be there through an expression.
private struct PresenceAnalysis {
  /// A variable and the fields read from it: what two reads have in common that read the same.
  struct Access: Hashable {
    enum Root: Hashable {
      case global(Int)
      case local(Int)
    }

    let root: Root
    var fields: [FieldReference] = []
  }

  /// A definition with what is known where it is read: gone through once, however often it is read.
  private struct Visit: Hashable {
    let field: FieldReference
    let known: Set<Access>
  }

  /// A definition and its value: what is there then is worked out once.
  private struct Consequence: Hashable {
    let field: FieldReference
    let isTrue: Bool
  }

  /// How many times definitions are gone through with different facts known to be there.
  private static let visitLimit = 2000

  let environment: Environment
  let derivedFields: [FieldReference: CheckedExpression]
  private(set) var reads: [UnguardedRead] = []
  private var seen: Set<UnguardedRead> = []
  private var visits: Set<Visit> = []
  private var consequences: [Consequence: Set<Access>] = [:]

  init(environment: Environment, derivedFields: [FieldReference: CheckedExpression]) {
    self.environment = environment
    self.derivedFields = derivedFields
  }

  /// Collects the unguarded reads of a node, given the accesses that are known to be there.
  mutating func visit(_ node: CheckedExpression, known: Set<Access>) {
    switch node.kind {
    case .and(let left, let right):
      visit(left, known: known.union(present(when: true, right)))
      visit(right, known: known.union(present(when: true, left)))
    case .or(let left, let right):
      visit(left, known: known.union(present(when: false, right)))
      visit(right, known: known.union(present(when: false, left)))
    case .conditional(let condition, let then, let otherwise):
      visit(condition, known: known)
      visit(then, known: known.union(present(when: true, condition)))
      visit(otherwise, known: known.union(present(when: false, condition)))
    case .field(let operand, let field):
      visit(operand, known: known)
      let isKnown = access(node).map { known.contains($0) } ?? false
      if isOptional(field), !isKnown {
        let read = UnguardedRead(field: field, range: node.range)
        if seen.insert(read).inserted { reads.append(read) }
      }
    case .derived(let operand, let field):
      visit(operand, known: known)
      visitDefinition(of: field, on: access(operand), known: known)
    default:
      for child in node.children { visit(child, known: known) }
    }
  }

  private mutating func visitDefinition(
    of field: FieldReference, on operand: Access?, known: Set<Access>
  ) {
    guard let definition = derivedFields[field] else { return }
    var inside: Set<Access> = []
    if let operand {
      for access in known
      where access.root == operand.root && access.fields.starts(with: operand.fields) {
        let rest = Array(access.fields.dropFirst(operand.fields.count))
        inside.insert(Access(root: .local(0), fields: rest))
      }
    }
    inside.formUnion(known.filter { if case .global = $0.root { true } else { false } })
    // Each definition can be read with as many sets of facts known as there are subsets: after so many of
    // them nothing is taken to be known any more, which says too many reads to be unguarded, never too few.
    if visits.count >= Self.visitLimit { inside = [] }
    guard visits.insert(Visit(field: field, known: inside)).inserted else { return }
    visit(definition, known: inside)
  }

  /// What is there if a condition is true, or if it is false.
  private mutating func present(when isTrue: Bool, _ node: CheckedExpression) -> Set<Access> {
    switch node.kind {
    case .hasField(let operand, let field) where isTrue:
      guard var access = access(operand) else { return [] }
      access.fields.append(field)
      return [access]
    case .not(let operand): return present(when: !isTrue, operand)
    case .and(let left, let right) where isTrue, .or(let left, let right) where !isTrue:
      return present(when: isTrue, left).union(present(when: isTrue, right))
    case .derived(let operand, let field): return present(when: isTrue, field, of: access(operand))
    default: return []
    }
  }

  /// What is there if a derived field is true, or false, of what is read by an access.
  private mutating func present(
    when isTrue: Bool, _ field: FieldReference, of operand: Access?
  ) -> Set<Access> {
    let key = Consequence(field: field, isTrue: isTrue)
    if consequences[key] == nil {
      // Nothing, should the definition read itself.
      consequences[key] = []
      if let definition = derivedFields[field] {
        consequences[key] = present(when: isTrue, definition)
      }
    }
    let inside = consequences[key] ?? []
    return Set(
      inside.compactMap { access in
        guard case .local = access.root else { return access }
        return operand.map { Access(root: $0.root, fields: $0.fields + access.fields) }
      })
  }

  private func access(_ node: CheckedExpression) -> Access? {
    switch node.kind {
    case .global(let slot, _): return Access(root: .global(slot))
    case .local(let depth, _): return Access(root: .local(depth))
    case .field(let operand, let field):
      guard var access = access(operand) else { return nil }
      access.fields.append(field)
      return access
    default: return nil
    }
  }

  private func isOptional(_ field: FieldReference) -> Bool {
    guard let fields = environment.objectTypes[field.typeName]?.fields,
      fields.indices.contains(field.index)
    else { return false }
    return fields[field.index].isOptional
  }
}
