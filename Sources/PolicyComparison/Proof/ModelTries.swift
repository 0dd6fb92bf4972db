import CEL
import Diagnostics
import PolicyEngine

/// Makes sessions of models until one of them has the outcomes wanted.
final class ModelTries {
  private let sessions: ModelSessions
  private let nearby: NearbySessions
  private let sides: BothSides
  private let question: BothSides.Question
  private let wanted: (old: DecisionOutcome, new: DecisionOutcome)
  private var models = 0
  private var nearbyLeft = 2_500
  /// The smallest session that was found.
  private(set) var found: Witness?
  /// How many models are made into sessions.
  private static let mostModels = 40

  init(
    sessions: ModelSessions, nearby: NearbySessions, sides: BothSides,
    question: BothSides.Question, wanted: (old: DecisionOutcome, new: DecisionOutcome)
  ) {
    self.sessions = sessions
    self.nearby = nearby
    self.sides = sides
    self.question = question
    self.wanted = wanted
  }

  /// Makes a session of a model and tries it; whether no more need be tried.
  func take(_ facts: TermFacts) -> Bool {
    models += 1
    guard let session = sessions.session(of: facts) else { return models >= Self.mostModels }
    if isWanted(session) {
      found = minimal(session)
    } else if models <= 3 {
      // What functions make of values may not be what the model has it to be: others may do.
      for near in nearby.sessions(near: session) {
        nearbyLeft -= 1
        guard nearbyLeft > 0 else { break }
        if isWanted(near) {
          found = minimal(near)
          break
        }
      }
    }
    return found != nil || models >= Self.mostModels
  }

  private func isWanted(_ session: TrialSession) -> Bool {
    guard let found = sides.outcomes(of: session, question) else { return false }
    return found.old == wanted.old && found.new == wanted.new
  }

  private func minimal(_ session: TrialSession) -> Witness {
    let minimizer = SessionMinimizer { [self] document in
      isWanted(TrialSession(document: document, today: session.today))
    }
    let smallest = TrialSession(
      document: minimizer.smallest(session.document), today: session.today)
    let rules = sides.rules(in: smallest, decisions: decisions)
    return Witness(
      document: smallest.document.compact, today: smallest.today, old: wanted.old, new: wanted.new,
      rulesBefore: rules.old.filter { !rules.new.contains($0) },
      rulesAfter: rules.new.filter { !rules.old.contains($0) })
  }

  /// The decisions whose rules are told of.
  private var decisions: (old: [Int], new: [Int]) {
    switch question {
    case .decision(let old, let new): ([old], [new])
    case .rule(let old, let new):
      (
        old.map { sides.old.rules[$0].decides } ?? [],
        new.map { sides.new.rules[$0].decides } ?? []
      )
    }
  }
}
