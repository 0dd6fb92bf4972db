import Diagnostics
import PolicyEngine

extension PolicyPlan {
  /// The plan for a pull request: counts in tables, and what is behind them folded away.
  package var markdown: String {
    var text = "## Policies: \(old.name.code) → \(new.name.code)\n\n"
    text += edits.isEmpty ? "Nothing was edited.\n" : "**Edited:** \(edits.summary)\n\n"
    for edit in edits {
      text += "- \(edit.words.escaped)\(edit.range.map { " (\($0.fileAndLine.code))" } ?? "")\n"
      for line in edit.lines { text += "  - \(line.part.escaped): \(line.words.code)\n" }
    }
    text += proofTable
    text += replayTable
    text += "\n**Fixtures:** \(fixtureSummary)\n"
    if !fixtures.isEmpty {
      text += "\n"
      for fixture in fixtures {
        text +=
          "- \(fixture.title.escaped): \(fixture.directions.map(\.words).joined(separator: "; "))\n"
      }
    }
    let found = acknowledgement
    guard !found.isWhole else { return text }
    text += "\n### Not acknowledged in \(PolicySet.expectedChangesFile.code)\n\n"
    for change in found.unlisted { text += "- \(change.words.escaped)\n" }
    for mistake in found.mistakes {
      text += "- \(mistake.message)\(mistake.range.map { " (\($0.fileAndLine.code))" } ?? "")\n"
    }
    return text
  }

  private var proofTable: String {
    let changed = proofs.filter { !$0.isSame }
    let same = Set(proofs.map(\.subject)).subtracting(changed.map(\.subject)).count
    var text =
      "\n**Proved the same for every session:** \(counted(same, "decision or rule", "decisions and rules"))\n"
    guard !changed.isEmpty else { return text }
    text += "\n| | dates | outcome | for example |\n|---|---|---|---|\n"
    for proof in changed {
      let start = "| \(proof.subject.kind) \(proof.subject.name.code) | \(proof.dateWords) |"
      switch proof.result {
      case .same: continue
      case .differs(let witnesses):
        for witness in witnesses {
          text += "\(start) \(witness.direction) | \(witness.document.code) on \(witness.today) |\n"
        }
      case .unsettled(let reason): text += "\(start) not settled | \(reason.words.escaped) |\n"
      }
    }
    return text
  }

  private var replayTable: String {
    guard let replay else {
      return "\n**Recorded sessions:** none replayed, since none were given with `--sessions`\n"
    }
    var text = "\n**Recorded sessions:** \(replay.summary)\n"
    guard !replay.changes.isEmpty else { return text }
    text += "\n| decision | sessions | hours | rules | for example |\n|---|--:|--:|---|---|\n"
    for (direction, change) in replay.ordered(by: new.policies.decisions.map(\.name)) {
      let rules = change.groups(new.policies.vocabulary)[0].values.prefix(4).map {
        "\($0.0.code) \($0.1.sessions.grouped)"
      }
      let examples = change.examples.map { ($0.id ?? "line \($0.place.line)").code }
      text +=
        "| \(direction.words) | \(change.amount.sessions.grouped) | \(change.amount.hours) | "
        + "\(rules.joined(separator: ", ")) | \(examples.joined(separator: ", ")) |\n"
    }
    return text
  }
}

extension String {
  /// The text as code, on one line of a table.
  fileprivate var code: String {
    // A run of backticks in it is shorter than those around it.
    let fence = contains("`") ? "``" : "`"
    return fence + onOneLine.replacing("|", with: "\\|") + fence
  }

  /// The text without what Markdown would take for marks.
  fileprivate var escaped: String {
    var text = ""
    for character in onOneLine {
      if "\\`*_{}[]<>|#".contains(character) { text += "\\" }
      text.append(character)
    }
    return text
  }
}

/// How many there are of something that has a plural of its own.
private func counted(_ count: Int, _ noun: String, _ plural: String) -> String {
  "\(count.grouped) \(count == 1 ? noun : plural)"
}
