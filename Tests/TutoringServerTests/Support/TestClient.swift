#if Server
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing
import TutoringServer

/// A browser or a program that asks a test district.
struct Asker {
  let client: any TestClientProtocol
  var headers: HTTPFields = [:]
  /// What forms send along; empty before signing in.
  var formToken = ""

  func get(_ path: String, headers more: HTTPFields = [:]) async throws -> TestResponse {
    try await client.execute(uri: path, method: .get, headers: headers.adding(more))
  }

  func post(
    _ path: String, form: [String: String], headers more: HTTPFields = [:], token: String? = nil
  ) async throws -> TestResponse {
    var fields = form
    fields["_token"] = token ?? formToken
    var all = headers.adding(more)
    all[.contentType] = "application/x-www-form-urlencoded"
    let body = fields.map { "\($0.key.queryEscaped)=\($0.value.queryEscaped)" }
      .joined(separator: "&")
    return try await client.execute(
      uri: path, method: .post, headers: all, body: ByteBuffer(string: body))
  }

  func post(
    _ path: String, json: String, headers more: HTTPFields = [:]
  ) async throws -> TestResponse {
    var all = headers
    all[.contentType] = "application/json"
    return try await client.execute(
      uri: path, method: .post, headers: all.adding(more), body: ByteBuffer(string: json))
  }

  /// The same, signed in by a cookie as a browser has it.
  func signedIn(as login: String) async throws -> Asker {
    let response = try await post(
      "/sign-in", form: ["login": login, "password": TestDistrict.password])
    #expect(response.status == .seeOther)
    let cookie = try #require(response.headers[.setCookie]?.split(separator: ";").first)
    var asker = self
    asker.headers[.cookie] = String(cookie)
    let me = try await asker.get("/api/v1/me").json
    if case .string(let token) = me["formToken"] { asker.formToken = token }
    return asker
  }

  /// The same, signed in by a token as a program has it.
  func program(as login: String) async throws -> Asker {
    let response = try await post(
      "/api/v1/sign-in",
      json: #"{"login": "\#(login)", "password": "\#(TestDistrict.password)"}"#)
    #expect(response.status == .ok)
    guard case .string(let token) = try response.json["token"] else { throw NoToken() }
    var asker = self
    asker.headers[.authorization] = "Bearer \(token)"
    return asker
  }

  private struct NoToken: Error {}
}

extension HTTPFields {
  /// These fields, with others in place of those of the same names.
  func adding(_ others: HTTPFields) -> HTTPFields {
    var all = self
    for field in others { all[field.name] = field.value }
    return all
  }
}

extension TestResponse {
  var text: String { String(buffer: body) }

  var json: DecodedJSON {
    get throws { try JSONDecoder().decode(DecodedJSON.self, from: Data(text.utf8)) }
  }
}

extension TestDistrict {
  /// Runs something against the district's routes, without sockets.
  func withAsker<Value: Sendable>(
    pages: some SitePages = PlainPages(), _ body: @Sendable (Asker) async throws -> Value
  ) async throws -> Value {
    let site = Site(service: service, desk: desk)
    return try await Application(router: site.router(pages: pages)).test(.router) { client in
      try await body(Asker(client: client))
    }
  }
}
#endif
