import CEL

/// Finds places in a JSON text by walking it again, so that reading it need not remember any.
struct JSONPlaces {
  /// Where a value stands in the document.
  struct Place {
    /// The steps from the document to the value.
    let steps: [AttributePath.Step]
    /// The value's key in its object; nil in lists and for the document.
    let key: Key?
  }

  /// The key of a value.
  struct Key {
    /// The decoded key.
    let name: String
    /// Where it stands, with its quotes.
    let range: Range<Int>
    /// Where the first equal key of the same object stands: there too, unless it is repeated.
    let firstRange: Range<Int>
  }

  private var scanner: JSONScanner
  private var scratch: [UInt8] = []

  /// The places of a text; what precedes the places sought must be JSON.
  init(_ text: PaddedBytes) {
    scanner = JSONScanner(text)
    scanner.enterDocument()
  }

  /// The same text from the value at an offset on.
  init(_ text: PaddedBytes, at offset: Int) { scanner = JSONScanner(text, from: offset) }

  /// The offset of the value here.
  var offset: Int { scanner.offset }

  /// The range of the value here; nil when it isn't JSON.
  func rangeOfValue() -> Range<Int>? {
    var walk = self
    guard (try? walk.scanner.skipValue(depth: 0, scratch: &walk.scratch)) != nil else { return nil }
    return offset..<walk.offset
  }

  /// The keys of the object here with the offsets of their values; empty when it is none.
  func offsetsOfMembers() -> [(name: String, offset: Int)] {
    var walk = self
    var members: [(name: String, offset: Int)] = []
    // Where the object stops being JSON, the members before that are all there is.
    try? walk.collectMembers(into: &members)
    return members
  }

  private mutating func collectMembers(
    into members: inout [(name: String, offset: Int)]
  ) throws(JSONSyntaxError) {
    guard scanner.byte == UInt8(ascii: "{"), try scanner.enterObject() else { return }
    repeat {
      let name = try key()
      members.append((name, scanner.offset))
      try scanner.skipValue(depth: 0, scratch: &scratch)
    } while try scanner.nextMember()
  }

  /// The offsets of the elements of the list here; empty when it is not one.
  func offsetsOfElements() -> [Int] {
    var walk = self
    var offsets: [Int] = []
    // Where the list stops being JSON, the elements before that are all there is.
    try? walk.collectElements(into: &offsets)
    return offsets
  }

  private mutating func collectElements(into offsets: inout [Int]) throws(JSONSyntaxError) {
    guard scanner.byte == UInt8(ascii: "["), try scanner.enterArray() else { return }
    repeat {
      offsets.append(scanner.offset)
      try scanner.skipValue(depth: 0, scratch: &scratch)
    } while try scanner.nextElement()
  }

  private mutating func key() throws(JSONSyntaxError) -> String {
    let key = try scanner.key(scratch: &scratch)
    defer { scratch.removeAll(keepingCapacity: true) }
    return String(decoding: key.bytes(in: scanner, decoded: scratch), as: UTF8.self)
  }
}

// MARK: - Paths of offsets

extension JSONPlaces {
  /// The places of the values that start at some offsets, which ascend.
  ///
  /// One walk finds all of them, so that a document full of mistakes takes no longer to report.
  func places(at offsets: [Int]) -> [Place] {
    var search = Search(places: self, offsets: offsets)
    // A text that stops being JSON does so after the last place sought.
    try? search.value(depth: 0)
    return search.found
  }

  private struct Search {
    var places: JSONPlaces
    let offsets: [Int]
    var found: [Place] = []
    private var steps: [AttributePath.Step] = []

    init(places: JSONPlaces, offsets: [Int]) {
      self.places = places
      self.offsets = offsets
    }

    private var isSought: Bool {
      found.count < offsets.count && offsets[found.count] == places.scanner.offset
    }

    /// Walks a value; the depth was checked when the text was read.
    mutating func value(depth: Int, key: Key? = nil) throws(JSONSyntaxError) {
      while isSought { found.append(Place(steps: steps, key: key)) }
      guard found.count < offsets.count else { return }
      switch places.scanner.byte {
      case UInt8(ascii: "{") where depth < JSONScanner.maximumDepth: try object(depth: depth)
      case UInt8(ascii: "[") where depth < JSONScanner.maximumDepth: try array(depth: depth)
      default: try places.scanner.skipValue(depth: depth, scratch: &places.scratch)
      }
    }

    private mutating func object(depth: Int) throws(JSONSyntaxError) {
      guard try places.scanner.enterObject() else { return }
      let start = places
      var firstKeys: [String: Range<Int>]?
      repeat {
        let range = try places.scanner.rangeOfString()
        let name = try places.key()
        var key: Key?
        if isSought {
          let known = firstKeys ?? start.firstKeys()
          firstKeys = known
          key = Key(name: name, range: range, firstRange: known[name] ?? range)
        }
        steps.append(.field(name))
        try value(depth: depth + 1, key: key)
        steps.removeLast()
      } while try places.scanner.nextMember()
    }

    private mutating func array(depth: Int) throws(JSONSyntaxError) {
      guard try places.scanner.enterArray() else { return }
      var index = 0
      repeat {
        steps.append(.index(index))
        try value(depth: depth + 1)
        steps.removeLast()
        index += 1
      } while try places.scanner.nextElement()
    }
  }

  /// The first range of each key of the object whose first key is here.
  private func firstKeys() -> [String: Range<Int>] {
    var walk = self
    var ranges: [String: Range<Int>] = [:]
    // Where the object stops being JSON, the keys before that are all there is.
    try? walk.collectKeys(into: &ranges)
    return ranges
  }

  private mutating func collectKeys(
    into ranges: inout [String: Range<Int>]
  ) throws(JSONSyntaxError) {
    repeat {
      let range = try scanner.rangeOfString()
      let key = try key()
      if ranges[key] == nil { ranges[key] = range }
      try scanner.skipValue(depth: 0, scratch: &scratch)
    } while try scanner.nextMember()
  }
}

extension JSONScanner {
  /// The range of the key here, with its quotes.
  func rangeOfString() throws(JSONSyntaxError) -> Range<Int> {
    guard byte == UInt8(ascii: "\"") else { throw unexpected(.key) }
    var scanner = self
    var scratch: [UInt8] = []
    _ = try scanner.string(into: &scratch)
    return offset..<scanner.offset
  }
}
