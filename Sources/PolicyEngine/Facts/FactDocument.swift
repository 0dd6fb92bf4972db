public import CEL
public import Diagnostics
import Synchronization
public import YAML

/// One document's facts, checked against the schema, as values of the expression language.
public final class FactDocument: Sendable {
  /// The document as an object of the expression language.
  public var root: any CELObject { object }
  private let object: FactObject
  /// Where its facts are, and the row of the document among them.
  var storage: FactStorage { object.storage }
  var row: Int { object.row }
  /// The JSON text that the facts were decoded from, with its padding.
  let paddedText: [UInt8]
  /// The JSON text that the facts were decoded from.
  package var text: ArraySlice<UInt8> { paddedText.dropLast(PaddedBytes.padding) }
  /// Where the facts were written; nil when nobody wrote them.
  let places: FactPlaces?
  /// What `draft` has made, once somebody has asked.
  private let madeDraft = Mutex<Draft?>(nil)

  private init(root: FactObject, paddedText: [UInt8], places: FactPlaces?) {
    object = root
    self.paddedText = paddedText
    self.places = places
  }

  /// The document with all of its values made, for those who read them again and again.
  package var draft: Draft {
    madeDraft.withLock { made in
      if let made { return made }
      let draft = Draft(object)
      made = draft
      return draft
    }
  }

  /// Where a fact was written; nil for facts that the document doesn't have.
  ///
  /// Reading a document remembers nothing for this: the text is searched again when somebody asks.
  public func range(of path: AttributePath) -> SourceRange? {
    path.root == root.path.root ? places?.range(of: path.steps) : nil
  }

  /// The same facts without places, for a document that was made by a program and stands in no file.
  public func withoutPlaces() -> FactDocument {
    FactDocument(root: object, paddedText: paddedText, places: nil)
  }

  /// The text in which somebody wrote the document; nil where nobody did.
  var writtenText: [UInt8]? {
    switch places?.map {
    case .source(let source): source.bytes
    case .entries(_, let document): document.source.bytes
    case nil: nil
    }
  }

  /// The document in a JSON text; nil when it has a mistake.
  ///
  /// Its mistakes, the first twenty one by one, are appended to `diagnostics`: JSON syntax, a key that the schema does not know or
  /// that is given twice, a value of another type, a string that is not a case of its enumeration or
  /// not a date. Facts that are not there are no mistake: they are missing or absent when read.
  ///
  /// JSON is read as RFC 8259 has it, and nested at most 256 deep. Whole numbers may be written as
  /// `1.0` and `1e2`.
  public static func read(
    json source: Source, schema: FactSchema, into diagnostics: inout [Diagnostic]
  ) -> FactDocument? {
    read(source.bytes, map: .source(source), schema: schema, into: &diagnostics)
  }

  /// The document in a YAML node; nil when it has a mistake.
  ///
  /// The same checks as for JSON. Values are what YAML's core schema makes of them, so that an
  /// unquoted `no` is a string and not a truth value.
  public static func read(
    yaml node: YAMLNode, schema: FactSchema, into diagnostics: inout [Diagnostic]
  ) -> FactDocument? {
    read(yaml: node, schema: schema, positions: [:], into: &diagnostics)
  }

  /// The document in a YAML node that stands for a part of another: messages have some positions in lists, by
  /// the number of their step, instead of those in the node.
  static func read(
    yaml node: YAMLNode, schema: FactSchema, positions: [Int: Int],
    into diagnostics: inout [Diagnostic]
  ) -> FactDocument? {
    let transcript = YAMLTranscript(node)
    let document = read(
      transcript.text, map: transcript.map, schema: schema, positions: positions,
      into: &diagnostics)
    let unusable = transcript.unusableKeys
    guard !unusable.isEmpty else { return document }
    diagnostics += unusable.prefix(FactMistakes.limit).map { .unusableKey(at: $0) }
    if unusable.count > FactMistakes.limit {
      diagnostics.append(
        .moreMistakes(
          unusable.count - FactMistakes.limit, from: unusable[FactMistakes.limit]))
    }
    return nil
  }

  private static func read(
    _ text: [UInt8], map: FactTextMap, schema: FactSchema, positions: [Int: Int] = [:],
    into diagnostics: inout [Diagnostic]
  ) -> FactDocument? {
    let (document, found) = schema.readers.use {
      DocumentReader(schema)
    } _: { reader in
      var found: [Diagnostic] = []
      let document = reader.read(
        text, map: map, schema: schema, positions: positions, into: &found)
      return (document, found)
    }
    diagnostics += found
    return document
  }

  /// A document that was decoded from a text.
  fileprivate init(storage: FactStorage, row: Int, paddedText: [UInt8], map: FactTextMap) {
    let schema = storage.schema
    object = FactObject(
      storage: storage, type: schema.documentType, row: row,
      path: AttributePath(root: schema.documentName))
    self.paddedText = paddedText
    places = FactPlaces(padded: paddedText, map: map)
  }
}

/// Reads documents of one schema: what has to be worked out of the schema is, once for all of them.
///
/// The schema keeps its readers, so they don't keep the schema.
struct DocumentReader: ~Copyable {
  private let layout: FactLayout
  private var decoder: FactDecoder
  private var arena = FactArena()

  /// A reader of documents of a schema.
  init(_ schema: FactSchema) {
    layout = FactLayout(schema)
    decoder = FactDecoder(schema, layout: layout)
  }

  /// The document in a text of the schema that the reader was made for; nil when it has a mistake.
  fileprivate mutating func read(
    _ text: [UInt8], map: FactTextMap, schema: FactSchema, positions: [Int: Int],
    into diagnostics: inout [Diagnostic]
  ) -> FactDocument? {
    arena.removeAll()
    let padded = PaddedBytes.padded(text)
    let result = decode(padded)
    let reporter = FactMistakeReporter(
      schema: schema, text: text, map: map, positions: positions)
    diagnostics += reporter.diagnostics(for: decoder.mistakes)
    if let error = decoder.syntaxError {
      diagnostics.append(error.diagnostic(in: text) { map.sourceRange(of: $0) })
    }
    guard let row = result.row else { return nil }
    let storage = FactStorage(schema: schema, layout: layout, arena: arena, text: text)
    return FactDocument(storage: storage, row: row, paddedText: padded, map: map)
  }

  private mutating func decode(_ padded: [UInt8]) -> FactDecoder.Result {
    PaddedBytes.with(padded) { decoder.decode($0, into: &arena) }
  }
}
