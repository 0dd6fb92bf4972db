/// The outcome of a rule for a subject.
public enum RuleOutcome: Hashable, Sendable {
  /// Why a rule does not apply.
  public enum Inapplicable: String, Hashable, Sendable {
    /// The governing date lies outside its effective dates.
    case notInForce
    /// Its `when` is false.
    case whenFalse
    /// Its `unless` is true.
    case unlessTrue
  }

  /// The rule has nothing to say of the subject.
  case doesNotApply(Inapplicable)
  /// What it requires is so.
  case satisfied
  /// What it requires is not so.
  case violated
  /// A fact that it needs is missing, or an evaluation error stands.
  case undetermined(Undetermined)

  /// The outcome that follows from whether a rule is in force and the outcomes of its conditions.
  ///
  /// A rule says "if `when` and not `unless`, then `require`", in three-valued logic: where it is not
  /// known whether it applies but what it requires is so, it is satisfied all the same, since no value
  /// of the missing facts could make it violated.
  init(
    isInForce: Truth, when: @autoclosure () -> Truth, unless: @autoclosure () -> Truth,
    require: @autoclosure () -> Truth
  ) {
    if case .no = isInForce {
      self = .doesNotApply(.notInForce)
      return
    }
    let when = when()
    if case .no = when {
      self = .doesNotApply(.whenFalse)
      return
    }
    let unless = unless()
    if case .yes = unless {
      self = .doesNotApply(.unlessTrue)
      return
    }
    switch (Truth.all([isInForce, when, !unless]), require()) {
    case (_, .yes): self = .satisfied
    case (.yes, .no): self = .violated
    case (.undetermined(let doubt), .no): self = .undetermined(doubt)
    case (.undetermined(let doubt), .undetermined(let more)):
      self = .undetermined(doubt.union(more))
    case (_, .undetermined(let doubt)): self = .undetermined(doubt)
    case (.no, .no): self = .doesNotApply(.whenFalse)
    }
  }
}
