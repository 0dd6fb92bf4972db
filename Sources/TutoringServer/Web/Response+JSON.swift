#if Server
import Diagnostics
import HTTPTypes
package import Hummingbird
import TutoringSessions

extension Response {
  /// A response in JSON.
  package static func json(
    text: String, status: HTTPResponse.Status = .ok, type: String = "application/json"
  ) -> Response {
    Response(
      status: status, headers: [.contentType: type],
      body: .init(byteBuffer: ByteBuffer(string: text + "\n")))
  }

  /// A response in JSON, on one line.
  static func json(
    _ value: JSONValue, status: HTTPResponse.Status = .ok, type: String = "application/json"
  ) -> Response {
    json(text: value.compact, status: status, type: type)
  }
}

extension Problem {
  /// The problem as RFC 9457 has it, with members of its own.
  var json: JSONValue {
    .object(omittingNil: [
      ("type", .string("urn:tutoring:problem:\(kind)")),
      ("title", .string(title)),
      ("status", .int(status.code)),
      ("detail", .string(detail)),
      ("kind", .string(kind)),
      (
        "mistakes",
        mistakes.isEmpty
          ? nil
          : .array(
            mistakes.map {
              .object([("field", .string($0.field)), ("message", .string($0.message))])
            })
      ),
      ("diagnostics", diagnostics.isEmpty ? nil : .array(diagnostics.map(\.value))),
      ("refusal", refusal?.json),
      ("version", session.map { .int($0.version) }),
      ("retryAfterSeconds", retryAfterSeconds.map { .int($0) }),
    ])
  }
}
#endif
