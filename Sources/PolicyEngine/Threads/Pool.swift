import Synchronization

/// Things that are dear to make, each of which one thread uses at a time: readers and deciders, which learn.
package final class Pool<Item: ~Copyable>: Sendable {
  private final class Slot: Sendable {
    let item: Mutex<Item>

    init(_ item: consuming sending Item) { self.item = Mutex(item) }
  }

  private let slots = Mutex<[Slot]>([])

  /// An empty pool.
  package init() {}

  /// Uses an item that no other thread does; one is made when there is none.
  package func use<Result: Sendable>(
    orMake make: () -> sending Item, _ body: (inout Item) -> Result
  ) -> Result {
    for slot in slots.withLock({ $0 }) {
      if let result = slot.item.withLockIfAvailable({ body(&$0) }) { return result }
    }
    let slot = Slot(make())
    let result = slot.item.withLock { body(&$0) }
    slots.withLock { $0.append(slot) }
    return result
  }
}
