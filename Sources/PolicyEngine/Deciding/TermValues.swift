import CEL
import Synchronization

/// The values of terms that are known for one document and day, so that each is computed once for its subject.
///
/// A term may read which decision is asked for, so each decision has values of its own. They go with the context of
/// the document: a document with suppositions made has another one.
final class TermValues: Sendable {
  private let plain = DerivedValues()
  private let byDecision = Mutex<[Int: DerivedValues]>([:])

  /// The values for a decision; for what is asked for none in particular, nil.
  func values(decision: Int?) -> DerivedValues {
    guard let decision else { return plain }
    return byDecision.withLock { known in
      if let values = known[decision] { return values }
      let values = DerivedValues()
      known[decision] = values
      return values
    }
  }
}
