#if Server
import Crypto
import Foundation
import HTTPTypes
package import Hummingbird
package import TutoringStore
package import TutoringSessions

/// Signs people in and out, and tells who has signed in.
package struct SignInDesk: Sendable {
  /// How a reverse proxy tells who has signed in there.
  package struct ProxyHeader: Sendable {
    /// The header with the login.
    let login: HTTPField.Name
    /// What the proxy shows to be the proxy, in the header `X-Proxy-Secret`.
    let secret: String

    /// A header by its name, believed of who has the secret; nil for what is not the name of a header, and
    /// for a secret that could be guessed.
    package init?(login: String, secret: String) {
      guard let name = HTTPField.Name(login), secret.utf8.count >= 16 else { return nil }
      self.login = name
      self.secret = secret
    }
  }

  /// How signing in ended.
  package enum Outcome: Sendable {
    /// The person, with the secret for the cookie.
    case signedIn(Actor, SignInToken)
    /// The login or the password is wrong; which of them is not told.
    case refused
    /// There were too many failures: after so many seconds it may be tried again.
    case wait(seconds: Int)
  }

  /// How long a sign-in lasts.
  static let duration = 12 * 3_600

  let store: TutoringStore
  let clock: DistrictClock
  let worker: PasswordWorker
  let throttle: SignInThrottle
  let metrics: Metrics
  let proxy: ProxyHeader?
  /// The secret that tokens of forms are made with where people sign in elsewhere.
  private let proxyKey = SignInToken()

  /// A desk for the people in a store.
  package init(
    store: TutoringStore, clock: DistrictClock, worker: PasswordWorker, metrics: Metrics,
    proxy: ProxyHeader? = nil
  ) {
    self.store = store
    self.clock = clock
    self.worker = worker
    self.metrics = metrics
    self.proxy = proxy
    throttle = SignInThrottle(clock: clock)
  }

  /// Signs somebody in by login and password.
  ///
  /// Whether anybody has the login makes no difference to the answer, nor to how long it takes.
  package func signIn(
    login: String, password: String, from peer: WebContext.Peer
  ) async throws -> Outcome {
    if let seconds = throttle.begin(login: login, address: peer.text) {
      metrics.count(.signIns, ["outcome": "wait"])
      return .wait(seconds: seconds)
    }
    let found = login.utf8.contains(0) ? nil : try await store.credentials(login: login)
    let hash = found?.passwordHash.flatMap { PasswordHash($0) }
    // A password of megabytes would be hashed too.
    let isCorrect =
      await worker.check(password.utf8.count <= 1_024 ? password : "", against: hash)
    guard isCorrect, let person = found?.person else {
      metrics.count(.signIns, ["outcome": "refused"])
      return .refused
    }
    throttle.succeed(login: login, address: peer.text)
    metrics.count(.signIns, ["outcome": "signed-in"])
    let token = SignInToken()
    let now = clock.instant
    try await store.addSignIn(
      tokenHash: token.digest, person: person.id, at: OffsetDateTime(now, in: .gmt),
      until: OffsetDateTime(now.addingTimeInterval(TimeInterval(Self.duration)), in: .gmt))
    return .signedIn(Actor(person), token)
  }

  /// Ends a sign-in.
  package func signOut(_ signedIn: SignedIn) async throws {
    switch signedIn.way {
    case .cookie(let digest), .bearer(let digest): try await store.removeSignIn(tokenHash: digest)
    case .proxy: break
    }
  }

  /// Who a request is from; nil where nobody has signed in.
  func signedIn(_ request: Request, peer: WebContext.Peer) async throws -> SignedIn? {
    if let proxy, peer == .local, let login = request.headers[proxy.login] {
      guard let secret = request.headers[.proxySecret],
        secret.isEqualInConstantTime(to: proxy.secret),
        let person = try await store.credentials(login: login)?.person
      else { return nil }
      let code = HMAC<SHA256>.authenticationCode(
        for: Data(person.id.utf8), using: SymmetricKey(data: Data(proxyKey.text.utf8)))
      return SignedIn(
        actor: Actor(person), way: .proxy, formToken: Data(code).urlSafeBase64)
    }
    if let header = request.headers[.authorization] {
      guard header.lowercased().hasPrefix("bearer "),
        let token = SignInToken(String(header.dropFirst(7)))
      else { return nil }
      return try await signedIn(by: token) { .bearer(digest: $0) }
    }
    guard let text = request.cookies[Self.cookieName]?.value, let token = SignInToken(text) else {
      return nil
    }
    return try await signedIn(by: token) { .cookie(digest: $0) }
  }

  private func signedIn(
    by token: SignInToken, _ way: (_ digest: String) -> SignedIn.Way
  ) async throws -> SignedIn? {
    let digest = token.digest
    let now = OffsetDateTime(clock.instant, in: .gmt)
    guard let person = try await store.signedIn(tokenHash: digest, at: now) else { return nil }
    return SignedIn(actor: Actor(person), way: way(digest), formToken: token.formToken)
  }

  // MARK: - The cookie

  static let cookieName = "tutoring"

  /// The cookie that holds a secret.
  package static func cookie(_ token: SignInToken, isSecure: Bool) -> Cookie {
    Cookie(
      name: cookieName, value: token.text, maxAge: duration, path: "/", secure: isSecure,
      httpOnly: true, sameSite: .lax)
  }

  /// The cookie that takes it away.
  package static func noCookie(isSecure: Bool) -> Cookie {
    Cookie(
      name: cookieName, value: "", maxAge: 0, path: "/", secure: isSecure, httpOnly: true,
      sameSite: .lax)
  }
}

/// Finds out who a request is from.
package struct SignInReading: RouterMiddleware {
  let desk: SignInDesk

  package func handle(
    _ request: Request, context: WebContext,
    next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    context.signedIn = try await desk.signedIn(request, peer: context.peer)
    return try await next(request, context)
  }
}

extension Actor {
  /// Somebody who is on record.
  package init(_ person: PersonRecord) {
    self.init(person: person.id, name: person.name, roles: person.roles)
  }
}

extension HTTPField.Name {
  fileprivate static let proxySecret = HTTPField.Name("X-Proxy-Secret") ?? .authorization
}
#endif
