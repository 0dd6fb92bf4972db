import CEL
import PolicyEngine

/// Tells of two conditions, terms or rules that no document can tell them apart.
///
/// What is not shown to be so may be so all the same: an answer of false says nothing.
struct Equivalence {
  let vocabulary: Vocabulary

  /// Whether two expressions have the same value whatever the facts are, and since the same facts are missing.
  func areEqual(_ left: CheckedExpression, _ right: CheckedExpression) -> Bool {
    if left.key == right.key { return true }
    if left.type == .bool, right.type == .bool {
      var forms = LogicalForms(vocabulary)
      let (first, second) = (forms.form(of: left), forms.form(of: right))
      if forms.holdForAll({ first.value($0) == second.value($0) }) { return true }
      if NumberEquivalence.areEqual(left, right) { return true }
    }
    // What is made in the same way of equal parts is equal.
    let (first, second) = (left.children, right.children)
    return !first.isEmpty && first.count == second.count && left.frameKey == right.frameKey
      && zip(first, second).allSatisfy { areEqual($0, $1) }
  }

  /// Whether two rules have the same outcome for every subject, and say the same of it.
  func areEqual(_ left: Rule, _ right: Rule) -> Bool {
    guard left.id == right.id, left.severity == right.severity, left.effective == right.effective,
      left.decides == right.decides, left.subjectType == right.subjectType,
      areEqual(left.because, right.because), areEqual(left.fix?.action, right.fix?.action),
      areEqual(left.fix?.deadline, right.fix?.deadline)
    else { return false }
    if areEqual(left.when, right.when), areEqual(left.unless, right.unless),
      areEqual(left.require, right.require)
    {
      return true
    }
    var forms = LogicalForms(vocabulary)
    let (first, second) = (RuleForm(left, &forms), RuleForm(right, &forms))
    return forms.holdForAll { first.outcome($0) == second.outcome($0) }
  }

  private func areEqual(_ left: CheckedExpression?, _ right: CheckedExpression?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return areEqual(left, right)
  }

  private func areEqual(_ left: Condition?, _ right: Condition?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    switch (left.kind, right.kind) {
    case (.expression(let a), .expression(let b)): return areEqual(a, b)
    case (.all(let a), .all(let b)), (.any(let a), .any(let b)), (.none(let a), .none(let b)):
      return a.count == b.count && zip(a, b).allSatisfy { areEqual($0, $1) }
    default: return false
    }
  }

  private func areEqual(_ left: Template?, _ right: Template?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return left.pieces.count == right.pieces.count
      && zip(left.pieces, right.pieces).allSatisfy { piece, other in
        switch (piece, other) {
        case (.text(let a), .text(let b)): a.utf8.elementsEqual(b.utf8)
        case (.expression(let a), .expression(let b)): areEqual(a, b)
        default: false
        }
      }
  }
}

/// The conditions of a rule taken apart.
struct RuleForm {
  /// The outcome of a rule in logic.
  enum Outcome: Hashable {
    case doesNotApply, satisfied, violated
    case undetermined(UInt64)
  }

  private let when: LogicalForm
  private let unless: LogicalForm
  private let require: LogicalForm

  init(_ rule: Rule, _ forms: inout LogicalForms) {
    when = rule.when.map { forms.form(of: $0) } ?? .constant(true)
    unless = rule.unless.map { forms.form(of: $0) } ?? .constant(false)
    require = forms.form(of: rule.require)
  }

  /// The outcome of the rule where it is in force; why it does not apply makes no difference to anybody.
  func outcome(_ values: [Int], watch: ((Int, LogicalValue) -> Void)? = nil) -> Outcome {
    let when = when.value(values, watch: watch)
    if when == .no { return .doesNotApply }
    let unless = unless.value(values, watch: watch)
    if unless == .yes { return .doesNotApply }
    let applies = LogicalValue.both(when, !unless)
    switch (applies, require.value(values, watch: watch)) {
    case (_, .yes): return .satisfied
    case (.yes, .no): return .violated
    case (.undetermined(let a), .undetermined(let b)): return .undetermined(a | b)
    case (.undetermined(let doubt), .no), (.yes, .undetermined(let doubt)):
      return .undetermined(doubt)
    case (.no, _): return .doesNotApply
    }
  }
}

extension CheckedExpression {
  /// What the node makes of its parts, whatever these are.
  fileprivate var frameKey: String {
    // Neither true nor false, so that nothing is levelled out.
    let nothing = CheckedExpression(kind: .constant(.null), type: .null, range: range)
    switch kind {
    case .comprehension(let comprehension):
      return "\(comprehension.macro) \(comprehension.variables.count) "
        + "\(comprehension.predicate == nil) \(comprehension.transform == nil)"
    // As it is written: which side is which must not be levelled out, since the sides are compared.
    case .call(let name, let overloads, _):
      return "\(name)/\(overloads.map(\.id).joined(separator: "|"))"
    default: return with(mappingChildren { _ in nothing }).key
    }
  }
}
