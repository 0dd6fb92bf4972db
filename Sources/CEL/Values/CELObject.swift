/// A value of a declared object type: whoever embeds the language gives its own.
///
/// It is a class, so that a value of the language is three words wherever it is kept.
public protocol CELObject: AnyObject, Sendable {
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
  /// Feeds what equal objects have in common into a hasher.
  func hash(into hasher: inout Hasher)
  /// How many values the object holds, those of objects and lists in it counted: how many steps it counts
  /// to compare it.
  var size: Int { get }
  /// The facts that must be there and aren't, in the object and in the objects that it holds.
  ///
  /// While there are any, it is not known what the object equals.
  var missingFacts: [AttributePath] { get }
  /// What it has in common with every other object that stands for the same thing.
  var identity: ObjectIdentity { get }
}

extension CELObject {
  /// One that no other object has.
  public var identity: ObjectIdentity { ObjectIdentity(in: self, at: 0) }

  /// As many as a small object holds; an object that may be large counts its own.
  public var size: Int { 8 }

  /// The name of the type alone, which is never wrong, and slow where many objects are compared.
  public func hash(into hasher: inout Hasher) { hasher.combine(typeName) }

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
