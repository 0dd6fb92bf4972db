/// The answers, Yes or No, that a tutor gives for a student encounter.
public struct Qualifiers: Codable, Hashable, Sendable {
  /// Homebound: the student's assigned homebound teacher holds a homebound session.
  public var homebound: Bool
  /// Detention: the student serves detention.
  public var detention: Bool
  /// Credit Recovery: the student works on credit recovery material.
  public var creditRecovery: Bool
  /// Remedial: the student meets one of the four criteria, and is tutored in that subject.
  public var remedial: Bool

  /// Qualifiers that are No, unless given.
  public init(
    homebound: Bool = false, detention: Bool = false, creditRecovery: Bool = false,
    remedial: Bool = false
  ) {
    self.homebound = homebound
    self.detention = detention
    self.creditRecovery = creditRecovery
    self.remedial = remedial
  }

  enum CodingKeys: String, CodingKey, CaseIterable {
    case homebound, detention, creditRecovery, remedial
  }
}
