import CEL
import Diagnostics
import YAML

extension PolicyLoader {
  /// How many elements a list may have, as its declaration says; nil where it says nothing.
  mutating func loadLimit(_ reader: MappingReader) -> (limit: Int, range: SourceRange)? {
    guard let node = reader.optionalNode("atMost", into: &diagnostics) else { return nil }
    guard case .int(let number)? = node.scalar?.value, let limit = Int(exactly: number), limit > 0
    else {
      diagnostics.append(
        .wrongKind(of: "'atMost'", expected: "a whole number above 0, such as 400", found: node))
      return nil
    }
    return (limit, node.range)
  }

  /// Reports values of a parameter that have more elements than its declaration says.
  mutating func checkLimit(
    _ reader: MappingReader, of type: CELType, _ values: [Parameter.DatedValue]
  ) {
    guard let (limit, range) = loadLimit(reader) else { return }
    guard case .list = type else {
      if type != .error { diagnostics.append(.limitOfNoList(at: range)) }
      return
    }
    for value in values {
      guard case .list(let elements) = value.value, elements.count > limit else { continue }
      diagnostics.append(.tooManyElements(elements.count, limit: limit, at: value.range))
    }
  }
}

extension Diagnostic {
  static func limitOfNoList(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .limitWithoutList,
      "'atMost' is about the elements of a list, and this is not a list",
      at: range, help: "remove the key; or write a list, [T]")
  }

  fileprivate static func tooManyElements(
    _ count: Int, limit: Int, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .tooManyElements,
      "the list that holds from this day on has \(count.grouped) elements, and may have at most \(limit.grouped)",
      at: range)
  }
}
