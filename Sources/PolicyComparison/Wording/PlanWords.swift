import Diagnostics
import PolicyEngine

/// How many there are of something, in words.
func counted(_ count: Int, _ noun: String) -> String {
  "\(count.grouped) \(noun)\(count == 1 ? "" : "s")"
}

extension PlanProof {
  /// The dates in words.
  package var dateWords: String { dates?.words ?? "where the date is not known" }
}

extension PlanProof.Subject {
  /// The name of what is compared.
  var name: String {
    switch self {
    case .decision(let name), .rule(let name): name
    }
  }

  /// What it is.
  var kind: String {
    switch self {
    case .decision: "decision"
    case .rule: "rule"
    }
  }
}

extension Witness {
  /// The outcomes in words.
  package var direction: String { "\(old.rawValue) to \(new.rawValue)" }
}
