/// A pattern compiled for matching.
struct RegexProgram: Sendable {
  enum Instruction: Sendable {
    /// Goes on if the next scalar is in the set of the index.
    case scalar(Int)
    case assertion(RegexAssertion)
    /// Goes on at both places.
    case split(Int, Int)
    case jump(Int)
    case match
  }

  /// How many instructions a program may have; counted repetition multiplies them.
  static let sizeLimit = 5000

  private(set) var instructions: [Instruction] = []
  private var sets: [RegexScalarSet] = []

  init(_ node: RegexNode) throws {
    try compile(node)
    try append(.match)
  }

  private mutating func append(_ instruction: Instruction) throws {
    guard instructions.count < Self.sizeLimit else {
      throw EvaluationError("the pattern is too large")
    }
    instructions.append(instruction)
  }

  private mutating func compile(_ node: RegexNode) throws {
    switch node {
    case .empty: break
    case .scalars(let set):
      sets.append(set)
      try append(.scalar(sets.count - 1))
    case .assertion(let assertion): try append(.assertion(assertion))
    case .sequence(let nodes): for node in nodes { try compile(node) }
    case .alternatives(let nodes):
      var jumps: [Int] = []
      for (index, node) in nodes.enumerated() {
        guard index < nodes.count - 1 else {
          try compile(node)
          continue
        }
        let split = instructions.count
        try append(.split(split + 1, split))
        try compile(node)
        jumps.append(instructions.count)
        try append(.jump(0))
        instructions[split] = .split(split + 1, instructions.count)
      }
      for jump in jumps { instructions[jump] = .jump(instructions.count) }
    case .repetition(let node, let minimum, let maximum):
      for _ in 0..<minimum { try compile(node) }
      if let maximum {
        try compileOptional(node, count: maximum - minimum)
      } else {
        let split = instructions.count
        try append(.split(split + 1, split))
        try compile(node)
        try append(.jump(split))
        instructions[split] = .split(split + 1, instructions.count)
      }
    }
  }

  /// `x?x?x?`, each leading to the end of all when it is left out.
  private mutating func compileOptional(_ node: RegexNode, count: Int) throws {
    var splits: [Int] = []
    for _ in 0..<max(0, count) {
      splits.append(instructions.count)
      try append(.split(0, 0))
      try compile(node)
    }
    for split in splits { instructions[split] = .split(split + 1, instructions.count) }
  }

  // MARK: Matching

  /// Whether some part of the text matches.
  func matches(_ text: String) -> Bool {
    var current = Threads(count: instructions.count)
    var next = Threads(count: instructions.count)
    var before: Unicode.Scalar?
    var scalars = text.unicodeScalars.makeIterator()
    var after = scalars.next()
    while true {
      // A match may start anywhere.
      if add(0, to: &current, before: before, after: after) { return true }
      guard let scalar = after else { return false }
      let following = scalars.next()
      for thread in current.list {
        guard case .scalar(let set) = instructions[thread], sets[set].contains(scalar) else {
          continue
        }
        if add(thread + 1, to: &next, before: scalar, after: following) { return true }
      }
      swap(&current, &next)
      next.removeAll()
      before = scalar
      after = following
    }
  }

  /// The instructions that matching has got to, each once.
  private struct Threads {
    private(set) var list: [Int] = []
    private var marks: [Bool]

    init(count: Int) { marks = Array(repeating: false, count: count) }

    mutating func insert(_ thread: Int) -> Bool {
      guard !marks[thread] else { return false }
      marks[thread] = true
      list.append(thread)
      return true
    }

    mutating func removeAll() {
      for thread in list { marks[thread] = false }
      list.removeAll(keepingCapacity: true)
    }
  }

  /// Adds a thread with all that it leads to without reading a scalar; whether that is a match.
  private func add(
    _ start: Int, to threads: inout Threads, before: Unicode.Scalar?, after: Unicode.Scalar?
  ) -> Bool {
    var pending = [start]
    while let position = pending.popLast() {
      guard threads.insert(position) else { continue }
      switch instructions[position] {
      case .match: return true
      case .scalar: break
      case .jump(let target): pending.append(target)
      case .split(let first, let second):
        pending.append(second)
        pending.append(first)
      case .assertion(let assertion):
        if assertion.holds(before: before, after: after) { pending.append(position + 1) }
      }
    }
    return false
  }
}
