import CEL
public import Diagnostics
import PolicyEngine

extension TestRun {
  /// The run in the Test Anything Protocol, version 14: a line a case, what went wrong as YAML below.
  public var tap: String {
    var text = "TAP version 14\n1..\(count)\n"
    for (index, result) in results.enumerated() {
      // Outside of a description, `#` begins a directive.
      let title = result.fixture.title.replacing("\\", with: "\\\\").replacing("#", with: "\\#")
      text += "\(result.passes ? "ok" : "not ok") \(index + 1) - \(title.printable)\n"
      guard !result.passes else { continue }
      text += "  ---\n  at: \(quoted(result.fixture.range.fileAndLine))\n  mismatches:\n"
      for mismatch in result.mismatches {
        text += "    - subject: \(quoted(mismatch.subject))\n"
        text += "      at: \(quoted(mismatch.range.fileAndLine))\n"
        text += "      expected: \(quoted(mismatch.expected))\n"
        text += "      actual: \(quoted(mismatch.actual))\n"
      }
      text += "  ...\n"
    }
    if count == 0 { text += "Bail out! there is no case to try\n" }
    return text
  }

  /// The run as JUnit's XML, which CI services show: a suite a topic.
  public var junit: String {
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuites tests=\"\(count)\" failures=\"\(failures.count)\">\n"
    var topics: [String] = []
    for result in results where !topics.contains(result.fixture.topic) {
      topics.append(result.fixture.topic)
    }
    for topic in topics {
      let own = results.filter { $0.fixture.topic == topic }
      text += "  <testsuite name=\"\(topic.xmlEscaped)\" tests=\"\(own.count)\""
      text += " failures=\"\(own.count { !$0.passes })\">\n"
      for result in own {
        let range = result.fixture.range
        text += "    <testcase classname=\"\(topic.xmlEscaped)\""
        text += " name=\"\(result.fixture.name.xmlEscaped)\""
        text += " file=\"\(range.source.name.xmlEscaped)\" line=\"\(range.start.line)\""
        if result.passes {
          text += "/>\n"
        } else {
          let lines = (result.mismatches.map(\.sentence) + result.reasons.map(\.text))
            .joined(separator: "\n")
          let first = result.mismatches.first?.sentence ?? ""
          text +=
            ">\n      <failure message=\"\(first.xmlEscaped)\">\(lines.xmlEscaped)</failure>\n"
          text += "    </testcase>\n"
        }
      }
      text += "  </testsuite>\n"
    }
    return text + "</testsuites>\n"
  }

  /// The failures as diagnostics, each at the place of what was expected.
  public var diagnostics: [Diagnostic] {
    guard count > 0 else {
      return [
        Diagnostic(code: .noCases, "there is no case to try: nothing was tested", at: nil)
      ]
    }
    return failures.flatMap { result in
      result.mismatches.map { mismatch in
        Diagnostic(
          code: .fixtureFails, "\(result.fixture.title): \(mismatch.sentence)",
          at: mismatch.range,
          notes: result.reasons.map { Diagnostic.Note($0.text, at: $0.place) })
      }
    }
  }

  /// The run as one JSON object: `passes`, the counts, and a member of `cases` for each case tried.
  public var json: String {
    JSONValue.object([
      ("passes", .bool(passes)), ("cases", .int(count)), ("tried", .int(results.count)),
      ("failed", .int(failures.count)), ("results", .array(results.map(\.json))),
    ]).pretty
  }

  /// A text as JSON has it, which YAML reads too.
  private func quoted(_ text: String) -> String { JSONValue.string(text).compact }
}

extension Mismatch {
  fileprivate var sentence: String { "\(subject): expected \(expected), got \(actual)" }
}

extension CaseResult {
  /// Why it came out so: the decisive rules in a sentence each.
  fileprivate var reasons: [(text: String, place: SourceRange)] {
    decisiveRules.map { rule in
      let path = rule.path.pathFromRoot
      return (
        "'\(rule.id)' is \(OutcomeWord(rule.outcome).rawValue)"
          + (path.isEmpty ? "" : " at \(path)")
          + (rule.reason.map { ": \($0)" } ?? ""), rule.place
      )
    }
  }

  fileprivate var json: JSONValue {
    .object(
      omittingNil: [
        ("topic", .string(fixture.topic)), ("case", .string(fixture.name)),
        ("file", .string(fixture.range.source.name)), ("line", .int(fixture.range.start.line)),
        ("passes", .bool(passes)),
        (
          "mismatches",
          passes
            ? nil
            : .array(
              mismatches.map { mismatch in
                .object([
                  ("subject", .string(mismatch.subject)), ("expected", .string(mismatch.expected)),
                  ("actual", .string(mismatch.actual)),
                  ("line", .int(mismatch.range.start.line)),
                ])
              })
        ),
        (
          "why",
          passes
            ? nil
            : .array(
              reasons.map {
                .object([
                  ("text", .string($0.text)), ("file", .string($0.place.source.name)),
                  ("line", .int($0.place.start.line)),
                ])
              })
        ),
      ])
  }
}

extension String {
  /// The text as XML holds it; what can't be seen, and control characters, which XML 1.0 doesn't have even
  /// escaped, are written as `\u{…}`.
  fileprivate var xmlEscaped: String {
    let lines = split(separator: "\n", omittingEmptySubsequences: false)
    var result = ""
    for scalar in lines.map({ String($0).printable }).joined(separator: "\n").unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n": result += "&#10;"
      case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
