import Diagnostics
import Testing

@Suite struct `Signs that can't be seen` {
  @Test(arguments: [
    ("\u{200B}", "200b", "zero width space"), ("\u{200D}", "200d", "zero width joiner"),
    ("\u{A0}", "a0", "no-break space"), ("\u{202F}", "202f", "narrow no-break space"),
    ("\u{FEFF}", "feff", "byte order mark"), ("\u{FE0F}", "fe0f", "variation selector-16"),
    ("\u{2063}", "2063", "invisible separator"), ("\u{AD}", "ad", "soft hyphen"),
    ("\u{2060}", "2060", "word joiner"), ("\u{3000}", "3000", "ideographic space"),
    ("\u{202E}", "202e", "right-to-left override"),
    ("\u{E0061}", "e0061", "tag latin small letter a"),
  ])
  func `are shown in messages, named, and to be removed`(sign: String, code: String, name: String) {
    let source = Source(name: "s.yaml", text: "kind: tutoring\(sign)")
    let diagnostic = Diagnostic(
      code: .syntax, "'tutoring\(sign)' is not a Kind",
      at: SourceRange(source: source, bytes: 6..<source.bytes.count),
      notes: [.init("not '\(sign)'", at: nil)], help: "did you mean 'tutoring'?")
    let shown = "\\u{\(code)}"
    #expect(diagnostic.message == "'tutoring\(shown)' is not a Kind")
    #expect(diagnostic.notes.map(\.message) == ["not '\(shown)'"])
    #expect(
      diagnostic.help
        == "remove the \(name) (\(shown)), which can't be seen; did you mean 'tutoring'?")
    let lines = DiagnosticRenderer().render(diagnostic).split(separator: "\n")
    #expect(lines[1] == "    1 | kind: tutoring\(shown)")
    #expect(lines[2].hasSuffix("^" + String(repeating: "~", count: 7 + shown.count)))
    for rendering in [diagnostic.json, WorkflowAnnotations.render([diagnostic])] {
      #expect(!rendering.unicodeScalars.contains { String($0) == sign })
    }
  }

  @Test(arguments: ["Zoë", "日本", "e\u{301}", "…", "“x”", "tab\tin", "Ünal-Øst"])
  func `are not those of words`(text: String) {
    let diagnostic = Diagnostic(code: .syntax, "'\(text)' is wrong", at: nil)
    #expect(diagnostic.message == "'\(text)' is wrong")
    #expect(diagnostic.help == nil)
  }

  @Test func `are counted when there are several`() {
    let diagnostic = Diagnostic(code: .syntax, "'a\u{200B}b\u{A0}\u{200B}'", at: nil)
    #expect(
      diagnostic.help
        == "remove the zero width space (\\u{200b}) and 1 other such sign, which can't be seen")
  }
}
