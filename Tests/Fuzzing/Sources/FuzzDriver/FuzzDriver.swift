#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What a fuzz target does with one input; false keeps an input that teaches nothing out of the corpus.
public typealias FuzzTarget = ([UInt8]) throws -> Bool

private typealias Callback = @convention(c) (UnsafePointer<UInt8>, Int) -> CInt

/// libFuzzer's loop, for programs with a `main` of their own, which the package manager's are.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ argumentCount: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ callback: Callback
) -> CInt

// INVARIANT: set once, before libFuzzer runs; it calls the target on one thread.
nonisolated(unsafe) private var target: FuzzTarget = { _ in false }

/// Runs a target on inputs as the program's arguments say, which are libFuzzer's.
///
/// An input for which it throws has failed: the error is printed and the program aborted.
public func fuzz(_ body: @escaping FuzzTarget) -> Never {
  target = body
  var count = CommandLine.argc
  var arguments = CommandLine.unsafeArgv
  exit(
    runDriver(&count, &arguments) { start, count in
      do {
        return try target(Array(UnsafeBufferPointer(start: start, count: count))) ? 0 : -1
      } catch {
        let message = Array("\(error)\n".utf8)
        _ = write(STDERR_FILENO, message, message.count)
        abort()
      }
    })
}
