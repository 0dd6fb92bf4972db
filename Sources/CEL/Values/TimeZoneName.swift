import Diagnostics
import Foundation

/// The names that time zones go by: those of the IANA database, and offsets such as `-05:30`.
package enum TimeZoneName {
  /// Whether there is a zone of the name.
  package static func isKnown(_ name: String) -> Bool {
    TemporalText.offset(name) != nil || !name.isEmpty && TimeZone(identifier: name) != nil
  }

  /// What to write instead of a name that no zone has.
  package static func help(for name: String) -> String {
    Suggestion.help(for: name, among: TimeZone.knownTimeZoneIdentifiers)
      ?? "write its IANA name, such as America/Chicago"
  }
}
