import Foundation
import Testing
import TutoringSessions

@Suite struct VocabularyCaseTests {
  @Test func `a case is written as its name`() throws {
    let written = try JSONEncoder().encode(WorkOrderKind.allCases)
    #expect(
      String(decoding: written, as: UTF8.self)
        == #"["career-ladder","tutoring","homebound","detention","credit-recovery"]"#)
    #expect(try JSONDecoder().decode([WorkOrderKind].self, from: written) == WorkOrderKind.allCases)
  }

  @Test func `a case that an administrator has added is carried`() throws {
    let summerSchool = try JSONDecoder().decode(
      [WorkOrderKind].self, from: Data(#"["summer-school"]"#.utf8))
    #expect(summerSchool == [WorkOrderKind(rawValue: "summer-school")])
    #expect(summerSchool.map(\.description) == ["summer-school"])
  }
}
