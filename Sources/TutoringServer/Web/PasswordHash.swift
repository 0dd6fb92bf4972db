#if Server
import Crypto
import CryptoExtras
import Dispatch
import Foundation

/// What is kept of a password: a digest that takes long to work out, with how it is worked out (RFC 7914).
package struct PasswordHash: Hashable, Sendable {
  private let logRounds: Int
  private let blockSize: Int
  private let parallelism: Int
  private let salt: Data
  private var digest: Data

  /// The form in which it is kept: `scrypt$15$8$1$SALT$DIGEST`, both in base64.
  package var text: String {
    "scrypt$\(logRounds)$\(blockSize)$\(parallelism)$\(salt.base64EncodedString())$"
      + digest.base64EncodedString()
  }

  /// What `text` has given; nil for any other text.
  package init?(_ text: String) {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "scrypt", let logRounds = Int(parts[1]),
      let blockSize = Int(parts[2]), let parallelism = Int(parts[3]),
      // What takes more than a quarter of a gigabyte was not made here.
      (1...18).contains(logRounds), (1...16).contains(blockSize), (1...4).contains(parallelism),
      let salt = Data(base64Encoded: String(parts[4])),
      let digest = Data(base64Encoded: String(parts[5])), !digest.isEmpty
    else { return nil }
    self.init(
      logRounds: logRounds, blockSize: blockSize, parallelism: parallelism, salt: salt,
      digest: digest)
  }

  private init(logRounds: Int, blockSize: Int, parallelism: Int, salt: Data, digest: Data) {
    self.logRounds = logRounds
    self.blockSize = blockSize
    self.parallelism = parallelism
    self.salt = salt
    self.digest = digest
  }

  /// The hash of a new password.
  ///
  /// It takes a good part of a second: see `PasswordWorker`.
  ///
  /// - Throws: What the library says where there is too little memory.
  package init(of password: String, logRounds: Int = 15) throws {
    self = PasswordHash.ofNobody(logRounds: logRounds)
    digest = try derived(from: password, count: Self.digestBytes)
  }

  /// A hash whose digest is chosen at random, which takes no time to make.
  ///
  /// No password that anybody could find matches it, and it takes as long as any other to see that.
  static func ofNobody(logRounds: Int) -> PasswordHash {
    PasswordHash(
      logRounds: logRounds, blockSize: 8, parallelism: 1, salt: Data.random(count: 16),
      digest: Data.random(count: digestBytes))
  }

  private static let digestBytes = 32

  /// Whether it is the hash of a password.
  ///
  /// It takes a good part of a second: see `PasswordWorker`.
  package func matches(_ password: String) -> Bool {
    guard let derived = try? derived(from: password, count: digest.count) else { return false }
    return zip(derived, digest).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  private func derived(from password: String, count: Int) throws -> Data {
    // Composed characters: the same password typed on another keyboard is the same bytes.
    let key = try KDF.Scrypt.deriveKey(
      from: Data(password.precomposedStringWithCanonicalMapping.utf8), salt: salt,
      outputByteCount: count, rounds: 1 << logRounds, blockSize: blockSize,
      parallelism: parallelism)
    return unsafe key.withUnsafeBytes { unsafe Data($0) }
  }
}

/// Works out password hashes on a thread of its own, one at a time, so that neither the threads that answer
/// requests nor the memory can be used up by people who try passwords.
package final class PasswordWorker: Sendable {
  private let queue = DispatchQueue(label: "passwords")
  /// What is compared with where nobody has the login: it takes as long, and matches nothing.
  private let nobody: PasswordHash

  /// A worker, which compares with a hash of so many rounds where nobody has the login.
  package init(logRounds: Int = 15) { nobody = .ofNobody(logRounds: logRounds) }

  /// Whether a password matches a hash; for nil, as where nobody has the login, it takes as long, and is false.
  package func check(_ password: String, against hash: PasswordHash?) async -> Bool {
    let compared = hash ?? nobody
    return await withCheckedContinuation { continuation in
      queue.async {
        let matches = compared.matches(password)
        continuation.resume(returning: matches && hash != nil)
      }
    }
  }
}
#endif
