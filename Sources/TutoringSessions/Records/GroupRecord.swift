/// A standing group of students, such as a reading lab.
public struct GroupRecord: Hashable, Sendable, Identifiable {
  /// Names the group, such as `G-12`.
  public let id: String
  /// What the group is called.
  public var name: String
  /// The id of the tutor whose group it is; nil for one of everybody.
  public var tutor: String?
  /// The ids of the students, in the order in which they are shown.
  public var members: [String]
  /// Whether new sessions may choose it.
  public var isActive: Bool
  /// What else the vocabulary has of a group, by the names of its facts.
  public var facts: [String: FactValue]
  /// Counts the changes, from 1 on; 0 before it is kept.
  public var revision: Int

  /// A group that is not kept yet.
  public init(
    id: String, name: String, tutor: String? = nil, members: [String] = [], isActive: Bool = true,
    facts: [String: FactValue] = [:], revision: Int = 0
  ) {
    self.id = id
    self.name = name
    self.tutor = tutor
    self.members = members
    self.isActive = isActive
    self.facts = facts
    self.revision = revision
  }
}
