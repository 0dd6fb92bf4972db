#if Server
import Diagnostics
import PolicyComparison
import PolicyEngine
import PolicyTesting
import TutoringSessions
import TutoringStore

extension DistrictService {
  /// The files of the policies as they stand in their folder, for those who keep them.
  package func policyFiles(for actor: Actor) throws(ServiceError) -> [PolicyFile] {
    guard actor.has(.administrator) else { throw .notAllowed }
    return PolicyFiles(in: keeper.folder).policies.compactMap(PolicyFile.init)
  }

  /// What a change of a policy file would do: to the policies in force, and to the sessions that are recorded.
  ///
  /// Nothing is written. What takes longer than the limits is cut short, and said to be.
  ///
  /// - Throws: `ServiceError`: also where the file is another one by now, or somebody else's change is being tried.
  package func tryPolicies(
    _ change: PolicyChange, for actor: Actor
  ) async throws -> PolicyTrial {
    let file = try opened(change, for: actor)
    do {
      return try await planWorker.alone { try await trial(of: change, in: file) }
    } catch is PlanWorker.Busy {
      throw ServiceError.invalid([
        InputMistake(
          "text", "Another change is being tried at the moment. Try again in a few seconds.")
      ])
    }
  }

  /// The file that somebody changes, where it is the one that was opened.
  func opened(_ change: PolicyChange, for actor: Actor) throws(ServiceError) -> PolicyFile {
    guard let file = try policyFiles(for: actor).first(where: { $0.name == change.file }) else {
      throw .notFound
    }
    guard file.digest == change.opened else {
      throw .invalid([
        InputMistake(
          "text",
          """
          Somebody has changed \(file.name) since you opened it. Nothing was written. Copy what you typed, \
          and open the file again.
          """)
      ])
    }
    return file
  }

  private func trial(of change: PolicyChange, in file: PolicyFile) async throws -> PolicyTrial {
    let limits = planLimits
    let (old, keeper) = (keeper.current, keeper)
    let read = await planWorker.run {
      PolicyFiles(in: keeper.folder).replacing(file, with: file.text(ofForm: change.text))
        .read(folder: keeper.folder, clock: keeper.clock)
    }
    guard let new = read.taken else {
      return PolicyTrial(file: file, diagnostics: read.diagnostics, outcome: .mistaken)
    }
    let patience = Patience(for: limits.proofs)
    var plan = await planWorker.run {
      var plan = PolicyPlan(
        old: .init(name: "in force", policies: old.policies),
        new: .init(name: "with the change", policies: new.policies), patience: patience)
      if let fixtures = FixtureSuite.reader(ofFolder: keeper.folder) {
        plan.decideFixtures(fixtures)
      }
      return plan
    }
    let filter = SessionFilter(stages: [.active, .finished, .exported])
    let recorded = try await store.sessionCounts(filter).values.reduce(0, +)
    plan.replay = try await replay(from: old, to: new, filter, limits)
    return PolicyTrial(
      file: file, diagnostics: read.diagnostics,
      outcome: .planned(.init(plan: plan, recorded: recorded), digest: new.digest))
  }

  /// The recorded sessions under both policy sets, the newest first, as far as there is time.
  private func replay(
    from old: PolicyKeeper.Taken, to new: PolicyKeeper.Taken, _ filter: SessionFilter,
    _ limits: PlanLimits
  ) async throws -> Replay {
    let patience = Patience(for: limits.replay)
    let questions: ReplayQuestions
    do throws(UnknownDecision) {
      questions = try ReplayQuestions(
        old: old.policies, new: new.policies, today: clock.now(in: new.timeZone).localDate,
        decisions: [])
    } catch {
      preconditionFailure("only decisions that are named can be unknown")
    }
    var replay = DocumentReplay(questions)
    var left = limits.sessions
    try await store.eachSession(filter) { sessions, surroundings in
      replay = await planWorker.run { [replay] in
        var replay = replay
        for session in sessions {
          let document = SessionDocument(of: session, in: surroundings)
          var mistakes: [Diagnostic] = []
          replay.add(
            old: document.read(by: old.policies.vocabulary.schema, into: &mistakes),
            new: document.read(by: new.policies.vocabulary.schema, into: &mistakes))
        }
        return replay
      }
      left -= sessions.count
      return left > 0 && !patience.isOver
    }
    return await planWorker.run { [replay] in replay.replay(patience: patience) }
  }
}

extension Patience {
  /// Patience for so long from now on.
  fileprivate init(for duration: Duration) {
    let clock = ContinuousClock()
    let end = clock.now + duration
    self.init { clock.now >= end }
  }
}
#endif
