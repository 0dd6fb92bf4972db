/// How long somebody waits for proofs.
package struct Patience: Sendable {
  private let isOverNow: @Sendable () -> Bool

  /// Patience that is over as soon as a function says so.
  package init(until isOver: @escaping @Sendable () -> Bool) { isOverNow = isOver }

  /// As long as it takes: what bounds the search is then the number of ways alone.
  package static let endless = Patience { false }

  /// Whether what is not settled by now stays so.
  package var isOver: Bool { isOverNow() }
}
