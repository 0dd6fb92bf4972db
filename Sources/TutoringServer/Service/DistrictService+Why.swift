#if Server
package import CEL
import Diagnostics
import PolicyEngine
import PolicyRemedies
import PolicyRendering
import TutoringSessions
import TutoringStore

/// What is asked of an explanation.
package struct WhyQuestion: Hashable, Sendable {
  /// The decisions, by their names; empty for those that are decided without being asked for.
  package var decisions: [String] = []
  /// What is supposed of the session, such as `end=null` or `tags+=cl-goal-1`.
  package var suppositions: [String] = []
  /// The days between which it is told when the answer changes; nil for today alone.
  package var days: ClosedRange<CivilDate>?

  /// The session as it is, today.
  package init() {}
}

extension DistrictService {
  /// How many days a question may span: a little more than a school year.
  private static let longestSpan: Int64 = 400
  /// How many suppositions are taken at once.
  private static let mostSuppositions = 20

  /// Why a session was decided as it was; or as it would be, if something were otherwise.
  ///
  /// - Throws: `ServiceError.invalid` for a decision that there is not, and for what can't be supposed.
  package func why(
    _ id: String, _ question: WhyQuestion = WhyQuestion(), for actor: Actor
  ) async throws -> Why {
    let judge = judge(for: actor)
    let (record, surroundings) = try await visibleSession(id, to: actor)
    let policies = judge.policies
    let summary = judge.summary(
      of: record, in: surroundings, finding(for: record, in: surroundings, judge),
      schools: try await schoolNames())
    let document: FactDocument
    do { document = try judge.document(of: record, in: surroundings) } catch {
      throw ServiceError.invalid([InputMistake("", SessionJudge.sentence(for: error))])
    }
    let decisions: [Int]
    do throws(UnknownDecision) {
      decisions =
        question.decisions.isEmpty
        ? policies.defaultDecisions : try policies.decisionIndexes(question.decisions)
    } catch {
      throw ServiceError.invalid([InputMistake("decision", error.description)])
    }
    let supposed = try supposed(question.suppositions, of: document, decisions, judge)
    // Whose the session is is told by the session as it is, whatever is supposed.
    let viewer = policies.viewer(actor.viewer, of: document, today: judge.today)
    let shown = supposed?.document ?? document
    let explanation = policies.explain(
      shown, today: judge.today, decisions: decisions, for: viewer)
    let whatIf =
      supposed?.decide(
        by: policies, today: judge.today, decisions: decisions, for: viewer
      ).whatIf
    guard !explanation.isWithholding else {
      let report = ExplanationReport(explanation, whatIf: whatIf)
      return Why(
        summary: summary, report: report, outlook: [], waysOut: [], isWithholding: true,
        json: report.prettyJSON)
    }
    var timeline: Timeline?
    if let days = question.days {
      guard days.lowerBound.days(until: days.upperBound) <= Self.longestSpan else {
        throw ServiceError.invalid([
          InputMistake("until", "Ask for at most \(Self.longestSpan) days at once.")
        ])
      }
      timeline = policies.timeline(
        of: shown, from: days.lowerBound, until: days.upperBound, decisions: decisions)
    }
    let report = ExplanationReport(explanation, whatIf: whatIf, timeline: timeline)
    let remedies = judge.taken.knowledge.remedies(
      for: shown, today: judge.today, decisions: decisions, viewer: viewer)
    let mayChange = supposed == nil && (try? requireChange(of: record, by: actor)) != nil
    return Why(
      summary: summary, report: report,
      outlook: remedies.lines.map {
        .init(decision: $0.decision, title: $0.title, line: $0.line, until: $0.until)
      },
      waysOut: mayChange
        ? judge.planner(for: record, document).waysOut(of: remedies) { _, _ in [] } : [],
      isWithholding: false, json: report.prettyJSON(with: remedies))
  }

  private func supposed(
    _ texts: [String], of document: FactDocument, _ decisions: [Int], _ judge: SessionJudge
  ) throws(ServiceError) -> SupposedDocument? {
    guard !texts.isEmpty else { return nil }
    guard texts.count <= Self.mostSuppositions, texts.allSatisfy({ $0.utf8.count <= 1_000 }) else {
      throw .invalid([InputMistake("if", "That is too much to suppose at once.")])
    }
    var mistakes: [Diagnostic] = []
    let vocabulary = judge.policies.vocabulary
    let read = Supposition.read(texts, from: "if", in: vocabulary, into: &mistakes)
    guard let suppositions = read else { throw .invalid(mistakes.map { InputMistake("if", $0) }) }
    let viewer = judge.policies.viewer(judge.actor.viewer, of: document, today: judge.today)
    if viewer != .privileged {
      let refusals = judge.policies.refusals(of: suppositions, decisions: decisions)
      guard refusals.isEmpty else { throw .invalid(refusals.map { InputMistake("if", $0) }) }
    }
    guard
      let supposed = SupposedDocument(
        document, suppositions: suppositions, vocabulary: vocabulary, into: &mistakes)
    else {
      let shown =
        viewer == .privileged ? mistakes : mistakes.withholdingDocument(suppositions)
      throw .invalid(shown.map { InputMistake("if", $0) })
    }
    return supposed
  }
}

extension InputMistake {
  /// A mistake in what was written, as it is told of policies and documents.
  init(_ field: String, _ diagnostic: Diagnostic) {
    let text = diagnostic.message.prefix(1).uppercased() + diagnostic.message.dropFirst()
    let help = diagnostic.help.map { " (\($0))" } ?? ""
    self.init(field, "\(text)\(help).")
  }
}
#endif
