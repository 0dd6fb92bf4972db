import CEL
import Diagnostics
import Testing

@testable import PolicyEngine

struct FactDecoderTests {
  /// A type with itself inside, with more facts than a word has bits, some with long names.
  private let schema = FactSchema(
    objectTypes: [
      FactSchema.ObjectType(
        name: "Node",
        facts: [FactSchema.Fact(name: "child", type: .object(0), isOptional: true)]
          + (0..<150).map { index in
            FactSchema.Fact(
              name: "fact" + String(repeating: "-long", count: index % 20) + "\(index)", type: .int,
              isOptional: true)
          } + [FactSchema.Fact(name: "children", type: .list(.object(0)), isOptional: true)])
    ], enumerations: [], documentType: 0, documentName: "node")

  @Test(arguments: [1, 2, 3, 7, 149])
  func `reads many facts with names of any length, in any order`(step: Int) throws {
    let facts = schema.objectTypes[0].facts
    let order = (1...150).map { 1 + ($0 * step) % 151 }.filter { $0 <= 150 }
    let text = order.map { "\"\(facts[$0].name)\": \($0)" }.joined(separator: ",")
    let root = try #require(FactReading(json: "{\(text)}", schema: schema).document?.root)
    for index in 1...150 {
      guard case .present(.int(let value)) = root.value(ofField: index) else {
        #expect(!order.contains(index), "fact \(index) is not there")
        continue
      }
      #expect(value == Int64(index))
    }
  }

  @Test func `refuses a repeated fact past the first word of bits`() {
    let name = schema.objectTypes[0].facts[130].name
    let reading = FactReading(json: "{\"\(name)\": null, \"\(name)\": 1}", schema: schema)
    #expect(reading.diagnostics.map(\.code) == [.repeatedFact])
  }

  @Test(arguments: [(255, true), (256, true), (257, false), (100_000, false)])
  func `nests to a limit`(depth: Int, isRead: Bool) {
    let opening = String(repeating: #"{"child":"#, count: depth - 1)
    let text = opening + "{}" + String(repeating: "}", count: depth - 1)
    let reading = FactReading(json: text, schema: schema)
    #expect((reading.document != nil) == isRead)
    let lists = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    #expect((JSONSyntax.validate(Source(name: "", text: lists)) == nil) == isRead)
    let unknown = FactReading(json: "{\"unknown\": \(lists)}", schema: schema)
    #expect(unknown.diagnostics.count == (depth < 256 ? 1 : 2))
  }

  @Test func `decodes the lines of a stream one after the other`() throws {
    let lines = [
      #"{"id": "first"}"#, #"{"tags": ["b\u0061", "c"], "id": "second"} "#, #"{"id": 3}"#,
      #"{"id": "fourth""#, #"{"id": "fifth"}"# + "\r", #"{"id": "last"}"#,
    ]
    let schema = SessionSchema.schema
    let layout = FactLayout(schema)
    var decoder = FactDecoder(schema, layout: layout)
    var arena = FactArena()
    let text = Array(lines.joined(separator: "\n").utf8)
    let rows = PaddedBytes.withCopy(of: text) { text -> [Int?] in
      var offset = 0
      return lines.map { line in
        let result = decoder.decode(text, from: offset, isLine: true, into: &arena)
        let end = offset + line.utf8.count
        if result.row != nil { #expect(result.end == end) }
        offset = end + 1
        return result.row
      }
    }
    let storage = FactStorage(schema: schema, layout: layout, arena: arena, text: text)
    let ids = rows.map { row -> String? in
      guard let row else { return nil }
      let path = AttributePath(root: "session")
      guard case .string(let id) = storage.value(of: 0, ofType: 0, row: row, path: path) else {
        return nil
      }
      return id
    }
    #expect(ids == ["first", "second", nil, nil, "fifth", "last"])
  }

  @Test func `takes no document that goes on in the next line of a stream`() {
    let schema = SessionSchema.schema
    var decoder = FactDecoder(schema, layout: FactLayout(schema))
    var arena = FactArena()
    let result = PaddedBytes.withCopy(of: Array("{\"id\":\n\"x\"}".utf8)) {
      decoder.decode($0, isLine: true, into: &arena)
    }
    #expect(result.row == nil)
    #expect(decoder.syntaxError?.offset == 6)
  }
}
