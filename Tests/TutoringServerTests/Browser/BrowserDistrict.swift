#if Server
import Foundation
import Hummingbird
import HummingbirdTesting
import Testing

@testable import TutoringServer

/// A test district that a browser can reach, with a driver for browsers.
struct BrowserDistrict: Sendable {
  let district: TestDistrict
  private let site: String
  private let driverPort: Int
  private let profiles: URL

  /// Serves a test district for as long as something is done in a browser.
  static func run(
    _ body: @escaping @Sendable (BrowserDistrict) async throws -> Void
  ) async throws {
    let district = try await TestDistrict()
    let site = Site(service: district.service, desk: district.desk)
    let app = Application(
      router: site.router(pages: DistrictPages(for: district.service)),
      configuration: .init(address: .hostname("127.0.0.1", port: 0)))
    let profiles = FileManager.default.temporaryDirectory
      .appending(path: "browsers-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: profiles) }
    try await app.test(.live) { client in
      let port = try #require(client.port)
      try await BrowserDriver.run { driverPort in
        try await body(
          BrowserDistrict(
            district: district, site: "http://127.0.0.1:\(port)", driverPort: driverPort,
            profiles: profiles))
      }
    }
  }

  /// Opens a browser, does something with it, and closes it.
  func browse(
    width: Int = 1280, isDark: Bool = false, hasScript: Bool = true,
    _ body: (Browser) async throws -> Void
  ) async throws {
    let browser = try await Browser.open(
      driverPort: driverPort, site: site, width: width, isDark: isDark, hasScript: hasScript,
      profile: profiles.appending(path: UUID().uuidString))
    do {
      try await body(browser)
    } catch {
      try? await browser.picture("failure-\(width)\(hasScript ? "" : "-without-script")")
      try? await browser.close()
      throw error
    }
    try await browser.close()
  }
}

/// How somebody uses the pages.
enum Manner: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case mouse, keyboard, withoutScript

  var testDescription: String {
    switch self {
    case .mouse: "by mouse"
    case .keyboard: "by keyboard alone"
    case .withoutScript: "with script off"
    }
  }
}

/// Somebody at a browser, who does things in one manner.
struct Person: Sendable {
  let browser: Browser
  let manner: Manner

  /// Presses a link or button.
  func press(_ name: String, at location: SourceLocation = #_sourceLocation) async throws {
    try await browser.waitUntilAnswered(sourceLocation: location)
    if manner == .keyboard {
      _ = try await browser.control(name, sourceLocation: location)
      try await browser.tab(to: name, isPressed: true, sourceLocation: location)
      try await browser.press(.enter)
    } else {
      try await browser.click(name, sourceLocation: location)
    }
  }

  /// Writes over a field.
  func fill(
    _ label: String, with text: String, at location: SourceLocation = #_sourceLocation
  ) async throws {
    try await browser.waitUntilAnswered(sourceLocation: location)
    if manner == .keyboard {
      _ = try await browser.labelled(label, sourceLocation: location)
      // The tabulator selects what a field has.
      try await browser.tab(to: label, sourceLocation: location)
      try await browser.type(text)
    } else {
      _ = try await browser.waiting(for: label, location) {
        try await browser.fill(browser.labelled(label, sourceLocation: location), with: text)
        return true
      }
    }
  }

  /// Chooses from a menu, by the first letters of a choice.
  func select(
    _ choice: String, in label: String, at location: SourceLocation = #_sourceLocation
  ) async throws {
    try await browser.waitUntilAnswered(sourceLocation: location)
    if manner == .keyboard {
      _ = try await browser.labelled(label, sourceLocation: location)
      try await browser.tab(to: label, sourceLocation: location)
      try await browser.type(choice)
    } else {
      _ = try await browser.waiting(for: label, location) {
        try await browser.type(choice, in: browser.labelled(label, sourceLocation: location))
        return true
      }
    }
  }

  /// Chooses Yes or No.
  func answer(
    _ legend: String, _ choice: String, at location: SourceLocation = #_sourceLocation
  ) async throws {
    try await browser.waitUntilAnswered(sourceLocation: location)
    guard manner == .keyboard else {
      _ = try await browser.waiting(for: legend, location) {
        try await browser.click(browser.choice(choice, of: legend, sourceLocation: location))
        return true
      }
      return
    }
    _ = try await browser.choice(choice, of: legend, sourceLocation: location)
    for _ in 0..<120 {
      if try await browser.focused.hasPrefix(legend + ": ") { break }
      try await browser.press(.tab)
    }
    for _ in 0..<4 {
      try await browser.press(.space)
      if try await browser.focused == "\(legend): \(choice)" { return }
      try await browser.press(.down)
    }
    Issue.record("'\(legend)' has no '\(choice)'", sourceLocation: location)
  }

  func signIn(_ login: String) async throws {
    try await browser.go("/sign-in")
    try await fill("User name", with: login)
    try await fill("Password", with: TestDistrict.password)
    if manner == .keyboard {
      try await browser.press(.enter)
    } else {
      try await browser.click("Sign in")
    }
    try await browser.waitFor("Sign out")
  }
}
#endif
