#if Server
import PolicyComparison
import PolicyEngine
import TutoringSessions

/// What a change of the policies would do, part by part.
struct PlanSections {
  /// How many of a kind are shown.
  private static let shown = 50

  let planned: PolicyTrial.Planned
  let reader: Reader

  private var plan: PolicyPlan { planned.plan }
  private var policies: PolicySet { plan.new.policies }

  func write(to html: inout HTML) {
    edits(&html)
    decisions(&html)
    sessions(&html)
    fixtures(&html)
  }

  // MARK: - Edits

  private func edits(_ html: inout HTML) {
    html.section(.class("card"), .labelledBy("edits")) { html in
      html.h2("Edited", .id("edits"))
      guard !plan.edits.isEmpty else {
        html.p("Nothing: both say the same. Comments and layout are no change.")
        return
      }
      for edit in plan.edits.prefix(Self.shown) {
        html.article(.class("reason")) { html in
          html.h3("\(edit.words), \(edit.kind.rawValue)")
          if let range = edit.range { html.p(range.shortPlace, .class("small sub")) }
          html.ul(.class("tree")) { html in
            for line in edit.lines {
              html.li { html in
                html.text("\(line.part): ")
                html.code(line.words)
              }
            }
          }
        }
      }
      html.rest(plan.edits.count - Self.shown)
    }
  }

  // MARK: - Decisions and rules

  private func decisions(_ html: inout HTML) {
    let changed = plan.proofs.filter { !$0.isSame }
    html.section(.class("card"), .labelledBy("decisions")) { html in
      html.h2("Decisions and rules", .id("decisions"))
      let same = Set(plan.proofs.map(\.subject)).subtracting(changed.map(\.subject)).count
      html.p("\(same) are proved to be the same for every session that there could be.")
      for proof in changed.prefix(Self.shown) { self.proof(proof, &html) }
      html.rest(changed.count - Self.shown)
    }
  }

  private func proof(_ proof: PlanProof, _ html: inout HTML) {
    let name = words(of: proof.subject)
    switch proof.result {
    case .same: return
    case .differs(let witnesses):
      html.article(.class("reason \(witnesses.first?.new.rawValue ?? "")")) { html in
        html.h3(name)
        html.p("differs \(proof.dateWords)")
        for witness in witnesses {
          html.details { html in
            html.summary(.label("\(name), \(witness.direction): the smallest session")) {
              $0.text("\(witness.direction): the smallest session")
            }
            html.element(.pre, [], witness.document)
            html.p("Decided for \(reader.words.day(witness.today)).", .class("small sub"))
            rules("In the way then", witness.rulesAfter, &html)
            rules("In the way before", witness.rulesBefore, &html)
          }
        }
      }
    case .unsettled(let reason):
      html.article(.class("reason undetermined")) { html in
        html.h3(name)
        html.p("is not settled \(proof.dateWords): \(reason.words).")
      }
    }
  }

  private func rules(_ lead: String, _ ids: [String], _ html: inout HTML) {
    guard !ids.isEmpty else { return }
    html.p("\(lead): \(ids.map { title(ofRule: $0) }.joined(separator: "; ")).", .class("small"))
  }

  private func words(of subject: PlanProof.Subject) -> String {
    switch subject {
    case .decision(let name): "Decision: \(title(ofDecision: name))"
    case .rule(let id): "Rule: \(title(ofRule: id))"
    }
  }

  private func title(ofDecision name: String) -> String {
    policies.decisionIndex(named: name).map { policies.decisions[$0].title } ?? name
  }

  private func title(ofRule id: String) -> String {
    (policies.rules + plan.old.policies.rules).first { $0.id == id }?.title ?? id
  }

  // MARK: - Recorded sessions

  private func sessions(_ html: inout HTML) {
    html.section(.class("card"), .labelledBy("recorded")) { html in
      html.h2("Recorded sessions", .id("recorded"))
      guard let replay = plan.replay, planned.recorded > 0 else {
        html.p("No session is recorded yet.")
        return
      }
      html.p(replay.summary)
      if planned.replayed < planned.recorded {
        html.p(
          "The newest \(planned.replayed) of \(planned.recorded) sessions were decided; for the others there was no time.",
          .class("mistake"))
      }
      for (direction, change) in replay.ordered(by: policies.decisions.map(\.name)) {
        self.change(direction, change, &html)
      }
    }
  }

  private func change(
    _ direction: Replay.Direction, _ change: Replay.Change, _ html: inout HTML
  ) {
    html.article(.class("reason \(direction.new.rawValue)")) { html in
      html.h3(
        "\(title(ofDecision: direction.decision)), \(direction.old.rawValue) to \(direction.new.rawValue): \(change.amount.words)"
      )
      html.dl(.class("facts")) { html in
        for group in change.groups(policies.vocabulary) {
          html.dt("by \(group.name)")
          html.dd(
            group.values.prefix(6).map { "\($0.0) \($0.1.sessions) (\($0.1.hours) h)" }
              .joined(separator: ", ")
              + (group.values.count > 6 ? " and \(group.values.count - 6) more" : ""))
        }
      }
      if let words = change.remedies.words(of: change.amount.sessions) {
        html.p(words.capitalizedFirst + ".")
      }
      html.ul(.class("plainlist")) { html in
        for example in change.examples { html.li { self.example(example, &$0) } }
      }
    }
  }

  /// A session that changes: who may not see it is told no more than its id.
  private func example(_ example: Replay.Example, _ html: inout HTML) {
    guard let id = example.id else { return }
    guard reader.actor?.seesAllSessions == true else {
      html.text(id)
      return
    }
    html.a(id, .href(Address.session(id)))
    if let remedy = example.remedy { html.text(": \(remedy)") }
  }

  // MARK: - Fixtures

  private func fixtures(_ html: inout HTML) {
    html.section(.class("card"), .labelledBy("fixtures")) { html in
      html.h2("Fixtures", .id("fixtures"))
      html.p(plan.fixtureSummary.capitalizedFirst + ".")
      guard !plan.fixtures.isEmpty else { return }
      html.ul(.class("plainlist")) { html in
        for fixture in plan.fixtures.prefix(Self.shown) {
          html.li("\(fixture.title): \(fixture.directions.map(\.words).joined(separator: "; "))")
        }
      }
      html.rest(plan.fixtures.count - Self.shown)
    }
  }
}

extension HTML {
  /// Writes what a change would do, in a few sentences.
  mutating func planSummary(_ planned: PolicyTrial.Planned) {
    let plan = planned.plan
    let changed = plan.proofs.filter { proof in
      if case .decision = proof.subject { !proof.isSame } else { false }
    }
    let names = Set(changed.map(\.subject)).count
    ul(.class("plainlist")) { html in
      html.li(plan.edits.isEmpty ? "Nothing is edited." : "\(plan.edits.summary.capitalizedFirst).")
      html.li(
        names == 0
          ? "No decision can come out otherwise: this is proved for every session."
          : "\(Words.count(names, "decision")) may come out otherwise.")
      if let replay = plan.replay, planned.recorded > 0 {
        let changes = replay.ordered(by: plan.new.policies.decisions.map(\.name))
        if changes.isEmpty { html.li("No recorded session is decided otherwise.") }
        for (direction, change) in changes.prefix(6) {
          html.li("Recorded sessions, \(direction.words): \(change.amount.words).")
        }
      }
      if plan.fixturesTried > 0 { html.li("Fixtures: \(plan.fixtureSummary).") }
    }
  }

  /// Writes that some more are not shown, where there are some.
  fileprivate mutating func rest(_ count: Int) {
    if count > 0 { p("\(count) more are not shown.", .class("sub")) }
  }
}
#endif
