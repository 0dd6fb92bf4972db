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
    var generator = SystemRandomNumberGenerator()
    text = Data((0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }).urlSafeBase64
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
    map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

extension Data {
  /// The bytes in the alphabet of base64 that addresses and cookies can hold, without padding.
  var urlSafeBase64: String {
    base64EncodedString().replacingOccurrences(of: "+", with: "-")
      .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
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
