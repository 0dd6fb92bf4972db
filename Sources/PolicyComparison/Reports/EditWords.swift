import Diagnostics
import PolicyEngine

extension PolicyEdit {
  /// What is said of the edit in one line, without its parts.
  package var words: String {
    switch kind {
    case .renamed: "\(subject.rawValue) \(name), renamed from \(oldName ?? "")"
    case .moved:
      "\(subject.rawValue) \(name), moved from \(details.map { $0.old ?? "no \($0.part)" }.joined(separator: ", "))"
    case .added, .removed, .changed: "\(subject.rawValue) \(name)"
    }
  }

  /// The sign in front of it.
  package var mark: String {
    switch kind {
    case .added: "+"
    case .removed: "−"
    case .changed: "~"
    case .renamed, .moved: "→"
    }
  }

  var role: TextStyle.Role {
    switch kind {
    case .added: .good
    case .removed: .bad
    case .changed: .doubtful
    case .renamed, .moved: .faint
    }
  }

  /// The parts that changed, with how they were and are; none where the first line says it all.
  package var lines: [(part: String, words: String)] {
    guard kind == .changed else { return [] }
    return details.map { ($0.part, $0.words) }
  }
}

extension PolicyEdit.Detail {
  /// How the part was and is.
  package var words: String {
    switch (old, new) {
    case (let old?, let new?): "\(old.shortened) → \(new.shortened)"
    case (nil, let new?): "+ \(new.shortened)"
    case (let old?, nil): "− \(old.shortened)"
    case (nil, nil): "changed"
    }
  }
}

extension String {
  /// The text, cut where it is longer than a few lines.
  fileprivate var shortened: String {
    let limit = 300
    return count > limit ? prefix(limit) + "…" : self
  }
}

extension [PolicyEdit] {
  /// How many edits of each kind there are, such as `1 parameter changed, 2 rules added`.
  package var summary: String {
    var counts: [(kind: PolicyEdit.Kind, subject: PolicyEdit.Subject, count: Int)] = []
    for edit in self {
      if let index = counts.firstIndex(where: { $0.kind == edit.kind && $0.subject == edit.subject }
      ) {
        counts[index].count += 1
      } else {
        counts.append((edit.kind, edit.subject, 1))
      }
    }
    return counts.map { "\(counted($0.count, $0.subject.rawValue)) \($0.kind.rawValue)" }
      .joined(separator: ", ")
  }
}
