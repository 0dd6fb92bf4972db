package import CEL

/// The facts of a document where plans read them, with those of changed drafts of it put in their place.
///
/// A draft differs from the document in a few facts: only these are written, behind or over a copy of what
/// decoding stored, and taken back for the next.
package final class DraftFacts {
  let schema: FactSchema
  private let layout: FactLayout
  private let storage: FactStorage
  let documentRow: Int
  /// The words of the draft that was put last.
  private(set) var words: [UInt64]
  /// The text that the document's strings stand in.
  let text: [UInt8]
  /// Strings that were written with escapes, and those of changed facts.
  private(set) var decodedText: [UInt8]
  /// The words that were written over, with their places, in the order written.
  private var overwritten: [(place: Int, word: UInt64)] = []
  /// The changed facts that are put, the first ones first.
  private var steps: [Step] = []

  /// A changed fact, with how much there was before it was put.
  private struct Step {
    let changed: ChangedField
    let overwrittenCount: Int
    let wordCount: Int
    let textCount: Int
  }

  /// A fact or element of a document, by the positions that lead to it, with what it has in a draft.
  ///
  /// It is a class, so that drafts which begin with the same changes are known by these.
  package final class ChangedField {
    let positions: [Int]
    let field: FieldValue

    /// What the fact or element at the end of some positions has.
    package init(at positions: [Int], _ field: FieldValue) {
      self.positions = positions
      self.field = field
    }
  }

  /// The facts of a document.
  package init(_ document: FactDocument) {
    storage = document.storage
    schema = storage.schema
    layout = storage.layout
    documentRow = document.row
    text = document.paddedText
    words = storage.words
    decodedText = storage.decodedText
  }

  /// Puts a draft in the place of the one before: the document with some facts changed, one after the other.
  ///
  /// What both begin with stays: most drafts of a search differ from the one before in their last change.
  ///
  /// - Returns: Whether all of it could be put; if not, what is there is of no use.
  package func put(_ changed: [ChangedField]) -> Bool {
    var same = 0
    while same < steps.count, same < changed.count, steps[same].changed === changed[same] {
      same += 1
    }
    takeBack(to: same)
    for field in changed[same...] {
      steps.append(
        Step(
          changed: field, overwrittenCount: overwritten.count, wordCount: words.count,
          textCount: decodedText.count))
      guard put(field) else {
        takeBack(to: steps.count - 1)
        return false
      }
    }
    return true
  }

  /// Takes back all but the first so many changed facts.
  private func takeBack(to count: Int) {
    guard count < steps.count else { return }
    let step = steps[count]
    for (place, word) in overwritten[step.overwrittenCount...].reversed() { words[place] = word }
    overwritten.removeSubrange(step.overwrittenCount...)
    words.removeSubrange(step.wordCount...)
    decodedText.removeSubrange(step.textCount...)
    steps.removeSubrange(count...)
  }

  private func put(_ changed: ChangedField) -> Bool {
    guard let last = changed.positions.last, let holder = holder(of: changed.positions) else {
      return false
    }
    switch holder {
    case .object(let type, let row):
      return store(changed.field, ofFact: last, type: type, row: row)
    case .list(let start, let count, let element):
      guard case .present(let value) = changed.field, last < count else { return false }
      return store(value, element, at: start + last * element.wordCount)
    }
  }

  /// Writes a word, to be taken back for another draft.
  private func write(_ word: UInt64, at place: Int) {
    if place < steps.last?.wordCount ?? 0 { overwritten.append((place, words[place])) }
    words[place] = word
  }

  // MARK: Finding

  /// What something stands in.
  private enum Holder {
    case object(type: Int, row: Int)
    case list(start: Int, count: Int, element: FactSchema.ValueType)
  }

  /// What holds the fact or element at the end of some positions; nil where nothing does.
  private func holder(of positions: [Int]) -> Holder? {
    var holder = Holder.object(type: schema.documentType, row: documentRow)
    for position in positions.dropLast() {
      guard let next = value(at: position, in: holder) else { return nil }
      holder = next
    }
    return holder
  }

  /// The row of the object that some positions lead to; nil where none is.
  func row(at positions: [Int]) -> Int? {
    var holder = Holder.object(type: schema.documentType, row: documentRow)
    for position in positions {
      guard let next = value(at: position, in: holder) else { return nil }
      holder = next
    }
    if case .object(_, let row) = holder { return row }
    return nil
  }

  /// The object or list at a position in another one.
  private func value(at position: Int, in holder: Holder) -> Holder? {
    let (type, place): (FactSchema.ValueType, Int)
    switch holder {
    case .object(let owner, let row):
      guard words[row + position / 64] >> UInt64(position % 64) & 1 != 0 else { return nil }
      type = schema.objectTypes[owner].facts[position].type
      place = row + layout.rows[owner].offsets[position]
    case .list(let start, let count, let element):
      guard position < count else { return nil }
      (type, place) = (element, start + position * element.wordCount)
    }
    switch type {
    case .object(let type): return .object(type: type, row: Int(truncatingIfNeeded: words[place]))
    case .list(let element):
      let list = FactList(word: words[place])
      return .list(start: list.start, count: list.count, element: element)
    default: return nil
    }
  }

  // MARK: Storing

  private func store(_ field: FieldValue, ofFact fact: Int, type: Int, row: Int) -> Bool {
    let bit: UInt64 = 1 << UInt64(fact % 64)
    guard case .present(let value) = field else {
      write(words[row + fact / 64] & ~bit, at: row + fact / 64)
      return true
    }
    write(words[row + fact / 64] | bit, at: row + fact / 64)
    return store(
      value, schema.objectTypes[type].facts[fact].type, at: row + layout.rows[type].offsets[fact])
  }

  /// Stores a value of a type as decoding does; false for one that is not of the type.
  private func store(_ value: CELValue, _ type: FactSchema.ValueType, at place: Int) -> Bool {
    switch (type, value) {
    case (.bool, .bool(let flag)): write(flag ? 1 : 0, at: place)
    case (.int, .int(let number)): write(UInt64(bitPattern: number), at: place)
    case (.double, .double(let number)): write(number.bitPattern, at: place)
    case (.string, .string(let text)): store(text, at: place)
    case (.decimal, .decimal(let number)): store(number.description, at: place)
    case (.money, .money(let money)): store(money.amount.description, at: place)
    case (.date, .date(let date)):
      write(UInt64(bitPattern: Int64(date.daysSinceEpoch)), at: place)
    case (.timestamp, .timestamp(let instant)):
      write(UInt64(bitPattern: instant.seconds), at: place)
      write(UInt64(bitPattern: Int64(instant.nanoseconds)), at: place + 1)
    case (.duration, .duration(let duration)):
      write(UInt64(bitPattern: duration.seconds), at: place)
      write(UInt64(bitPattern: Int64(duration.nanoseconds)), at: place + 1)
    case (.enumeration(let enumeration), .string(let text)):
      guard let position = schema.enumerations[enumeration].position(of: text) else { return false }
      write(UInt64(truncatingIfNeeded: position), at: place)
    case (.object(let type), .object(let object)):
      guard let draft = object as? Draft, draft.type == type else { return false }
      let row = allocate(layout.rows[type].wordCount)
      write(UInt64(truncatingIfNeeded: row), at: place)
      return draft.fields.enumerated().allSatisfy {
        store($1, ofFact: $0, type: type, row: row)
      }
    case (.list(let element), .list(let elements)):
      let start = allocate(elements.count * element.wordCount)
      write(FactList(start: start, count: elements.count).word, at: place)
      return elements.enumerated().allSatisfy {
        store($1, element, at: start + $0 * element.wordCount)
      }
    default: return false
    }
    return true
  }

  private func allocate(_ count: Int) -> Int {
    words.append(contentsOf: repeatElement(0, count: count))
    return words.count - count
  }

  private func store(_ text: String, at place: Int) {
    let offset = decodedText.count
    decodedText.append(contentsOf: text.utf8)
    var head: UInt64 = 0
    for (index, byte) in decodedText[offset...].prefix(8).enumerated() {
      head |= UInt64(byte) << UInt64(8 * index)
    }
    let string = FactString(
      head: head, offset: offset, count: decodedText.count - offset, isDecoded: true)
    write(string.head, at: place)
    write(string.placeWord, at: place + 1)
  }
}
