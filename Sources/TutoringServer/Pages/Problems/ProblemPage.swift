#if Server
import Hummingbird
import PolicyEngine
import TutoringSessions

/// The page that tells what went wrong, for every status.
struct ProblemPage: Sendable {
  /// What went wrong.
  let problem: Problem
  /// Who reads it.
  let reader: Reader

  /// The page for a problem.
  init(_ problem: Problem, for reader: Reader) {
    self.problem = problem
    self.reader = reader
  }

  /// The page.
  var page: Page {
    Page(title: problem.title, isNarrow: true) { html in
      html.section(.class("card")) { html in
        html.h1(problem.title)
        html.p(problem.detail)
        for mistake in problem.mistakes.dropFirst(problem.mistakes.count == 1 ? 1 : 0) {
          html.p(mistake.message, .class("mistake"))
        }
        if let refusal = problem.refusal {
          html.reasons(refusal.reasons, for: reader)
          if let session = problem.session, !refusal.waysOut.isEmpty {
            html.h2("What would help")
            html.waysOut(
              refusal.waysOut, of: session.id, version: session.version, for: reader)
          }
        }
        if let seconds = problem.retryAfterSeconds {
          html.p("Try again in \(seconds < 60 ? "\(seconds) seconds" : "\(seconds / 60) minutes").")
        }
        html.p(.class("actions")) { html in
          if let session = problem.session {
            html.a(
              "Go to session \(session.id)", .class("button main"),
              .href(Address.session(session.id)))
          }
          if problem.status == .unauthorized {
            html.a("Sign in", .class("button main"), .href(Address.signIn))
          } else if reader.actor != nil {
            html.a("Go to your sessions", .class("button"), .href("/"))
          }
        }
        html.p("Status \(problem.status.code)", .class("small sub"))
      }
    }
  }
}
#endif
