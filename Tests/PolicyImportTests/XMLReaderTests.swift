import Diagnostics
import Testing

@testable import PolicyImport

@Suite struct XMLReaderTests {
  private func read(_ text: String) throws -> XMLElement {
    try XMLReader.read(Source(name: "file.xml", text: text))
  }

  @Test func `elements, attributes and texts are read without their prefixes`() throws {
    let root = try read(
      "\u{FEFF}<?xml version='1.0' encoding=\"utf-8\"?><!-- c --><a:b xmlns:a='u' x='1 &amp; 2' a:y='3'>t<c/><![CDATA[<&]]>&#233;&#x1F600;</a:b>\n"
    )
    #expect(root.name == "b")
    #expect(root.attribute("x") == "1 & 2")
    #expect(root.attribute("y") == "3")
    #expect(root.children.map(\.name) == ["c"])
    #expect(root.text.string == "t<&é😀")
  }

  @Test func `a place behind an escape is that of the file`() throws {
    let root = try read("<a>\n  &lt; date(&quot;é&quot;) x</a>")
    let text = root.text
    let at = try #require(text.string.utf8.firstIndex(of: UInt8(ascii: "x")))
    let offset = text.string.utf8.distance(from: text.string.utf8.startIndex, to: at)
    #expect(text.range(of: offset..<offset + 1).start == SourcePosition(line: 2, column: 28))
  }

  @Test(arguments: [
    ("<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", "a document type declaration is not read"),
    ("<a>&e;</a>", "the entity '&e;' is not known"), ("<a>&#0;</a>", "the entity '&#0;'"),
    ("<a>&</a>", "'&' is written '&amp;'"), ("<a><b></a>", "'b' is closed as 'a'"),
    ("<a>", "'a' is never closed"), ("<a/><b/>", "nothing may follow"),
    ("", "starts with an element"),
    ("text", "starts with an element"), ("<a x=1/>", "not in quotes"),
    ("<a x='1' x='2'/>", "twice"),
    ("<a x='<'/>", "is not closed"),
    ("<?xml version='1.0' encoding='ISO-8859-1'?><a/>", "'iso-8859-1' is not read"),
    ("<a><!-- ", "never closed"), ("<1/>", "a name is expected"), ("<", "a name is expected"),
  ])
  func `what is not XML, or could grow, is refused`(text: String, message: String) {
    #expect {
      try read(text)
    } throws: { error in
      (error as? ImportProblem)?.diagnostic.message.contains(message) ?? false
    }
  }

  @Test func `what nests too deep is refused, and does not overflow`() {
    #expect(throws: ImportProblem.self) { try read(String(repeating: "<a>", count: 100_000)) }
  }

  @Test func `every beginning of a file is refused or read, and never a crash`() throws {
    let whole = "<a x='1'>&lt;<b><!-- c --><![CDATA[d]]></b></a>"
    for length in 0..<whole.utf8.count {
      _ = try? read(String(decoding: Array(whole.utf8).prefix(length), as: UTF8.self))
    }
  }
}
