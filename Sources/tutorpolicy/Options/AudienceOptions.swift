import ArgumentParser
import PolicyEngine
import PolicyRendering

/// Whom an explanation is for: how much it says, in whose words, and of which sessions.
struct AudienceOptions: ParsableArguments {
  /// Whom an explanation is for.
  enum Audience: String, ExpressibleByArgument, CaseIterable {
    case tutor, administrator, auditor
  }

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Whom it is for: tutor (in words; what is confidential only of the tutor's own sessions), "
        + "administrator (rules with their conditions, values and places) or auditor (all that was "
        + "evaluated). Unless given: reasons, facts and places, and nothing is withheld.",
      valueName: "whom"))
  var audience: Audience?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "With --audience tutor: the id of the tutor who reads. Of sessions of others, and of all "
        + "sessions unless it is given, facts that the policies mark confidential are withheld.",
      valueName: "id"))
  var reader: String?

  func validate() throws {
    guard let reader else { return }
    guard audience == .tutor else {
      throw ValidationError("--reader says which tutor reads: it goes with --audience tutor")
    }
    guard !reader.isEmpty else {
      throw ValidationError("--reader is empty: leave it out for a tutor who is not known")
    }
  }

  /// How much is said, and in whose words.
  var detail: ExplanationTextRenderer.Detail {
    switch audience {
    case nil: .standard
    case .tutor: .words
    case .administrator: .rules
    case .auditor: .everything
    }
  }

  /// Who is to see it.
  var viewer: Viewer {
    switch audience {
    case .tutor: .person(reader)
    case nil, .administrator, .auditor: .privileged
    }
  }
}
