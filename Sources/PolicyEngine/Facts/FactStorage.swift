import CEL
import Diagnostics

/// The facts of one decoded document with all that is needed to read them: what its objects share.
final class FactStorage: Sendable {
  let schema: FactSchema
  let layout: FactLayout
  /// The words of the arena that the document was decoded into.
  let words: [UInt64]
  /// The text that strings stand in.
  private let text: [UInt8]
  /// The characters of strings that were written with escapes.
  let decodedText: [UInt8]

  /// A copy of what an arena holds, decoded from a text.
  init(
    schema: FactSchema, layout: FactLayout, arena: borrowing FactArena, text: [UInt8]
  ) {
    self.schema = schema
    self.layout = layout
    words = arena.copyOfWords()
    self.text = text
    decodedText = arena.decodedText
  }

  /// Whether a fact of an object has a value.
  func has(_ fact: Int, ofType type: Int, row: Int) -> Bool {
    words[row + fact / 64] >> UInt64(fact % 64) & 1 != 0
  }

  /// The value of a fact that an object has.
  func value(of fact: Int, ofType type: Int, row: Int, path: AttributePath) -> CELValue {
    let declaration = schema.objectTypes[type].facts[fact]
    return value(
      declaration.type, at: row + layout.rows[type].offsets[fact],
      path: path.appending(.field(declaration.name)))
  }

  private func value(
    _ type: FactSchema.ValueType, at index: Int, path: AttributePath
  ) -> CELValue {
    switch type {
    case .bool: .bool(words[index] != 0)
    case .int: .int(Int64(bitPattern: words[index]))
    case .double: .double(Double(bitPattern: words[index]))
    case .string: .string(String(decoding: string(at: index), as: UTF8.self))
    // What was no number was refused when it was decoded.
    case .decimal: exact(at: index).map { .decimal($0) } ?? .null
    case .money: exact(at: index).map { .money(CELMoney($0)) } ?? .null
    case .date: .date(CivilDate(daysSinceEpoch: Int32(truncatingIfNeeded: words[index])))
    case .timestamp:
      .timestamp(
        CELTimestamp(
          seconds: Int64(bitPattern: words[index]),
          nanoseconds: Int32(truncatingIfNeeded: words[index + 1])))
    case .duration:
      .duration(
        CELDuration(
          seconds: Int64(bitPattern: words[index]),
          nanoseconds: Int32(truncatingIfNeeded: words[index + 1])))
    case .enumeration(let enumeration):
      .string(schema.enumerations[enumeration].cases[Int(truncatingIfNeeded: words[index])])
    case .object(let type):
      .object(
        FactObject(
          storage: self, type: type, row: Int(truncatingIfNeeded: words[index]), path: path))
    case .list(let element):
      .list(
        elementIndices(ofListAt: index, element: element).enumerated().map { position, index in
          value(element, at: index, path: path.appending(.index(position)))
        })
    }
  }

  /// The value of a fact that an object has, with the values of all that is inside of it made too.
  fileprivate func draft(of fact: Int, ofType type: Int, row: Int, path: AttributePath) -> CELValue
  {
    let declaration = schema.objectTypes[type].facts[fact]
    return draft(
      declaration.type, at: row + layout.rows[type].offsets[fact],
      path: path.appending(.field(declaration.name)))
  }

  private func draft(
    _ type: FactSchema.ValueType, at index: Int, path: AttributePath
  ) -> CELValue {
    switch type {
    case .object(let type):
      .object(Draft(self, type: type, row: Int(truncatingIfNeeded: words[index]), path: path))
    case .list(let element) where element.innermostObject != nil:
      .list(
        elementIndices(ofListAt: index, element: element).enumerated().map { position, index in
          draft(element, at: index, path: path.appending(.index(position)))
        })
    default: value(type, at: index, path: path)
    }
  }

  private func string(at index: Int) -> ArraySlice<UInt8> {
    let string = FactString(head: words[index], place: words[index + 1])
    let range = string.offset..<string.offset + string.count
    return string.isDecoded ? decodedText[range] : text[range]
  }

  private func exact(at index: Int) -> CELDecimal? { CELDecimal(utf8: string(at: index)) }

  private func elementIndices(
    ofListAt index: Int, element: FactSchema.ValueType
  ) -> StrideTo<Int> {
    let list = FactList(word: words[index])
    let size = element.wordCount
    return stride(from: list.start, to: list.start + list.count * size, by: size)
  }
}

// MARK: - Size

extension FactStorage {
  /// How many facts and elements an object holds, with those of what it holds; a text counts by its length.
  func size(ofType type: Int, row: Int) -> Int {
    let facts = schema.objectTypes[type].facts
    return facts.indices.reduce(facts.count) { sum, fact in
      guard has(fact, ofType: type, row: row) else { return sum }
      return sum + size(facts[fact].type, at: row + layout.rows[type].offsets[fact])
    }
  }

  private func size(_ type: FactSchema.ValueType, at index: Int) -> Int {
    switch type {
    case .string: string(at: index).count / 16
    case .object(let type): size(ofType: type, row: Int(truncatingIfNeeded: words[index]))
    case .list(let element):
      elementIndices(ofListAt: index, element: element).reduce(0) {
        $0 + 1 + size(element, at: $1)
      }
    default: 0
    }
  }
}

// MARK: - Equality

extension FactStorage {
  /// Whether two objects of one type, each in its storage, have equal facts.
  static func areEqual(
    type: Int, _ left: (storage: FactStorage, row: Int), _ right: (storage: FactStorage, row: Int)
  ) -> Bool {
    let facts = left.storage.schema.objectTypes[type].facts
    return facts.indices.allSatisfy { fact in
      let isThere = left.storage.has(fact, ofType: type, row: left.row)
      guard isThere == right.storage.has(fact, ofType: type, row: right.row) else { return false }
      let offset = left.storage.layout.rows[type].offsets[fact]
      return !isThere
        || areEqual(
          facts[fact].type, (left.storage, left.row + offset),
          (right.storage, right.row + offset))
    }
  }

  private static func areEqual(
    _ type: FactSchema.ValueType, _ left: (storage: FactStorage, index: Int),
    _ right: (storage: FactStorage, index: Int)
  ) -> Bool {
    let (leftWord, rightWord) = (left.storage.words[left.index], right.storage.words[right.index])
    switch type {
    case .bool, .int, .date, .enumeration: return leftWord == rightWord
    case .double: return Double(bitPattern: leftWord) == Double(bitPattern: rightWord)
    case .timestamp, .duration:
      return leftWord == rightWord
        && left.storage.words[left.index + 1] == right.storage.words[right.index + 1]
    case .decimal, .money:
      return left.storage.exact(at: left.index) == right.storage.exact(at: right.index)
    case .string:
      return left.storage.string(at: left.index) == right.storage.string(at: right.index)
    case .object(let type):
      return areEqual(
        type: type, (left.storage, Int(truncatingIfNeeded: leftWord)),
        (right.storage, Int(truncatingIfNeeded: rightWord)))
    case .list(let element):
      guard FactList(word: leftWord).count == FactList(word: rightWord).count else { return false }
      return zip(
        left.storage.elementIndices(ofListAt: left.index, element: element),
        right.storage.elementIndices(ofListAt: right.index, element: element)
      ).allSatisfy { areEqual(element, (left.storage, $0), (right.storage, $1)) }
    }
  }
}

// MARK: - Drafts

extension Draft {
  /// A draft of an object of a document in which nothing is changed yet.
  convenience init(_ object: FactObject) {
    self.init(object.storage, type: object.type, row: object.row, path: object.path)
  }

  fileprivate convenience init(
    _ storage: FactStorage, type: Int, row: Int, path: AttributePath
  ) {
    let schema = storage.schema
    self.init(
      schema: schema, type: type, path: path,
      fields: schema.objectTypes[type].facts.enumerated().map { index, fact in
        guard storage.has(index, ofType: type, row: row) else {
          return fact.isOptional ? .absent : .missing
        }
        return .present(storage.draft(of: index, ofType: type, row: row, path: path))
      })
  }
}
