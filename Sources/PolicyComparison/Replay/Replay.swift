public import PolicyEngine

/// What recorded sessions are decided to be under both policy sets.
public struct Replay: Sendable {
  /// A decision that came out otherwise.
  public struct Direction: Hashable, Sendable {
    /// The decision's name.
    public let decision: String
    /// The outcome under the old policies.
    public let old: DecisionOutcome
    /// The outcome under the new policies.
    public let new: DecisionOutcome
  }

  /// How many sessions, and how long they were together.
  public struct Amount: Hashable, Sendable {
    /// How many sessions.
    public var sessions = 0
    /// How many seconds, from the first instant of each session to its last.
    public var seconds = 0

    mutating func add(_ other: Amount) {
      sessions += other.sessions
      seconds += other.seconds
    }
  }

  /// The sessions that changed in one way.
  public struct Change: Sendable {
    /// All of them.
    public var amount = Amount()
    /// By the rules that are violated or undetermined under one of the sets alone.
    public var byRules: [[String]: Amount] = [:]
    /// By the file that they stand in.
    public var byFile: [String: [[String]: Int]] = [:]
    /// By the value of each fact that sessions are grouped by; nil inside for sessions without one.
    public var byFact: [String: [String?: Amount]] = [:]
    /// The first of them.
    public var examples: [Example] = []
    /// What the first of those that fail now lack to pass.
    public var remedies = RemedyCounts()
  }

  /// A session that changed.
  public struct Example: Sendable {
    /// What tells it from others; nil when it has nothing that does.
    public let id: String?
    /// The file and line.
    public let place: Place
    /// The rules that are violated or undetermined under one of the sets alone.
    public let rules: [String]
    /// The paths of the facts that it lacks under the new policies.
    public let missing: [String]
    /// What would make it pass under the new policies; nil when it passes, or nothing was looked for.
    public var remedy: String?
  }

  /// Where a session stands: the number of its file among those given, and of its line.
  public struct Place: Hashable, Sendable, Comparable {
    let file: Int
    let line: Int

    public static func < (left: Place, right: Place) -> Bool {
      (left.file, left.line) < (right.file, right.line)
    }
  }

  /// Whether those that fail now could still pass.
  public struct RemedyCounts: Hashable, Sendable {
    /// How many were looked at.
    public var asked = 0
    /// Something that the reader of the policies can change would do.
    public var open = 0
    /// Somebody else would have to change something.
    public var others = 0
    /// The last day for it is past.
    public var late = 0
    /// No change is enough, or none was found.
    public var none = 0
  }

  /// Nothing replayed yet.
  package init() {}

  /// How many sessions both sets decided.
  public internal(set) var sessions = 0
  /// How many lines neither can read.
  public internal(set) var unreadable = 0
  /// How many only the new policies can read.
  public internal(set) var onlyNew = 0
  /// How many only the old policies can read.
  public internal(set) var onlyOld = 0
  /// The sessions that changed, by how.
  public internal(set) var changes: [Direction: Change] = [:]

  /// The changes, those that no longer pass first, then by decision.
  public func ordered(by decisions: [String]) -> [(direction: Direction, change: Change)] {
    func rank(_ direction: Direction) -> Int {
      switch (direction.old, direction.new) {
      case (.pass, .fail): 0
      case (.pass, _): 1
      case (.undetermined, .fail): 2
      case (.fail, .undetermined): 3
      default: 4
      }
    }
    return changes.map { (direction: $0.key, change: $0.value) }.sorted { left, right in
      let order = [left, right].map { item in
        (rank(item.direction), decisions.firstIndex(of: item.direction.decision) ?? .max)
      }
      return order[0] < order[1]
    }
  }
}
