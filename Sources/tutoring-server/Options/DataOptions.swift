#if Server
import ArgumentParser
import Diagnostics
import PolicyEngine
import TutoringServer
import TutoringStore

/// Where the records and the policies are.
struct DataOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("The folder with the records.", valueName: "folder"))
  var data: String

  /// Opens the records.
  ///
  /// - Throws: A message for people, where the folder can't be used.
  func open() async throws -> TutoringStore { try await Self.open(folder: data) }

  /// Opens the records in a folder.
  ///
  /// - Throws: A message for people, where the folder can't be used.
  static func open(folder: String) async throws -> TutoringStore {
    do { return try await TutoringStore.open(folder: folder) } catch let error as StoreError {
      throw Failure("\(error)")
    }
  }
}

/// The policies' folder.
struct PolicyFolderOption: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("The folder with the policies.", valueName: "folder"))
  var policies = "policies"

  /// Reads the policies.
  ///
  /// - Throws: A message with all that is wrong with them.
  func load(clock: DistrictClock) throws -> PolicyKeeper {
    do throws(PolicyKeeper.Unusable) {
      return try PolicyKeeper(folder: policies, clock: clock)
    } catch {
      throw Failure(
        DiagnosticRenderer().render(error.diagnostics)
          + "the policies in '\(policies)' have errors: nothing is decided by them", status: 3)
    }
  }
}

/// Something that can't be done, in words for people, with the status that the program ends with.
struct Failure: Error, CustomStringConvertible {
  let description: String
  let status: Int32

  init(_ description: String, status: Int32 = 1) {
    self.description = description
    self.status = status
  }
}

/// Runs something, and ends the program with a message where it can't be done.
func reportingFailure<Value>(_ body: () async throws -> Value) async throws -> Value {
  do { return try await body() } catch let failure as Failure {
    StandardError.write("error: \(failure)\n")
    throw ExitCode(failure.status)
  } catch let error as StoreError {
    StandardError.write("error: \(error)\n")
    throw ExitCode(1)
  }
}
#endif
