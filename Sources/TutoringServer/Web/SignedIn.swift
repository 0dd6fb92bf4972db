#if Server
import Crypto
import Foundation

/// Somebody who has signed in, with how.
package struct SignedIn: Hashable, Sendable {
  /// How it is known who it is.
  package enum Way: Hashable, Sendable {
    /// By a cookie, whose token has this digest.
    case cookie(digest: String)
    /// By a token that a program sends with each request; its digest.
    case bearer(digest: String)
    /// By the header of a reverse proxy.
    case proxy
  }

  /// Who it is.
  package let actor: Actor
  /// How it is known.
  package let way: Way
  /// What forms must send along.
  package let formToken: String

  /// Whether a browser sends it without being asked to, whatever page makes it send something.
  var isSentByItself: Bool {
    if case .bearer = way { false } else { true }
  }
}

/// The secret that shows who has signed in: 32 random bytes, of which the store has a digest alone.
package struct SignInToken: Hashable, Sendable {
  /// The secret, as cookies and programs send it.
  package let text: String

  /// A new secret.
  package init() {
    text = Data.random(count: 32).urlSafeBase64
  }

  /// The secret that somebody has sent; nil for what is no such secret.
  package init?(_ text: String) {
    guard text.utf8.count == 43, text.utf8.allSatisfy(\.isURLSafeBase64) else { return nil }
    self.text = text
  }

  /// What the store keeps of it, as hexadecimal digits.
  package var digest: String { SHA256.hash(data: Data(text.utf8)).hexadecimal }

  /// What forms of the pages that it is sent to hold: only who has the secret can tell it.
  package var formToken: String {
    let code = HMAC<SHA256>.authenticationCode(
      for: Data("form".utf8), using: SymmetricKey(data: Data(text.utf8)))
    return Data(code).urlSafeBase64
  }
}

extension Sequence<UInt8> {
  /// The bytes as hexadecimal digits.
  var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

extension Data {
  /// Bytes that nobody can foretell.
  static func random(count: Int) -> Data {
    var generator = SystemRandomNumberGenerator()
    return Data((0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) })
  }

  /// The bytes in the alphabet of base64 that addresses and cookies can hold, without padding.
  var urlSafeBase64: String {
    let bytes = base64EncodedData().compactMap { byte -> UInt8? in
      switch byte {
      case UInt8(ascii: "+"): UInt8(ascii: "-")
      case UInt8(ascii: "/"): UInt8(ascii: "_")
      case UInt8(ascii: "="): nil
      default: byte
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension UInt8 {
  fileprivate var isURLSafeBase64: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
#endif
