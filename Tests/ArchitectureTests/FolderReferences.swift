/// The folders of a target, and which of them use what others declare.
struct FolderReferences {
  /// One folder and another that it uses.
  struct Edge: Hashable {
    let user: String
    let used: String

    var reversed: Edge { Edge(user: used, used: user) }
  }

  /// For each pair of folders, the files that use the other folder and the names that they use.
  private(set) var uses: [Edge: [String: Set<String>]] = [:]

  /// Compares the files of a target, given by their paths within it.
  ///
  /// A name that several folders declare is of none of them, since nothing here knows types. For the same
  /// reason members count only where the package declares the type that they extend, and nothing else of
  /// that name.
  init(target: [String: SwiftFile], others: [SwiftFile]) {
    let packageTypes = others.reduce(into: Set(target.values.flatMap(\.declarations))) {
      $0.formUnion($1.declarations)
    }
    let foreignNames = others.reduce(into: Set<String>()) { $0.formUnion($1.allDeclarations) }
    var declarations: [String: Set<String>] = [:]
    var initializers: [String: Set<String>] = [:]
    var members: [SwiftFile.ExtensionMember: Set<String>] = [:]
    var anywhere: [String: Set<String>] = [:]
    for (path, file) in target {
      let folder = Self.folder(of: path)
      for name in file.declarations { declarations[name, default: []].insert(folder) }
      for name in file.allDeclarations { anywhere[name, default: []].insert(folder) }
      for name in file.extensionInitializers { initializers[name, default: []].insert(folder) }
      for member in file.extensionMembers where packageTypes.contains(member.type) {
        members[member, default: []].insert(folder)
      }
    }
    for (path, file) in target {
      func note(_ name: String, of folders: Set<String>) {
        guard folders.count == 1, let used = folders.first else { return }
        let user = Self.folder(of: path)
        guard used != user else { return }
        uses[Edge(user: user, used: used), default: [:]][path, default: []].insert(name)
      }
      for name in file.typeWords.union(file.calledWords) where !file.allDeclarations.contains(name)
      {
        if let folders = declarations[name] { note(name, of: folders) }
      }
      for name in file.initializations {
        if let folders = initializers[name] { note(name, of: folders) }
      }
      for (member, folders) in members where !foreignNames.contains(member.name) {
        guard anywhere[member.name] == folders, declarations[member.name] == nil else { continue }
        let words = member.isType ? file.typeWords : file.memberWords
        if words.contains(member.name) { note("\(member.type).\(member.name)", of: folders) }
      }
    }
  }

  /// Pairs of folders that use each other, each once, in order.
  var circles: [Edge] {
    uses.keys.filter { $0.user < $0.used && uses[$0.reversed] != nil }
      .sorted { ($0.user, $0.used) < ($1.user, $1.used) }
  }

  /// Folders that use each other by way of any number of others, in order.
  var longCircle: [String] {
    var remaining = Set(uses.keys)
    while true {
      let users = Set(remaining.map(\.user))
      let used = Set(remaining.map(\.used))
      let kept = remaining.filter { users.contains($0.used) && used.contains($0.user) }
      if kept.count == remaining.count { return users.sorted() }
      remaining = kept
    }
  }

  /// Both directions of a circle, with the files and names that make them.
  func description(of circle: Edge) -> String {
    [circle, circle.reversed].map { edge in
      let files = (uses[edge] ?? [:]).sorted { $0.key < $1.key }
        .map { "  \($0.key): \($0.value.sorted().joined(separator: ", "))" }
      return (["\(edge.user) uses \(edge.used)"] + files).joined(separator: "\n")
    }.joined(separator: "\n")
  }

  // What stands beside the folders is a folder too, named by a point.
  private static func folder(of path: String) -> String {
    guard let slash = path.firstIndex(of: "/") else { return "." }
    return String(path[..<slash])
  }
}
