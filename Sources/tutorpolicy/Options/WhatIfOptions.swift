import ArgumentParser
import Diagnostics
import PolicyEngine

/// What is supposed of the sessions.
struct WhatIfOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Decide as if a fact were another, and show what that changes: encounters[0].qualifiers.remedial=false, "
        + "description=null takes away, tags+=cl-goal-1 adds to a list. The value is YAML; may be "
        + "given several times.", valueName: "path=value"))
  var whatIf: [String] = []

  /// What is supposed; empty for sessions that are decided as they are.
  ///
  /// - Throws: `ExitStatus.usage` when a path or a value is none, after saying so.
  func suppositions(in policies: PolicySet, style: TextStyle) throws -> [Supposition] {
    var diagnostics: [Diagnostic] = []
    let read = Supposition.read(
      whatIf, from: "--what-if", in: policies.vocabulary, into: &diagnostics)
    if !diagnostics.isEmpty {
      StandardError.write(DiagnosticRenderer(style: style).render(diagnostics))
    }
    guard let read else { throw ExitStatus.usage }
    return read
  }
}
