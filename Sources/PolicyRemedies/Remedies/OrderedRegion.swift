import CEL
import PolicyEngine

/// What ordered values of several changes may be together: the bounds of each, and how far apart two must be.
///
/// Offsets count steps from the values that were tried: days, seconds, ones.
struct OrderedRegion {
  /// Two values of which one must be so many steps after the other, or may be no more than so many before it.
  struct Gap: Hashable {
    let earlier: Int
    let later: Int
    /// How many steps the later value is after the earlier one, at least.
    let steps: Int64
  }

  /// The least and the greatest offset of each value; nil is open.
  var bounds: [(from: Int64?, until: Int64?)]
  /// What must hold between the values; empty where each may be anything within its bounds.
  var gaps: [Gap] = []

  /// The values that were tried and no others.
  static func pinned(_ count: Int) -> OrderedRegion {
    let none = Array(repeating: Int64(0), count: count)
    return OrderedRegion(
      bounds: Array(repeating: (0, 0), count: count), lowest: none, highest: none)
  }

  /// The least and the greatest offsets, which do together; where there is no end, some far away.
  var lowest: [Int64]
  var highest: [Int64]

  /// The gaps without those that follow from others.
  static func withoutNeedless(_ gaps: [Gap]) -> [Gap] {
    gaps.filter { gap in
      !gaps.contains { first in
        first.earlier == gap.earlier && first != gap
          && gaps.contains { second in
            second.earlier == first.later && second.later == gap.later
              && first.steps + second.steps >= gap.steps
          }
      }
    }
  }
}

/// Finds what ordered values may be together by trying them.
///
/// What conditions say of dates and times is how they compare, so what is found is a region of that shape. It is
/// held against values drawn from it; where these don't hold, nothing is claimed but what was tried.
struct OrderedRegionFinder {
  /// The values that were tried; all of them can be moved.
  let tried: [CELValue]
  /// Offsets at which conditions may turn, for each value.
  let landmarks: [[Int64]]
  /// Whether the values at some offsets would do.
  let holds: ([Int64]) -> Bool
  /// Whether there is no more work to be done.
  let isExhausted: () -> Bool

  /// The most values that are compared in pairs.
  private static let pairLimit = 6
  /// How many drawn values a region is held against.
  private static let drawCount = 24

  func region() -> OrderedRegion {
    let origin = Array(repeating: Int64(0), count: tried.count)
    let bounds = tried.indices.map { self.bounds(of: $0, at: origin) }
    let alone = OrderedRegion(
      bounds: bounds, lowest: tried.indices.map { bounds[$0].from ?? far($0, -1) },
      highest: tried.indices.map { bounds[$0].until ?? far($0, 1) })
    guard tried.count > 1 else { return alone }
    let isApart = holdsApart(alone)
    if isApart, tried.count > Self.pairLimit || areOwn(alone) { return alone }
    if tried.count <= Self.pairLimit, !isExhausted(), let together = dependentRegion() {
      return together
    }
    // Each for itself is true as well where it holds, if less than could be said.
    return isApart ? alone : .pinned(tried.count)
  }

  // MARK: - Bounds

  /// How many steps a value is moved to see whether it has a bound at all: about a century, or half of one.
  private func reach(of index: Int) -> Int64 {
    switch tried[index] {
    case .date: 1 << 15
    case .timestamp, .duration: 1 << 31
    default: 1 << 31
    }
  }

  private func holds(_ offset: Int64, of index: Int, at point: [Int64]) -> Bool {
    // Where there is no more work to be done, less is said.
    guard tried[index].moved(by: offset) != nil, !isExhausted() else { return false }
    var point = point
    point[index] = offset
    return holds(point)
  }

  /// The last offset in a direction that does, beginning where the point is; nil where there is no end.
  private func end(_ direction: Int64, of index: Int, at point: [Int64]) -> Int64? {
    let start = point[index]
    var low: Int64 = 0
    var high: Int64 = 1
    while holds(start + direction * high, of: index, at: point) {
      low = high
      high *= 2
      guard high < reach(of: index) else { return nil }
    }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if holds(start + direction * middle, of: index, at: point) {
        low = middle
      } else {
        high = middle
      }
    }
    return start + direction * low
  }

  /// The bounds of one value, the others being where a point has them.
  ///
  /// Where conditions may turn in between, it is looked: what lies behind a value that does not do is left out.
  private func bounds(of index: Int, at point: [Int64]) -> (from: Int64?, until: Int64?) {
    var from = end(-1, of: index, at: point)
    var until = end(1, of: index, at: point)
    let start = point[index]
    for offset in landmarks[index].sorted(by: { abs($0 - start) < abs($1 - start) }) {
      guard offset != start, offset > from ?? .min, offset < until ?? .max,
        !holds(offset, of: index, at: point)
      else { continue }
      if offset < start { from = offset + 1 } else { until = offset - 1 }
    }
    return (from, until)
  }

  /// An offset that stands for an open end.
  private func far(_ index: Int, _ direction: Int64) -> Int64 { direction * (reach(of: index) / 4) }

  /// Whether each value may be anything within its bounds, whatever the others are.
  ///
  /// Two values can only be too near to each other or too far apart where one is at its first bound and the other
  /// at its last: each pair is so in one of the points that are tried.
  private func holdsApart(_ region: OrderedRegion) -> Bool {
    let (low, high) = (region.lowest, region.highest)
    guard holds(low), holds(high) else { return false }
    var bit = 1
    while bit < tried.count {
      for flips in [0, bit] {
        let point = tried.indices.map { $0 & bit == flips ? high[$0] : low[$0] }
        if !holds(point) { return false }
      }
      bit *= 2
    }
    return true
  }

  /// Whether the bounds stay where they are wherever the other values are within theirs.
  private func areOwn(_ region: OrderedRegion) -> Bool {
    tried.indices.allSatisfy { index in
      [(region.bounds[index].from, Int64(-1)), (region.bounds[index].until, 1)].allSatisfy {
        end, step in
        guard let end else { return true }
        return [region.lowest, region.highest].allSatisfy {
          !holds(end + step, of: index, at: $0)
        }
      }
    }
  }

  // MARK: - Values that depend on each other

  /// Moves all values of a point but some as far as they go, until none goes further.
  private func pushed(
    _ point: [Int64], _ direction: Int64, except fixed: Set<Int> = []
  ) -> (point: [Int64], open: Set<Int>) {
    var point = point
    var open: Set<Int> = []
    for _ in 0...tried.count {
      let before = point
      for index in tried.indices where !fixed.contains(index) && !open.contains(index) {
        let end = end(direction, of: index, at: point)
        point[index] = end ?? far(index, direction)
        // What is held up by another that has no end has none either.
        let isHeldUp = fixed.isEmpty && abs(point[index]) >= abs(far(index, direction)) / 2
        if end == nil || isHeldUp { open.insert(index) }
      }
      if point == before { break }
    }
    return (point, open)
  }

  private func dependentRegion() -> OrderedRegion? {
    guard let positions = comparablePositions else { return nil }
    let origin = Array(repeating: Int64(0), count: tried.count)
    let (high, openAbove) = pushed(origin, 1)
    let (low, openBelow) = pushed(origin, -1)
    var region = OrderedRegion(
      bounds: tried.indices.map { index in
        (
          openBelow.contains(index) ? nil : low[index],
          openAbove.contains(index) ? nil : high[index]
        )
      }, lowest: low, highest: high)
    for earlier in tried.indices where !isExhausted() {
      // The others are as low as they may be while this one is as high as it may be.
      let least = pushed(high, -1, except: [earlier])
      for later in tried.indices where later != earlier && !least.open.contains(later) {
        guard openBelow.contains(later) || least.point[later] > low[later] else { continue }
        let steps =
          positions[later] + least.point[later] - positions[earlier] - high[earlier]
        region.gaps.append(.init(earlier: earlier, later: later, steps: steps + fraction))
      }
    }
    return !isExhausted() && isTrue(region, positions: positions) ? region : nil
  }

  /// Where the tried values stand, if they can be compared with one another.
  private var comparablePositions: [Int64]? {
    let positions = tried.compactMap { value -> Int64? in
      switch value {
      case .int(let number): number
      case .date(let date): Int64(date.daysSinceEpoch)
      case .timestamp(let instant): instant.seconds
      default: nil
      }
    }
    guard positions.count == tried.count, Set(tried.map(\.type)).count == 1 else { return nil }
    return positions
  }

  /// One more step where the values have fractions of one, which the positions leave out.
  private var fraction: Int64 {
    tried.contains {
      if case .timestamp(let instant) = $0 { instant.nanoseconds != 0 } else { false }
    }
      ? 1 : 0
  }

  /// Whether values drawn from a region do.
  private func isTrue(_ region: OrderedRegion, positions: [Int64]) -> Bool {
    var random = DrawnNumbers()
    var drawn = 0
    for attempt in 0..<4 * Self.drawCount where drawn < Self.drawCount {
      let point = tried.indices.map { index in
        let from = region.bounds[index].from ?? far(index, -1)
        let until = region.bounds[index].until ?? far(index, 1)
        // Ends are where it matters; in between something of all sizes.
        return switch (attempt + index) % 4 {
        case 0: from + random.next(below: min(until - from, 2) + 1)
        case 1: until - random.next(below: min(until - from, 2) + 1)
        default: from + random.next(below: until - from + 1)
        }
      }
      let isInside = region.gaps.allSatisfy { gap in
        positions[gap.later] + point[gap.later] - positions[gap.earlier] - point[gap.earlier]
          >= gap.steps
      }
      guard isInside else { continue }
      drawn += 1
      guard holds(point) else { return false }
    }
    return drawn > 0
  }
}

/// Numbers that look drawn, and are the same each time.
private struct DrawnNumbers {
  private var state: UInt64 = 0x2545_F491_4F6C_DD1D

  mutating func next(below end: Int64) -> Int64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int64((state >> 33) % UInt64(max(1, end)))
  }
}
