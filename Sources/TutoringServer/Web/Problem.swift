#if Server
package import Diagnostics
package import Hummingbird
import NIOCore
package import TutoringSessions
import TutoringStore

/// Something that went wrong with a request, as it is shown on a page or told in JSON (RFC 9457).
package struct Problem: Error, Sendable {
  /// The status of the response.
  package let status: HTTPResponse.Status
  /// A name for the kind of problem that stays the same, such as `not-found`.
  package let kind: String
  /// What is wrong, in a few words.
  package let title: String
  /// What is wrong and what to do about it, in a sentence or two.
  package let detail: String
  /// The fields that can't be taken.
  package var mistakes: [InputMistake] = []
  /// What the policies say, where they refuse it.
  package var refusal: Refusal?
  /// The session as it is, where that is what stands in the way.
  package var session: SessionRecord?
  /// What is wrong in a document that was sent, each with its place.
  package var diagnostics: [Diagnostic] = []
  /// The methods that the address has, where another one was used.
  package var allowedMethods: String?
  /// After how many seconds it may be tried again.
  package var retryAfterSeconds: Int?

  /// A problem of a kind.
  package init(_ status: HTTPResponse.Status, kind: String, title: String, detail: String) {
    self.status = status
    self.kind = kind
    self.title = title
    self.detail = detail
  }

  /// What a thrown error means for whoever asked; what nobody can do anything about is told in one sentence,
  /// and the error itself is for the log alone.
  package init(_ error: any Error) {
    switch error {
    case let problem as Problem: self = problem
    case let error as ServiceError: self = Problem(error)
    case is SignInNeeded: self = .signInNeeded
    case is NIOTooManyBytesError: self = .tooLarge
    case let error as FormBody.Malformed: self = .malformed(error.message)
    case StoreError.full: self = .diskFull
    case StoreError.busy: self = .busy
    case let error as any HTTPResponseError: self = Problem(status: error.status)
    default: self = .internalError
    }
  }

  private init(_ error: ServiceError) {
    switch error {
    case .notFound: self = .notFound
    case .notAllowed:
      self.init(
        .forbidden, kind: "not-allowed", title: "Not allowed",
        detail: "Your role does not allow this. Ask the office if you need it.")
    case .refused(let refusal):
      self.init(
        .conflict, kind: "refused", title: "\(refusal.title): \(refusal.word)",
        detail: refusal.reasons.map(\.text).joined(separator: " "))
      self.refusal = refusal
    case .impossible(let refusal, let session):
      self.init(
        .conflict, kind: "impossible", title: "This can't be done", detail: refusal.sentence)
      self.session = session
    case .changedMeanwhile(let session):
      self.init(
        .conflict, kind: "changed-meanwhile", title: "The session has changed",
        detail: """
          Somebody, perhaps you in another window, has changed session \(session.id) since this page was \
          shown. Nothing was done. Look at it again and repeat what you meant to do.
          """)
      self.session = session
    case .invalid(let mistakes):
      self.init(
        .unprocessableContent, kind: "invalid", title: "Some of it can't be taken",
        detail: mistakes.map(\.message).joined(separator: " "))
      self.mistakes = mistakes
    }
  }

  private init(status: HTTPResponse.Status) {
    switch status.code {
    case 404: self = .notFound
    case 413: self = .tooLarge
    case 400:
      self = .malformed("The request can't be read.")
    default:
      self.init(
        status, kind: "http-\(status.code)", title: status.reasonPhrase,
        detail: "The request can't be answered.")
    }
  }
}

extension Problem {
  static let notFound = Problem(
    .notFound, kind: "not-found", title: "Not found",
    detail: "There is nothing here, or it is not yours to see.")

  static let signInNeeded = Problem(
    .unauthorized, kind: "sign-in-needed", title: "Sign in first",
    detail: "You are not signed in, or your sign-in has ended.")

  static let tooLarge = Problem(
    .contentTooLarge, kind: "too-large", title: "Too large",
    detail: "The request is larger than anything that is asked here.")

  static let internalError = Problem(
    .internalServerError, kind: "internal", title: "Something went wrong",
    detail: "Nothing was changed. Try again; if it happens again, tell the office the time.")

  static let diskFull = Problem(
    HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage"), kind: "disk-full",
    title: "There is no room left",
    detail:
      "The server's disk is full, so nothing was changed. Tell the office; what was saved before is safe."
  )

  static let busy: Problem = {
    var problem = Problem(
      .serviceUnavailable, kind: "busy", title: "Too busy",
      detail: "The records are being used by another program, so nothing was changed. Try again.")
    problem.retryAfterSeconds = 5
    return problem
  }()

  static func malformed(_ detail: String) -> Problem {
    Problem(.badRequest, kind: "malformed", title: "The request can't be read", detail: detail)
  }

  static func unsupportedType(_ expected: String) -> Problem {
    Problem(
      .unsupportedMediaType, kind: "unsupported-type", title: "Not the expected kind of content",
      detail: "Send it with the content type \(expected).")
  }
}

extension LifeRefusal {
  /// Why, in a sentence.
  package var sentence: String {
    switch self {
    case .deleted: "The session was deleted. Restore it first."
    case .exported: "The session was exported. What was exported is changed by corrections alone."
    case .notExported: "The session was not exported: change it without a correction."
    case .reasonMissing: "A correction needs a reason."
    case .noCorrection(let action): "'\(action)' can't be part of a correction."
    case .ended: "The session has ended already."
    case .stillRunning: "The session still runs. End it first."
    case .noEncounter: "The session has no such encounter."
    case .encounterRemoved: "The encounter was removed. Restore it first."
    case .alreadyPresent: "The student is in the session at that time already."
    case .alreadyDeparted: "The student was timed out already."
    case .departureBeforeArrival: "The departure lies before the arrival."
    case .endMissing: "The session has ended, and needs an end."
    case .endBeforeStart: "The end lies before the start."
    case .endBeforeArrival: "The end lies before the arrival of students who have not departed."
    }
  }
}
#endif
