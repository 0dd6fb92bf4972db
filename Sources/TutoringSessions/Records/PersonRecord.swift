/// What a person may do in the application.
public enum Role: String, Codable, Hashable, Sendable, CaseIterable {
  /// Holds sessions, and sees the own ones.
  case tutor
  /// Sees all sessions; keeps people, students and work orders; exports.
  case office
  /// Sees how the policies stand.
  case administrator
  /// Reads everything and changes nothing.
  case auditor
}

/// A person who signs in: a tutor, somebody of the office, an administrator, an auditor.
public struct PersonRecord: Hashable, Sendable, Identifiable {
  /// Names the person, such as `T-17`.
  public let id: String
  /// The person's name, as explanations show it.
  public var name: String
  /// What the person signs in with; nil for somebody who can't.
  public var login: String?
  /// What the person may do.
  public var roles: Set<Role>
  /// The ids of the schools at which the person is approved as a tutor.
  public var approvedSchools: [String]
  /// Whether the person still works in the district.
  public var isActive: Bool
  /// What else the vocabulary has of a tutor, by the names of its facts.
  public var facts: [String: FactValue]
  /// Counts the changes, from 1 on; 0 before it is kept.
  public var revision: Int

  /// A person who is not kept yet.
  public init(
    id: String, name: String, login: String? = nil, roles: Set<Role>,
    approvedSchools: [String] = [], isActive: Bool = true, facts: [String: FactValue] = [:],
    revision: Int = 0
  ) {
    self.id = id
    self.name = name
    self.login = login
    self.roles = roles
    self.approvedSchools = approvedSchools
    self.isActive = isActive
    self.facts = facts
    self.revision = revision
  }
}
