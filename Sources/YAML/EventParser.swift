import CLibYAML

/// One step through a YAML text: what begins, ends or stands there, and where.
struct Event {
  enum Kind {
    case documentStart
    case documentEnd
    case scalar(text: String, style: YAMLScalar.Style)
    case alias
    case sequenceStart
    case mappingStart
    /// The end of the innermost open sequence or mapping.
    case collectionEnd
  }

  let kind: Kind
  /// The name of the anchor that the node has, or that the alias repeats.
  var anchor: String?
  /// The tag, with its handle resolved.
  var tag: String?
  /// Where it stands, counted in characters from the start of the text.
  let characters: Range<Int>
}

/// Why libyaml could not go on, in its own words.
struct SyntaxProblem: Error {
  /// What it found, such as "did not find expected key".
  let problem: String
  /// What it was doing, such as "while parsing a block mapping".
  let context: String?
  /// Where it found it, counted in characters.
  let index: Int
  /// Where what it was doing began, counted in characters; nil without a context.
  let contextIndex: Int?
}

/// libyaml's parser over a text in UTF-8.
///
/// INVARIANT: `parser` was allocated and initialised once, is never moved (libyaml keeps pointers
/// into it) and is deleted once, by `deinit`. The bytes it reads stay where they are for as long as
/// it lives: only `read` makes one, inside the call that lends the bytes, and a noncopyable value
/// handed over as `inout` can't leave that call.
@safe struct EventParser: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>

  private init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    unsafe parser = .allocate(capacity: 1)
    guard unsafe yaml_parser_initialize(parser) == 1 else {
      unsafe parser.deallocate()
      return nil
    }
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    unsafe yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
  }

  /// Calls `body` with a parser at the start of the bytes; nil when there is no memory for one.
  ///
  /// The bytes are UTF-8 without a byte order mark; both are for the caller to see to.
  static func read<Result>(
    _ bytes: ArraySlice<UInt8>, _ body: (inout EventParser) -> Result
  ) -> Result? {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      guard var parser = unsafe EventParser(buffer) else { return nil }
      return body(&parser)
    }
  }

  /// The next event; nil at the end of the text, and for good after a problem was thrown.
  mutating func next() throws(SyntaxProblem) -> Event? {
    while true {
      var event = unsafe yaml_event_t()
      guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw problem() }
      defer { unsafe yaml_event_delete(&event) }
      switch unsafe event.type {
      case YAML_STREAM_START_EVENT: continue
      case YAML_NO_EVENT, YAML_STREAM_END_EVENT: return nil
      default: return unsafe Self.event(event)
      }
    }
  }

  private func problem() -> SyntaxProblem {
    let context = unsafe Self.string(parser.pointee.context)
    return unsafe SyntaxProblem(
      problem: Self.string(parser.pointee.problem) ?? "out of memory",
      context: context,
      index: Int(clamping: parser.pointee.problem_mark.index),
      contextIndex: context == nil ? nil : Int(clamping: parser.pointee.context_mark.index))
  }

  private static func event(_ event: yaml_event_t) -> Event {
    let start = unsafe Int(clamping: event.start_mark.index)
    let characters = unsafe start..<max(start, Int(clamping: event.end_mark.index))
    switch unsafe event.type {
    case YAML_SCALAR_EVENT:
      let scalar = unsafe event.data.scalar
      let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      let text = unsafe String(decoding: bytes, as: UTF8.self)
      return unsafe Event(
        kind: .scalar(text: text, style: style(scalar.style)),
        anchor: string(scalar.anchor), tag: string(scalar.tag), characters: characters)
    case YAML_ALIAS_EVENT:
      return unsafe Event(
        kind: .alias, anchor: string(event.data.alias.anchor), characters: characters)
    case YAML_SEQUENCE_START_EVENT:
      let sequence = unsafe event.data.sequence_start
      return unsafe Event(
        kind: .sequenceStart, anchor: string(sequence.anchor), tag: string(sequence.tag),
        characters: characters)
    case YAML_MAPPING_START_EVENT:
      let mapping = unsafe event.data.mapping_start
      return unsafe Event(
        kind: .mappingStart, anchor: string(mapping.anchor), tag: string(mapping.tag),
        characters: characters)
    case YAML_DOCUMENT_START_EVENT: return Event(kind: .documentStart, characters: characters)
    case YAML_DOCUMENT_END_EVENT: return Event(kind: .documentEnd, characters: characters)
    default: return Event(kind: .collectionEnd, characters: characters)
    }
  }

  private static func style(_ style: yaml_scalar_style_t) -> YAMLScalar.Style {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: .literal
    case YAML_FOLDED_SCALAR_STYLE: .folded
    default: .plain
    }
  }

  private static func string(_ characters: UnsafePointer<CChar>?) -> String? {
    unsafe characters.map { unsafe String(cString: $0) }
  }

  private static func string(_ characters: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    unsafe characters.map { unsafe String(cString: $0) }
  }
}
