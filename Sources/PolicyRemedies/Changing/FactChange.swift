public import CEL
import Diagnostics
public import PolicyEngine

/// One change to one fact of a document.
public struct FactChange: Sendable {
  /// The fact; for an element that is added or removed, its list.
  public let path: AttributePath
  /// How it changes.
  public let kind: FactChanges.Kind
  /// What is given, added or removed; nil for a fact that is dropped.
  public let value: CELValue?
  /// Whether the value stands for any that people might write, rather than for itself.
  let isOpen: Bool
  /// The same for changes that are the same: worked out once, since each is looked up many times.
  private let hash: Int

  init(_ kind: FactChanges.Kind, _ path: AttributePath, _ value: CELValue?, isOpen: Bool = false) {
    self.path = path
    self.kind = kind
    self.value = value
    self.isOpen = isOpen
    var hasher = Hasher()
    hasher.combine(path)
    hasher.combine(kind)
    hasher.combine(value.map { ValueIdentity($0) })
    hash = hasher.finalize()
  }

  /// Tells changes apart.
  struct Identity: Hashable {
    private let change: FactChange

    init(_ change: FactChange) { self.change = change }

    static func == (left: Self, right: Self) -> Bool {
      let (left, right) = (left.change, right.change)
      guard left.hash == right.hash, left.kind == right.kind, left.isOpen == right.isOpen,
        left.path == right.path
      else { return false }
      switch (left.value, right.value) {
      case (nil, nil): return true
      case (let value?, let other?): return value.isEqual(to: other)
      case (nil, _?), (_?, nil): return false
      }
    }

    func hash(into hasher: inout Hasher) { hasher.combine(change.hash) }
  }

  /// The same change with another value.
  func with(_ value: CELValue) -> FactChange { FactChange(kind, path, value) }

  /// Tells changes of different facts apart: a list has each of its elements changed by itself.
  var key: String {
    switch kind {
    case .supply, .replace, .drop: path.description
    case .add, .remove: "\(path) \(kind) \(value.map { ValueLiteral.text(of: $0) } ?? "")"
    }
  }

  /// Whether both concern the same fact, or one a fact of the object that the other replaces.
  func overlaps(_ other: FactChange) -> Bool {
    switch (kind, other.kind) {
    case (.add, .add), (.add, .remove), (.remove, .add), (.remove, .remove):
      // What was added is not taken away again, nor the other way round.
      guard path == other.path, let value, let element = other.value else { return false }
      return value.isEqual(to: element)
    default:
      let (short, long) =
        path.count <= other.path.count ? (path, other.path) : (other.path, path)
      return long.prefix(short.count) == short
    }
  }
}

extension Draft {
  /// The draft with a change made.
  func applying(_ change: FactChange) -> Draft {
    field(changedBy: change).map { setting(change.path.steps, to: $0) } ?? self
  }

  /// What the fact of a change has in the draft once it is made; nil where no fact is, or nothing is given for it.
  func field(changedBy change: FactChange) -> FieldValue? {
    switch change.kind {
    case .supply, .replace: return change.value.map { .present($0) }
    case .drop: return .absent
    case .add, .remove:
      guard let value = change.value, let old = find(change.path) else { return nil }
      var elements: [CELValue] = []
      if case .present(.list(let found)) = old { elements = found }
      if change.kind == .add {
        elements.append(value)
      } else {
        elements.removeAll { $0.isEqual(to: value) }
      }
      return .present(.list(elements))
    }
  }

  /// The draft with several changes made, one after the other.
  func applying(_ changes: some Sequence<FactChange>) -> Draft {
    changes.reduce(self) { $0.applying($1) }
  }
}
