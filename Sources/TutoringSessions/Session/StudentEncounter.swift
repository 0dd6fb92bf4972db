/// A student's time in a session, with the qualifiers that are reported to the state.
public struct StudentEncounter: Codable, Hashable, Sendable {
  /// The student, with the record that must support Remedial.
  public var student: Student
  /// When the student came, no earlier than the session's start.
  public var arrived: OffsetDateTime
  /// When the student left, no later than the session's end; nil while the student is there.
  public var departed: OffsetDateTime?
  /// Whether the student was tutored, and did not only serve detention.
  public var activelyTutored: Bool
  /// Whether the student worked on credit recovery material.
  public var creditRecoveryMaterial: Bool
  /// The qualifiers chosen for the encounter.
  public var qualifiers: Qualifiers
  /// The criteria claimed for Remedial.
  public var remedialCriteria: [RemedialCriterion]
  /// The subject tutored; required once Remedial is Yes.
  public var subject: String?

  /// An encounter that claims no qualifier, unless one is given.
  public init(
    student: Student, arrived: OffsetDateTime, departed: OffsetDateTime? = nil,
    activelyTutored: Bool, creditRecoveryMaterial: Bool = false,
    qualifiers: Qualifiers = Qualifiers(), remedialCriteria: [RemedialCriterion] = [],
    subject: String? = nil
  ) {
    self.student = student
    self.arrived = arrived
    self.departed = departed
    self.activelyTutored = activelyTutored
    self.creditRecoveryMaterial = creditRecoveryMaterial
    self.qualifiers = qualifiers
    self.remedialCriteria = remedialCriteria
    self.subject = subject
  }

  enum CodingKeys: String, CodingKey, CaseIterable {
    case student, arrived, departed, activelyTutored, creditRecoveryMaterial, qualifiers
    case remedialCriteria, subject
  }
}
