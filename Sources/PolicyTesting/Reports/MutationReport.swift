public import Diagnostics

/// A mutation run for people: a line a kind, then every survivor with its place and a case.
public struct MutationReport: Sendable {
  private let style: TextStyle

  /// A report in the given style.
  public init(style: TextStyle) { self.style = style }

  /// The report, ending in a line break.
  public func render(_ run: MutationRun) -> String {
    let renderer = DiagnosticRenderer(style: style)
    var text = ""
    for survivor in run.survivors {
      text += renderer.render(survivor.diagnostic)
      if let lines = survivor.killingCase {
        text += "  a case that would notice it:\n"
        text += lines.split(separator: "\n").map { "    \($0)\n" }.joined()
      }
      text += "\n"
    }
    text += renderer.render(run.unknownNames)
    if !run.unknownAccepted.isEmpty { text += "\n" }
    let column = run.kinds.map(\.kind.rawValue.count).max() ?? 0
    for count in run.kinds {
      let name = count.kind.rawValue.padding(to: column)
      text += "  \(name)  \(count.tried - count.survived) of \(count.tried)\n"
    }
    return text + summary(of: run) + "\n"
  }

  private func summary(of run: MutationRun) -> String {
    guard run.tried > 0 else { return style("there is no change to try: nothing was tested", .bad) }
    var text = "\(run.killed) of \(run.tried) changes are noticed by a fixture"
    let survivors = run.survivors.count
    if survivors > 0 {
      text += ", " + style(survivors == 1 ? "1 survives" : "\(survivors) survive", .bad)
      text += " (\(run.score.oneDecimal) %)"
    }
    var others = ["\(run.refused) more are refused by the policy checks"]
    if !run.equivalent.isEmpty {
      others.append("\(run.equivalent.count) make no difference to any session")
    }
    if !run.accepted.isEmpty { others.append("\(run.accepted.count) are accepted") }
    return text + "; " + others.joined(separator: ", ")
  }
}

extension MutationRun.Survivor {
  var diagnostic: Diagnostic {
    Diagnostic(
      .warning, code: .mutantSurvives,
      "no fixture notices when \(mutation.change) (\(mutation.owner))",
      at: mutation.range,
      help: search)
  }

  /// What came of the search for a case; nil where one was found, or none was looked for.
  private var search: String? {
    guard let sessionsTried else { return nil }
    let sessions = sessionsTried == 1 ? "1 session" : "\(sessionsTried) sessions"
    return isSearchCutShort
      ? "search stopped after \(sessions), and none of them tells: another one may"
      : "none of the \(sessions) that were tried tells, and none is known not to: one may still be there"
  }
}

extension MutationRun {
  /// The survivors as diagnostics, each at the place of the change, and what is accepted though there is none.
  public var diagnostics: [Diagnostic] {
    survivors.map(\.diagnostic) + unknownNames
  }

  /// What is accepted though no change is called so.
  fileprivate var unknownNames: [Diagnostic] {
    unknownAccepted.map { accepted in
      Diagnostic(
        .warning, code: .unknownMutant, "no change here is called '\(accepted.change)'",
        at: accepted.range,
        help: "write the change as it is shown where it survives, or its kind, such as comparison")
    }
  }

  /// The run as one JSON object: the counts, the score in percent, and the survivors.
  public var json: String {
    JSONValue.object([
      ("tried", .int(tried)), ("killed", .int(killed)), ("refused", .int(refused)),
      ("score", .number(score)),
      ("equivalent", .array(equivalent.map { .object(omittingNil: $0.members) })),
      (
        "accepted",
        .array(
          accepted.map {
            .object(omittingNil: $0.mutation.members + [("reason", .string($0.reason))])
          })
      ),
      (
        "unknownAccepted",
        .array(
          unknownAccepted.map {
            .object([
              ("change", .string($0.change)), ("file", .string($0.range.source.name)),
              ("line", .int($0.range.start.line)),
            ])
          })
      ),
      (
        "survivors",
        .array(
          survivors.map { survivor in
            .object(
              omittingNil: survivor.mutation.members + [
                ("case", .text(survivor.killingCase)),
                ("sessionsTried", survivor.sessionsTried.map { .int($0) }),
                ("searchStopped", survivor.isSearchCutShort ? .bool(true) : nil),
              ])
          })
      ),
    ]).pretty
  }
}

extension Mutation {
  fileprivate var members: [(String, JSONValue?)] {
    [
      ("kind", .string(kind.rawValue)), ("of", .string(owner)), ("change", .string(change)),
      ("file", .string(range.source.name)), ("line", .int(range.start.line)),
    ]
  }
}

extension String {
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
