package import Diagnostics
import YAML

/// Mistakes in changes to documents.
extension Diagnostic {
  // MARK: Paths

  package static func noPath(_ text: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .noPath, "'\(text)' is not a path to a fact", at: range,
      help: "a path is names parted by points, with positions in lists from 0: 'list[0].fact'")
  }

  static func unknownFact(_ name: String, of type: VocabularyType, in path: FactPath) -> Diagnostic
  {
    let isTerm = type.terms.contains { $0.name == name }
    return Diagnostic(
      code: .unknownFact, "'\(name)' is not a fact of \(type.name)", at: path.range,
      help: isTerm
        ? "'\(name)' is a term: it follows from facts; change these"
        : Suggestion.helpOrList(
          for: name, among: type.facts.map(\.name), listing: "its facts are"))
  }

  static func listWithoutPosition(before name: String, in path: FactPath) -> Diagnostic {
    Diagnostic(
      code: .noPath, "'\(path.text)' passes through a list without saying which element",
      at: path.range, help: "write its position in brackets, from 0: '[0].\(name)'")
  }

  static func nothingBelow(_ name: String, in path: FactPath) -> Diagnostic {
    Diagnostic(
      code: .noPath, "'\(path.text)' goes on behind a fact that has no '\(name)'", at: path.range)
  }

  static func noList(in path: FactPath) -> Diagnostic {
    Diagnostic(
      code: .noPath, "'\(path.text)' has a position for something that is not a list",
      at: path.range)
  }

  // MARK: Changes

  static func noElement(_ index: Int, count: Int, in path: FactPath) -> Diagnostic {
    Diagnostic(
      code: .noElement,
      "'\(path.text)' asks for element \(index), and the list has \(count) (counted from 0)",
      at: path.range, help: "'[+]' stands for a new element behind the last")
  }

  static func endInsidePath(_ path: FactPath) -> Diagnostic {
    Diagnostic(
      code: .noPath, "'[+]' can only be the end of a path that is changed", at: path.range)
  }

  static func nothingToChange(
    _ path: FactPath, below steps: some Collection<FactPath.Step>, found node: YAMLNode
  ) -> Diagnostic {
    Diagnostic(
      code: .nothingToChange,
      "the session has nothing at '\(path.text)' that could be changed in part", at: path.range,
      notes: [Note("here the session has \(node.kindDescription)", at: node.range)],
      help: "give the whole of what is missing")
  }

  static func changesNothing(_ path: FactPath) -> Diagnostic {
    Diagnostic(
      code: .changesNothing, "'\(path.text)' is so already: this changes nothing", at: path.range,
      help: "take the change away, or change the base")
  }

  // MARK: Suppositions

  static func noEqualsSign(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .noValue, "this supposes no value of a fact", at: range,
      help: "write PATH=VALUE, PATH+=VALUE to add to a list, or PATH=null to take away")
  }

  static func commentInSupposition(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .comment, "what follows ' #' is a comment in YAML, and would not be supposed",
      at: range, help: "put the value in quotes: PATH=\"VALUE # with this\"")
  }

  static func severalLines(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .noValue, "a supposition is written in one line", at: range,
      help: "a line break in a text is written \"\\n\", in double quotes")
  }

  static func noValue(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .noValue, "there must be one value behind '='", at: range,
      help: "write null to take the fact away, or '' (in quotes) for an empty text")
  }

  static func confidentialSupposition(_ path: FactPath) -> Diagnostic {
    Diagnostic(
      code: .withheld,
      "'\(path.text)' is confidential, or holds what is, and this session is somebody else's",
      at: path.range, help: "such things can be supposed of one's own sessions")
  }

  static func tellingSupposition(_ path: FactPath, by rule: Rule) -> Diagnostic {
    Diagnostic(
      code: .withheld,
      "what follows from '\(path.text)' depends on what is confidential, and this session is somebody else's",
      at: path.range, notes: [Note("it matters to: \(rule.title)", at: nil)],
      help: "ask for a decision that does not depend on it, or suppose something else")
  }

  static func tellingDate(by rule: Rule) -> Diagnostic {
    Diagnostic(
      code: .withheld,
      "what follows on another date depends on what is confidential, and this session is somebody else's",
      at: nil, notes: [Note("it matters to: \(rule.title)", at: nil)],
      help: "leave --today out, or ask for a decision that does not depend on it")
  }

  static func unshownSupposition() -> Diagnostic {
    Diagnostic(
      code: .withheld, "this can't be supposed of a session that is somebody else's", at: nil)
  }

  static func addsNothing(at range: SourceRange) -> Diagnostic {
    Diagnostic(code: .noValue, "there is nothing in this list that could be added", at: range)
  }
}
