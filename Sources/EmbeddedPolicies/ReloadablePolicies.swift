import Synchronization

/// The policies of a folder whose files are edited while the program runs.
///
///     let folder = try ReloadablePolicies("policies")
///     let verdict = try folder.policies.decide(json: text, today: today)   // by what is in force now
///     try folder.reload()                                                  // when a file may have changed
///
/// Whoever has taken `policies` keeps what they have taken: one piece of work is done by one set.
public final class ReloadablePolicies: Sendable {
  /// Where the files are.
  public let path: String
  private let functions: [PolicyFunction]
  private let current: Mutex<Policies>

  /// Reads the folder for the first time.
  ///
  /// - Parameters:
  ///   - path: Where the files are.
  ///   - functions: Functions of your own that expressions may call.
  /// - Throws: `PolicyMistakes`, with all mistakes of all files, each at its place.
  public init(_ path: String, functions: [PolicyFunction] = []) throws(PolicyMistakes) {
    self.path = path
    self.functions = functions
    current = Mutex(try Policies(folder: path, functions: functions))
  }

  /// The last policies that had no mistake.
  public var policies: Policies { current.withLock(\.self) }

  /// Reads the folder again; what has a mistake is not taken, and the policies before it stay.
  ///
  /// - Returns: Whether other policies are in force now.
  /// - Throws: `PolicyMistakes`, with all mistakes of all files, each at its place.
  @discardableResult
  public func reload() throws(PolicyMistakes) -> Bool {
    let read = try Policies(folder: path, functions: functions)
    return current.withLock { current in
      guard read.digest != current.digest else { return false }
      current = read
      return true
    }
  }
}
