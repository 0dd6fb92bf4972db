#if Server
import Testing
import TutoringServer

@Suite struct PasswordHashTests {
  @Test func `a password matches its own hash alone, and the hash is read again`() throws {
    let hash = try PasswordHash(of: "contraseña", logRounds: 2)
    let read = try #require(PasswordHash(hash.text))
    #expect(read == hash)
    #expect(read.matches("contraseña"))
    // The same letters typed in two characters each.
    #expect(read.matches("contrasen\u{303}a"))
    #expect(!read.matches("contrasena"))
    #expect(!read.matches(""))
  }

  @Test func `the same password has another hash each time`() throws {
    #expect(
      try PasswordHash(of: "x", logRounds: 2) != PasswordHash(of: "x", logRounds: 2))
  }

  @Test func `the third vector of RFC 7914 matches`() throws {
    let hash = try #require(
      PasswordHash(
        "scrypt$14$8$1$U29kaXVtQ2hsb3JpZGU=$"
          + "cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofLVQylVYT"
          + "8Pz2LUlwUkKpr55h6F3A1lHkDfzwF7RVdYhw=="))
    #expect(hash.matches("pleaseletmein"))
  }

  @Test(arguments: [
    "", "scrypt", "scrypt$15$8$1$$", "scrypt$30$8$1$AAAA$AAAA", "scrypt$15$8$-1$AAAA$AAAA",
    "bcrypt$15$8$1$AAAA$AAAA", "scrypt$15$8$1$AAAA$not base64",
  ])
  func `another text is no hash`(text: String) {
    #expect(PasswordHash(text) == nil)
  }
}
#endif
