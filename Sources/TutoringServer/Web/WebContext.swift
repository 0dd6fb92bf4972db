#if Server
import Foundation
package import Hummingbird
import NIOCore

/// What is known of a request beside the request itself.
package struct WebContext: RequestContext {
  /// From where a request came.
  package enum Peer: Hashable, Sendable {
    /// A program on this machine, by a socket file or the loopback interface.
    case local
    /// An address of the network.
    case address(String)
    /// It can't be told.
    case unknown
  }

  package var coreContext: CoreRequestContextStorage
  /// Who has signed in; nil where nobody has.
  package var signedIn: SignedIn?
  /// What a form sent; empty for requests without one.
  package var form = FormBody()
  /// From where the request came.
  package let peer: Peer

  package init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    peer = Peer(source.channel.remoteAddress)
  }

  package var maxUploadSize: Int { WebLimits.formBytes }

  /// Who acts.
  ///
  /// - Throws: `SignInNeeded` where nobody has signed in.
  package func requireActor() throws -> Actor {
    guard let signedIn else { throw SignInNeeded() }
    return signedIn.actor
  }

  /// A part of the path by its name in the route, as it was before it was made part of a path.
  ///
  /// - Throws: `ServiceError.notFound` for what no path can mean.
  package func pathPart(_ name: String) throws -> String {
    guard let raw = parameters.get(name), let text = raw.removingPercentEncoding, !text.isEmpty,
      text.utf8.allSatisfy({ $0 >= 0x20 })
    else { throw ServiceError.notFound }
    return text
  }
}

/// Somebody has to sign in first.
package struct SignInNeeded: Error {}

/// How much of something is taken.
package enum WebLimits {
  /// The bytes of a form.
  package static let formBytes = 256 << 10
  /// The bytes of a form with rosters in it.
  package static let rosterBytes = 16 << 20
  /// The bytes of a form with a policy file in it, whose signs take up to three times their length there.
  package static let policyBytes = 2 << 20
  /// The bytes of a JSON request.
  package static let jsonBytes = 1 << 20
  /// How long the body of a request may take to come.
  package static let bodyTime = Duration.seconds(15)
}

extension WebContext.Peer {
  init(_ address: SocketAddress?) {
    switch address {
    case nil: self = .unknown
    case .unixDomainSocket: self = .local
    case let address?:
      guard let ip = address.ipAddress else {
        self = .unknown
        return
      }
      self =
        ip.hasPrefix("127.") || ip == "::1" || ip.hasPrefix("::ffff:127.")
        ? .local : .address(ip)
    }
  }

  /// The address, as far as it tells one peer from another.
  package var text: String {
    switch self {
    case .local: "local"
    case .address(let address): address
    case .unknown: "unknown"
    }
  }
}
#endif
