import Diagnostics
import Foundation
import PolicyRendering
import TestSupport
import Testing

@testable import PolicyEngine

extension ShippedPolicies {
  /// The shipped vocabulary with sixteen rules of random conditions about encounters, for `qualifiers`.
  ///
  /// With calendars they speak of these too, of values as of another day, of records and of bands.
  static func loadRandomRules(seed: Int, hasCalendars: Bool = false) throws -> PolicySet {
    var generator = ExpressionGenerator(seed: UInt64(seed), hasCalendars: hasCalendars)
    let rules = (1...16).map { number in
      """
        - rule: random-\(number)
          title: A random rule
          decides: [qualifiers]
          about: Encounter
          severity: \(number.isMultiple(of: 5) ? "warning" : "error")
          when: \(JSONValue.string(generator.condition(depth: 2)).compact)
          unless: \(JSONValue.string(generator.condition(depth: 1)).compact)
          require: \(JSONValue.string(generator.condition(depth: 4)).compact)
      """
    }
    return try load(
      rules: ExpressionGenerator.parameters + (hasCalendars ? ExpressionGenerator.calendars : "")
        + "rules:\n" + rules.joined(separator: "\n"))
  }
}
