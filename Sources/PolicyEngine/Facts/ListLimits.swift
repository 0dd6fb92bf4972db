import CEL

/// Which lists of documents may have only so many elements, looked at once a document is decoded.
///
/// Behind decoding rather than in it: most vocabularies limit nothing, and decoding then costs nothing for it.
struct ListLimits {
  /// A fact that is limited, or in which there may be one that is.
  private struct Step {
    let fact: Int
    let name: String
    let type: FactSchema.ValueType
    let atMost: Int?
    /// The distance of its slot from the start of the row.
    let offset: Int
  }

  /// A list that is too long.
  struct Excess {
    let path: [AttributePath.Step]
    let count: Int
    let limit: Int
  }

  private let steps: [[Step]]

  /// The limits of a schema; nil where there are none.
  init?(_ schema: FactSchema, layout: FactLayout) {
    let types = schema.objectTypes
    var limited = Set(types.indices.filter { types[$0].facts.contains { $0.atMost != nil } })
    guard !limited.isEmpty else { return nil }
    var isGrowing = true
    while isGrowing {
      let others = types.indices.filter { type in
        !limited.contains(type)
          && types[type].facts.contains { $0.type.innermostObject.map(limited.contains) ?? false }
      }
      limited.formUnion(others)
      isGrowing = !others.isEmpty
    }
    steps = types.enumerated().map { type, declared in
      declared.facts.enumerated().compactMap { index, fact in
        let leadsOn = fact.type.innermostObject.map(limited.contains) ?? false
        guard fact.atMost != nil || leadsOn else { return nil }
        return Step(
          fact: index, name: fact.name, type: fact.type, atMost: fact.atMost,
          offset: layout.rows[type].offsets[index])
      }
    }
  }

  /// The lists that are too long, in an object of a type and in all that it holds.
  func excesses(
    ofType type: Int, row: Int, path: [AttributePath.Step] = [], in arena: borrowing FactArena,
    into found: inout [Excess]
  ) {
    for step in steps[type] {
      guard arena[row + step.fact / 64] >> UInt64(step.fact % 64) & 1 != 0 else { continue }
      let path = path + [.field(step.name)]
      if case .list = step.type, let limit = step.atMost {
        let count = FactList(word: arena[row + step.offset]).count
        if count > limit { found.append(Excess(path: path, count: count, limit: limit)) }
      }
      look(into: step.type, at: row + step.offset, path, in: arena, &found)
    }
  }

  private func look(
    into type: FactSchema.ValueType, at index: Int, _ path: [AttributePath.Step],
    in arena: borrowing FactArena, _ found: inout [Excess]
  ) {
    switch type {
    case .object(let type):
      excesses(
        ofType: type, row: Int(truncatingIfNeeded: arena[index]), path: path, in: arena,
        into: &found)
    case .list(let element) where element.innermostObject != nil:
      let list = FactList(word: arena[index])
      for position in 0..<list.count {
        look(
          into: element, at: list.start + position * element.wordCount, path + [.index(position)],
          in: arena, &found)
      }
    default: break
    }
  }
}

extension JSONPlaces {
  /// The bytes of the value at the end of some steps from the value here; nil where it isn't there.
  func range(at steps: [AttributePath.Step], in text: PaddedBytes) -> Range<Int>? {
    var place = self
    for step in steps {
      let offset: Int? =
        switch step {
        case .field(let name): place.offsetsOfMembers().first { $0.name == name }?.offset
        case .index(let index): place.offsetsOfElements().dropFirst(index).first
        case .key: nil
        }
      guard let offset else { return nil }
      place = JSONPlaces(text, at: offset)
    }
    return place.rangeOfValue()
  }
}
