#if Server
import HTTPTypes
package import Hummingbird
import NIOCore

/// Reads the body of a request before anybody handles it, within bounds of size and time, and a form's fields
/// with it.
package struct BodyReading: RouterMiddleware {
  package func handle(
    _ request: Request, context: WebContext,
    next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    guard request.isUnsafe else { return try await next(request, context) }
    let isForPrograms = request.isForPrograms
    let limit = request.bodyLimit
    // Who says beforehand that it is too large is not read at all.
    if let length = request.headers[.contentLength].flatMap(Int.init), length > limit {
      throw Problem.tooLarge
    }
    var request = request
    let body = try await Self.collect(request.body, upTo: limit)
    request.body = RequestBody(buffer: body)
    guard body.readableBytes > 0, !isForPrograms else { return try await next(request, context) }
    // What other kinds of content hold is never looked for, so that none can pass for a form.
    let type = "application/x-www-form-urlencoded"
    guard request.headers.mediaType == type else { throw Problem.unsupportedType(type) }
    var context = context
    context.form = try FormBody(urlEncoded: body.readableBytesView)
    return try await next(request, context)
  }

  /// The whole body.
  ///
  /// - Throws: `Problem` where it is larger than the limit, or does not come in time.
  private static func collect(_ body: RequestBody, upTo limit: Int) async throws -> ByteBuffer {
    try await withThrowingTaskGroup(of: ByteBuffer.self) { group in
      group.addTask { try await body.collect(upTo: limit) }
      group.addTask {
        try await Task.sleep(for: WebLimits.bodyTime)
        throw Problem(
          .requestTimeout, kind: "too-slow", title: "Too slow",
          detail:
            "The request did not come within \(WebLimits.bodyTime.components.seconds) seconds.")
      }
      defer { group.cancelAll() }
      guard let body = try await group.next() else { throw Problem.internalError }
      return body
    }
  }
}

extension Request {
  /// The bytes that the body may have: those who have signed in may send whole files to some places.
  fileprivate var bodyLimit: Int {
    let isSignedIn = headers[.cookie] != nil || headers[.authorization] != nil
    let places = [
      ("/office/rosters", WebLimits.rosterBytes), ("/api/v1/rosters", WebLimits.rosterBytes),
      ("/policies/edit", WebLimits.policyBytes),
    ]
    if isSignedIn, let place = places.first(where: { uri.path.hasPrefix($0.0) }) { return place.1 }
    return isForPrograms ? WebLimits.jsonBytes : WebLimits.formBytes
  }
}

extension HTTPFields {
  /// The kind of content, in small letters, without its parameters; nil where it is not given.
  var mediaType: String? {
    self[.contentType].map { value in
      value.prefix { $0 != ";" && $0 != " " && $0 != "\t" }.lowercased()
    }
  }
}
#endif
