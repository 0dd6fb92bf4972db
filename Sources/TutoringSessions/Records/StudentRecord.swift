/// A student of the district with what is on record.
public struct StudentRecord: Hashable, Sendable, Identifiable {
  /// Names the student, such as `ST-2210`.
  public let id: String
  /// The first name; empty for a student who has one name alone.
  public var firstName: String
  /// The last name.
  public var lastName: String
  /// The id of the school that the student attends.
  public var school: String
  /// Whether the student still attends a school of the district.
  public var isActive: Bool
  /// What the vocabulary has of a student, such as grades, by the names of its facts.
  public var facts: [String: FactValue]
  /// Counts the changes, from 1 on; 0 before it is kept.
  public var revision: Int

  /// A student who is not kept yet.
  public init(
    id: String, firstName: String, lastName: String, school: String, isActive: Bool = true,
    facts: [String: FactValue] = [:], revision: Int = 0
  ) {
    self.id = id
    self.firstName = firstName
    self.lastName = lastName
    self.school = school
    self.isActive = isActive
    self.facts = facts
    self.revision = revision
  }

  /// The name as explanations show it.
  public var name: String { firstName.isEmpty ? lastName : "\(firstName) \(lastName)" }
}
