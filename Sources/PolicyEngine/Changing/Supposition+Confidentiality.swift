package import Diagnostics
import CEL

extension PolicySet {
  /// Why some suppositions can't be made of a document whose confidential facts are kept from who makes them.
  ///
  /// A supposition must not touch what is confidential, nor may a rule that could read something confidential come
  /// to something else by it: from its outcome with one value and another, the record could be read off.
  /// This follows from the policies and the suppositions alone, never from a document. Empty where all can be made.
  /// Another date than the one that it is, for which documents are decided, is supposed too.
  package func refusals(
    of suppositions: [Supposition], isTodaySupposed: Bool = false, decisions: [Int]
  ) -> [Diagnostic] {
    let confidentiality = vocabulary.confidentiality
    let reads = RuleReads(self)
    let decided = decisionsNeeded(by: decisions)
    let readers = rules.indices.filter { index in
      rules[index].decides.contains { decided.contains($0) }
        && !confidentiality.facts(readBy: rules[index], in: vocabulary).isEmpty
    }
    var refusals: [Diagnostic] = []
    if isTodaySupposed {
      let readingToday = Set(reads.rulesReadingToday(or: []))
      if let rule = readers.first(where: { readingToday.contains($0) }) {
        refusals.append(.tellingDate(by: rules[rule]))
      }
    }
    return refusals
      + suppositions.compactMap { supposition in
        for change in supposition.changes {
          let path = change.path.attributePath(in: vocabulary)
          if confidentiality.touches(path, in: vocabulary) {
            return .confidentialSupposition(change.path)
          }
          let reach = reads.reach(of: path, in: vocabulary)
          if let rule = readers.first(where: { reads.isAffected(rule: $0, by: reach) }) {
            return .tellingSupposition(change.path, by: rules[rule])
          }
        }
        return nil
      }
  }
}

extension FactPath {
  /// The path to what is changed; for a new element, to its list.
  fileprivate func attributePath(in vocabulary: Vocabulary) -> AttributePath {
    AttributePath(
      root: vocabulary.documentName,
      steps: steps.compactMap { step in
        switch step {
        case .field(let name): .field(name)
        case .index(let index): .index(index)
        case .end: nil
        }
      })
  }
}

extension [Diagnostic] {
  /// The diagnostics of suppositions without what stands in the document that they were to be made of.
  package func withholdingDocument(_ suppositions: [Supposition]) -> [Diagnostic] {
    let sources = suppositions.flatMap(\.changes).map(\.path.range.source)
    return map { diagnostic in
      guard let range = diagnostic.range, sources.contains(range.source) else {
        return .unshownSupposition()
      }
      var shown = diagnostic
      shown.notes.removeAll { $0.range != nil }
      return shown
    }
  }
}
