#if Server
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import TutoringServer

/// A page as somebody without script uses it: forms are found by where they are sent, filled in and sent.
struct PageReading: Sendable {
  let asker: Asker
  let path: String
  let status: HTTPResponse.Status
  let text: String

  static func open(_ path: String, _ asker: Asker) async throws -> PageReading {
    let response = try await asker.get(path)
    return PageReading(asker: asker, path: path, status: response.status, text: response.text)
  }

  /// The title of the page.
  var title: String { part(between: "<title>", and: " – Tutoring</title>") ?? "" }

  /// The main part of the page.
  var main: String { part(between: "<main", and: "</main>") ?? "" }

  /// What is sent by the first form that goes to an address, as it is drawn.
  func form(
    to address: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [String: String] {
    let form = try #require(
      part(between: "action=\"\(address)\"", and: "</form>"), "no form to \(address) in \(main)",
      sourceLocation: sourceLocation)
    var fields: [String: String] = [:]
    for input in form.components(separatedBy: "<input").dropFirst() {
      let tag = String(input.prefix { $0 != ">" })
      let isChosen =
        !(tag.contains("type=\"radio\"") || tag.contains("type=\"checkbox\""))
        || tag.hasSuffix(" checked") || tag.contains(" checked ")
      guard isChosen, let name = value(of: "name", in: tag) else { continue }
      fields[name] = value(of: "value", in: tag) ?? ""
    }
    for select in form.components(separatedBy: "<select").dropFirst() {
      guard let name = value(of: "name", in: String(select.prefix { $0 != ">" })) else { continue }
      let options = select.components(separatedBy: "</select>")[0]
        .components(separatedBy: "<option").dropFirst()
      let chosen = options.first { $0.prefix { $0 != ">" }.contains(" selected") } ?? options.first
      fields[name] = chosen.flatMap { value(of: "value", in: $0) } ?? ""
    }
    return fields
  }

  /// Sends a form with some fields filled in, and goes where that leads.
  func send(
    _ address: String, _ filled: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> PageReading {
    let form = try form(to: address, sourceLocation: sourceLocation)
    return try await send(address, fields: form.merging(filled) { $1 })
  }

  /// Sends these very fields, and goes where that leads.
  func send(_ address: String, fields: [String: String]) async throws -> PageReading {
    let response = try await asker.post(address, form: fields)
    guard response.status == .seeOther, let place = response.headers[.location] else {
      return PageReading(
        asker: asker, path: address, status: response.status, text: response.text)
    }
    return try await .open(place, asker)
  }

  /// The page without what is another one each time it is made.
  var settled: String {
    var text = text
    for pattern in [
      #/name="request" value="[^"]*"/#, #/name="_token" value="[^"]*"/#,
      #/(?:style|script|icon)-[0-9a-f]{16}/#,
    ] {
      text.replace(pattern) { match in
        let whole = String(match.output)
        return whole.hasPrefix("name=")
          ? whole.prefix { $0 != " " } + " value=\"…\"" : whole.prefix { $0 != "-" } + "-…"
      }
    }
    return text + "\n"
  }

  private func part(between start: String, and end: String) -> String? {
    guard let first = text.range(of: start),
      let last = text.range(of: end, range: first.upperBound..<text.endIndex)
    else { return nil }
    return String(text[first.upperBound..<last.lowerBound])
  }

  private func value(of name: String, in tag: String) -> String? {
    guard let start = tag.range(of: " \(name)=\""),
      let end = tag.range(of: "\"", range: start.upperBound..<tag.endIndex)
    else { return nil }
    return String(tag[start.upperBound..<end.lowerBound])
      .replacingOccurrences(of: "&lt;", with: "<").replacingOccurrences(of: "&gt;", with: ">")
      .replacingOccurrences(of: "&quot;", with: "\"").replacingOccurrences(of: "&#39;", with: "'")
      .replacingOccurrences(of: "&amp;", with: "&")
  }
}

extension TestDistrict {
  /// The pages as somebody sees them who has signed in.
  func withPages(
    as login: String, _ body: @escaping @Sendable (Asker) async throws -> Void
  ) async throws {
    try await withAsker(pages: DistrictPages(for: service)) { asker in
      try await body(try await asker.signedIn(as: login))
    }
  }
}
#endif
