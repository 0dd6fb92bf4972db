import Diagnostics

extension Diagnostic {
  static func syntax(
    _ problem: SyntaxProblem, in source: Source, offsets: CharacterOffsets
  ) -> Diagnostic {
    let offset = offsets.byteOffset(ofCharacter: problem.index)
    let message = [problem.context, problem.problem].compactMap { $0 }.joined(separator: ", ")
    return Diagnostic(
      code: "yaml-syntax", message, at: SourceRange(source: source, bytes: offset..<offset))
  }
}
