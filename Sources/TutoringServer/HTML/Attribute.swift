#if Server
/// An attribute of an element.
struct Attribute: Sendable {
  enum Value: Sendable {
    /// The attribute is not written.
    case absent
    /// The attribute is there, and has no value.
    case present
    case text(String)
  }

  let name: String
  let value: Value

  private init(_ name: String, _ value: String?) {
    self.name = name
    self.value = value.map { .text($0) } ?? .absent
  }

  private init(_ name: String, if condition: Bool) {
    self.name = name
    value = condition ? .present : .absent
  }

  static func `class`(_ names: String?) -> Attribute { Attribute("class", names) }
  static func id(_ id: String?) -> Attribute { Attribute("id", id) }
  static func name(_ name: String) -> Attribute { Attribute("name", name) }
  static func value(_ value: String) -> Attribute { Attribute("value", value) }
  static func type(_ type: String) -> Attribute { Attribute("type", type) }
  static func `for`(_ id: String) -> Attribute { Attribute("for", id) }
  static func lang(_ language: String) -> Attribute { Attribute("lang", language) }
  static func dir(_ direction: String) -> Attribute { Attribute("dir", direction) }
  static func role(_ role: String?) -> Attribute { Attribute("role", role) }
  static func method(_ method: String) -> Attribute { Attribute("method", method) }
  static func scope(_ scope: String) -> Attribute { Attribute("scope", scope) }
  static func charset(_ name: String) -> Attribute { Attribute("charset", name) }
  static func content(_ content: String) -> Attribute { Attribute("content", content) }
  static func rel(_ relation: String) -> Attribute { Attribute("rel", relation) }
  static func title(_ title: String?) -> Attribute { Attribute("title", title) }
  static func list(_ id: String?) -> Attribute { Attribute("list", id) }
  static func rows(_ count: Int) -> Attribute { Attribute("rows", String(count)) }
  static func maxlength(_ count: Int?) -> Attribute {
    Attribute("maxlength", count.map(String.init))
  }
  static func autocomplete(_ kind: String?) -> Attribute { Attribute("autocomplete", kind) }
  static func spellcheck(_ isOn: Bool) -> Attribute {
    Attribute("spellcheck", isOn ? "true" : "false")
  }
  static func inputmode(_ kind: String?) -> Attribute { Attribute("inputmode", kind) }
  static func placeholder(_ text: String?) -> Attribute { Attribute("placeholder", text) }
  static func tabindex(_ index: Int) -> Attribute { Attribute("tabindex", String(index)) }
  static func datetime(_ instant: String) -> Attribute { Attribute("datetime", instant) }
  static func form(_ id: String?) -> Attribute { Attribute("form", id) }
  static func current(_ kind: String?) -> Attribute { Attribute("aria-current", kind) }
  static func label(_ label: String?) -> Attribute { Attribute("aria-label", label) }
  static func labelledBy(_ id: String?) -> Attribute { Attribute("aria-labelledby", id) }
  static func describedBy(_ ids: String?) -> Attribute { Attribute("aria-describedby", ids) }
  static func live(_ manner: String?) -> Attribute { Attribute("aria-live", manner) }
  static func invalid(_ isInvalid: Bool) -> Attribute {
    Attribute("aria-invalid", isInvalid ? "true" : nil)
  }
  static func hiddenFromReaders() -> Attribute { Attribute("aria-hidden", "true") }

  static func viewBox(_ box: String) -> Attribute { Attribute("viewBox", box) }
  static func x(_ place: Int) -> Attribute { Attribute("x", String(place)) }
  static func y(_ place: Int) -> Attribute { Attribute("y", String(place)) }
  static func width(_ length: Int) -> Attribute { Attribute("width", String(length)) }
  static func height(_ length: Int) -> Attribute { Attribute("height", String(length)) }

  static func readonly(_ condition: Bool) -> Attribute { Attribute("readonly", if: condition) }
  static func required(_ condition: Bool) -> Attribute { Attribute("required", if: condition) }
  static func checked(_ condition: Bool) -> Attribute { Attribute("checked", if: condition) }
  static func selected(_ condition: Bool) -> Attribute { Attribute("selected", if: condition) }
  static func disabled(_ condition: Bool) -> Attribute { Attribute("disabled", if: condition) }
  static func hidden(_ condition: Bool) -> Attribute { Attribute("hidden", if: condition) }
  static func open(_ condition: Bool) -> Attribute { Attribute("open", if: condition) }
  static let autofocus = Attribute("autofocus", if: true)
  static func autofocusUnless(_ condition: Bool) -> Attribute {
    Attribute("autofocus", if: !condition)
  }
  static let `defer` = Attribute("defer", if: true)
  static let novalidate = Attribute("novalidate", if: true)
  static let formnovalidate = Attribute("formnovalidate", if: true)

  /// Something that our script reads.
  static func data(_ name: StaticString, _ value: String? = "") -> Attribute {
    Attribute(name.description, value)
  }

  // MARK: - Addresses

  /// Where a link leads: a place of ours.
  ///
  /// Anything else leads nowhere.
  static func href(_ address: String) -> Attribute { Attribute("href", own(address)) }
  static func src(_ address: String) -> Attribute { Attribute("src", own(address)) }
  static func action(_ address: String) -> Attribute { Attribute("action", own(address)) }
  static func formaction(_ address: String) -> Attribute { Attribute("formaction", own(address)) }

  private static func own(_ address: String) -> String {
    let isOwn = address.hasPrefix("/") && !address.hasPrefix("//") && !address.hasPrefix("/\\")
    return isOwn || address.hasPrefix("#") || address.hasPrefix("?") ? address : "#"
  }
}
#endif
