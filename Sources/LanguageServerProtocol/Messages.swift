package import Foundation

/// What tells a request from others: a number or a text (JSON-RPC 2.0, section 4).
package enum RequestID: Codable, Hashable, Sendable {
  case number(Int)
  case string(String)

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Int.self) {
      self = .number(number)
    } else {
      self = .string(try container.decode(String.self))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let number): try container.encode(number)
    case .string(let text): try container.encode(text)
    }
  }
}

/// Why a request has no result (JSON-RPC 2.0, section 5.1, and the protocol's own codes).
package struct ResponseError: Error, Codable, Hashable, Sendable {
  package var code: Int
  package var message: String

  package init(code: Int, message: String) {
    self.code = code
    self.message = message
  }

  package static let parseError = ResponseError(code: -32700, message: "the message is not JSON")
  package static let invalidRequest = ResponseError(
    code: -32600, message: "the message is neither a request nor an answer to one")
  package static func methodNotFound(_ method: String) -> ResponseError {
    ResponseError(code: -32601, message: "there is no method '\(method)'")
  }
  package static func invalidParams(_ method: String) -> ResponseError {
    ResponseError(code: -32602, message: "the parameters are not those of '\(method)'")
  }
  package static let serverNotInitialized = ResponseError(
    code: -32002, message: "the server has not been initialized")
  package static let requestCancelled = ResponseError(
    code: -32800, message: "the request was cancelled")
  package static let contentModified = ResponseError(
    code: -32801, message: "the text was changed before the request was answered")
  package static func requestFailed(_ reason: String) -> ResponseError {
    ResponseError(code: -32803, message: reason)
  }
}

/// A message that was received, with its parameters still to be read.
package struct IncomingMessage: Sendable {
  /// What it asks for; nil for an answer.
  package let method: String?
  /// The id of a request; nil for a notification.
  package let id: RequestID?
  private let body: Data

  /// The message in a body.
  ///
  /// - Throws: A `ResponseError` where it is not JSON, or not a message.
  package init(_ body: Data) throws(ResponseError) {
    self.body = body
    struct Envelope: Decodable {
      var jsonrpc: String?
      var id: RequestID?
      var method: String?
    }
    do {
      let envelope = try JSONDecoder().decode(Envelope.self, from: body)
      guard envelope.jsonrpc == "2.0", envelope.method != nil || envelope.id != nil else {
        throw ResponseError.invalidRequest
      }
      method = envelope.method
      id = envelope.id
    } catch let error as ResponseError {
      throw error
    } catch {
      let isJSON =
        (try? JSONSerialization.jsonObject(with: body, options: .fragmentsAllowed)) != nil
      throw isJSON ? .invalidRequest : .parseError
    }
  }

  /// The parameters.
  ///
  /// - Throws: A `ResponseError` where they are not of the type.
  package func params<Params: Decodable>(_ type: Params.Type) throws(ResponseError) -> Params {
    do {
      return try JSONDecoder().decode(WithParams<Params>.self, from: body).params
    } catch {
      throw .invalidParams(method ?? "")
    }
  }
}

/// A message of which only the parameters are looked at.
private struct WithParams<Params: Decodable>: Decodable {
  let params: Params
}

/// Messages as they are sent.
package enum OutgoingMessage {
  /// The answer to a request; null where the result is nil.
  package static func response<Result: Encodable>(_ result: Result?, to id: RequestID) -> Data {
    encoded(Response(id: id, result: result))
  }

  /// Why a request has no result; `id` is nil where it can't be told.
  package static func failure(_ error: ResponseError, to id: RequestID?) -> Data {
    encoded(Failure(id: id, error: error))
  }

  /// A message that has no answer.
  package static func notification<Params: Encodable>(_ method: String, _ params: Params) -> Data {
    encoded(Notification(method: method, params: params))
  }

  /// A message that the client answers.
  package static func request<Params: Encodable>(
    _ method: String, _ params: Params, id: RequestID
  ) -> Data {
    encoded(Request(id: id, method: method, params: params))
  }

  private static func encoded(_ message: some Encodable) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
    // Nothing that is sent has numbers or keys that JSON lacks.
    return (try? encoder.encode(message)) ?? Data()
  }
}

private struct Response<Result: Encodable>: Encodable {
  let id: RequestID
  let result: Result?

  private enum Key: String, CodingKey { case jsonrpc, id, result }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode("2.0", forKey: .jsonrpc)
    try container.encode(id, forKey: .id)
    // An answer without a result says null: left out, it would not be an answer.
    try container.encode(result, forKey: .result)
  }
}

private struct Failure: Encodable {
  let id: RequestID?
  let error: ResponseError

  private enum Key: String, CodingKey { case jsonrpc, id, error }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode("2.0", forKey: .jsonrpc)
    try container.encode(id, forKey: .id)
    try container.encode(error, forKey: .error)
  }
}

private struct Request<Params: Encodable>: Encodable {
  let jsonrpc = "2.0"
  let id: RequestID
  let method: String
  let params: Params
}

private struct Notification<Params: Encodable>: Encodable {
  let jsonrpc = "2.0"
  let method: String
  let params: Params
}
