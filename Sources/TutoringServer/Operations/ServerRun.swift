#if Server
import UnixSignals
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import ServiceLifecycle
import TutoringStore

/// A server from its start to its end.
package struct ServerRun: Sendable {
  /// Where the server listens.
  package enum Address: Hashable, Sendable {
    /// A name or address of this machine, and a port; 0 for any that is free.
    case host(String, port: Int)
    /// A socket file, for a reverse proxy on this machine.
    case socket(path: String)
  }

  /// How many connections are held at a time.
  private static let connections = 2_000

  private let site: Site
  private let address: Address
  private let logger: Logger
  private let responder: RouterResponder<WebContext>

  /// A server of a site.
  package init(site: Site, pages: some SitePages, address: Address, logger: Logger) {
    self.site = site
    self.address = address
    self.logger = logger
    responder = site.router(pages: pages).buildResponder()
  }

  /// Answers requests until the process is asked to stop (SIGTERM, SIGINT): what is being answered then is
  /// answered, and the records are closed.
  ///
  /// - Parameter started: Called with the address once the server listens.
  /// - Throws: What the system says where it can't listen there.
  package func run(started: @escaping @Sendable (String) -> Void) async throws {
    let bind: BindAddress =
      switch address {
      case .host(let host, let port): .hostname(host, port: port)
      case .socket(let path): .unixDomainSocket(path: path)
      }
    let address = address
    let application = Application(
      responder: responder,
      server: .http1(
        configuration: .init(
          // Who sends nothing for so long is closed: between requests, and before the first.
          idleTimeout: .seconds(60),
          httpDecoderConfiguration: .init(
            maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100))),
      configuration: ApplicationConfiguration(
        address: bind,
        availableConnectionsDelegate: MaximumAvailableConnections(Self.connections)),
      services: [
        PolicyWatch(
          site.service.keeper, store: site.service.store, metrics: site.service.metrics,
          logger: logger)
      ],
      onServerRunning: { channel in
        let port = channel.localAddress?.port
        switch address {
        case .host(let host, let asked): started("http://\(host):\(port ?? asked)/")
        case .socket(let path): started(path)
        }
      },
      logger: logger)
    var configuration = ServiceGroupConfiguration(
      services: [.init(service: application)], gracefulShutdownSignals: [.sigterm, .sigint],
      logger: logger)
    // What is still being answered by then is cut off.
    configuration.maximumGracefulShutdownDuration = Duration.seconds(20)
    try await ServiceGroup(configuration: configuration).run()
    try site.service.store.close()
  }
}
#endif
