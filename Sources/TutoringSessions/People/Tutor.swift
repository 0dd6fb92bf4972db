/// Who holds a session.
public struct Tutor: Codable, Hashable, Sendable, Identifiable {
  /// Names the tutor, such as `T-17`.
  public var id: String
  /// The tutor's name, as explanations show it.
  public var name: String
  /// The schools at which the tutor is approved; with several, a session must choose one.
  public var approvedSchools: [String]
  /// Students to whom the tutor is assigned as homebound teacher; nil where the roster is not given.
  public var homeboundStudents: [String]?
  /// The session of this tutor that is running, other than the one in hand; nil if none is.
  public var activeSession: String?

  /// A tutor with no other session running, unless one is given.
  public init(
    id: String, name: String, approvedSchools: [String], homeboundStudents: [String]? = nil,
    activeSession: String? = nil
  ) {
    self.id = id
    self.name = name
    self.approvedSchools = approvedSchools
    self.homeboundStudents = homeboundStudents
    self.activeSession = activeSession
  }

  enum CodingKeys: String, CodingKey, CaseIterable {
    case id, name, approvedSchools, homeboundStudents, activeSession
  }
}
