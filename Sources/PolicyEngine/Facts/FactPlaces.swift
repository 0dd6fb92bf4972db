import CEL
import Diagnostics
import Synchronization

/// Finds where the facts of a document were written, by walking its text again.
///
/// Each object and list on the way to a fact that is asked about is walked once, and what stands in it is
/// remembered; so a document that is only decided is never walked again, and one of which all is asked once.
final class FactPlaces: Sendable {
  /// A value of the text, with what was found in it.
  private final class Value {
    let offset: Int
    var range: Range<Int>??
    var elements: [Value]?
    var members: [(name: String, value: Value)]?

    init(at offset: Int) { self.offset = offset }
  }

  /// The JSON text that the facts were decoded from, with its padding.
  private let padded: [UInt8]
  /// Where that was written.
  let map: FactTextMap
  private let document: Mutex<Value>

  init(padded: [UInt8], map: FactTextMap) {
    self.padded = padded
    self.map = map
    document = Mutex(Value(at: PaddedBytes.with(padded) { JSONPlaces($0).offset }))
  }

  /// Where the value at the end of some steps from the document stands; nil when it isn't there.
  func range(of steps: [AttributePath.Step]) -> SourceRange? {
    let range = document.withLock { document in
      PaddedBytes.with(padded) { text in
        var value = document
        for step in steps {
          guard let next = Self.value(at: step, in: value, text) else { return nil as Range<Int>? }
          value = next
        }
        if let known = value.range { return known }
        let range = JSONPlaces(text, at: value.offset).rangeOfValue()
        value.range = .some(range)
        return range
      }
    }
    return range.map { map.sourceRange(of: $0) }
  }

  private static func value(
    at step: AttributePath.Step, in value: Value, _ text: PaddedBytes
  ) -> Value? {
    switch step {
    case .index(let index):
      let elements =
        value.elements
        ?? JSONPlaces(text, at: value.offset).offsetsOfElements().map { Value(at: $0) }
      value.elements = elements
      return elements.indices.contains(index) ? elements[index] : nil
    case .field(let name):
      let members =
        value.members
        ?? JSONPlaces(text, at: value.offset).offsetsOfMembers().map {
          ($0.name, Value(at: $0.offset))
        }
      value.members = members
      return members.first { $0.name == name }?.value
    case .key: return nil
    }
  }
}
