import CEL
import Foundation
import TestSupport
import Testing

@Suite struct LanguageReferenceTests {
  @Test func `the page of the documentation is what the libraries say of themselves`() throws {
    let introduction = """
      # Functions and macros of expressions

      What an expression may call. Operators are those of CEL.


      """
    try assertSnapshot(
      introduction + LanguageReference.markdown(),
      recordedIn: packageRoot.appending(path: "Sources/CEL/CEL.docc/LanguageReference.md"))
  }
}
