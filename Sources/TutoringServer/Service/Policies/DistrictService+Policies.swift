#if Server
import TutoringSessions

/// The rules as they stand, for people who answer for them or want to read them.
package struct PoliciesOverview: Sendable {
  /// The policies in force, with their digest and since when.
  package let taken: PolicyKeeper.Taken
  /// A change of the files that was not taken; nil where there is none, or the reader has nothing to do with
  /// it.
  package let notTaken: PolicyKeeper.NotTaken?
}

extension DistrictService {
  /// The rules as they stand.
  ///
  /// Everybody may read the handbook; mistakes are shown to those who can correct them.
  package func policies(for actor: Actor) -> PoliciesOverview {
    PoliciesOverview(
      taken: keeper.current,
      notTaken: actor.has(.administrator, .office, .auditor) ? keeper.notTaken : nil)
  }
}
#endif
