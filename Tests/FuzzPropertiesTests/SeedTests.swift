import Foundation
import FuzzProperties
import TestSupport
import Testing

/// An input that fuzzing starts from, or has found to fail once.
struct Seed: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let bytes: [UInt8]

  /// The seeds of a folder of `Tests/Fuzzing/seeds`.
  static func all(in folder: String) -> [Seed] {
    let folder = packageRoot.appending(path: "Tests/Fuzzing/seeds").appending(path: folder)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().compactMap { name in
      (try? Data(contentsOf: folder.appending(path: name))).map {
        Seed(testDescription: name, bytes: Array($0))
      }
    }
  }
}

/// What fuzzing checks of any input holds of those it starts from; `Tests/Fuzzing/run.sh` tries others.
@Suite struct SeedTests {
  @Test(arguments: ["cel", "policies", "documents"])
  func `there are seeds`(folder: String) {
    #expect(Seed.all(in: folder).count >= 8)
  }

  @Test(arguments: Seed.all(in: "cel"))
  func `an expression is printed as it was read, and evaluated as it was checked`(
    seed: Seed
  ) throws {
    #expect(try ParserProperties().check(seed.bytes))
    _ = try EvaluationProperties().check(seed.bytes)
  }

  @Test(arguments: Seed.all(in: "policies"))
  func `every part of a policy file has its place`(seed: Seed) throws {
    #expect(try PolicyTextProperties().check(seed.bytes))
  }

  @Test(arguments: Seed.all(in: "documents"))
  func `a document is decided by the plan as by the general evaluator`(seed: Seed) throws {
    #expect(try DocumentProperties(package: packageRoot).check(seed.bytes))
  }
}
