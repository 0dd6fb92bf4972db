import CEL
import Diagnostics
import YAML

/// What the last reading of a policy folder established, for the next one: of files of which most are the same
/// objects, only what changed is read and checked again.
///
/// What is taken over was established by the very same texts, so that the result is always that of a reading from
/// the beginning.
package struct LoadingMemory: Sendable {
  /// A file as nodes.
  struct File: Sendable {
    let documents: [YAMLNode]
    let mistakes: [Diagnostic]

    /// Reads a file.
    init(_ source: Source) {
      var mistakes: [Diagnostic] = []
      documents = YAMLReader.read(source, limits: PolicyFiles.limits, into: &mistakes)
      self.mistakes = mistakes
    }
  }

  /// A rule as it was checked by the words in `words`.
  struct CheckedRule: Sendable {
    /// Its id with the place; nil where it has none.
    let id: (text: String, range: SourceRange)?
    let rule: LoadedRule?
    let mistakes: [Diagnostic]
    /// What its expressions may cost too much; nil where nobody asked.
    var costs: [Diagnostic]?
  }

  var files: [Source: File] = [:]
  /// The vocabulary and the decisions; nil where they had a mistake by which nothing can be said by them.
  var words: LoadedWords?
  /// The rules, by the places of their nodes.
  var rules: [SourceRange: CheckedRule] = [:]
  /// All that the files declare.
  var declarations = Declarations()

  /// Nothing read yet.
  package init() {}
}

/// What a policy set declares before its rules, and all that reading it found.
struct LoadedWords: Sendable {
  /// The files that declare it, in order.
  let sources: [Source]
  /// What is to be said of it.
  let mistakes: [Diagnostic]
  let unusable: Set<Substring>
  /// How much there was to go through.
  let work: Int
  let vocabulary: Vocabulary
  let decisions: [Decision]
  /// What each decision says of the value that it gives; nil where it gives none.
  let givings: [GivingDeclaration?]
  let routes: [SubjectRoutes]
  let terms: [FieldReference: CheckedExpression]
  let ruleLoader: RuleLoader
  /// What in it costs too much; nil where nobody asked.
  var costs: WordCosts?
}
