import TestSupport
import Testing

@Suite struct EmbeddingTests {
  @Test func `the embedding example decides and explains as recorded`() async throws {
    let result = try await runCommand(builtProduct("embedding-example"), ["policies"])
    #expect(result.status == 0)
    #expect(result.standardError == "")
    try assertSnapshot(result.standardOutput, named: "embedding.txt")
  }
}
