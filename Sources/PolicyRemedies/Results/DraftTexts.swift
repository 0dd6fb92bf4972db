import CEL
import Diagnostics
import PolicyEngine
import PolicyRendering

/// Writes changed drafts of one document as texts of documents, to be read and decided like any other.
///
/// Nearly all of a changed document stands in the one as it is too: the texts of its objects are kept.
struct DraftTexts {
  /// The texts of the objects of the document as it is, which are there as long as it is.
  private var known: [ObjectIdentifier: [UInt8]] = [:]
  private let start: Draft

  /// The texts of drafts that share objects with one.
  init(of start: Draft) {
    self.start = start
    learn(start)
  }

  private mutating func learn(_ draft: Draft) {
    for case .present(let value) in draft.fields { learn(value) }
    known[ObjectIdentifier(draft)] = text(of: draft)
  }

  private mutating func learn(_ value: CELValue) {
    switch value {
    case .object(let object): if let draft = object as? Draft { learn(draft) }
    case .list(let elements): for element in elements { learn(element) }
    default: break
    }
  }

  /// The draft as the text of a document, in one line.
  func text(of draft: Draft) -> [UInt8] {
    var text: [UInt8] = []
    write(draft, to: &text)
    return text
  }

  private func write(_ draft: Draft, to text: inout [UInt8]) {
    if let known = known[ObjectIdentifier(draft)] {
      text += known
      return
    }
    text.append(UInt8(ascii: "{"))
    var isFirst = true
    for (fact, field) in zip(draft.schema.objectTypes[draft.type].facts, draft.fields) {
      guard case .present(let value) = field else { continue }
      if !isFirst { text.append(UInt8(ascii: ",")) }
      isFirst = false
      JSONValue.string(fact.name).write(to: &text)
      text.append(UInt8(ascii: ":"))
      write(value, to: &text)
    }
    text.append(UInt8(ascii: "}"))
  }

  private func write(_ value: CELValue, to text: inout [UInt8]) {
    switch value {
    case .object(let object as Draft): write(object, to: &text)
    case .list(let elements):
      text.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        write(element, to: &text)
      }
      text.append(UInt8(ascii: "]"))
    default: JSONValue(value).write(to: &text)
    }
  }
}
