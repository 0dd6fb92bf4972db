#if Server
import ArgumentParser

import Foundation
import Hummingbird
import Logging
import NIOCore
import PolicyEngine
import TutoringServer
import TutoringSessions
import TutoringStore

/// `tutoring-server serve`: answers browsers and programs.
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Answers browsers and programs until it is asked to stop.",
    discussion: """
      It listens on this machine alone unless --listen names another address; then put a reverse proxy \
      that speaks TLS in front of it, and give the address that browsers use as --public-url.

      The policies are watched: a change without mistakes is in force within a few seconds, one with \
      mistakes is not taken, which /health/ready and the page about the policies say. Log lines go to \
      standard error, as JSON.

      A reverse proxy that signs people in passes the login in the header --proxy-login names, and the \
      content of the file --proxy-secret in X-Proxy-Secret. Both are believed on the loopback interface \
      and a socket file only.
      """)

  @Flag(name: .long, help: "Serve an invented district from a temporary folder.")
  var demo = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "With --demo: the time at which its clock starts, such as 2026-11-23T14:55:00-06:00.",
      valueName: "instant"))
  var now: InstantArgument?

  @Option(name: .long, help: ArgumentHelp("The folder with the records.", valueName: "folder"))
  var data: String?

  @OptionGroup var policyOption: PolicyFolderOption

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Where to listen: host:port, or the path of a socket file.", valueName: "address"))
  var listen: ListenArgument?

  @Option(name: .long, help: "The port on the loopback interface; 0 for any that is free.")
  var port: Int?

  @Option(
    name: .long,
    help: ArgumentHelp("The address that browsers use, where it is another.", valueName: "url"))
  var publicURL: PublicURLArgument?

  @Option(
    name: .customLong("proxy-login"),
    help: ArgumentHelp("The header in which a reverse proxy passes the login.", valueName: "name"))
  var proxyLogin: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The file with what the reverse proxy passes in X-Proxy-Secret: at least 16 characters.",
      valueName: "file"))
  var proxySecret: String?

  @Option(
    name: .long,
    help: ArgumentHelp("A file to which every decision is added, a line each.", valueName: "file"))
  var decisionLog: String?

  @Option(name: .long, help: "How much is logged: debug, info, warning or error.")
  var logLevel = LogLevel.info

  func validate() throws {
    guard demo != (data != nil) else {
      throw ValidationError("give either --demo or --data with the folder of the records")
    }
    if now != nil, !demo { throw ValidationError("--now is for --demo: a district has one clock") }
    if listen != nil, port != nil {
      throw ValidationError("--listen has the port already: leave --port out")
    }
    if let port, !(0...65_535).contains(port) {
      throw ValidationError("\(port) is not a port: they go from 0 to 65535")
    }
    guard (proxyLogin == nil) == (proxySecret == nil) else {
      throw ValidationError("--proxy-login and --proxy-secret go together")
    }
  }

  func run() async throws {
    try await reportingFailure {
      let clock = now.map { DistrictClock.starting(at: $0.date) } ?? .system
      let log = LineFile(.standardError)
      let level = logLevel.level
      LoggingSystem.bootstrap { JSONLogHandler(label: $0, file: log, clock: clock, level: level) }
      let keeper = try policyOption.load(clock: clock)
      let opened = try await openRecords(keeper, clock)
      defer {
        if let folder = opened.temporaryFolder { try? FileManager.default.removeItem(at: folder) }
      }
      let metrics = Metrics()
      let service = DistrictService(
        store: opened.store, keeper: keeper, clock: clock, metrics: metrics,
        decisionLog: try decisionLogFile().map { DecisionLog($0) })
      let site = Site(
        service: service,
        desk: SignInDesk(
          store: opened.store, clock: clock, worker: PasswordWorker(), metrics: metrics,
          proxy: try proxyHeader()),
        isSecure: publicURL?.isSecure ?? false, hosts: hosts, signInHint: opened.hint)
      let run = ServerRun(
        site: site, pages: DistrictPages(for: service), address: address,
        logger: Logger(label: "server"))
      do {
        try await run.run { address in
          StandardOutput.write("\(opened.greeting)\(publicURL?.text ?? address)\n")
        }
      } catch let error as IOError {
        throw Failure(Self.message(for: error, at: address))
      }
    }
  }

  // MARK: - Where

  private var address: ServerRun.Address {
    listen?.address ?? .host("127.0.0.1", port: port ?? 8080)
  }

  /// The names that requests may be for: those of this machine, and the public one.
  private var hosts: Set<String> {
    var hosts: Set<String> = ["localhost", "127.0.0.1", "[::1]"]
    if let host = publicURL?.host { hosts.insert(host) }
    if case .host(let host, _) = address {
      // Who listens on all addresses is reached by names that can't be known here.
      if ["0.0.0.0", "::"].contains(host) { return publicURL == nil ? [] : hosts }
      hosts.insert(host.contains(":") ? "[\(host)]" : host.lowercased())
    }
    return hosts
  }

  private static func message(for error: IOError, at address: ServerRun.Address) -> String {
    let place =
      switch address {
      case .host(let host, let port): "\(host):\(port)"
      case .socket(let path): path
      }
    switch error.errnoCode {
    case EADDRINUSE:
      return "something listens on \(place) already: stop it, or choose another with --port"
    case EACCES:
      return "this user may not listen on \(place): ports below 1024 are for the system"
    case EADDRNOTAVAIL: return "\(place) is not an address of this machine"
    default: return "can't listen on \(place): \(unsafe String(cString: strerror(error.errnoCode)))"
    }
  }

  // MARK: - What

  private func decisionLogFile() throws -> LineFile? {
    guard let decisionLog else { return nil }
    do { return try LineFile(addingTo: decisionLog) } catch {
      throw Failure("'\(decisionLog)' can't be written to")
    }
  }

  private func proxyHeader() throws -> SignInDesk.ProxyHeader? {
    guard let proxyLogin, let proxySecret else { return nil }
    guard let secret = try? String(contentsOfFile: proxySecret, encoding: .utf8) else {
      throw Failure("'\(proxySecret)' can't be read")
    }
    let trimmed = secret.trimmingCharacters(in: .whitespacesAndNewlines)
    guard let header = SignInDesk.ProxyHeader(login: proxyLogin, secret: trimmed) else {
      throw Failure(
        "'\(proxyLogin)' is not the name of a header, or the secret has fewer than 16 characters")
    }
    return header
  }

  private struct Opened {
    let store: TutoringStore
    var hint: String?
    var greeting = ""
    var temporaryFolder: URL?
  }

  private func openRecords(
    _ keeper: PolicyKeeper, _ clock: DistrictClock
  ) async throws -> Opened {
    guard demo else {
      return Opened(store: try await DataOptions.open(folder: data ?? ""))
    }
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "tutoring-demo-\(UUID().uuidString.prefix(8).lowercased())")
    let store = try await DataOptions.open(folder: folder.path)
    let password = "tutoring-demo"
    let district = DemoDistrict(
      vocabulary: keeper.current.policies.vocabulary,
      now: clock.now(in: keeper.current.timeZone),
      passwordHash: try PasswordHash(of: password).text)
    let export = keeper.demoExport(at: clock.now(in: keeper.current.timeZone))
    try await district.fill(
      store, policies: export.policies, file: export.file, deciding: export.deciding)
    let names = try await people(in: store).map {
      "\($0.login ?? "") (\($0.name), \($0.roleWords))"
    }
    return Opened(
      store: store,
      hint: "A demonstration: sign in as \(names.joined(separator: "; ")), with the "
        + "password '\(password)'.",
      greeting: """
        An invented district, in \(folder.path). Sign in with the password '\(password)' as
          \(names.joined(separator: "\n  "))

        """, temporaryFolder: folder)
  }

  /// Who is named of the demo's people: the tutor whose session runs, another one, and one of each other role.
  private func people(in store: TutoringStore) async throws -> [PersonRecord] {
    let people = try await store.people().filter { $0.login != nil }
    let tutors = people.filter { $0.roles.contains(.tutor) }
    var named = tutors.filter { $0.id == DemoDistrict.activeTutor }
    named += tutors.filter { $0.id != DemoDistrict.activeTutor }.prefix(1)
    for role in Role.allCases where role != .tutor {
      named += people.filter { $0.roles.contains(role) }.prefix(1)
    }
    return named
  }
}

extension PersonRecord {
  /// What the person may do, in words.
  fileprivate var roleWords: String { roles.map(\.rawValue).sorted().joined(separator: ", ") }
}

/// How much is logged.
enum LogLevel: String, ExpressibleByArgument, CaseIterable {
  case debug, info, warning, error

  /// The level as the log has it.
  var level: Logger.Level { Logger.Level(rawValue: rawValue) ?? .info }
}
#endif
