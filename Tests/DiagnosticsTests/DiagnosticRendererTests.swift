import Diagnostics
import Testing

@Suite struct `Rendering a diagnostic` {
  private func render(
    _ text: String, _ bytes: Range<Int>, style: TextStyle = .plain, message: String = "wrong"
  ) -> String {
    let range = SourceRange(source: Source(name: "t.yaml", text: text), bytes: bytes)
    return DiagnosticRenderer(style: style).render(Diagnostic(code: .syntax, message, at: range))
  }

  @Test func `shows place, message, line, notes and help`() {
    let source = Source(name: "p/t.yaml", text: "a: 1\nb: 2\na: 3\n")
    let diagnostic = Diagnostic(
      code: .duplicateKey, "the key 'a' is given twice",
      at: SourceRange(source: source, bytes: 10..<14),
      notes: [
        .init("first here", at: SourceRange(source: source, bytes: 0..<1)),
        .init("by the way", at: nil),
      ], help: "keep one")
    #expect(
      DiagnosticRenderer().render([diagnostic, Diagnostic(.warning, code: .syntax, "odd", at: nil)])
        == """
        p/t.yaml:3:1: error: the key 'a' is given twice [duplicate-key]
            3 | a: 3
              | ^~~~
        p/t.yaml:1:1: note: first here
            1 | a: 1
              | ^
        note: by the way
          help: keep one
        warning: odd [syntax]

        """)
  }

  @Test func `underlines nothing as one column, and the first line of several`() {
    #expect(
      render("ab\ncd", 2..<2) == "t.yaml:1:3: error: wrong [syntax]\n    1 | ab\n      |   ^\n")
    #expect(
      render("ab\ncd", 1..<5) == "t.yaml:1:2: error: wrong [syntax]\n    1 | ab\n      |  ^\n")
    #expect(render("ab\n", 3..<3) == "t.yaml:2:1: error: wrong [syntax]\n    2 | \n      | ^\n")
    #expect(render("", 0..<9) == "t.yaml:1:1: error: wrong [syntax]\n    1 | \n      | ^\n")
  }

  @Test(arguments: [
    ("é: x", 4..<5, "   ^"), ("e\u{301}: x", 5..<6, "   ^"), ("日本: x", 8..<9, "      ^"),
    ("😀: x", 6..<7, "    ^"), ("日本: x", 0..<6, "^~~~"), ("\tx", 1..<2, " ^"),
    ("\u{FEFF}a: x", 6..<7, "   ^"), ("a\r\n", 0..<3, "^"),
  ])
  func `underlines what a terminal shows there`(_ text: String, _ bytes: Range<Int>, _ line: String)
  {
    let lines = render(text, bytes).split(separator: "\n")
    #expect(lines.last.map { String($0) } == "      | " + line)
  }

  @Test func `lets no text write to the terminal`() {
    let text = "a\u{1B}[31m\u{202E}b\u{85}\u{2028}\u{0}"
    #expect(render(text, 0..<1).contains("| a\\u{1b}[31m\\u{202e}b\\u{85}\\u{2028}\\u{0}\n"))
    let message = render("a", 0..<1, message: "'\u{1B}[2J\n'")
    #expect(message.hasPrefix("t.yaml:1:1: error: '\\u{1b}[2J\\u{a}' [syntax]\n"))
    let source = Source(name: "\u{1B}.yaml", text: "")
    let named = Diagnostic(
      code: .syntax, "x", at: SourceRange(source: source, bytes: 0..<0), help: "\u{7}")
    #expect(
      !DiagnosticRenderer().render(named).unicodeScalars.contains {
        $0.value < 10 || $0 == "\u{1B}"
      })
  }

  @Test func `shows bytes that are not UTF-8`() {
    let source = Source(name: "t", bytes: Array("a: ".utf8) + [0xE9, 0x80, 0x80, 0x80, 0x78])
    let range = SourceRange(source: source, bytes: 7..<8)
    #expect(DiagnosticRenderer().render(Diagnostic(code: .syntax, "x", at: range)).hasSuffix("^\n"))
  }

  @Test(arguments: [0, 50, 100, 119, 120, 200, 500, 998, 999])
  func `cuts a long line around what it underlines`(_ offset: Int) throws {
    let text =
      String(repeating: "é", count: offset) + "X" + String(repeating: "ü", count: 999 - offset)
    let lines = render(text, 2 * offset..<2 * offset + 1).split(separator: "\n")
    let line = Array(try #require(lines.dropFirst().first))
    let underline = Array(try #require(lines.last))
    #expect(line.count <= 8 + 122)
    #expect(underline.last == "^")
    #expect(line[underline.count - 1] == "X")
    #expect(line.contains("…"))
    #expect(line.last == "…" || offset > 900)
  }

  @Test func `shows a line of the longest length whole`() {
    #expect(!render(String(repeating: "x", count: 120), 0..<1).contains("…"))
  }

  @Test func `underlines no more than it shows`() {
    let text = String(repeating: "x", count: 1000)
    let lines = render(text, 0..<1000).split(separator: "\n")
    #expect(lines.last?.count == 8 + 120)
  }

  @Test func `colours what matters`() {
    let text = render("ab", 0..<2, style: TextStyle(isColored: true))
    #expect(
      text
        == "\u{1B}[1mt.yaml:1:1:\u{1B}[0m \u{1B}[1;31merror:\u{1B}[0m wrong \u{1B}[2m[syntax]\u{1B}[0m\n"
        + "\u{1B}[2m    1 |\u{1B}[0m ab\n\u{1B}[2m      |\u{1B}[0m \u{1B}[1;31m^~\u{1B}[0m\n")
  }
}

@Suite struct `Diagnostics` {
  private let source = Source(name: "b", text: "abc")

  private func diagnostic(_ message: String, _ bytes: Range<Int>?, in other: Source? = nil)
    -> Diagnostic
  {
    Diagnostic(
      code: .syntax, message, at: bytes.map { SourceRange(source: other ?? source, bytes: $0) })
  }

  @Test func `are sorted by place, each once`() {
    let first = Source(name: "a", text: "abc")
    let diagnostics = [
      diagnostic("4", 1..<2), diagnostic("3", 0..<2), diagnostic("2", 0..<1),
      diagnostic("3", 0..<2),
      diagnostic("1", 2..<3, in: first), diagnostic("0", nil),
    ]
    #expect(diagnostics.sortedByPlace().map(\.message) == ["0", "1", "2", "3", "4"])
  }

  @Test func `have errors or not`() {
    #expect(![Diagnostic(.warning, code: .syntax, "m", at: nil)].hasErrors)
    #expect([Diagnostic(.warning, code: .syntax, "m", at: nil), diagnostic("m", nil)].hasErrors)
    #expect(Diagnostic.Severity.error < .warning)
  }
}

@Suite struct `Workflow annotations` {
  @Test func `are commands with what they need encoded`() {
    let source = Source(name: "p,q:r/50%.yaml", text: "a\nbcd\n")
    let range = SourceRange(source: source, bytes: 3..<5)
    let diagnostic = Diagnostic(
      .warning, code: .syntax, "100%\nwrong", at: range,
      notes: [.init("see", at: range), .init("n", at: nil)],
      help: "fix: it")
    #expect(
      WorkflowAnnotations.render([diagnostic, Diagnostic(code: .duplicate, "m", at: nil)]) == """
        ::warning file=p%2Cq%3Ar/50%25.yaml,line=2,endLine=2,col=2,endColumn=4,title=syntax::100%25%0Awrong%0Asee \
        (p,q:r/50%25.yaml:2)%0An%0Ahelp: fix: it
        ::error title=duplicate::m

        """)
  }

  @Test func `pass no control characters on`() {
    let text = WorkflowAnnotations.render([
      Diagnostic(code: .syntax, "a\u{1B}[31m\rb\u{202E}", at: nil)
    ])
    #expect(
      text == "::error title=syntax::a\\u{1b}[31m\\u{d}b\\u{202e}"
        + "%0Ahelp: remove the right-to-left override (\\u{202e}), which can't be seen\n")
  }

  @Test func `give no end column across lines`() {
    let range = SourceRange(source: Source(name: "t", text: "a\nb"), bytes: 0..<3)
    let text = WorkflowAnnotations.render([Diagnostic(code: .syntax, "m", at: range)])
    #expect(text == "::error file=t,line=1,endLine=2,col=1,title=syntax::m\n")
  }
}

@Suite struct `Suggestions` {
  @Test(
    arguments: [
      ("workOrdr", ["date", "workOrder", "tutor"], "workOrder"),
      ("wokrOrder", ["workOrder"], "workOrder"),
      ("WORKORDER", ["workOrder"], "workOrder"), ("xyz", ["abc", "def"], nil), ("ab", ["ac"], "ac"),
      ("ab", ["cd"], nil), ("a", ["b"], nil), ("a", ["A"], "A"), ("", ["a"], nil), ("abc", [], nil),
      ("tutr", ["tutors", "tutor"], "tutor"), ("abcd", ["abce", "abcf"], "abce"),
      ("naïve", ["naive"], "naive"),
      // Eight of nine letters may be in place: a third of the name is three.
      ("abcdefghi", ["abcdefxyz"], "abcdefxyz"), ("abcdefghi", ["abcdewxyz"], nil),
    ] as [(String, [String], String?)])
  func `are the nearest name that is near`(_ name: String, _ names: [String], _ nearest: String?) {
    #expect(Suggestion.nearest(to: name, among: names) == nearest)
    #expect(Suggestion.help(for: name, among: names) == nearest.map { "did you mean '\($0)'?" })
  }

  @Test func `list what is known where nothing is near`() {
    func help(_ names: [String]) -> String? {
      Suggestion.helpOrList(for: "xyz", among: names, listing: "known are")
    }
    #expect(help(["ab", "cd"]) == "known are 'ab', 'cd'")
    #expect(help(["xyy", "cd"]) == "did you mean 'xyy'?")
    #expect(help([]) == nil)
    #expect(help((0..<20).map { "name\($0)" })?.hasSuffix("'name11', ...") == true)
  }

  @Test func `are not sought for what is no name`() {
    let name = String(repeating: "x", count: 101)
    #expect(Suggestion.nearest(to: name, among: [name]) == nil)
  }
}
