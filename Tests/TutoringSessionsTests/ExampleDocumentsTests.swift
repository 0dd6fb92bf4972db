import Foundation
import TestSupport
import Testing
import TutoringSessions

/// A session of the examples that is written in JSON.
struct ExampleDocument: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let json: Data

  /// Each JSON document, and each line of the NDJSON streams.
  static let all: [ExampleDocument] = {
    let folder = packageRoot.appending(path: "Examples/sessions")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().flatMap { name -> [ExampleDocument] in
      let data = (try? Data(contentsOf: folder.appending(path: name))) ?? Data()
      switch URL(filePath: name).pathExtension {
      case "json":
        return [ExampleDocument(testDescription: name, json: data)]
      case "ndjson":
        return data.split(separator: UInt8(ascii: "\n")).enumerated().map { index, line in
          ExampleDocument(testDescription: "\(name):\(index + 1)", json: line)
        }
      default:
        return []
      }
    }
  }()
}

@Suite struct ExampleDocumentsTests {
  @Test func `there are documents and a stream`() {
    let names = ExampleDocument.all.map(\.testDescription)
    #expect(names.contains("homebound.json"))
    #expect(names.contains("week-42.ndjson:12"))
  }

  @Test(arguments: ExampleDocument.all)
  func `an example keeps every fact on its way through the models`(
    example: ExampleDocument
  ) throws {
    let session = try TutoringSession(jsonData: example.json)
    let written = try session.jsonData()
    #expect(try TutoringSession(jsonData: written) == session)
    let decoder = JSONDecoder()
    #expect(
      try decoder.decode(DecodedJSON.self, from: written).withoutNulls
        == decoder.decode(DecodedJSON.self, from: example.json).withoutNulls)
  }
}
