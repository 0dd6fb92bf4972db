import CEL
import Diagnostics
import YAML

/// What rules that grant and rules that give say alike.
struct RuleHead {
  let title: String?
  /// The decisions that it is about, with the places of their names.
  let decisions: [(index: Int, range: SourceRange)]
  /// The names that its expressions may use for its subject.
  let locals: [Environment.Variable]
  let when: Condition?
  let unless: Condition?
  let effective: EffectiveDates?
  let source: String?
  let quote: String?

  /// What must hold for it to apply.
  func parts(at range: SourceRange) -> [Condition] {
    Condition.parts(effective: effective, when: when, unless: unless, at: range)
  }
}

extension RuleLoader {
  /// Reads what stands in any such rule; nil where nothing is known of its subject.
  ///
  /// `key` is that under which its decisions stand.
  func loadHead(
    _ reader: MappingReader, id: (text: String, range: SourceRange), decisions key: String,
    into diagnostics: inout [Diagnostic]
  ) -> RuleHead? {
    let title = reader.requiredText("title", into: &diagnostics)
    let decisions = loadDecides(key, of: reader, id: id, into: &diagnostics)
    let subject = loadSubject(reader, id: id, decides: decisions, into: &diagnostics)
    let source = reader.optionalText("source", into: &diagnostics)
    let quote = reader.quote(of: source, into: &diagnostics)
    let effective = loadEffective(reader, into: &diagnostics)
    guard let subject else { return nil }
    refuseOtherSubjects(than: subject, of: decisions, rule: id.text, into: &diagnostics)
    let locals = scope.locals(ofType: subject)
    let conditions = ConditionLoader(scope: scope, locals: locals)
    let when = reader.optionalNode("when", into: &diagnostics).flatMap {
      conditions.load($0, what: "'when'", into: &diagnostics)
    }
    let unless = reader.optionalNode("unless", into: &diagnostics).flatMap {
      conditions.load($0, what: "'unless'", into: &diagnostics)
    }
    return RuleHead(
      title: title, decisions: decisions, locals: locals, when: when, unless: unless,
      effective: effective, source: source, quote: quote)
  }
}
