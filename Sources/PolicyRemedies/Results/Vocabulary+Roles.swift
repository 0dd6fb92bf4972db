public import PolicyEngine

extension Vocabulary {
  /// The roles that can change facts, in the order of the files.
  public var roles: [String] {
    var seen: Set<String> = []
    return types.flatMap(\.facts).compactMap(\.changedBy).filter { seen.insert($0).inserted }
  }

  /// The role that suggestions are made for unless another is named.
  public var defaultReader: String? { reader ?? roles.first }
}
