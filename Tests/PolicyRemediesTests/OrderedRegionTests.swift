import CEL
import Testing

@testable import PolicyRemedies

/// What values in order may be together is found by trying them, and is what they are held to.
@Suite struct OrderedRegionTests {
  private func region(
    _ tried: [Int64], landmarks: [[Int64]] = [], _ holds: @escaping ([Int64]) -> Bool
  )
    -> OrderedRegion
  {
    OrderedRegionFinder(
      tried: tried.map { .int($0) },
      landmarks: landmarks.isEmpty ? tried.map { _ in [] } : landmarks,
      holds: { offsets in holds(zip(tried, offsets).map { $0 + $1 }) }, isExhausted: { false }
    ).region()
  }

  @Test func `each has its own bounds where none depends on another`() {
    let region = region([5, 50, 7]) { (0...10).contains($0[0]) && $0[1] >= 40 && $0[2] == 7 }
    #expect(region.bounds.map(\.from) == [-5, -10, 0])
    #expect(region.bounds.map(\.until) == [5, nil, 0])
    #expect(region.gaps.isEmpty)
  }

  @Test func `one after the other within a span has both bounds and a gap`() {
    let region = region([3, 4]) { $0[0] >= 0 && $0[1] > $0[0] && $0[1] <= 60 }
    #expect(region.bounds.map(\.from) == [-3, -3])
    #expect(region.bounds.map(\.until) == [56, 56])
    #expect(region.gaps == [.init(earlier: 0, later: 1, steps: 1)])
  }

  @Test func `an end without a bound leaves open what stands before it`() {
    let region = region([3, 4]) { $0[0] >= 0 && $0[1] >= $0[0] + 5 - 4 }
    #expect(region.bounds[0].from == -3 && region.bounds[0].until == nil)
    #expect(region.bounds[1].until == nil)
    #expect(region.gaps == [.init(earlier: 0, later: 1, steps: 1)])
  }

  @Test func `a chain of three has its gaps, and one of them follows from the others`() {
    let region = region([10, 20, 30]) {
      $0[0] >= 0 && $0[0] < $0[1] && $0[1] < $0[2] && $0[2] <= 100
    }
    #expect(region.bounds.map(\.from) == [-10, -19, -28])
    #expect(region.bounds.map(\.until) == [88, 79, 70])
    #expect(
      Set(OrderedRegion.withoutNeedless(region.gaps)) == [
        .init(earlier: 0, later: 1, steps: 1), .init(earlier: 1, later: 2, steps: 1),
      ])
  }

  @Test func `what has no such shape is left at what was tried`() {
    let region = region([3, 4]) {
      $0[0] * $0[1] >= 12 && $0[0] + $0[1] * $0[1] <= 40 && ($0[0] + $0[1]) % 7 == 0
    }
    #expect(region.bounds.map(\.from) == [0, 0])
    #expect(region.bounds.map(\.until) == [0, 0])
  }

  @Test func `a value that does not do ends the bounds, though others behind it do`() {
    let region = region([3], landmarks: [[7 - 3, 8 - 3, 9 - 3]]) {
      (0...100).contains($0[0]) && $0[0] != 8
    }
    #expect(region.bounds[0].from == -3)
    #expect(region.bounds[0].until == 4)
  }

  @Test func `combinations are split into boxes, in which each value goes with each`() {
    let good = [[0, 0], [0, 1], [1, 0], [2, 0], [2, 1]]
    let boxes = Boxes.boxes(of: good)
    #expect(boxes == [[[0, 1, 2], [0]], [[0, 2], [1]]])
    let members = boxes.flatMap { box in box[0].flatMap { a in box[1].map { [a, $0] } } }
    #expect(members.sorted { $0.description < $1.description } == good)
    #expect(
      Boxes.box(around: [0, 0], in: Set(good)) == [[0, 1, 2], [0]]
        || Boxes.box(around: [0, 0], in: Set(good)) == [[0, 2], [0, 1]])
  }
}
