#if Server
/// The elements by their names, so that pages read like what they make.
extension HTML {
  typealias Content = (inout HTML) -> Void

  mutating func section(_ attributes: Attribute..., content: Content) {
    element(.section, attributes, content)
  }
  mutating func article(_ attributes: Attribute..., content: Content) {
    element(.article, attributes, content)
  }
  mutating func header(_ attributes: Attribute..., content: Content) {
    element(.header, attributes, content)
  }
  mutating func nav(_ attributes: Attribute..., content: Content) {
    element(.nav, attributes, content)
  }
  mutating func div(_ attributes: Attribute..., content: Content) {
    element(.div, attributes, content)
  }
  mutating func p(_ attributes: Attribute..., content: Content) {
    element(.p, attributes, content)
  }
  mutating func ul(_ attributes: Attribute..., content: Content) {
    element(.ul, attributes, content)
  }
  mutating func ol(_ attributes: Attribute..., content: Content) {
    element(.ol, attributes, content)
  }
  mutating func li(_ attributes: Attribute..., content: Content) {
    element(.li, attributes, content)
  }
  mutating func dl(_ attributes: Attribute..., content: Content) {
    element(.dl, attributes, content)
  }
  mutating func dd(_ attributes: Attribute..., content: Content) {
    element(.dd, attributes, content)
  }
  mutating func table(_ attributes: Attribute..., content: Content) {
    element(.table, attributes, content)
  }
  mutating func tr(_ attributes: Attribute..., content: Content) {
    element(.tr, attributes, content)
  }
  mutating func td(_ attributes: Attribute..., content: Content) {
    element(.td, attributes, content)
  }
  mutating func details(_ attributes: Attribute..., content: Content) {
    element(.details, attributes, content)
  }
  mutating func summary(_ attributes: Attribute..., content: Content) {
    element(.summary, attributes, content)
  }
  mutating func fieldset(_ attributes: Attribute..., content: Content) {
    element(.fieldset, attributes, content)
  }
  mutating func label(_ attributes: Attribute..., content: Content) {
    element(.label, attributes, content)
  }
  mutating func select(_ attributes: Attribute..., content: Content) {
    element(.select, attributes, content)
  }
  mutating func datalist(_ attributes: Attribute..., content: Content) {
    element(.datalist, attributes, content)
  }
  mutating func button(_ attributes: Attribute..., content: Content) {
    element(.button, attributes, content)
  }
  mutating func a(_ attributes: Attribute..., content: Content) {
    element(.a, attributes, content)
  }
  mutating func span(_ attributes: Attribute..., content: Content) {
    element(.span, attributes, content)
  }
  mutating func h1(_ attributes: Attribute..., content: Content) {
    element(.h1, attributes, content)
  }
  mutating func h2(_ attributes: Attribute..., content: Content) {
    element(.h2, attributes, content)
  }
  mutating func h3(_ attributes: Attribute..., content: Content) {
    element(.h3, attributes, content)
  }

  mutating func p(_ text: String, _ attributes: Attribute...) { element(.p, attributes, text) }
  mutating func li(_ text: String, _ attributes: Attribute...) { element(.li, attributes, text) }
  mutating func h1(_ text: String, _ attributes: Attribute...) { element(.h1, attributes, text) }
  mutating func h2(_ text: String, _ attributes: Attribute...) { element(.h2, attributes, text) }
  mutating func h3(_ text: String, _ attributes: Attribute...) { element(.h3, attributes, text) }
  mutating func dt(_ text: String, _ attributes: Attribute...) { element(.dt, attributes, text) }
  mutating func dd(_ text: String, _ attributes: Attribute...) { element(.dd, attributes, text) }
  mutating func th(_ text: String, _ attributes: Attribute...) { element(.th, attributes, text) }
  mutating func td(_ text: String, _ attributes: Attribute...) { element(.td, attributes, text) }
  mutating func a(_ text: String, _ attributes: Attribute...) { element(.a, attributes, text) }
  mutating func b(_ text: String, _ attributes: Attribute...) { element(.b, attributes, text) }
  mutating func code(_ text: String, _ attributes: Attribute...) {
    element(.code, attributes, text)
  }
  mutating func span(_ text: String, _ attributes: Attribute...) {
    element(.span, attributes, text)
  }
  mutating func strong(_ text: String, _ attributes: Attribute...) {
    element(.strong, attributes, text)
  }
  mutating func label(_ text: String, _ attributes: Attribute...) {
    element(.label, attributes, text)
  }
  mutating func legend(_ text: String, _ attributes: Attribute...) {
    element(.legend, attributes, text)
  }
  mutating func summary(_ text: String, _ attributes: Attribute...) {
    element(.summary, attributes, text)
  }
  mutating func option(_ text: String, _ attributes: Attribute...) {
    element(.option, attributes, text)
  }
  mutating func button(_ text: String, _ attributes: Attribute...) {
    element(.button, attributes, text)
  }
  mutating func time(_ text: String, _ attributes: Attribute...) {
    element(.time, attributes, text)
  }
  mutating func textarea(_ text: String, _ attributes: Attribute...) {
    element(.textarea, attributes, text)
  }
  mutating func input(_ attributes: Attribute...) { void(.input, attributes) }
}
#endif
