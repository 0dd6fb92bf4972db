/// A student, with the record that decides which criteria for Remedial are met.
public struct Student: Codable, Hashable, Sendable, Identifiable {
  /// Names the student, such as `ST-2210`.
  public var id: String
  /// The student's name, as explanations show it.
  public var name: String
  /// The school that the student attends.
  public var school: String
  /// Whether the student has a reading improvement plan.
  public var readingImprovementPlan: Bool
  /// The tutor assigned as the student's homebound teacher; nil if none is.
  public var homeboundTeacher: Tutor.ID?
  /// The grade in each subject that has one.
  public var grades: [Grade]
  /// Results of state assessments, EOC and MAP.
  public var stateAssessments: [StateAssessment]
  /// Results of district assessments, STAR.
  public var districtAssessments: [DistrictAssessment]

  /// A student with nothing on record, unless given.
  public init(
    id: String, name: String, school: String, readingImprovementPlan: Bool = false,
    homeboundTeacher: Tutor.ID? = nil, grades: [Grade] = [],
    stateAssessments: [StateAssessment] = [], districtAssessments: [DistrictAssessment] = []
  ) {
    self.id = id
    self.name = name
    self.school = school
    self.readingImprovementPlan = readingImprovementPlan
    self.homeboundTeacher = homeboundTeacher
    self.grades = grades
    self.stateAssessments = stateAssessments
    self.districtAssessments = districtAssessments
  }

  enum CodingKeys: String, CodingKey, CaseIterable {
    case id, name, school, readingImprovementPlan, homeboundTeacher, grades, stateAssessments
    case districtAssessments
  }
}
