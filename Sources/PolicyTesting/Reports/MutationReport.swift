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
    let column = run.kinds.map(\.kind.rawValue.count).max() ?? 0
    for (kind, tried, survived) in run.kinds {
      let name = kind.rawValue.padding(to: column)
      text += "  \(name)  \(tried - survived) of \(tried)\n"
    }
    let survivors = run.survivors.count
    text += "\(run.killed) of \(run.tried) changes are noticed by a fixture"
    text += " (\(run.refused) more are refused by the policy checks)"
    if survivors > 0 {
      let words = survivors == 1 ? "1 survives" : "\(survivors) survive"
      text += ", " + style(words, .bad)
    }
    return text + "\n"
  }
}

extension MutationRun.Survivor {
  var diagnostic: Diagnostic {
    Diagnostic(
      .warning, code: "mutant-survives", "no fixture notices when \(mutation.change)",
      at: mutation.range,
      help: killingCase == nil ? "no session was found that tells; one may still be there" : nil)
  }
}

extension MutationRun {
  /// The survivors as diagnostics, each at the place of the change.
  public var diagnostics: [Diagnostic] { survivors.map(\.diagnostic) }

  /// The run as one JSON object: the counts, the score in percent, and the survivors.
  public var json: String {
    JSONValue.object([
      ("tried", .int(tried)), ("killed", .int(killed)), ("refused", .int(refused)),
      ("score", .number(score)),
      (
        "survivors",
        .array(
          survivors.map { survivor in
            .object(
              omittingNil: [
                ("kind", .string(survivor.mutation.kind.rawValue)),
                ("change", .string(survivor.mutation.change)),
                ("file", .string(survivor.mutation.range.source.name)),
                ("line", .int(survivor.mutation.range.start.line)),
                ("case", .text(survivor.killingCase)),
              ])
          })
      ),
    ]).pretty
  }
}

extension String {
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
