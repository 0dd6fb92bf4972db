/// A school of the district.
public struct SchoolRecord: Hashable, Sendable, Identifiable {
  /// Names the school, such as `truman-high`.
  public let id: String
  /// What the school is called.
  public var name: String
  /// What the vocabulary has of a school, such as its hours, by the names of its facts.
  public var facts: [String: FactValue]
  /// Counts the changes, from 1 on; 0 before it is kept.
  public var revision: Int

  /// A school that is not kept yet.
  public init(
    id: String, name: String, facts: [String: FactValue] = [:], revision: Int = 0
  ) {
    self.id = id
    self.name = name
    self.facts = facts
    self.revision = revision
  }
}
