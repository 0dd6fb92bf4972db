import CEL
import Diagnostics
import PolicyEngine

/// One declaration of a policy set, in parts that can be compared with those of another set.
struct Declaration {
  /// A part: how it is compared, and how it is shown.
  struct Part {
    let name: String
    /// A text that is the same only for what means the same; nil where there is no such part.
    var form: String?
    /// How it is written.
    var shown: String?
    var range: SourceRange?
    /// Whether it is only shown or said, and decides nothing.
    var isText = false
  }

  let subject: PolicyEdit.Subject
  let name: String
  let range: SourceRange?
  var parts: [Part]
  /// The values of a parameter, which are compared by the dates on which they hold.
  var parameter: Parameter?
  /// What the file says its rules are about; a rule under another topic has moved.
  var topic: String?

  /// The file in which it stands, without its folder.
  var file: String? {
    guard let name = range?.source.name else { return nil }
    return name.split(separator: "/").last.map(String.init)
  }

  /// All that it says but its name: what is renamed has the same.
  var body: String {
    let own = parts.map { "\($0.name)=\($0.form ?? "-")" }
    let values = (parameter?.values ?? []).map { value in
      "\(value.from): \(value.value.form) until \(value.end?.from.description ?? "-")"
    }
    return ([subject.rawValue] + own + values).joined(separator: "\n")
  }
}

extension Declaration.Part {
  /// A text, or none.
  static func text(_ name: String, _ text: String?, at range: SourceRange? = nil) -> Self {
    Self(name: name, form: text, shown: text, range: range, isText: true)
  }

  /// A word that decides something.
  static func word(_ name: String, _ word: String?) -> Self {
    Self(name: name, form: word, shown: word)
  }

  /// A list of words whose order says nothing.
  static func words(_ name: String, _ words: [String]) -> Self {
    let list = words.sorted().joined(separator: ", ")
    return Self(name: name, form: list, shown: list.isEmpty ? nil : list)
  }
}

extension CELValue {
  /// A text that only equal values of one type share: as they are written, the rows of tables in one order.
  var form: String {
    switch self {
    case .list(let elements): "[\(elements.map(\.form).joined(separator: ", "))]"
    case .map(let map):
      "{\(map.entries.map { "\($0.key.form): \($0.value.form)" }.sorted().joined(separator: ", "))}"
    case .uint, .double, .decimal, .money: "\(type) \(ValueLiteral.text(of: self))"
    default: ValueLiteral.text(of: self)
    }
  }
}
