#if Server
import Crypto
import Foundation
import Synchronization

/// Makes people wait who have tried to sign in and failed, the longer the oftener they have.
///
/// It counts by login and by address, whether or not anybody has the login, and keeps digests alone: what
/// people type into the wrong field is sometimes their password.
package final class SignInThrottle: Sendable {
  private struct Failures {
    var count: Int
    /// Until when nothing is tried.
    var until: Date
  }

  /// How many failures by login, and by address, are nothing to wait for.
  private static let freeTries = (login: 3, address: 20)
  /// The longest wait.
  private static let longestSeconds = 900.0
  /// How many logins and addresses are remembered.
  private static let capacity = 10_000

  private let clock: DistrictClock
  private let failures = Mutex<[String: Failures]>([:])

  /// A throttle that waits by a clock.
  package init(clock: DistrictClock) { self.clock = clock }

  /// Takes note of a try before its password is looked at; gives how many seconds to wait instead, where
  /// it must not be tried yet.
  ///
  /// It counts as a failure until `succeed` says otherwise, so that many tries at once are counted too.
  package func begin(login: String, address: String) -> Int? {
    let now = clock.instant
    return failures.withLock { failures in
      let keys = keys(login, address)
      if let until = keys.compactMap({ failures[$0.key]?.until }).max(), until > now {
        return Int(until.timeIntervalSince(now).rounded(.up))
      }
      if failures.count >= Self.capacity {
        failures = failures.filter { $0.value.until > now }
        // Only somebody with thousands of addresses gets here; who they are matters less than the memory.
        if failures.count >= Self.capacity { failures.removeAll() }
      }
      for (key, free) in keys {
        var found = failures[key] ?? Failures(count: 0, until: now)
        // A quiet quarter of an hour after the wait, all is forgotten.
        if found.until.addingTimeInterval(Self.longestSeconds) < now { found.count = 0 }
        found.count += 1
        let excess = found.count - free
        let seconds = excess > 0 ? min(pow(2, Double(excess)), Self.longestSeconds) : 0
        found.until = now.addingTimeInterval(seconds)
        failures[key] = found
      }
      return nil
    }
  }

  /// Takes a try back that was begun and has succeeded, and forgets the failures of the login.
  package func succeed(login: String, address: String) {
    failures.withLock { failures in
      failures[Self.key("login", login)] = nil
      let address = Self.key("address", address)
      guard var found = failures[address] else { return }
      found.count -= 1
      found.until = clock.instant
      failures[address] = found.count > 0 ? found : nil
    }
  }

  private func keys(_ login: String, _ address: String) -> [(key: String, free: Int)] {
    [
      (Self.key("login", login), Self.freeTries.login),
      (Self.key("address", address), Self.freeTries.address),
    ]
  }

  private static func key(_ kind: String, _ text: String) -> String {
    SHA256.hash(data: Data("\(kind):\(text.lowercased())".utf8)).hexadecimal
  }
}
#endif
