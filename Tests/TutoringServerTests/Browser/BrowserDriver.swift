#if Server
import Foundation
import Subprocess
import Testing

/// Runs a browser's driver for as long as something is done with it.
enum BrowserDriver {
  struct DidNotStart: Error {}

  /// Runs a driver, and ends it with all of its browsers.
  static func run<Value: Sendable>(
    _ body: @escaping @Sendable (_ port: Int) async throws -> Value
  ) async throws -> Value {
    let result = try await Subprocess.run(
      .name("chromedriver"), arguments: ["--port=0"],
      platformOptions: PlatformOptions(),
      input: .none, output: .sequence, error: .discarded
    ) { execution in
      do {
        let value = try await body(try await port(in: execution.standardOutput))
        await execution.teardown(using: [.gracefulShutDown(allowedDurationToNextStep: .seconds(3))])
        return value
      } catch {
        await execution.teardown(using: [.gracefulShutDown(allowedDurationToNextStep: .seconds(3))])
        throw error
      }
    }
    return result.closureResult
  }

  /// The port that the driver says it listens on.
  private static func port(in output: SubprocessOutputSequence) async throws -> Int {
    var text = ""
    for try await buffer in output {
      text += unsafe buffer.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
      if let range = text.range(of: "successfully on port ") {
        let digits = text[range.upperBound...].prefix { $0.isNumber }
        if text[range.upperBound...].contains("."), let port = Int(digits) { return port }
      }
    }
    throw DidNotStart()
  }
}
#endif
