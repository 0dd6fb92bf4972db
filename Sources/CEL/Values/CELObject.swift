/// A value of a declared object type: whoever embeds the language gives its own.
public protocol CELObject: Sendable {
  /// The name of the object's type in the environment.
  var typeName: String { get }
  /// Where the object stands in the data that is decided.
  var path: AttributePath { get }
  /// What the object has for a stored field, by its index in the declared type.
  func value(ofField index: Int) -> FieldValue
  /// Whether the object has a value for a stored field, which need not be made for that.
  func presence(ofField index: Int) -> FieldPresence
  /// Whether both objects have equal fields.
  func isEqual(to other: any CELObject) -> Bool
  /// How many values the object holds, those of objects and lists in it counted: how many steps it counts
  /// to compare it.
  var size: Int { get }
  /// The facts that must be there and aren't, in the object and in the objects that it holds.
  ///
  /// While there are any, it is not known what the object equals.
  var missingFacts: [AttributePath] { get }
}

extension CELObject {
  /// As many as a small object holds; an object that may be large counts its own.
  public var size: Int { 8 }

  /// What the value says.
  public func presence(ofField index: Int) -> FieldPresence {
    switch value(ofField: index) {
    case .present: .present
    case .absent: .absent
    case .missing: .missing
    }
  }
}

/// Whether an object has a value for a field.
public enum FieldPresence: Sendable {
  /// It has one.
  case present
  /// It has none, and that is known.
  case absent
  /// It has none, though there must be one.
  case missing
}

/// What an object has for a field.
public enum FieldValue: Sendable {
  /// A value.
  case present(CELValue)
  /// Nothing, and that is known: `has` is false. Reading it is unknown.
  case absent
  /// Nothing, though there must be something: both reading it and `has` are unknown.
  case missing
}

/// A path to a fact: a root name, then fields and list positions, such as `session.encounters[3].subject`.
public struct AttributePath: Hashable, Sendable, CustomStringConvertible {
  /// One step down.
  public enum Step: Hashable, Sendable {
    case field(String)
    /// A position in a list, from 0.
    case index(Int)
    /// A key of a map, as it is shown.
    case key(String)
  }

  /// The name of the variable that the path starts from.
  public let root: String
  /// The steps from the root.
  public let steps: [Step]

  /// A path from a root.
  public init(root: String, steps: [Step] = []) {
    self.root = root
    self.steps = steps
  }

  /// The path one step further.
  public func appending(_ step: Step) -> AttributePath {
    AttributePath(root: root, steps: steps + [step])
  }

  /// The path with its root, such as `session.encounters[3].subject`.
  public var description: String {
    let below = pathFromRoot
    return below.isEmpty ? root : root + (below.hasPrefix("[") ? "" : ".") + below
  }

  /// The path without its root, such as `encounters[3].subject`; empty for the root itself.
  public var pathFromRoot: String {
    var text = ""
    for step in steps {
      switch step {
      case .field(let name): text += (text.isEmpty ? "" : ".") + name
      case .index(let index): text += "[\(index)]"
      case .key(let key): text += "[\(key)]"
      }
    }
    return text
  }
}
