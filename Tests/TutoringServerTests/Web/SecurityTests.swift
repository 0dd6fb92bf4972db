#if Server
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing
import TutoringServer
import TutoringStore

@Suite struct SecurityTests {
  @Test func `a disk that is full is told, with what was not done`() {
    let problem = Problem(StoreError.full)
    #expect(problem.status.code == 507)
    #expect(problem.detail.contains("nothing was changed"))
    #expect(Problem(StoreError.busy).status.code == 503)
    #expect(Problem(StoreError.damaged("x")).kind == "internal")
  }

  @Test func `every response has the headers, errors of every kind too`() async throws {
    let district = try await TestDistrict()
    try await district.withAsker { asker in
      let ana = try await asker.signedIn(as: "ana")
      let large = String(repeating: "x", count: 300 << 10)
      let responses = [
        try await ana.get("/"), try await ana.get("/nothing-here"),
        try await asker.get("/sign-in"), try await asker.get("/api/v1/me"),
        try await ana.get("/api/v1/sessions/S-77"), try await ana.get("/health/live"),
        try await ana.post("/sign-out", form: ["x": large]),
        try await ana.post("/sign-out", form: [:], token: "wrong"),
        try await ana.post("/api/v1/decide", json: "{"),
        try await ana.client.execute(uri: "/sign-in", method: .delete),
      ]
      #expect(
        responses.map(\.status.code) == [200, 404, 200, 401, 404, 200, 413, 403, 403, 404])
      for response in responses {
        let policy = try #require(response.headers[.contentSecurityPolicy])
        #expect(policy.contains("default-src 'none'"))
        #expect(!policy.contains("unsafe"))
        #expect(response.headers[.xContentTypeOptions] == "nosniff")
        #expect(response.headers[.cacheControl] == "no-store")
        #expect(response.headers[try #require(HTTPField.Name("X-Frame-Options"))] == "DENY")
        #expect(response.headers[.contentType] != nil)
      }
    }
  }

  @Test func `a form of another site is refused`() async throws {
    let district = try await TestDistrict()
    let site = try #require(HTTPField.Name("Sec-Fetch-Site"))
    try await district.withAsker { asker in
      let ana = try await asker.signedIn(as: "ana")
      for headers: HTTPFields in [
        [site: "cross-site"], [site: "same-site"], [.origin: "https://elsewhere.example"],
        [.origin: "null"], [.origin: "http://localhost.elsewhere.example"],
      ] {
        #expect(try await ana.post("/sign-out", form: [:], headers: headers).status == .forbidden)
        #expect(
          try await asker.post(
            "/sign-in", form: ["login": "ana", "password": TestDistrict.password],
            headers: headers
          ).status == .forbidden)
      }
      #expect(try await ana.get("/").status == .ok)
      #expect(
        try await ana.post("/sign-out", form: [:], headers: [.origin: "http://localhost"]).status
          == .seeOther)
    }
  }

  @Test func `a form without the token of its sign-in is refused`() async throws {
    let district = try await TestDistrict()
    try await district.withAsker { asker in
      let ana = try await asker.signedIn(as: "ana")
      let ben = try await asker.signedIn(as: "ben")
      for token in ["", "x", ben.formToken, SignInToken().formToken] {
        #expect(try await ana.post("/sign-out", form: [:], token: token).status == .forbidden)
      }
      // A browser sends the cookie by itself, so JSON needs the token too.
      let decide = #"{"id": "S-1"}"#
      #expect(try await ana.post("/api/v1/decide", json: decide).status == .forbidden)
      let header = try #require(HTTPField.Name("X-Form-Token"))
      #expect(
        try await ana.post("/api/v1/decide", json: decide, headers: [header: ana.formToken])
          .status == .ok)
    }
  }

  @Test func `content of another kind is not read`() async throws {
    let district = try await TestDistrict()
    try await district.withAsker { asker in
      let ana = try await asker.program(as: "ana")
      for type in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""] {
        let response = try await ana.post(
          "/api/v1/decide", json: "{}", headers: [.contentType: type])
        #expect(response.status == .unsupportedMediaType)
      }
      let form = try await asker.client.execute(
        uri: "/sign-in", method: .post, headers: [.contentType: "multipart/form-data"],
        body: ByteBuffer(string: "login=ana"))
      #expect(form.status == .unsupportedMediaType)
    }
  }

  @Test func `a name that is not the server's is refused`() async throws {
    let district = try await TestDistrict()
    let site = Site(
      service: district.service, desk: district.desk, hosts: ["tutoring.district.example"])
    try await Application(router: site.router(pages: PlainPages())).test(.router) { client in
      let response = try await Asker(client: client).get("/sign-in")
      #expect(response.status == .misdirectedRequest)
      #expect(response.headers[.contentSecurityPolicy] != nil)
    }
  }

  @Test(arguments: [
    "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/..%2f..%2fdata", "/sessions/%00",
    "/api/v1/sessions/%", "/api/v1/sessions/%FF", "/api/v1/sessions/..%2F..", "/api/v1/",
    "/api/v1/sessions/S-1%00", "/api/v1/sessions/' OR 1=1 --", "/sign-in/../api/v1/me",
  ])
  func `a strange path leads nowhere`(path: String) async throws {
    let district = try await TestDistrict()
    try await district.withAsker { asker in
      let ana = try await asker.program(as: "ana")
      let response = try await ana.get(path)
      #expect([404, 400].contains(response.status.code))
      #expect(!response.text.contains("root:"))
    }
  }

  @Test(arguments: [
    "login=%", "login=%zz", "login=%FF", "login=%00", "login=\u{FF}\u{FE}",
  ])
  func `a form that is none is told so`(body: String) async throws {
    try await expectRefusal(ofForm: body)
  }

  @Test func `a form of too many fields is told so`() async throws {
    try await expectRefusal(ofForm: String(repeating: "a=1&", count: 5_000))
  }

  private func expectRefusal(ofForm body: String) async throws {
    let district = try await TestDistrict()
    try await district.withAsker { asker in
      let response = try await asker.client.execute(
        uri: "/sign-in", method: .post,
        headers: [.contentType: "application/x-www-form-urlencoded"],
        body: ByteBuffer(string: body))
      #expect([400, 401].contains(response.status.code))
    }
  }

  @Test func `what goes wrong inside is told in one sentence`() async throws {
    let district = try await TestDistrict()
    try await district.withAsker(pages: FailingPages()) { asker in
      let response = try await asker.get("/fail")
      #expect(response.status == .internalServerError)
      #expect(!response.text.contains("secret"))
      #expect(response.text.contains("Nothing was changed"))
    }
  }

  private struct FailingPages: SitePages {
    struct Mishap: Error {
      let what = "a secret"
    }

    func page(for problem: Problem, request: Request, context: WebContext) -> Response {
      PlainPages().page(for: problem, request: request, context: context)
    }

    func addRoutes(to router: Router<WebContext>, of site: Site) {
      router.get("fail") { _, _ -> Response in throw Mishap() }
    }

    func signInPage(
      login: String, next: String, message: String?, hint: String?, context: WebContext
    ) -> Response {
      Response(status: .ok)
    }
  }
}
#endif
