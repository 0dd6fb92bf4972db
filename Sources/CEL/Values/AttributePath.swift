/// A path to a fact: a root name, then fields and list positions, such as `session.encounters[3].subject`.
///
/// Paths are made and compared wherever something is read, many thousands for one explanation. So each shares
/// what leads to it with those that go on from there, and knows its hash.
public struct AttributePath: Hashable, Sendable, CustomStringConvertible {
  /// One step down.
  public enum Step: Hashable, Sendable {
    case field(String)
    /// A position in a list, from 0.
    case index(Int)
    /// A key of a map, as it is shown.
    case key(String)
  }

  private let end: Node

  private init(_ end: Node) { self.end = end }

  /// A path from a root.
  public init(root: String, steps: [Step] = []) {
    self.init(steps.reduce(Node(root: root)) { Node(parent: $0, step: $1) })
  }

  /// The name of the variable that the path starts from.
  public var root: String {
    if case .field(let name) = end.ancestor(0).step { name } else { "" }
  }

  /// The steps from the root, made anew each time.
  public var steps: [Step] {
    var steps: [Step] = []
    steps.reserveCapacity(count)
    end.collect(&steps)
    return steps
  }

  /// How many steps there are.
  public var count: Int { end.count }

  /// The last step; nil for the root itself.
  public var last: Step? { end.parent == nil ? nil : end.step }

  /// The path without its last step; nil for the root itself.
  public var parent: AttributePath? { end.parent.map { AttributePath($0) } }

  /// The path one step further.
  public func appending(_ step: Step) -> AttributePath {
    AttributePath(Node(parent: end, step: step))
  }

  /// The path of the first so many steps; itself where it has no more.
  public func prefix(_ length: Int) -> AttributePath { AttributePath(end.ancestor(length)) }

  /// Whether it leads on from where another ends, by at least one step.
  public func isInside(_ other: AttributePath) -> Bool {
    count > other.count && prefix(other.count) == other
  }

  public static func == (left: Self, right: Self) -> Bool { left.end.isSame(as: right.end) }

  public func hash(into hasher: inout Hasher) { hasher.combine(end.hash) }

  /// The path with its root, such as `session.encounters[3].subject`.
  public var description: String {
    var text = root
    end.write(to: &text, behindRoot: true)
    return text
  }

  /// The path without its root, such as `encounters[3].subject`; empty for the root itself.
  public var pathFromRoot: String {
    var text = ""
    end.write(to: &text, behindRoot: false)
    return text
  }
}

extension AttributePath {
  /// The last step of a path, with the path that it goes on from.
  private final class Node: Sendable {
    /// nil for a root, whose name is its step.
    let parent: Node?
    let step: Step
    /// How many steps there are below the root.
    let count: Int
    let hash: UInt

    init(root: String) {
      parent = nil
      step = .field(root)
      count = 0
      hash = Self.hash(of: step, after: 0)
    }

    init(parent: Node, step: Step) {
      self.parent = parent
      self.step = step
      count = parent.count + 1
      hash = Self.hash(of: step, after: parent.hash)
    }

    private static func hash(of step: Step, after start: UInt) -> UInt {
      // FNV-1a; sets and dictionaries mix the hash with a seed of their own.
      var hash = start ^ 0xCBF2_9CE4_8422_2325
      switch step {
      case .field(let name), .key(let name):
        for byte in name.utf8 { hash = (hash ^ UInt(byte)) &* 0x0000_0100_0000_01B3 }
      case .index(let index): hash = (hash ^ UInt(bitPattern: index)) &* 0x0000_0100_0000_01B3
      }
      return hash
    }

    func ancestor(_ count: Int) -> Node {
      var node = self
      while node.count > count, let parent = node.parent { node = parent }
      return node
    }

    func isSame(as other: Node) -> Bool {
      var (left, right) = (self, other)
      while left !== right {
        guard left.hash == right.hash, left.count == right.count, left.step == right.step
        else { return false }
        guard let leftParent = left.parent, let rightParent = right.parent else { return true }
        (left, right) = (leftParent, rightParent)
      }
      return true
    }

    func collect(_ steps: inout [Step]) {
      guard let parent else { return }
      parent.collect(&steps)
      steps.append(step)
    }

    func write(to text: inout String, behindRoot: Bool) {
      guard let parent else { return }
      parent.write(to: &text, behindRoot: behindRoot)
      switch step {
      case .field(let name):
        if behindRoot || count > 1 { text += "." }
        text += name
      case .index(let index):
        text += "["
        text += String(index)
        text += "]"
      case .key(let key):
        text += "["
        text += key
        text += "]"
      }
    }
  }
}
