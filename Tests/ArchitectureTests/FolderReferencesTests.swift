import Testing

@Suite struct FolderReferencesTests {
  @Test func `finds types that two folders use of each other`() {
    let references = references([
      "Deciding/Verdict.swift": "struct Verdict {\n  let rule: Rule\n}",
      "Policies/Rule.swift": "package struct Rule {\n  func decide() -> Verdict\n}",
      "Rendering/Text.swift": "struct Text {\n  let verdict: Verdict\n}",
    ])
    #expect(
      references.circles.map(references.description) == [
        """
        Deciding uses Policies
          Deciding/Verdict.swift: Rule
        Policies uses Deciding
          Policies/Rule.swift: Verdict
        """
      ])
  }

  @Test func `finds functions and members and initializers of extensions`() {
    let references = references([
      "A/One.swift": "struct One {\n  let two = helped(One(word: 1).length)\n}",
      "B/Two.swift": """
      func helped(_ one: Int) -> Int { one }
      extension One {
        @inlinable
        static package var length: Int { 1 }
        init(
          word: Int
        ) {}
      }
      """,
    ])
    #expect(
      references.circles.map(references.description) == [
        """
        A uses B
          A/One.swift: One(word:, One.length, helped
        B uses A
          B/Two.swift: One
        """
      ])
  }

  @Test(arguments: [
    "// Verdict",
    "/* Verdict */",
    #"let text = "Verdict \"Verdict\"""#,
    "let text = \"\"\"\n  Verdict\n  \"\"\"",
    ##"let text = #"Verdict"\(Verdict)"#"##,
    "private struct Verdict {}",
  ])
  func `takes no comment or text or name of its own for a use`(line: String) {
    #expect(uses(of: line) == [])
  }

  @Test func `sees what a text interpolates`() {
    #expect(uses(of: #"let text = "a \(name(of: Verdict.self)) b""#) == ["Verdict"])
  }

  @Test func `finds folders that use each other by way of a third`() {
    let references = references([
      "A/A.swift": "struct A {\n  let b: B\n}",
      "B/B.swift": "struct B {\n  let c: C\n}",
      "C/C.swift": "struct C {\n  let a: A\n  let d: D\n}",
      "D/D.swift": "struct D {}",
    ])
    #expect(references.circles == [])
    #expect(references.longCircle == ["A", "B", "C"])
  }

  private func uses(of line: String) -> Set<String> {
    let references = references([
      "Deciding/Verdict.swift": "struct Verdict {}", "Policies/Rule.swift": line,
    ])
    return references.uses.values.flatMap(\.values).reduce(into: []) { $0.formUnion($1) }
  }

  private func references(_ target: [String: String]) -> FolderReferences {
    FolderReferences(target: target.mapValues(SwiftFile.init), others: [])
  }
}
