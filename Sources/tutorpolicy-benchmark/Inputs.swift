import Diagnostics
import Foundation
import PolicyEngine

/// The files of a policy folder, and policy sets of other sizes with the same words.
struct PolicySources {
  let all: [Source]

  init(folder: String) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    all = try names.filter { $0.hasSuffix(".yaml") }.sorted().map { name in
      Source(name: name, text: try String(contentsOfFile: folder + "/" + name, encoding: .utf8))
    }
  }

  /// The policies with that many rules more.
  func with(ruleCount: Int) -> [Source] {
    let rules = (1...ruleCount).map { number in
      """
        - rule: benchmark-\(number)
          title: A rule for measuring
          decides: [qualifiers]
          when: encounter.qualifiers.remedial && encounter.student.grades.exists(g, g.grade == 'F')
          require: has(encounter.subject) && encounter.subject != 'subject \(number)'

      """
    }
    return all + [Source(name: "benchmark.yaml", text: "rules:\n" + rules.joined())]
  }
}

/// Session documents as NDJSON.
struct Sessions {
  let bytes: [UInt8]
  let byteCount: Int
  let count: Int

  /// The lines without what stands behind them.
  var text: ArraySlice<UInt8> { bytes[..<byteCount] }

  /// That many sessions of so many encounters, the same ones each time.
  ///
  /// They differ in what rules and reading depend on, as real ones do: with sessions that are alike a
  /// processor foresees every branch, which halves the time.
  static func lines(count: Int, encounters: Int) -> Sessions {
    var maker = SessionMaker()
    let text = (0..<count).map { maker.session($0, encounters: encounters) + "\n" }.joined()
    let bytes = Array(text.utf8)
    return Sessions(
      bytes: bytes + Array(repeating: 0, count: PaddedBytes.padding), byteCount: bytes.count,
      count: count)
  }

  /// The same sessions as documents.
  func documents(_ policies: PolicySet) -> [FactDocument] {
    var diagnostics: [Diagnostic] = []
    return bytes[..<byteCount].split(separator: UInt8(ascii: "\n")).compactMap { line in
      FactDocument.read(
        json: Source(name: "session", bytes: Array(line)), schema: policies.vocabulary.schema,
        into: &diagnostics)
    }
  }
}

/// Makes up sessions.
private struct SessionMaker {
  private static let subjects = ["Reading", "Mathematics", "Science", "History"]
  private static let names = ["Ada Cruz", "Maximilian Featherstone", "Jo Li", "Beatriz da Silva"]
  private static let schools = ["truman-high", "van-horn-high", "three-trails-elementary"]
  private static let kinds = [
    "tutoring", "career-ladder", "homebound", "detention", "credit-recovery",
  ]
  private static let criteria = ["grade-d-or-f", "below-basic-state", "reading-improvement-plan"]

  private var state: UInt64 = 1

  /// A number below a bound, by the linear congruential generator of Knuth's MMIX.
  private mutating func number(below bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(truncatingIfNeeded: state >> 33) % bound
  }

  private mutating func one<Element>(of elements: [Element]) -> Element {
    elements[number(below: elements.count)]
  }

  /// A quoted one of some names.
  private mutating func name(_ names: [String]) -> String { "\"\(one(of: names))\"" }

  private mutating func bool() -> Bool { number(below: 2) == 0 }

  private mutating func list(upTo count: Int, _ element: (inout Self) -> String) -> String {
    "[" + (0..<number(below: count + 1)).map { _ in element(&self) }.joined(separator: ",") + "]"
  }

  mutating func session(_ number: Int, encounters: Int) -> String {
    let day = 10 + self.number(below: 20)
    let encounters = (0..<encounters).map { _ in encounter(on: day) }.joined(separator: ",")
    return """
      {"id":"S-\(number)","date":"2026-10-\(day)","school":\(name(Self.schools)),\
      "tutor":{"id":"T-7","name":\(name(Self.names)),\
      "approvedSchools":\(list(upTo: 3) { $0.name(Self.schools) })},\
      \(bool() ? "\"description\":\"Practice\"," : "")"start":"2026-10-\(day)T15:00:00-05:00",\
      "end":"2026-10-\(day)T16:00:00-05:00","workOrder":{"id":"WO-9","kind":\(name(Self.kinds)),\
      "activity":"tutoring","assignedOn":"2026-10-\(day)"},\
      "tags":\(list(upTo: 3) { $0.name(["reading", "cl-goal-2", "library"]) }),\
      "encounters":[\(encounters)]}
      """
  }

  private mutating func encounter(on day: Int) -> String {
    """
    {"student":{"id":"ST-\(number(below: 9_000))","name":\(name(Self.names)),\
    "school":\(name(Self.schools)),"readingImprovementPlan":\(bool()),\
    "grades":\(list(upTo: 3) { "{\"subject\":\($0.name(Self.subjects)),\"grade\":\($0.name(["A", "C", "F"]))}" }),\
    "stateAssessments":\(list(upTo: 2) { $0.stateAssessment() }),\
    "districtAssessments":\(list(upTo: 2) { $0.districtAssessment() })},\
    "arrived":"2026-10-\(day)T15:00:00-05:00","departed":"2026-10-\(day)T15:50:00-05:00",\
    "activelyTutored":\(bool()),"creditRecoveryMaterial":\(bool()),\
    "qualifiers":{"homebound":false,"detention":\(bool()),"creditRecovery":\(bool()),\
    "remedial":\(bool())},"remedialCriteria":\(list(upTo: 2) { $0.name(Self.criteria) })\
    \(bool() ? ",\"subject\":\(name(Self.subjects))" : "")}
    """
  }

  private mutating func stateAssessment() -> String {
    """
    {"test":"MAP","subject":\(name(Self.subjects)),"level":\(name(["basic", "below-basic"]))}
    """
  }

  private mutating func districtAssessment() -> String {
    """
    {"test":"STAR","subject":\(name(Self.subjects)),"belowGradeLevel":\(bool())}
    """
  }
}
