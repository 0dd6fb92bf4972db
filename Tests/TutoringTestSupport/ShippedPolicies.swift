import Diagnostics
import Foundation
package import PolicyEngine
import TestSupport
import Testing

/// The policies that the package ships.
package enum ShippedPolicies {
  /// The policy set.
  package static func load() throws -> PolicySet {
    let result = PolicySet.load(directory: packageRoot.appending(path: "policies").path)
    let problems = DiagnosticRenderer().render(result.diagnostics)
    return try #require(result.policies, "\(problems)")
  }
}
