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

  /// That many sessions of so many encounters, which differ a little.
  static func lines(count: Int, encounters: Int) -> Sessions {
    let text = (0..<count).map { session($0, encounters: encounters) + "\n" }.joined()
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

  private static func session(_ number: Int, encounters: Int) -> String {
    let encounters = (0..<encounters).map { encounter(number + $0) }.joined(separator: ",")
    return """
      {"id":"S-\(number)","date":"2026-10-05","school":"truman-high",\
      "tutor":{"id":"T-7","name":"A. Tutor","approvedSchools":["truman-high","van-horn-high"]},\
      "start":"2026-10-05T15:00:00-05:00","end":"2026-10-05T16:00:00-05:00",\
      "workOrder":{"id":"WO-9","kind":"tutoring","activity":"tutoring","assignedOn":"2026-10-06"},\
      "tags":["reading","cl-goal-2"],"encounters":[\(encounters)]}
      """
  }

  private static func encounter(_ number: Int) -> String {
    let isRemedial = number.isMultiple(of: 2)
    return """
      {"student":{"id":"ST-\(number)","name":"Student \(number)","school":"truman-high",\
      "readingImprovementPlan":false,"grades":[{"subject":"Reading","grade":"B"},\
      {"subject":"Mathematics","grade":"F"}],"stateAssessments":[{"test":"MAP",\
      "subject":"Reading","level":"basic"}],"districtAssessments":[{"test":"STAR",\
      "subject":"Reading","belowGradeLevel":false}]},"arrived":"2026-10-05T15:00:00-05:00",\
      "departed":"2026-10-05T15:50:00-05:00","activelyTutored":true,\
      "creditRecoveryMaterial":false,"qualifiers":{"homebound":false,"detention":false,\
      "creditRecovery":false,"remedial":\(isRemedial)},\
      "remedialCriteria":[\(isRemedial ? "\"grade-d-or-f\"" : "")],"subject":"Mathematics"}
      """
  }
}
