#if Server
/// A piece of HTML that is being written, as UTF-8.
///
/// Whatever is written as text or as the value of an attribute is escaped. Elements are written by closures, so that what
/// is opened is closed:
///
///     html.section(.class("card")) { html in
///       html.h2("Encounters")
///       html.p { $0.text(student.name) }
///     }
struct HTML: Hashable, Sendable {
  /// The HTML so far.
  private(set) var bytes: [UInt8] = []

  /// Nothing yet.
  init(capacity: Int = 0) {
    bytes.reserveCapacity(capacity)
  }

  /// What a closure writes.
  init(_ write: (inout HTML) -> Void) {
    self.init()
    write(&self)
  }

  /// The HTML as text.
  var description: String { String(decoding: bytes, as: UTF8.self) }

  /// Whether nothing was written.
  var isEmpty: Bool { bytes.isEmpty }

  /// Writes text.
  mutating func text(_ text: String) {
    Escaping.append(text, to: &bytes, in: .text)
  }

  /// Writes the name of somebody or something that a person typed, which can't change the order of what is around it.
  mutating func name(_ name: String) {
    element(.bdi, [], name)
  }

  /// Writes HTML that was written before.
  mutating func append(_ other: HTML) {
    bytes += other.bytes
  }

  /// Writes HTML as it stands in our own source.
  ///
  /// A literal can hold nothing that anybody typed into a form.
  mutating func reviewed(_ literal: StaticString) {
    append(literal.description)
  }

  // MARK: - Elements

  /// Writes an element with what a closure writes in it.
  mutating func element(
    _ tag: Tag, _ attributes: [Attribute], _ content: (inout HTML) -> Void
  ) {
    open(tag, attributes)
    content(&self)
    close(tag)
  }

  /// Writes an element with text in it.
  mutating func element(_ tag: Tag, _ attributes: [Attribute], _ content: String) {
    open(tag, attributes)
    // A line break at the very start of these is dropped by browsers: one of ours keeps the person's.
    if tag.keepsBlanks { bytes.append(UInt8(ascii: "\n")) }
    text(content)
    close(tag)
  }

  /// Writes an element that never holds anything.
  mutating func void(_ tag: Tag, _ attributes: [Attribute]) {
    open(tag, attributes)
  }

  private mutating func open(_ tag: Tag, _ attributes: [Attribute]) {
    if tag.isBlock, !bytes.isEmpty { bytes.append(UInt8(ascii: "\n")) }
    bytes.append(UInt8(ascii: "<"))
    append(tag.name)
    for attribute in attributes { append(attribute) }
    bytes.append(UInt8(ascii: ">"))
  }

  private mutating func close(_ tag: Tag) {
    bytes.append(UInt8(ascii: "<"))
    bytes.append(UInt8(ascii: "/"))
    append(tag.name)
    bytes.append(UInt8(ascii: ">"))
  }

  private mutating func append(_ attribute: Attribute) {
    switch attribute.value {
    case .absent: return
    case .present:
      bytes.append(UInt8(ascii: " "))
      append(attribute.name)
    case .text(let value):
      bytes.append(UInt8(ascii: " "))
      append(attribute.name)
      bytes.append(UInt8(ascii: "="))
      bytes.append(UInt8(ascii: "\""))
      Escaping.append(value, to: &bytes, in: .attribute)
      bytes.append(UInt8(ascii: "\""))
    }
  }

  private mutating func append(_ ours: String) {
    bytes.append(contentsOf: ours.utf8)
  }
}
#endif
