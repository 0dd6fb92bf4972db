import Diagnostics
import PolicyEngine

extension PolicyPlan {
  /// How many fixtures are decided otherwise, in words.
  package var fixtureSummary: String {
    guard fixturesTried > 0 else { return "none: there are no cases beside the new policies" }
    guard fixtures.isEmpty else { return "\(counted(fixtures.count, "case")) decided otherwise" }
    return "none of \(counted(fixturesTried, "case")) decided otherwise"
  }
}
