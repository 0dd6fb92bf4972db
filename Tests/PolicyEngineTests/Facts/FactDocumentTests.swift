import CEL
import Diagnostics
import PolicyEngine
import Testing

struct FactDocumentTests {
  @Test func `finds the place of a fact by its path`() throws {
    let text = #"{"id": "S-1", "tags": ["a", "b\u0063"], "encounters": [{"subject": null}]}"#
    var diagnostics: [Diagnostic] = []
    let document = try #require(
      FactDocument.read(
        json: Source(name: "s.json", text: text), schema: SessionSchema.schema, into: &diagnostics))
    #expect(diagnostics.isEmpty)
    func written(_ steps: AttributePath.Step...) -> String? {
      document.range(of: AttributePath(root: "session", steps: steps))?.text
    }
    #expect(written(.field("id")) == #""S-1""#)
    #expect(written(.field("tags"), .index(1)) == #""b\u0063""#)
    #expect(written(.field("encounters"), .index(0), .field("subject")) == "null")
    #expect(written(.field("encounters"), .index(1)) == nil)
    #expect(written(.field("school")) == nil)
    guard case .present(.list(let tags)) = document.root.value(ofField: 9),
      case .string("bc") = tags[1]
    else { return #expect(Bool(false)) }
  }
}
