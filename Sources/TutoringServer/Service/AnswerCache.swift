#if Server
import CEL
import Synchronization

/// All that an answer depends on.
struct AnswerStamp: Hashable, Sendable {
  /// What tells the records from how they were before and will be.
  let records: String
  /// The digest of the policies.
  let policies: String
  /// The day decided for.
  let today: CivilDate
}

/// What was worked out, kept for as long as nothing has changed that it depends on.
///
/// One value for each question: with the first one after a change, the old value is replaced.
final class AnswerCache<Question: Hashable & Sendable, Answer: Sendable>: Sendable {
  private let capacity: Int
  private let entries = Mutex<[Question: (stamp: AnswerStamp, answer: Answer)]>([:])

  /// A cache of at most so many answers.
  init(capacity: Int) { self.capacity = capacity }

  /// The answer to a question; nil where it is not known, or something has changed.
  func answer(to question: Question, _ stamp: AnswerStamp) -> Answer? {
    entries.withLock { $0[question] }.flatMap { $0.stamp == stamp ? $0.answer : nil }
  }

  /// Keeps an answer.
  ///
  /// The stamp is read before the answer is worked out: what changes meanwhile changes the next stamp.
  func keep(_ answer: Answer, to question: Question, _ stamp: AnswerStamp) {
    entries.withLock { entries in
      // Answers of other days and policies are of no use any more: dropping all is the simplest bound.
      if entries.count >= capacity, entries[question] == nil {
        entries.removeAll(keepingCapacity: true)
      }
      entries[question] = (stamp, answer)
    }
  }
}
#endif
