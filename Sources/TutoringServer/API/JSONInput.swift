#if Server
import CEL
import Foundation
import HTTPTypes
import Hummingbird
import TutoringSessions

/// The members of a JSON object that was sent, taken one by one, with all that is wrong with them.
struct JSONInput {
  private var members: [String: FactValue]
  /// What is wrong with the members so far.
  private(set) var mistakes: [InputMistake] = []

  /// The members of an object.
  init(_ members: [String: FactValue]) { self.members = members }

  /// The object that the body of a request is, of no more than so many bytes.
  ///
  /// - Throws: `Problem` for another content type, since browsers send JSON across sites only when they were
  ///   allowed to, and for a body that is not a JSON object.
  init(_ request: Request, upTo limit: Int = WebLimits.jsonBytes) async throws {
    let text = try await request.jsonText(upTo: limit)
    guard let members = [String: FactValue](json: text) else {
      throw Problem.malformed("The body is not a JSON object.")
    }
    self.init(members)
  }

  /// Ends the reading.
  ///
  /// - Throws: `ServiceError.invalid` where something is wrong, or a member is left that nobody has taken.
  mutating func finish() throws(ServiceError) {
    let mistakes = finishedMistakes()
    if !mistakes.isEmpty { throw .invalid(mistakes) }
  }

  /// All that is wrong, with the members that nobody has taken.
  mutating func finishedMistakes() -> [InputMistake] {
    for name in members.keys.sorted() {
      mistakes.append(InputMistake(name, "'\(name)' means nothing here."))
    }
    members = [:]
    return mistakes
  }

  /// Notes something that is wrong.
  mutating func add(_ mistake: InputMistake) { mistakes.append(mistake) }

  /// A text; nil where it is not there.
  mutating func text(_ name: String) -> String? {
    switch members.removeValue(forKey: name) {
    case nil: return nil
    case .text(let text)?:
      guard !text.utf8.contains(0) else { return wrong(name, "has a character that can't be kept") }
      return text
    default: return wrong(name, "is not a text")
    }
  }

  /// A text that has to be there and not blank.
  mutating func requiredText(_ name: String) -> String {
    let known = mistakes.count
    let text = text(name) ?? ""
    if text.isEmpty, mistakes.count == known { _ = wrong(name, "is missing") as String? }
    return text
  }

  /// A whole number; nil where it is not there.
  mutating func int(_ name: String) -> Int? {
    switch members.removeValue(forKey: name) {
    case nil: nil
    case .int(let number)?: Int(exactly: number)
    default: wrong(name, "is not a whole number")
    }
  }

  /// A whole number that has to be there.
  mutating func requiredInt(_ name: String) -> Int {
    let known = mistakes.count
    let number = int(name)
    if number == nil, mistakes.count == known { _ = wrong(name, "is missing") as Int? }
    return number ?? 0
  }

  /// True or false; nil where it is not there.
  mutating func bool(_ name: String) -> Bool? {
    switch members.removeValue(forKey: name) {
    case nil: nil
    case .bool(let flag)?: flag
    default: wrong(name, "is neither true nor false")
    }
  }

  /// A time with its offset, such as `2026-10-14T15:00:00-05:00`; nil where it is not there.
  mutating func time(_ name: String) -> OffsetDateTime? {
    guard let text = text(name) else { return nil }
    return OffsetDateTime(text)
      ?? wrong(name, "is not a time such as 2026-10-14T15:00:00-05:00")
  }

  /// A day such as `2026-10-14`; nil where it is not there.
  mutating func date(_ name: String) -> CivilDate? {
    guard let text = text(name) else { return nil }
    return CivilDate(text) ?? wrong(name, "is not a day such as 2026-10-14")
  }

  /// An object; nil where it is not there.
  mutating func object(_ name: String) -> [String: FactValue]? {
    switch members.removeValue(forKey: name) {
    case nil: nil
    case .object(let members)?: members
    default: wrong(name, "is not an object")
    }
  }

  /// A list of objects; empty where it is not there.
  mutating func objects(_ name: String) -> [[String: FactValue]] {
    guard let value = members.removeValue(forKey: name) else { return [] }
    guard case .list(let elements) = value else { return wrong(name, "is not a list") ?? [] }
    let objects = elements.compactMap(\.members)
    return objects.count == elements.count ? objects : wrong(name, "is not a list of objects") ?? []
  }

  /// A list of texts; nil where it is not there.
  mutating func texts(_ name: String) -> [String]? {
    guard let value = members.removeValue(forKey: name) else { return nil }
    guard case .list(let elements) = value else { return wrong(name, "is not a list") }
    let texts = elements.compactMap(\.text)
    return texts.count == elements.count ? texts : wrong(name, "is not a list of texts")
  }

  private mutating func wrong<Value>(_ name: String, _ what: String) -> Value? {
    mistakes.append(InputMistake(name, "'\(name)' \(what)."))
    return nil
  }
}

extension Request {
  /// The JSON text that the body is, read before, of no more than so many bytes.
  ///
  /// - Throws: `Problem` for another content type, and for bytes that are not UTF-8.
  func jsonText(upTo limit: Int = WebLimits.jsonBytes) async throws -> String {
    guard headers.mediaType == "application/json" else {
      throw Problem.unsupportedType("application/json")
    }
    let body = try await body.collect(upTo: limit)
    guard let text = String(validating: body.readableBytesView, as: UTF8.self) else {
      throw Problem.malformed("The body is not text in UTF-8.")
    }
    return text
  }
}
#endif
