import CEL
import Diagnostics
import Synchronization

/// Finds where the facts of a document were written, by walking its text again.
///
/// What is remembered is little: the elements of the lists that were asked about, and the facts that are
/// in no list. So a document of many encounters is walked once, and one that is only decided never.
final class FactPlaces: Sendable {
  private typealias Steps = [AttributePath.Step]

  private struct Known {
    var elements: [Steps: [Int]] = [:]
    var fields: [Steps: Int] = [:]
  }

  /// The JSON text that the facts were decoded from, with its padding.
  private let padded: [UInt8]
  /// Where that was written.
  let map: FactTextMap
  private let known = Mutex(Known())

  init(padded: [UInt8], map: FactTextMap) {
    self.padded = padded
    self.map = map
  }

  /// Where the value at the end of some steps from the document stands; nil when it isn't there.
  func range(of steps: [AttributePath.Step]) -> SourceRange? {
    let range = known.withLock { known in
      PaddedBytes.with(padded) { text in
        var place = JSONPlaces(text)
        for length in steps.indices {
          guard let offset = Self.offset(of: steps[...length], from: place, known: &known) else {
            return nil as Range<Int>?
          }
          place = JSONPlaces(text, at: offset)
        }
        return place.rangeOfValue()
      }
    }
    return range.map { map.sourceRange(of: $0) }
  }

  /// The offset of the value at the end of some steps, where all but the last lead to a place.
  private static func offset(
    of steps: ArraySlice<AttributePath.Step>, from place: JSONPlaces, known: inout Known
  ) -> Int? {
    switch steps.last {
    case .index(let index)?:
      let list = Steps(steps.dropLast())
      let elements = known.elements[list] ?? place.offsetsOfElements()
      known.elements[list] = elements
      return elements.indices.contains(index) ? elements[index] : nil
    case .field(let name)?:
      let isInList = steps.contains { if case .index = $0 { true } else { false } }
      if isInList { return place.offset(ofField: name) }
      let offset = known.fields[Steps(steps)] ?? place.offset(ofField: name)
      known.fields[Steps(steps)] = offset
      return offset
    case .key?, nil: return nil
    }
  }
}
