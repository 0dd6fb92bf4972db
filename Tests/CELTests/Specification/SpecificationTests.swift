import CEL
import Diagnostics
import Foundation
import TestSupport
import Testing

/// A section of the language's specification: expressions with what they come to.
///
/// Each line of its file is `expression => value`. `error` stands for any evaluation error, `syntax` for
/// an expression that is none.
struct SpecificationSection: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let cases: [(expression: String, result: String)]

  static let all: [SpecificationSection] = {
    let folder = packageRoot.appending(path: "Tests/CELTests/Specification/sections")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().compactMap { name in
      guard let text = try? String(contentsOf: folder.appending(path: name), encoding: .utf8) else {
        return nil
      }
      let cases = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { line in
        line.range(of: " => ", options: .backwards).map {
          (String(line[..<$0.lowerBound]), String(line[$0.upperBound...]))
        }
      }
      return SpecificationSection(
        testDescription: name.replacing(".txt", with: ""), cases: cases)
    }
  }()
}

@Suite struct SpecificationTests {
  @Test func `every section has cases`() {
    #expect(SpecificationSection.all.count == 10)
    #expect(SpecificationSection.all.allSatisfy { $0.cases.count > 8 })
  }

  @Test(arguments: SpecificationSection.all)
  func `expressions come to what the specification says`(section: SpecificationSection) {
    for (expression, expected) in section.cases {
      let result = evaluatedAsSpecified(expression)
      let isAsExpected =
        expected == "error" ? result.hasPrefix("error: ") : result == expected
      #expect(isAsExpected, "\(expression)\n  is  \(result)\n  not \(expected)")
    }
  }

  private func evaluatedAsSpecified(_ text: String) -> String {
    var diagnostics: [Diagnostic] = []
    let parsed = Expression.parse(
      MappedText(Source(name: "expression", text: text)), into: &diagnostics)
    guard diagnostics.isEmpty else { return "syntax" }
    let checked = Checker(environment: Environment(Library.all), mode: .standard)
      .check(parsed, into: &diagnostics)
    guard diagnostics.isEmpty else { return "mistake: \(diagnostics.map(\.message))" }
    return shown(Evaluator().evaluate(checked, in: Activation()))
  }
}
