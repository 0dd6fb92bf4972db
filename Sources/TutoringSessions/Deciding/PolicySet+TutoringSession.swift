public import CEL
public import Diagnostics
public import PolicyEngine

/// A session that a policy set can't decide, since its vocabulary does not have the session's form.
public struct SessionNotUnderstood: Error, CustomStringConvertible {
  /// What the vocabulary does not know: facts, cases of closed lists.
  public let diagnostics: [Diagnostic]

  /// The diagnostics as a person reads them.
  public var description: String { DiagnosticRenderer().render(diagnostics) }
}

extension PolicySet {
  /// Decides a session for a date, straight from its model.
  ///
  ///     let verdict = try policies.decide(session, today: today, decisions: ["payment"])
  ///     verdict.passes
  ///
  /// - Parameters:
  ///   - session: The session.
  ///   - today: The date decided for.
  ///   - decisions: The names of decisions; nil stands for all that are not on request.
  /// - Returns: The outcome of each decision, and the rules that made the difference.
  /// - Throws: `SessionNotUnderstood` when the vocabulary has another form of session, and
  ///   `UnknownDecision` when a name is none of a decision.
  public func decide(
    _ session: TutoringSession, today: CivilDate, decisions: [String]? = nil
  ) throws -> Verdict {
    decide(try facts(of: session), today: today, decisions: try decisions.map(decisionIndexes))
  }

  /// Decides a session for a date, straight from its model, and says why.
  ///
  /// - Parameters:
  ///   - session: The session.
  ///   - today: The date decided for.
  ///   - decisions: The names of decisions; nil stands for all that are not on request.
  /// - Returns: The reasons for every decision; facts have no places, since they come from no file.
  /// - Throws: The same as `decide`.
  public func explain(
    _ session: TutoringSession, today: CivilDate, decisions: [String]? = nil
  ) throws -> Explanation {
    explain(try facts(of: session), today: today, decisions: try decisions.map(decisionIndexes))
  }

  private func facts(of session: TutoringSession) throws -> FactDocument {
    var diagnostics: [Diagnostic] = []
    let source = Source(name: session.id, bytes: Array(try session.jsonData()))
    guard
      let document = FactDocument.read(
        json: source, schema: vocabulary.schema, into: &diagnostics)
    else { throw SessionNotUnderstood(diagnostics: diagnostics) }
    return document.withoutPlaces()
  }
}
