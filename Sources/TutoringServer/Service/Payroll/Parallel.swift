#if Server
/// Does the same to many things at once, on all processors.
enum Parallel {
  /// How many things one task takes: enough that starting it costs nothing beside.
  private static let pieceSize = 256

  /// What a function makes of each thing, in their order.
  static func map<Element: Sendable, Value: Sendable>(
    _ elements: [Element], _ body: @escaping @Sendable (Element) -> Value
  ) async -> [Value] {
    await withTaskGroup(of: (Int, [Value]).self) { group in
      for start in stride(from: 0, to: elements.count, by: pieceSize) {
        let piece = elements[start..<min(start + pieceSize, elements.count)]
        group.addTask { (start, piece.map(body)) }
      }
      var pieces: [(Int, [Value])] = []
      for await piece in group { pieces.append(piece) }
      return pieces.sorted { $0.0 < $1.0 }.flatMap(\.1)
    }
  }
}
#endif
