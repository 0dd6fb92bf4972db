public import CEL
public import Diagnostics
public import PolicyEngine
package import YAML

/// A session with what the policies must decide of it.
public struct FixtureCase: Sendable {
  /// The topic of the file that the case is in.
  public let topic: String
  /// The name of the case; of a row of a table, the table's name, then the row's.
  public let name: String
  /// Where the case stands.
  public let range: SourceRange
  /// The date decided for.
  public let today: CivilDate
  /// The session that it starts from.
  let base: FixtureBase
  /// What is changed in that, in this order.
  let changes: [DocumentChange]
  /// The session as it is read: the base with the changes.
  package let node: YAMLNode
  /// The session's facts; nil for a session that must be refused.
  package let document: FactDocument?
  /// What is wrong with a session that must be refused.
  let mistakes: [Diagnostic]
  /// The decisions taken, by their index in the policy set.
  package let decisions: [Int]
  let expectation: Expectation

  /// Whether it expects something of a rule.
  package func expects(_ rule: String) -> Bool { expectation.rules.contains { $0.id == rule } }

  /// The topic and the name.
  public var title: String { "\(topic) › \(name)" }
}

/// A session that cases start from.
struct FixtureBase: Sendable {
  let node: YAMLNode
  /// The path that the fixture file has for it; nil for one that is written out.
  let path: String?
}

/// The cases that policies must decide, read from fixture files and checked against the policies.
///
/// A file is a topic with its cases:
///
///     topic: Work orders and their backfill
///     base: ../../Examples/sessions/eligible.yaml   # or a session written out
///     today: 2026-11-23                             # nothing reads a clock
///     cases:
///       - case: without a work order there is no pay
///         change: {workOrder: null}
///         expect:
///           decisions: {payment: fail}
///           violated: [has-work-order]
///           fix: {has-work-order: {by: 2026-09-22, prospect: closed}}
///       - table: the window
///         columns:
///           change: [workOrder.assignedOn]
///           expect: [payment, violated]
///         rows:
///           day 7: [2026-09-22, pass, []]
///           day 8: [2026-09-23, fail, [work-order-within-backfill-window]]
///
/// `base` and `today` may stand in a case too, and count there. Changes are made in their order, and
/// each must change something; `tags[+]` appends to a list, a value of null takes a fact away, and
/// `remove`, a list of paths, takes away facts and list elements, after the changes.
///
/// Expected are `decisions` (`pass`, `fail`, `undetermined`), and exactly the rules under `violated`,
/// `undetermined` and `warnings`, or with `{includes: [...]}` these among others; a rule may be given as
/// `{rule: ..., at: encounters[0]}`, and an undetermined one with the facts `missing`. `outcomes` tells
/// the outcome of a rule, everywhere or by place; `reason` words of the reason; `fix` what to `do`, `by`
/// when, and whether the `prospect` is open or closed; `terms` and `parameters` their values, of a
/// parameter null where none is in force. A session
/// that is none must be refused: `mistake` has words of the message.
///
/// The decisions taken are those under `decisions`; where there are none, all that are not on request.
/// In a table, a column is a path, `today`, or for expectations `violated`, `undetermined`, `warnings`,
/// a decision, a rule (its outcome), a parameter, or the path of a term.
public struct FixtureSuite: Sendable {
  /// The cases, in the order of the files.
  public let cases: [FixtureCase]

  /// A suite of the cases whose title contains a text, whatever the letter case.
  public func filtered(by text: String) -> FixtureSuite {
    let wanted = text.lowercased()
    return FixtureSuite(cases: cases.filter { $0.title.lowercased().contains(wanted) })
  }

  /// Reads the cases of fixture files.
  ///
  /// - Parameters:
  ///   - sources: The files, named by their paths: a base is found from the path of its fixture file.
  ///   - policies: What names are resolved against.
  ///   - readFile: Reads a base by its path.
  ///   - diagnostics: Gets every mistake; a case with one is left out.
  /// - Returns: The cases without a mistake.
  public static func load(
    _ sources: [Source], policies: PolicySet, readFile: (String) throws -> Source,
    into diagnostics: inout [Diagnostic]
  ) -> FixtureSuite {
    withoutActuallyEscaping(readFile) { readFile in
      var loader = FixtureLoader(policies: policies, readFile: readFile)
      for source in sources { loader.load(source) }
      diagnostics += loader.diagnostics
      return FixtureSuite(cases: loader.cases)
    }
  }
}

extension FixtureCase {
  /// The case for a policy set in which the decisions may stand in another order.
  func rebased(on policies: PolicySet) -> FixtureCase {
    let named = expectation.decisions.compactMap { policies.decisionIndex(named: $0.name) }
    return FixtureCase(
      topic: topic, name: name, range: range, today: today, base: base, changes: changes,
      node: node, document: document, mistakes: mistakes,
      decisions: named.isEmpty ? policies.defaultDecisions : named,
      expectation: expectation)
  }
}
