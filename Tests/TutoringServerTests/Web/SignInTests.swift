#if Server
import TutoringStore
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing
import TutoringServer

@Suite struct SignInTests {
  @Test func `a browser is sent to the sign-in page and from there back`() async throws {
    let district = try await TestDistrict()
    try await district.withAsker { asker in
      let refused = try await asker.get("/")
      #expect(refused.status == .seeOther)
      #expect(refused.headers[.location] == "/sign-in?next=/")
      let signedIn = try await asker.post(
        "/sign-in",
        form: ["login": "ana", "password": TestDistrict.password, "next": "/sessions/S-1?x=1"])
      #expect(signedIn.status == .seeOther)
      #expect(signedIn.headers[.location] == "/sessions/S-1?x=1")
    }
  }

  @Test(arguments: [
    "https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example",
    "javascript:alert(1)",
    "/%2F/elsewhere.example", "/a\u{0A}Location: x", "",
  ])
  func `signing in never leads to another site`(next: String) async throws {
    let district = try await TestDistrict()
    try await district.withAsker { asker in
      let response = try await asker.post(
        "/sign-in", form: ["login": "ana", "password": TestDistrict.password, "next": next])
      let location = try #require(response.headers[.location])
      #expect(location == "/" || (location.hasPrefix("/") && !location.hasPrefix("//")))
      #expect(!location.contains("elsewhere.example") || location.hasPrefix("/%2F") == false)
    }
  }

  @Test func `the cookie can't be read by script and goes to this server alone`() async throws {
    let district = try await TestDistrict()
    try await district.withAsker { asker in
      let response = try await asker.post(
        "/sign-in", form: ["login": "ana", "password": TestDistrict.password])
      let cookie = try #require(response.headers[.setCookie])
      #expect(cookie.contains("HttpOnly"))
      #expect(cookie.contains("SameSite=Lax"))
      #expect(cookie.contains("Path=/"))
      #expect(!cookie.contains("Domain"))
    }
    let secure = Site(service: district.service, desk: district.desk, isSecure: true)
    try await Application(router: secure.router(pages: PlainPages())).test(.router) { client in
      let response = try await Asker(client: client).post(
        "/sign-in", form: ["login": "ana", "password": TestDistrict.password])
      #expect(response.headers[.setCookie]?.contains("Secure") == true)
      #expect(response.headers[.strictTransportSecurity] != nil)
    }
  }

  @Test func `an unknown login is answered as a wrong password is`() async throws {
    let district = try await TestDistrict()
    try await district.withAsker { asker in
      let wrong = try await asker.post("/sign-in", form: ["login": "ana", "password": "wrong"])
      let unknown = try await asker.post("/sign-in", form: ["login": "zoe", "password": "wrong"])
      #expect(wrong.status == .unauthorized)
      #expect(unknown.status == wrong.status)
      #expect(unknown.text == wrong.text)
      #expect(wrong.headers[.setCookie] == nil)
    }
  }

  @Test func `after failures one has to wait, whether or not somebody has the login`() async throws
  {
    let district = try await TestDistrict()
    try await district.withAsker { asker in
      for login in ["ana", "zoe"] {
        for _ in 0..<4 {
          let wrong = try await asker.post(
            "/sign-in", form: ["login": login, "password": "wrong"])
          #expect(wrong.status == .unauthorized)
        }
        let refused = try await asker.post(
          "/sign-in", form: ["login": login, "password": TestDistrict.password])
        #expect(refused.status == .tooManyRequests)
        #expect(refused.headers[HTTPField.Name("Retry-After")!] == "2")
      }
      district.hands.advance(bySeconds: 3)
      _ = try await asker.signedIn(as: "ana")
    }
  }

  @Test func `signing out ends the sign-in, and so does its time`() async throws {
    let district = try await TestDistrict()
    try await district.withAsker { asker in
      let ana = try await asker.signedIn(as: "ana")
      #expect(try await ana.get("/").status == .ok)
      _ = try await ana.post("/sign-out", form: [:])
      #expect(try await ana.get("/").status == .seeOther)
      let again = try await asker.signedIn(as: "ana")
      district.hands.advance(bySeconds: 12 * 3_600 + 1)
      #expect(try await again.get("/").status == .seeOther)
    }
  }

  @Test func `a new password ends the sign-ins of before`() async throws {
    let district = try await TestDistrict()
    try await district.withAsker { asker in
      let ana = try await asker.signedIn(as: "ana")
      try await district.store.setPasswordHash(
        try PasswordHash(of: "another password", logRounds: 2).text, of: "T-1",
        request: "new-password", by: "O-1", at: district.now)
      #expect(try await ana.get("/").status == .seeOther)
    }
  }

  @Test func `a made-up cookie is nobody's`() async throws {
    let district = try await TestDistrict()
    try await district.withAsker { asker in
      for cookie in [
        "tutoring=", "tutoring=x", "tutoring=\(SignInToken().text)", "tutoring=' OR 1=1",
      ] {
        var other = asker
        other.headers[.cookie] = cookie
        let response = try await other.get("/")
        #expect(response.status == .seeOther)
      }
    }
  }

  @Test func `the header of a proxy is believed with its secret on this machine alone`()
    async throws
  {
    let login = try #require(HTTPField.Name("X-Remote-User"))
    let secret = try #require(HTTPField.Name("X-Proxy-Secret"))
    let proxy = SignInDesk.ProxyHeader(login: "X-Remote-User", secret: "0123456789abcdef")
    let district = try await TestDistrict(proxy: proxy)
    try await district.withAsker { asker in
      // Tests have no address: that is not this machine.
      let response = try await asker.get(
        "/", headers: [login: "ana", secret: "0123456789abcdef"])
      #expect(response.status == .seeOther)
    }
    #expect(SignInDesk.ProxyHeader(login: "X-Remote-User", secret: "short") == nil)
    let site = Site(service: district.service, desk: district.desk)
    try await Application(router: site.router(pages: PlainPages())).test(.live) { client in
      let asker = Asker(client: client)
      let believed = try await asker.get(
        "/", headers: [login: "ana", secret: "0123456789abcdef"])
      #expect(believed.status == .ok)
      #expect(
        try await asker.get("/", headers: [login: "ana", secret: "0123456789abcdeX"]).status
          == .seeOther)
      #expect(try await asker.get("/", headers: [login: "ana"]).status == .seeOther)
    }
  }
}
#endif
