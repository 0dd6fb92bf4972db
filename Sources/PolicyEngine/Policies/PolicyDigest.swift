import Diagnostics
import Synchronization

/// The digest of a policy set's files, worked out when somebody asks.
///
/// Deciding needs none, and hashing takes a good part of the time to a first decision.
final class PolicyDigest: Sendable {
  private let sources: [Source]
  private let found = Mutex<String?>(nil)

  init(_ sources: [Source]) { self.sources = sources }

  /// The digest, as hexadecimal digits.
  var text: String {
    found.withLock { found in
      if let found { return found }
      let digest = SHA256.hexDigest(of: Array(listing.utf8))
      found = digest
      return digest
    }
  }

  /// The files by name, each with its own digest, as `sha256sum` lists them in the folder.
  private var listing: String {
    sources.map { (name: $0.fileName, digest: SHA256.hexDigest(of: $0.bytes)) }
      .sorted { left, right in
        left.name == right.name
          ? left.digest < right.digest : left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
      }
      .map { Self.line(name: $0.name, digest: $0.digest) }
      .joined()
  }

  /// A line of the list; a name that could end its line is written with escapes, marked at the front.
  private static func line(name: String, digest: String) -> String {
    let escaped = name.unicodeScalars.map { scalar in
      switch scalar {
      case "\\": "\\\\"
      case "\n": "\\n"
      case "\r": "\\r"
      default: String(scalar)
      }
    }.joined()
    return "\(escaped == name ? "" : "\\")\(digest)  \(escaped)\n"
  }
}

extension Source {
  /// The name without the folders in front.
  fileprivate var fileName: String {
    name.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(name[name.utf8.index(after: $0)...]) }
      ?? name
  }
}

extension PolicySet {
  /// What tells this policy set from every other: the SHA-256 of its files' names and contents, as 64
  /// hexadecimal digits.
  ///
  /// It is the same wherever the folder stands and in whatever order the files are read, and what
  /// `LC_ALL=C sha256sum *.yaml | sha256sum` prints in the folder (with `*.yml` where there are such, and without
  /// `expected-changes.yaml`). A
  /// comment counts, since places in files are part of explanations. A variant that was made in memory
  /// has the digest of the files that it was made from.
  ///
  /// The first call hashes the files, the later ones give what it found.
  public var digest: String { files.text }
}
