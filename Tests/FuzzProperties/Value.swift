import YAML

/// A part of a document that is changed and written as JSON, which is YAML too.
indirect enum Value: Sendable {
  case object([(key: String, value: Value)])
  case list([Value])
  /// A string, number, `true`, `false` or `null`, as JSON has it.
  case scalar(String)

  init(_ node: YAMLNode) {
    switch node.content {
    case .mapping(let entries):
      self = .object(entries.map { ($0.key.string ?? "", Value($0.value)) })
    case .sequence(let elements): self = .list(elements.map { Value($0) })
    case .scalar(let scalar):
      switch scalar.value {
      case .string(let text): self = .scalar("\"\(text)\"")
      default: self = .scalar(scalar.text)
      }
    }
  }

  /// The value in JSON.
  var text: [UInt8] {
    var text: [UInt8] = []
    write(to: &text)
    return text
  }

  private func write(to text: inout [UInt8]) {
    switch self {
    case .scalar(let scalar): text += scalar.utf8
    case .list(let elements):
      text.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { text += ", ".utf8 }
        element.write(to: &text)
      }
      text.append(UInt8(ascii: "]"))
    case .object(let members):
      text.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { text += ", ".utf8 }
        text += "\"\(member.key)\": ".utf8
        member.value.write(to: &text)
      }
      text.append(UInt8(ascii: "}"))
    }
  }
}
