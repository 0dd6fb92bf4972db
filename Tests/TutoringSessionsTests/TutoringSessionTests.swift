import Foundation
import TestSupport
import Testing

@testable import TutoringSessions

@Suite struct TutoringSessionTests {
  private func json(_ session: TutoringSession) throws -> DecodedJSON {
    try JSONDecoder().decode(DecodedJSON.self, from: session.jsonData()).withoutNulls
  }

  @Test func `writes every fact under the key that the document has for it`() throws {
    func keys<Key: CodingKey & CaseIterable>(_: Key.Type) -> Set<String> {
      Set(Key.allCases.map(\.stringValue))
    }
    let session = try json(.withEveryFact)
    let encounter = session["encounters"].first
    let student = encounter["student"]
    #expect(session.keys == keys(TutoringSession.CodingKeys.self))
    #expect(session["tutor"].keys == keys(Tutor.CodingKeys.self))
    #expect(session["group"].keys == keys(Group.CodingKeys.self))
    #expect(session["workOrder"].keys == keys(WorkOrder.CodingKeys.self))
    #expect(encounter.keys == keys(StudentEncounter.CodingKeys.self))
    #expect(encounter["qualifiers"].keys == keys(Qualifiers.CodingKeys.self))
    #expect(student.keys == keys(Student.CodingKeys.self))
    #expect(student["grades"].first.keys == keys(Grade.CodingKeys.self))
    #expect(student["stateAssessments"].first.keys == keys(StateAssessment.CodingKeys.self))
    #expect(student["districtAssessments"].first.keys == keys(DistrictAssessment.CodingKeys.self))
  }

  @Test func `writes the values that the document has`() throws {
    let session = try json(.withEveryFact)
    #expect(session["date"] == .string("2026-10-14"))
    #expect(session["start"] == .string("2026-10-14T15:00:00-05:00"))
    #expect(session["encounters"].first["departed"] == .string("2026-10-14T21:00:00Z"))
    #expect(session["workOrder"]["kind"] == .string("career-ladder"))
    #expect(
      session["encounters"].first["remedialCriteria"]
        == .array([.string("grade-d-or-f"), .string("below-basic-state")]))
  }

  @Test(arguments: [TutoringSession.withEveryFact, .withoutOptionalFacts])
  func `reads back what it wrote`(session: TutoringSession) throws {
    let written = try session.jsonData()
    #expect(try TutoringSession(jsonData: written) == session)
    #expect(try TutoringSession(jsonData: written).jsonData() == written)
  }

  @Test func `leaves out what is absent`() throws {
    let session = try json(.withoutOptionalFacts)
    #expect(session.keys == ["id", "date", "tutor", "start", "tags", "encounters"])
    #expect(session["tutor"].keys == ["id", "name", "approvedSchools"])
    #expect(!session["encounters"].first.keys.contains("departed"))
    #expect(!session["encounters"].first["student"].keys.contains("homeboundTeacher"))
  }

  @Test func `takes null for absent, and passes over unknown keys`() throws {
    let text = String(decoding: try TutoringSession.withoutOptionalFacts.jsonData(), as: UTF8.self)
    let edited = text.replacing(
      #""tags":"#, with: #""school":null,"workOrder":null,"weather":"rain","tags":"#)
    #expect(edited != text)
    #expect(
      try TutoringSession(jsonData: Data(edited.utf8)) == TutoringSession.withoutOptionalFacts)
  }

  @Test(arguments: [
    (#""activelyTutored":true,"#, "", "activelyTutored"),
    (#""2026-10-14""#, #""2026-02-30""#, "'2026-02-30' is not a date"),
    (#""2026-10-14T20:00:00Z""#, #""2026-10-14 20:00""#, "'2026-10-14 20:00' is not a time"),
    (#""activelyTutored":true"#, #""activelyTutored":"yes""#, "activelyTutored"),
  ])
  func `refuses a document with a mistake, and says which`(
    original: String, mistake: String, message: String
  ) throws {
    let text = String(decoding: try TutoringSession.withoutOptionalFacts.jsonData(), as: UTF8.self)
    let edited = text.replacing(original, with: mistake)
    #expect(edited != text)
    let error = try #require(throws: DecodingError.self) {
      try TutoringSession(jsonData: Data(edited.utf8))
    }
    #expect(String(describing: error).contains(message))
  }
}
