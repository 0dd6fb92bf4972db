/// A JSON value to be written, its keys in the order given.
///
/// Reports are read by people too, so the order of their keys is part of their shape; Foundation's
/// encoder offers none but the alphabet.
package enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case int(Int)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([(key: String, value: JSONValue)])

  /// An object of the given members, without those that are nil.
  package static func object(omittingNil members: [(String, JSONValue?)]) -> JSONValue {
    var given: [(key: String, value: JSONValue)] = []
    given.reserveCapacity(members.count)
    for (key, value) in members {
      if let value { given.append((key, value)) }
    }
    return .object(given)
  }

  /// A text, or nil for none.
  package static func text(_ text: String?) -> JSONValue? { text.map { .string($0) } }

}

extension JSONValue: JSONWritable {
  package func write(to json: inout JSONWriter) { json.write(self) }
}
