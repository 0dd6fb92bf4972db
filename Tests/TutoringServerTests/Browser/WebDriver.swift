#if Server
import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import TestSupport
import Testing

/// Where the browser and its driver are, as Debian's packages have them.
enum BrowserPrograms {
  static let chromium = "/usr/bin/chromium"
  static let driver = "/usr/bin/chromedriver"

  static var areThere: Bool {
    [chromium, driver].allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// What checks pages for obstacles: axe-core, fetched by whoever runs the tests; nil where it is not there.
  ///
  ///     pip download --no-deps axe-playwright-python==0.1.8
  static var axe: String? {
    ProcessInfo.processInfo.environment["TUTORPOLICY_AXE"].flatMap {
      FileManager.default.isReadableFile(atPath: $0) ? $0 : nil
    }
  }

  /// Where pictures of the pages are kept; nil for nowhere.
  static var pictures: URL? {
    ProcessInfo.processInfo.environment["TUTORPOLICY_PICTURES"].map { URL(filePath: $0) }
  }
}

/// A window of a browser, driven by the protocol that browsers have for it (W3C WebDriver).
struct Browser: Sendable {
  /// What a driver says that can't be done.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Something of a page.
  struct Element: Sendable {
    fileprivate let id: String
  }

  /// The keys that have no letter.
  enum Key: String {
    case enter = "\u{E007}"
    case tab = "\u{E004}"
    case escape = "\u{E00C}"
    case down = "\u{E015}"
    case up = "\u{E013}"
    case right = "\u{E014}"
    case home = "\u{E011}"
    case control = "\u{E009}"
    case space = " "
  }

  private static let elementKey = "element-6066-11e4-a52e-4f735466cecf"

  private let session: String
  private let site: String

  /// Opens a window of a driver that listens on a port; paths are taken from the address `site`.
  ///
  /// The width is in CSS pixels, and `profile` is a folder for what the browser keeps.
  static func open(
    driverPort port: Int, site: String, width: Int = 1280, isDark: Bool = false,
    hasScript: Bool = true, profile: URL
  ) async throws -> Browser {
    var options: [String: Any] = [
      "binary": BrowserPrograms.chromium,
      "args": [
        // As root, and where there is no screen.
        "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars",
        "--disable-gpu", "--no-first-run", "--user-data-dir=\(profile.path)",
        "--window-size=\(max(width, 500)),900",
      ],
    ]
    if !hasScript {
      options["prefs"] = ["profile.managed_default_content_settings.javascript": 2]
    }
    let answer = try await send(
      "POST", "http://127.0.0.1:\(port)/session",
      ["capabilities": ["alwaysMatch": ["goog:chromeOptions": options]]])
    guard let found = answer as? [String: Any], let id = found["sessionId"] as? String else {
      throw Failure(description: "the driver gave no session: \(answer)")
    }
    let browser = Browser(session: "http://127.0.0.1:\(port)/session/\(id)", site: site)
    try await browser.show(width: width, isDark: isDark)
    return browser
  }

  /// Shows pages in a width, and in light or dark colours, as devices have them.
  func show(width: Int, height: Int = 900, isDark: Bool) async throws {
    try await chrome(
      "Emulation.setDeviceMetricsOverride",
      ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": false])
    try await chrome(
      "Emulation.setEmulatedMedia",
      [
        "media": "",
        "features": [["name": "prefers-color-scheme", "value": isDark ? "dark" : "light"]],
      ])
  }

  /// Closes the window.
  func close() async throws { _ = try await call("DELETE", "") }

  // MARK: - Where it is

  func go(_ path: String) async throws {
    _ = try await call("POST", "/url", ["url": site + path])
  }

  var path: String {
    get async throws {
      let address = try await call("GET", "/url") as? String ?? ""
      return address.hasPrefix(site) ? String(address.dropFirst(site.count)) : address
    }
  }

  var title: String {
    get async throws { try await call("GET", "/title") as? String ?? "" }
  }

  /// The text that a person sees.
  var text: String {
    get async throws { try await text(of: find("body")) }
  }

  // MARK: - Finding

  /// The first element that a CSS selector finds, waited for as long as a page may take.
  func find(
    _ selector: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Element {
    try await waiting(for: selector, sourceLocation) {
      try await find(using: "css selector", selector).first
    }
  }

  /// The link or button of a text, or of a label for those who can't see it.
  func control(
    _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Element {
    let quoted = "\"\(name)\""
    let path = """
      //*[self::a or self::button or self::summary][not(ancestor::*[@hidden])]\
      [normalize-space()=\(quoted) or @aria-label=\(quoted)]
      """
    return try await waiting(for: name, sourceLocation) {
      // A dialog stands in front of everything else.
      let found = try await find(using: "xpath", path)
      return try await find(using: "xpath", "//dialog" + path).first ?? found.first
    }
  }

  /// The control that a label names.
  func labelled(
    _ label: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Element {
    let path = "//*[@id=//label[normalize-space()=\"\(label)\"]/@for]"
    return try await waiting(for: label, sourceLocation) {
      let found = try await find(using: "xpath", path)
      return try await find(using: "xpath", "//dialog" + path).first ?? found.first
    }
  }

  /// The choice of a group that has a legend.
  func choice(
    _ choice: String, of legend: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Element {
    let path = """
      //fieldset[legend[normalize-space()="\(legend)"]]\
      //label[starts-with(normalize-space(), "\(choice)")]
      """
    return try await waiting(for: "\(choice) of \(legend)", sourceLocation) {
      let found = try await find(using: "xpath", path)
      return try await find(using: "xpath", "//dialog" + path).first ?? found.first
    }
  }

  /// Whether the page has an element that a CSS selector finds.
  func has(_ selector: String) async throws -> Bool {
    try await !find(using: "css selector", selector).isEmpty
  }

  /// Waits until the page shows a text.
  func waitFor(
    _ text: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    _ = try await waiting(for: text, sourceLocation) {
      try await self.text.contains(text) ? true : nil
    }
  }

  /// Waits until the page does not show a text any more.
  func waitUntilGone(
    _ text: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    _ = try await waiting(for: "no " + text, sourceLocation) {
      try await self.text.contains(text) ? nil : true
    }
  }

  /// Waits until the page has taken what was done last, and said what it says of it, as a person does who reads it.
  func waitUntilAnswered(sourceLocation: SourceLocation = #_sourceLocation) async throws {
    _ = try await waiting(for: "answer", sourceLocation) {
      try await has("form[aria-busy=true], html.busy") ? nil : true
    }
  }

  private func find(using way: String, _ value: String) async throws -> [Element] {
    let found = try await call("POST", "/elements", ["using": way, "value": value])
    return (found as? [[String: String]] ?? []).compactMap {
      $0[Self.elementKey].map { Element(id: $0) }
    }
  }

  /// What something gives once it gives anything: pages change while they are looked at, and what was found a moment
  /// ago may be gone.
  ///
  /// What can't be done, such as a click on what has just been drawn anew, was not done, and is tried again.
  func waiting<Value>(
    for what: String, _ sourceLocation: SourceLocation, _ look: () async throws -> Value?
  ) async throws -> Value {
    var obstacle = ""
    // Long enough for a machine that has much else to do; a page that answers is not waited for.
    for _ in 0..<1200 {
      do {
        if let found = try await look() { return found }
        obstacle = ""
      } catch let failure as Failure {
        obstacle = failure.description
      }
      try await Task.sleep(for: .milliseconds(50))
    }
    let seen = (try? await text) ?? ""
    Issue.record("the page has no \(what): \(obstacle)\n\(seen)", sourceLocation: sourceLocation)
    throw Failure(description: "the page has no \(what): \(obstacle)")
  }

  // MARK: - Doing

  func click(_ element: Element) async throws {
    _ = try await call("POST", "/element/\(element.id)/click", [:])
  }

  func click(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
    _ = try await waiting(for: name, sourceLocation) {
      try await click(control(name, sourceLocation: sourceLocation))
      return true
    }
  }

  func type(_ text: String, in element: Element) async throws {
    _ = try await call("POST", "/element/\(element.id)/value", ["text": text])
  }

  /// Writes over what a field has.
  func fill(_ element: Element, with text: String) async throws {
    _ = try await call("POST", "/element/\(element.id)/clear", [:])
    try await type(text, in: element)
  }

  /// Presses keys one after the other, wherever the focus is; those before the last are held with `control`.
  func press(_ keys: Key..., holding held: Key? = nil) async throws {
    var actions: [[String: String]] = []
    if let held { actions.append(["type": "keyDown", "value": held.rawValue]) }
    for key in keys {
      actions.append(["type": "keyDown", "value": key.rawValue])
      actions.append(["type": "keyUp", "value": key.rawValue])
    }
    if let held { actions.append(["type": "keyUp", "value": held.rawValue]) }
    try await perform(actions)
  }

  /// Types a text wherever the focus is.
  func type(_ text: String) async throws {
    try await perform(
      text.flatMap { letter in
        [
          ["type": "keyDown", "value": String(letter)],
          ["type": "keyUp", "value": String(letter)],
        ]
      })
  }

  private func perform(_ actions: [[String: String]]) async throws {
    _ = try await call(
      "POST", "/actions",
      ["actions": [["type": "key", "id": "keyboard", "actions": actions] as [String: Any]]])
  }

  /// Goes on with the tabulator until the focus is on what has a name, as somebody does who has no mouse.
  func tab(
    to name: String, isPressed: Bool = false, limit: Int = 120,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    for _ in 0..<limit {
      let found = try await focused == name
      // A field may be called as a button is.
      if found, !isPressed { return }
      if found,
        try await run("return document.activeElement.matches('a, button, summary')") as? Bool
          == true
      {
        return
      }
      try await press(.tab)
    }
    Issue.record(
      "the tabulator does not lead to '\(name)'", sourceLocation: sourceLocation)
    throw Failure(description: "the tabulator does not lead to '\(name)'")
  }

  /// The name of what has the focus: its label, or its text.
  var focused: String {
    get async throws {
      let name = try await run(
        """
        const it = document.activeElement;
        if (!it || it === document.body) return "";
        const group = it.closest("fieldset")?.querySelector("legend")?.innerText;
        const label = it.getAttribute("aria-label") || it.labels?.[0]?.innerText || it.innerText || "";
        return ((it.type === "radio" || it.type === "checkbox") && group ? group + ": " : "")
          + label.split("\\n")[0].trim();
        """)
      return name as? String ?? ""
    }
  }

  // MARK: - Looking

  func text(of element: Element) async throws -> String {
    try await call("GET", "/element/\(element.id)/text") as? String ?? ""
  }

  /// A picture of the whole page, kept for whoever looks at the pages.
  func picture(_ name: String) async throws {
    guard let folder = BrowserPrograms.pictures else { return }
    let answer = try await chrome(
      "Page.captureScreenshot", ["captureBeyondViewport": true, "format": "png"])
    guard let found = answer as? [String: Any], let text = found["data"] as? String,
      let data = Data(base64Encoded: text)
    else { return }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try data.write(to: folder.appending(path: name + ".png"))
  }

  /// Takes the network away from the page, or gives it back.
  func goOffline(_ isOffline: Bool) async throws {
    try await chrome("Network.enable", [:])
    try await chrome(
      "Network.emulateNetworkConditions",
      ["offline": isOffline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1])
  }

  /// How many sheets of paper the page takes.
  func printedPages(_ name: String) async throws -> Int {
    let answer = try await chrome("Page.printToPDF", ["preferCSSPageSize": true])
    guard let found = answer as? [String: Any], let text = found["data"] as? String,
      let data = Data(base64Encoded: text)
    else { return 0 }
    if let folder = BrowserPrograms.pictures {
      try data.write(to: folder.appending(path: name + ".pdf"))
    }
    // The root of the tree of pages counts them.
    let pdf = String(decoding: data, as: Unicode.ASCII.self)
    return pdf.matches(of: /\/Count (\d+)/).compactMap { Int($0.output.1) }.max() ?? 0
  }

  /// What a script gives back.
  @discardableResult
  func run(_ script: String, _ arguments: [Any] = []) async throws -> Any {
    try await call("POST", "/execute/sync", ["script": script, "args": arguments])
  }

  /// What a script gives to the function that it gets as its last argument.
  func runAsync(_ script: String) async throws -> Any {
    try await call("POST", "/execute/async", ["script": script, "args": [] as [Any]])
  }

  @discardableResult
  private func chrome(_ command: String, _ parameters: [String: Any]) async throws -> Any {
    try await call("POST", "/goog/cdp/execute", ["cmd": command, "params": parameters])
  }

  // MARK: - The protocol

  private func call(
    _ method: String, _ path: String, _ body: [String: Any]? = nil
  ) async throws -> Any {
    try await Self.send(method, session + path, body)
  }

  private static func send(
    _ method: String, _ address: String, _ body: [String: Any]?
  ) async throws -> Any {
    var request = HTTPClientRequest(url: address)
    request.method = .RAW(value: method)
    if let body {
      request.headers.add(name: "Content-Type", value: "application/json")
      request.body = .bytes(
        ByteBuffer(bytes: try JSONSerialization.data(withJSONObject: body)))
    }
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(90))
    let bytes = try await response.body.collect(upTo: 64 << 20)
    let answer = try JSONSerialization.jsonObject(with: Data(bytes.readableBytesView))
    let value = (answer as? [String: Any])?["value"] ?? NSNull()
    guard response.status.code == 200 else {
      let failure = value as? [String: Any]
      let error = failure?["error"] as? String ?? ""
      let message = failure?["message"] as? String ?? ""
      throw Failure(description: "\(method) \(address): \(error): \(message)")
    }
    return value
  }
}
#endif
