package import CEL

/// What functions there are, and what they do.
package enum FunctionDescription {
  /// A function that can be called at a place.
  package struct Offer: Hashable, Sendable {
    /// Its name.
    package let name: String
    /// How it is called, and what it gives.
    package let usage: String
    /// What it does.
    package let documentation: String
  }

  /// The functions that can be called on a value of a type, or without one by themselves.
  package static func offers(on receiver: CELType?) -> [Offer] {
    var seen: Set<String> = []
    return Library.all.flatMap(\.overloads).filter { overload in
      guard overload.name.first?.isLetter ?? false else { return false }
      guard let receiver else { return !overload.isMember }
      return overload.isMember
        && overload.parameters.first.map { fits($0, receiver) } ?? false
    }.filter { seen.insert($0.name).inserted }.map(offer) + macros(on: receiver)
  }

  /// The macros that can be called on a value of a type; those without one are few, and offered by whoever asks.
  private static func macros(on receiver: CELType?) -> [Offer] {
    let names: [String] =
      switch receiver {
      case .list?: ["list"]
      case .map?: ["list", "map"]
      case .optional?: ["optional"]
      default: []
      }
    var seen: Set<String> = []
    return MacroReference.all.filter { macro in
      macro.receiver.map(names.contains) == true && seen.insert(macro.name).inserted
    }.map { macro in
      Offer(
        name: macro.name, usage: "\(macro.usage): \(macro.result)",
        documentation: macro.documentation)
    }
  }

  /// What a function does, by its name.
  package static func text(of name: String, receiver: CELType?) -> String? {
    let overloads = Library.all.flatMap(\.overloads).filter {
      $0.name == name && $0.isMember == (receiver != nil)
    }
    let fitting = overloads.filter { overload in
      receiver.map { type in overload.parameters.first.map { fits($0, type) } ?? false } ?? true
    }
    let shown = fitting.isEmpty ? overloads : fitting
    guard let first = shown.first else { return nil }
    let usages = shown.map { "\($0.usage): \($0.result)" }
    return "```cel\n\(usages.joined(separator: "\n"))\n```\n\n\(first.documentation)"
  }

  private static func offer(_ overload: Overload) -> Offer {
    Offer(
      name: overload.name, usage: "\(overload.usage): \(overload.result)",
      documentation: overload.documentation)
  }

  private static func fits(_ parameter: CELType, _ type: CELType) -> Bool {
    switch (parameter, type) {
    case (.parameter, _), (.dyn, _), (.list, .list), (.map, .map), (.optional, .optional),
      (.string, .enumeration):
      true
    default: parameter == type
    }
  }
}
