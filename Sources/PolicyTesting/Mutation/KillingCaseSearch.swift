import CEL
import Diagnostics
import PolicyEngine
import YAML

/// Looks for a session that tells changed policies from the right ones.
///
/// The sessions tried are those of the fixtures, and these with one fact left out, since what a session
/// has not is where conditions that only guard others show. Every decision is taken of each: the first
/// session on which the verdicts differ makes a case.
struct KillingCaseSearch {
  /// A session that is tried, with what the right policies decide of it.
  private struct Candidate {
    let document: FactDocument
    let node: YAMLNode
    let today: CivilDate
    let verdict: Verdict
  }

  /// How many sessions with a fact left out are tried.
  private static let limit = 3_000

  private let policies: PolicySet
  private let candidates: [Candidate]

  init(suite: FixtureSuite, policies: PolicySet) {
    self.policies = policies
    let all = Array(policies.decisions.indices)
    func candidate(_ document: FactDocument, _ node: YAMLNode, _ today: CivilDate) -> Candidate {
      Candidate(
        document: document, node: node, today: today,
        verdict: policies.decide(document, today: today, decisions: all))
    }
    let whole = suite.cases.compactMap { fixture in
      fixture.document.map { candidate($0, fixture.node, fixture.today) }
    }
    let parts = suite.cases.filter { $0.document != nil }.flatMap { fixture in
      fixture.node.withOneFactLess().map { ($0, fixture.today) }
    }
    // Spread over all of them, since neighbours differ in little.
    let stride = max(1, parts.count / Self.limit)
    let chosen = parts.enumerated().filter { $0.offset % stride == 0 }.map(\.element)
    candidates =
      whole
      + chosen.compactMap { node, today in
        var ignored: [Diagnostic] = []
        return FactDocument.read(yaml: node, schema: policies.vocabulary.schema, into: &ignored)
          .map { candidate($0, node, today) }
      }
  }

  /// A case in the form of fixture files; nil when no session was found.
  func killingCase(for sources: [Source]) -> String? {
    guard let changed = PolicySet.load(sources).policies else { return nil }
    let all = policies.decisions.compactMap { changed.decisionIndex(named: $0.name) }
    guard all.count == policies.decisions.count else { return nil }
    let found = candidates.first { candidate in
      changed.decide(candidate.document, today: candidate.today, decisions: all)
        != candidate.verdict
    }
    return found.map { text(of: $0.verdict, node: $0.node, today: $0.today) }
  }

  private func text(of verdict: Verdict, node: YAMLNode, today: CivilDate) -> String {
    var text = "- case: (say what this is about)\n  today: \(today)\n  base: \(node.flowText)\n"
    text += "  expect:\n"
    let decisions = verdict.decisions.map { "\($0.name): \($0.outcome.rawValue)" }
    text += "    decisions: {\(decisions.joined(separator: ", "))}\n"
    let lists = [
      ("violated", verdict.violated), ("undetermined", verdict.undetermined),
      ("warnings", verdict.warnings),
    ]
    for (key, findings) in lists {
      let items = findings.map { finding in
        var item = "{rule: \(finding.rule), at: \"\(finding.at)\""
        if !finding.missing.isEmpty {
          item += ", missing: [" + finding.missing.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
        }
        return item + "}"
      }
      text += "    \(key): [\(items.joined(separator: ", "))]\n"
    }
    return text
  }
}

extension YAMLNode {
  /// The node with one entry of one mapping left out, for every entry.
  fileprivate func withOneFactLess() -> [YAMLNode] {
    switch content {
    case .scalar: return []
    case .sequence(let items):
      return items.indices.flatMap { index in
        items[index].withOneFactLess().map { changed in
          var items = items
          items[index] = changed
          return YAMLNode(content: .sequence(items), range: range)
        }
      }
    case .mapping(let entries):
      return entries.indices.flatMap { index -> [YAMLNode] in
        var rest = entries
        rest.remove(at: index)
        let changed = entries[index].value.withOneFactLess().map { value in
          var entries = entries
          entries[index] = YAMLEntry(key: entries[index].key, value: value)
          return YAMLNode(content: .mapping(entries), range: range)
        }
        return [YAMLNode(content: .mapping(rest), range: range)] + changed
      }
    }
  }
}
