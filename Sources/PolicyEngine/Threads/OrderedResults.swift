import Dispatch
import Synchronization

/// Works out something for each of so many positions on several threads; gives the results in order.
///
/// - Parameters:
///   - count: How many positions there are, from 0.
///   - jobs: How many threads may work.
///   - stretch: How many positions that follow each other a thread takes at a time.
///   - makeWorker: What a thread works with; each has its own.
///   - work: Works out the result of a position.
///   - advance: Told after each stretch how many positions are done.
/// - Returns: The results, by position.
package func orderedResults<Worker, Result: Sendable>(
  count: Int, jobs: Int, taking stretch: Int = 1, by makeWorker: @Sendable () -> Worker,
  work: @Sendable (inout Worker, Int) -> Result,
  advance: @Sendable (_ done: Int) -> Void = { _ in }
) -> [Result] {
  let results = Mutex<[Result?]>(Array(repeating: nil, count: count))
  let next = Atomic(0)
  let done = Atomic(0)
  DispatchQueue.concurrentPerform(iterations: max(1, min(jobs, count))) { _ in
    var worker = makeWorker()
    while true {
      let first = next.wrappingAdd(stretch, ordering: .relaxed).oldValue
      guard first < count else { return }
      let positions = first..<min(first + stretch, count)
      let found = positions.map { work(&worker, $0) }
      results.withLock { results in
        for (position, result) in zip(positions, found) { results[position] = result }
      }
      advance(done.add(positions.count, ordering: .relaxed).newValue)
    }
  }
  return results.withLock { $0.compactMap(\.self) }
}

extension Array where Element: Sendable {
  /// The array mapped on so many threads, in its own order.
  package func concurrentMap<Result: Sendable>(
    jobs: Int, _ transform: @Sendable (Element) -> Result
  ) -> [Result] {
    guard jobs > 1, count > 1 else { return map(transform) }
    return orderedResults(count: count, jobs: jobs, by: {}) { _, index in transform(self[index]) }
  }
}
