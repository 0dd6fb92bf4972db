import Diagnostics
package import PolicyEngine

extension FixtureSuite {
  /// What reads the fixtures beside policies for a policy set; nil where there are none.
  ///
  /// What is wrong with them is left to whoever tests the policies.
  package static func reader(ofFolder policies: String) -> ((PolicySet) -> FixtureSuite)? {
    let path = policies + (policies.hasSuffix("/") ? "fixtures" : "/fixtures")
    guard PathKind(at: path) == .folder else { return nil }
    var mistakes: [Diagnostic] = []
    let sources = FixtureFiles.sources(at: [path], into: &mistakes)
    return { policies in
      var mistakes: [Diagnostic] = []
      return load(
        sources, policies: policies, readFile: { try FixtureFiles.readBase($0) }, into: &mistakes)
    }
  }
}
