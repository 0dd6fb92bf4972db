import Foundation
import TestSupport
import Testing

@Suite struct DocumentationTests {
  @Test func `all code of the documentation stands in the examples`() throws {
    let examples = try ["embedding", "streaming"].map {
      try String(
        contentsOf: packageRoot.appending(path: "Examples/\($0)/main.swift"), encoding: .utf8)
    }
    let page = try String(
      contentsOf: packageRoot.appending(
        path: "Sources/EmbeddedPolicies/EmbeddedPolicies.docc/EmbeddedPolicies.md"),
      encoding: .utf8)
    let blocks = page.matches(of: /(?s)```swift\n(.*?)```/).map(\.1)
    #expect(blocks.count == 6)
    // In a function, an example's lines are indented.
    let lines = Set(
      examples.joined().split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) })
    for line in blocks.flatMap({ $0.split(separator: "\n") }) {
      #expect(lines.contains(line.trimmingCharacters(in: .whitespaces)), "\(line)")
    }
  }
}
