#if Server
import ArgumentParser
import CEL
import Foundation
import TutoringServer
import TutoringSessions

/// A point in time on the command line.
struct InstantArgument: ExpressibleByArgument {
  let date: Date

  init?(argument: String) {
    guard let time = OffsetDateTime(argument) else { return nil }
    date = Date(timeIntervalSince1970: Double(time.timestamp.seconds))
  }
}

/// Where to listen, on the command line: `host:port`, `[address]:port`, or the path of a socket file.
struct ListenArgument: ExpressibleByArgument {
  let address: ServerRun.Address

  init?(argument: String) {
    if argument.hasPrefix("/") || argument.hasPrefix("./") {
      address = .socket(path: argument)
      return
    }
    guard let colon = argument.lastIndex(of: ":"),
      let port = Int(argument[argument.index(after: colon)...]), (0...65_535).contains(port)
    else { return nil }
    var host = String(argument[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    guard !host.isEmpty else { return nil }
    address = .host(host, port: port)
  }
}

/// The address that browsers use, on the command line.
struct PublicURLArgument: ExpressibleByArgument {
  let text: String
  let host: String
  let isSecure: Bool

  init?(argument: String) {
    guard let url = URL(string: argument), let scheme = url.scheme?.lowercased(),
      ["http", "https"].contains(scheme), let host = url.host(), !host.isEmpty
    else { return nil }
    text = argument
    self.host = host.contains(":") ? "[\(host)]" : host.lowercased()
    isSecure = scheme == "https"
  }
}

/// A day on the command line.
struct DayArgument: ExpressibleByArgument {
  let day: CivilDate

  init?(argument: String) {
    guard let day = CivilDate(argument) else { return nil }
    self.day = day
  }
}
#endif
