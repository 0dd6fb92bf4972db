internal import CBuildCommit
import Foundation

/// Which program decides: its version, the commit it was built from, and the time zone data in use.
public enum ProgramVersion {
  /// The version (semver.org): the first number changes with what a report, a status or a policy file means.
  public static let number = "1.0.0"

  /// The commit that the program was built from; nil where the build was given none.
  ///
  /// A release is built with `TUTORPOLICY_COMMIT=$(git rev-parse HEAD) swift build -c release`.
  public static let commit: String? = {
    let commit = unsafe String(cString: build_commit())
    return commit.isEmpty ? nil : commit
  }()

  /// The release of the IANA time zone database by which instants are put on dates, such as `2025b`.
  ///
  /// It is the one that Foundation has within it, and no file of the system's.
  public static var timeZoneData: String { TimeZone.timeZoneDataVersion }
}
