import CEL
import Diagnostics
import PolicyEngine
import Testing
import TutoringTestSupport

@testable import PolicyRemedies

/// Counts what is done for documents with lists that are twice as long.
///
/// That is: nodes evaluated, facts cited, changes tried. Times of a machine would tell less, and differ from one
/// to the next.
@Suite struct GrowthTests {
  /// A list that may be long.
  enum Subject: String, CaseIterable, CustomTestStringConvertible {
    case grades, lowGradesElsewhere, schools, schoolsWithoutChoice
    case students, repeatedStudents, wrongDepartures, missingDepartures, wrongCriteria

    var testDescription: String { rawValue }

    /// A session in which the list has so many elements.
    func session(_ count: Int) -> String {
      let one = encounter(0)
      switch self {
      case .grades:
        let grades = (0..<count).map { #"{"subject":"s\#($0)","grade":"B"}"# }
        return Self.session(encounters: [encounter(0, grades: grades, criteria: ["grade-d-or-f"])])
      case .lowGradesElsewhere:
        let grades = (0..<count).map { #"{"subject":"s\#($0)","grade":"F"}"# }
        return Self.session(encounters: [encounter(0, grades: grades, criteria: ["grade-d-or-f"])])
      case .schools:
        return Self.session(
          encounters: [one], schools: (0..<count).map { "school-\($0)" }, school: "school-0")
      case .schoolsWithoutChoice:
        return Self.session(encounters: [one], schools: (0..<count).map { "school-\($0)" })
      case .students: return Self.session(encounters: (0..<count).map { encounter($0) })
      case .repeatedStudents:
        return Self.session(encounters: Array(repeating: one, count: count))
      case .wrongDepartures:
        return Self.session(encounters: (0..<count).map { encounter($0, departed: "16:30") })
      case .missingDepartures:
        return Self.session(encounters: (0..<count).map { encounter($0, departed: nil) })
      case .wrongCriteria:
        return Self.session(
          encounters: (0..<count).map { encounter($0, criteria: ["below-basic-state"]) })
      }
    }

    private func encounter(
      _ number: Int, departed: String? = "15:50", grades: [String] = [], criteria: [String] = []
    ) -> String {
      let departed = departed.map { #","departed":"2026-10-14T\#($0):00-05:00""# } ?? ""
      return """
        {"student":{"id":"ST-\(number)","name":"Student \(number)","school":"school-0",\
        "readingImprovementPlan":false,"grades":[\(grades.joined(separator: ","))],\
        "stateAssessments":[],"districtAssessments":[]},"arrived":"2026-10-14T15:00:00-05:00"\
        \(departed),"activelyTutored":true,"creditRecoveryMaterial":false,\
        "qualifiers":{"homebound":false,"detention":false,"creditRecovery":false,\
        "remedial":\(!criteria.isEmpty)},"remedialCriteria":[\(criteria.quoted)],"subject":"math"}
        """
    }

    private static func session(
      encounters: [String], schools: [String] = ["school-0"], school: String? = nil
    ) -> String {
      """
      {"id":"S-1","date":"2026-10-14",\(school.map { #""school":"\#($0)","# } ?? "")\
      "tutor":{"id":"T-7","name":"Ada Cruz","approvedSchools":[\(schools.quoted)]},\
      "start":"2026-10-14T15:00:00-05:00","end":"2026-10-14T16:00:00-05:00",\
      "workOrder":{"id":"WO-9","kind":"tutoring","activity":"tutoring","assignedOn":"2026-10-14"},\
      "tags":[],"encounters":[\(encounters.joined(separator: ","))]}
      """
    }
  }

  private static let today = CivilDate(daysSinceEpoch: 20_750)

  private func document(_ text: String, _ policies: PolicySet) throws -> FactDocument {
    var diagnostics: [Diagnostic] = []
    let document = FactDocument.read(
      json: Source(name: "session.json", text: text), schema: policies.vocabulary.schema,
      into: &diagnostics)
    #expect(diagnostics.isEmpty)
    return try #require(document)
  }

  /// Expects of the work for lists of some length and of twice and four times the length that it doubles, up to
  /// a bound.
  private func expectProportion(
    _ count: Int, bound: Int = .max, sourceLocation: SourceLocation = #_sourceLocation,
    _ work: (Int) throws -> Int
  ) rethrows {
    let works = try [count, 2 * count, 4 * count].map(work)
    for (less, more) in zip(works, works.dropFirst()) {
      #expect(more < less * 5 / 2 || more <= bound, "\(works)", sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: Subject.allCases)
  func `explaining is in proportion to the document`(subject: Subject) throws {
    let policies = try ShippedPolicies.load()
    try expectProportion(30) { count in
      let document = try document(subject.session(count), policies)
      return policies.explain(document, today: Self.today).work
    }
  }

  @Test(arguments: Subject.allCases)
  func `searching is in proportion to the document, or ended by its bound`(
    subject: Subject
  ) throws {
    let policies = try ShippedPolicies.load()
    let knowledge = PolicyKnowledge(policies)
    // Where each value of a list is tried on rules that go through the list, it is the bound that holds; what is
    // begun when that is reached is ended at the next look.
    let bound = 400_000
    try expectProportion(10, bound: 2 * bound) { count in
      let document = try document(subject.session(count), policies)
      let remedies = knowledge.remedies(
        for: document, today: Self.today, extent: .best, allowance: Allowance(bound))
      #expect(remedies.work < bound * 2)
      return remedies.work
    }
  }

  @Test func `what is not found for want of work is said to be so`() throws {
    let policies = try ShippedPolicies.load()
    let document = try document(Subject.wrongDepartures.session(100), policies)
    let remedies = PolicyKnowledge(policies).remedies(
      for: document, today: Self.today, extent: .all, allowance: Allowance(100_000))
    #expect(remedies.work < 200_000)
    let payment = try #require(remedies.decisions.first { $0.decision == "payment" })
    #expect(payment.isCutShort)
    #expect(payment.prospect == .unknown)
    #expect(remedies.ndjsonLine.contains(#""cutShort":true"#))
    #expect(
      remedies.lines.contains { $0.line == "The search was ended before it found a way out." })
  }

  @Test(arguments: [100, 400])
  func `each case of a closed list is looked at once`(count: Int) throws {
    let cases = (0..<count).map { "    case-\($0): Case \($0)" }.joined(separator: "\n")
    let text = """
      document: {report: Report}
      governedBy: report.day
      enumerations:
        Kind:
      \(cases)
      types:
        Report:
          facts:
            day: date
            kind: {type: Kind, changedBy: writer, nature: claim}
      decisions:
        print: {title: Print, about: Report, verdicts: {pass: printable, fail: not printable}}
      topic: Reports
      rules:
        - rule: last-kind
          title: It is of the last kind
          decides: [print]
          require: report.kind == 'case-\(count - 1)'

      """
    let policies = try #require(PolicySet.load([Source(name: "p.yaml", text: text)]).policies)
    let knowledge = PolicyKnowledge(policies)
    let document = try document(#"{"day":"2026-10-14","kind":"case-0"}"#, policies)
    let remedies = knowledge.remedies(for: document, today: Self.today)
    #expect(remedies.decisions.first?.prospect == .open)
    #expect(remedies.work < 200 * count + 2_000, "\(remedies.work)")
  }
}

extension [String] {
  fileprivate var quoted: String { map { "\"\($0)\"" }.joined(separator: ",") }
}
