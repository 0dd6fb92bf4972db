#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What a fuzz target does with one input; -1 keeps an input that teaches nothing out of the corpus.
public typealias FuzzTarget = @convention(c) (UnsafePointer<UInt8>, Int) -> CInt

/// libFuzzer's loop, for programs with a `main` of their own, which the package manager's are.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ argumentCount: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ target: FuzzTarget
) -> CInt

/// Runs a target on inputs as the program's arguments say, which are libFuzzer's.
public func fuzz(_ target: FuzzTarget) -> Never {
  var count = CommandLine.argc
  var arguments = CommandLine.unsafeArgv
  exit(runDriver(&count, &arguments, target))
}
