/// A standing group of students, such as a reading lab.
public struct Group: Codable, Hashable, Sendable, Identifiable {
  /// Names the group, such as `G-12`.
  public var id: String
  /// What the group is called.
  public var name: String

  /// A group of the given name.
  public init(id: String, name: String) {
    self.id = id
    self.name = name
  }

  enum CodingKeys: String, CodingKey, CaseIterable {
    case id, name
  }
}
