public import Diagnostics

/// Rewrites fixture files so that they expect what came, for a person to review.
///
/// Only the expectations that were not met are replaced, byte for byte: comments and layout stay.
public enum Acceptance {
  /// The new bytes of each file in which something changes, and the mismatches that stay as they are
  /// because only a person can tell what should be expected.
  public static func rewrite(
    _ run: TestRun
  ) -> (files: [(source: Source, bytes: [UInt8])], unresolved: [Mismatch]) {
    let mismatches = run.failures.flatMap(\.mismatches)
    var edits: [Source: Set<TextEdit>] = [:]
    var order: [Source] = []
    var unresolved: [Mismatch] = []
    for mismatch in mismatches {
      guard let edit = mismatch.accepted else {
        unresolved.append(mismatch)
        continue
      }
      if edits[edit.range.source] == nil { order.append(edit.range.source) }
      edits[edit.range.source, default: []].insert(edit)
    }
    let files = order.map { source in
      (source, source.bytes(applying: Array(edits[source] ?? [])))
    }
    return (files, unresolved)
  }
}
