import Diagnostics
import Foundation
import PolicyEngine
import TestSupport
import Testing

/// The policies that the package ships.
enum ShippedPolicies {
  static func load() throws -> PolicySet {
    let result = PolicySet.load(directory: packageRoot.appending(path: "policies").path)
    let problems = DiagnosticRenderer().render(result.diagnostics)
    return try #require(result.policies, "\(problems)")
  }
}
