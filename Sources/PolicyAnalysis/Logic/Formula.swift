import CEL
import PolicyEngine

/// What a Boolean expression says, as far as this analysis follows it.
///
/// A formula is true, false, or neither (undetermined), as the expression is. Whatever the analysis does
/// not understand becomes an atom about which nothing is known but its text, so that what is proved of a
/// formula holds of the expression.
indirect enum Formula: Hashable, Sendable {
  case constant(Bool)
  /// Neither true nor false, ever: what reads a parameter without a value.
  case undetermined
  case atom(Atom)
  case not(Formula)
  case and([Formula])
  case or([Formula])
  /// The second where the first is true, the third where it is false.
  case choice(Formula, Formula, Formula)

  /// Whether the formula is built without anything that depends on the document.
  var constant: Bool? {
    if case .constant(let value) = self { value } else { nil }
  }
}

/// A statement that is not taken apart further.
struct Atom: Hashable, Sendable {
  /// What is said of a value.
  enum Statement: Hashable, Sendable {
    /// It is true.
    case isTrue
    /// The fact is given; one that must be given is never known not to be.
    case isGiven(isOptional: Bool)
    /// It is one of these.
    case isOneOf(Set<Constant>)
    /// It is less than a constant.
    case isLess(than: Constant)
    /// It is at most a constant.
    case isAtMost(Constant)
    /// It stands to the value of another key in one of these ways.
    case stands(to: String, in: Set<Standing>)
  }

  /// How two values of one type stand to each other.
  enum Standing: Hashable, Sendable, CaseIterable {
    case less, equal, greater
  }

  /// What the value is: a text that is the same only for what has the same value.
  let key: String
  let statement: Statement
  /// What values of the key there are.
  var domain = ValueDomain.open
  /// The keys of the optional facts without which it is neither true nor false.
  var reads: Set<String> = []

  /// The keys of the values that are known whenever it is true or false.
  var keys: [String] {
    if case .stands(let other, _) = statement { [key, other] } else { [key] }
  }
}

/// What values there are of a kind.
enum ValueDomain: Hashable, Sendable {
  /// One of these texts.
  case cases([String])
  /// Whole numbers from a least one on, or all of them.
  case whole(least: Int64?)
  case open
}

/// A constant, equal to another when both have the same value and type.
struct Constant: Hashable, Sendable {
  let value: CELValue
  /// The value's literal, in ASCII: texts differ where their Unicode scalars do.
  let text: String

  init(_ value: CELValue) {
    self.value = value
    text = Self.text(of: value)
  }

  static func == (left: Constant, right: Constant) -> Bool { left.text == right.text }
  func hash(into hasher: inout Hasher) { hasher.combine(text) }

  private static func text(of value: CELValue) -> String {
    switch value {
    case .string(let text):
      "\"" + text.unicodeScalars.map { $0.escaped(asASCII: true) }.joined() + "\""
    case .list(let items): "[" + items.map { self.text(of: $0) }.joined(separator: ",") + "]"
    case .map(let map):
      "{"
        + map.entries.map { "\(self.text(of: $0.key)):\(self.text(of: $0.value))" }
        .sorted().joined(separator: ",") + "}"
    case .uint(let number): "\(number)u"
    case .double(let number): "\(number)d"
    case .decimal, .money: "\(value.type) \(ValueLiteral.text(of: value))"
    case .duration(let duration): "duration \(duration.description)"
    default: ValueLiteral.text(of: value)
    }
  }
}
