import CEL
import Diagnostics

/// Makes messages of the mistakes that decoding noted, by reading the text again.
struct FactMistakeReporter {
  let schema: FactSchema
  /// The JSON text that was decoded.
  let text: [UInt8]
  /// Where it was written.
  let map: FactTextMap
  /// What some positions in lists are called, by the number of their step from the document.
  let positions: [Int: Int]

  /// The messages about mistakes, in their order: about each of the first ones, then how many more there
  /// are.
  func diagnostics(for mistakes: FactMistakes) -> [Diagnostic] {
    guard mistakes.count > 0 else { return [] }
    let places = PaddedBytes.withCopy(of: text) { text in
      JSONPlaces(text).places(at: mistakes.first.map(\.range.lowerBound))
    }
    var diagnostics = zip(mistakes.first, places).map { diagnostic(for: $0, at: $1) }
    if mistakes.count > mistakes.first.count, let last = diagnostics.popLast() {
      diagnostics.append(.moreMistakes(mistakes.count - diagnostics.count, from: last.range))
    }
    return diagnostics
  }

  private func diagnostic(for mistake: FactMistake, at place: JSONPlaces.Place) -> Diagnostic {
    if mistake.kind.isAboutKey, let key = place.key {
      return diagnostic(for: mistake, aboutKey: key, of: place)
    }
    let subject = subject(at: place.steps, range: mistake.range)
    let found = WrittenValue(
      json: text[mistake.range], written: map.written(at: mistake.range.lowerBound))
    switch mistake.kind {
    case .documentIsNotObject: return .documentIsNotObject(subject, found: found)
    case .unknownFact, .repeatedFact, .wrongType: return .wrongType(subject, found: found)
    case .nullElement: return .nullElement(subject)
    case .noCase: return .noCase(subject, found: found)
    case .notTemporal(let problem): return .notTemporal(subject, found: found, problem)
    case .fraction: return .fraction(subject, found: found)
    case .notExact: return .notExact(subject, found: found)
    case .numberTooLarge: return .numberTooLarge(subject, found: found)
    case .tooManyElements(let count, let limit):
      return .tooManyElements(subject, count: count, limit: limit)
    }
  }

  private func diagnostic(
    for mistake: FactMistake, aboutKey key: JSONPlaces.Key, of place: JSONPlaces.Place
  ) -> Diagnostic {
    let subject = subject(at: place.steps.dropLast(), range: key.range)
    return mistake.kind == .unknownFact
      ? .unknownFact(key.name, in: subject)
      : .repeatedFact(key.name, in: subject, first: map.sourceRange(of: key.firstRange))
  }

  private func subject(
    at steps: some Sequence<AttributePath.Step>, range: Range<Int>
  ) -> FactSubject {
    let path = AttributePath(
      root: schema.documentName,
      steps: steps.enumerated().map { number, step in
        positions[number].map { AttributePath.Step.index($0) } ?? step
      })
    return FactSubject(
      path: path, type: schema.type(at: path.steps), schema: schema,
      range: map.sourceRange(of: range))
  }
}

/// What a message is about: a fact, an element, or an object with a wrong key.
struct FactSubject {
  let path: AttributePath
  let type: FactSchema.ValueType
  let schema: FactSchema
  /// The key or value that is wrong.
  let range: SourceRange
}

/// A value as its author sees it.
struct WrittenValue {
  /// What JSON calls it.
  enum Kind {
    case string, number, bool, null, mapping, list
  }

  let kind: Kind
  /// The characters of a string, or what was written for another scalar; empty for others.
  let text: String

  /// The value that a JSON text is, for which something else may have been written.
  init(json: ArraySlice<UInt8>, written: String?) {
    switch json.first {
    case UInt8(ascii: "\""): kind = .string
    case UInt8(ascii: "{"): kind = .mapping
    case UInt8(ascii: "["): kind = .list
    case UInt8(ascii: "t"), UInt8(ascii: "f"): kind = .bool
    case UInt8(ascii: "n"): kind = .null
    default: kind = .number
    }
    switch kind {
    case .mapping, .list: text = ""
    case .string: text = written ?? Self.characters(ofString: json)
    case .number, .bool, .null: text = written ?? String(decoding: json, as: UTF8.self)
    }
  }

  private static func characters(ofString json: ArraySlice<UInt8>) -> String {
    PaddedBytes.withCopy(of: Array(json)) { text in
      var scanner = JSONScanner(text)
      var decoded: [UInt8] = []
      let string = try? scanner.string(into: &decoded)
      let bytes = string?.bytes(in: scanner, decoded: decoded) ?? []
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}

extension FactSchema {
  /// The type of what stands at the end of some steps from the document.
  ///
  /// Past a fact that the schema does not know, it is that of the last thing known.
  func type(at steps: [AttributePath.Step]) -> ValueType {
    var type = ValueType.object(documentType)
    for step in steps {
      switch (step, type) {
      case (.field(let name), .object(let index)):
        guard let fact = objectTypes[index].facts.first(where: { $0.name == name }) else {
          return type
        }
        type = fact.type
      case (.index, .list(let element)): type = element
      default: return type
      }
    }
    return type
  }
}
