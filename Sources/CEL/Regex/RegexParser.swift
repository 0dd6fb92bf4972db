/// Reads the syntax that RE2 documents, without the parts that only matter to what is captured.
struct RegexParser {
  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var nesting = 0
  private var flags = Flags()

  /// The flags that `(?ims)` sets.
  private struct Flags {
    var ignoresCase = false
    var isMultiline = false
    var dotMatchesNewline = false
  }

  private static let nestingLimit = 100
  /// RE2's bound for the numbers of `{n,m}`.
  private static let repetitionLimit = 1000

  init(_ pattern: String) { scalars = Array(pattern.unicodeScalars) }

  mutating func parse() throws -> RegexNode {
    let node = try alternatives()
    guard position == scalars.count else { throw error("')' closes nothing") }
    return node
  }

  private func error(_ message: String) -> EvaluationError { EvaluationError(message) }

  private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    position += 1
    return true
  }

  private mutating func accept(_ text: String) -> Bool {
    let wanted = Array(text.unicodeScalars)
    guard scalars[position...].starts(with: wanted) else { return false }
    position += wanted.count
    return true
  }

  // MARK: Structure

  private mutating func alternatives() throws -> RegexNode {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Self.nestingLimit else { throw error("it is nested too deeply") }
    var nodes = [try sequence()]
    while accept("|" as Unicode.Scalar) { nodes.append(try sequence()) }
    return nodes.count == 1 ? nodes[0] : .alternatives(nodes)
  }

  private mutating func sequence() throws -> RegexNode {
    var nodes: [RegexNode] = []
    while let scalar = next, scalar != "|", scalar != ")" {
      guard let atom = try atom() else { continue }
      nodes.append(try repetitions(of: atom))
    }
    return nodes.count == 1 ? nodes[0] : .sequence(nodes)
  }

  private mutating func repetitions(of atom: RegexNode) throws -> RegexNode {
    guard let (minimum, maximum) = try repetition() else { return atom }
    // Whether as much or as little as possible is taken makes no difference to whether there is a match.
    _ = accept("?" as Unicode.Scalar)
    let node = RegexNode.repetition(atom, minimum: minimum, maximum: maximum)
    if let scalar = next, ["*", "+", "?"].contains(scalar) {
      throw error("'\(scalar)' repeats a repetition")
    }
    return node
  }

  private mutating func repetition() throws -> (Int, Int?)? {
    switch next {
    case "*": position += 1; return (0, nil)
    case "+": position += 1; return (1, nil)
    case "?": position += 1; return (0, 1)
    case "{": return try countedRepetition()
    default: return nil
    }
  }

  /// `{n}`, `{n,}` or `{n,m}`; braces around anything else stand for themselves.
  private mutating func countedRepetition() throws -> (Int, Int?)? {
    let start = position
    position += 1
    guard let minimum = number() else {
      position = start
      return nil
    }
    var maximum: Int? = minimum
    if accept("," as Unicode.Scalar) { maximum = next == "}" ? nil : number() }
    guard accept("}" as Unicode.Scalar) else {
      position = start
      return nil
    }
    guard minimum <= Self.repetitionLimit, maximum ?? 0 <= Self.repetitionLimit,
      minimum <= maximum ?? minimum
    else { throw error("the count of a repetition is out of range") }
    return (minimum, maximum)
  }

  private mutating func number() -> Int? {
    var value: Int?
    while let scalar = next, ("0"..."9").contains(scalar) {
      value = min((value ?? 0) * 10 + Int(scalar.value - 0x30), 1_000_000)
      position += 1
    }
    return value
  }

  // MARK: Atoms

  /// One item of a sequence; nil for what only sets flags.
  private mutating func atom() throws -> RegexNode? {
    guard let scalar = next else { return nil }
    switch scalar {
    case "(": return try group()
    case "[":
      position += 1
      return .scalars(try bracketed())
    case ".":
      position += 1
      let newline = UInt32(0x0A)...0x0A
      return .scalars(
        RegexScalarSet(ranges: flags.dotMatchesNewline ? [] : [newline], isNegated: true))
    case "^":
      position += 1
      return .assertion(flags.isMultiline ? .lineStart : .textStart)
    case "$":
      position += 1
      return .assertion(flags.isMultiline ? .lineEnd : .textEnd)
    case "\\": return try escape()
    case "*", "+", "?": throw error("'\(scalar)' has nothing to repeat")
    case "{":
      if try countedRepetition() != nil { throw error("the count has nothing to repeat") }
      position += 1
      return literal(scalar)
    default:
      position += 1
      return literal(scalar)
    }
  }

  private func literal(_ scalar: Unicode.Scalar) -> RegexNode {
    .scalars(
      RegexScalarSet(ranges: [scalar.value...scalar.value], ignoresCase: flags.ignoresCase))
  }

  private mutating func group() throws -> RegexNode? {
    position += 1
    let outer = flags
    if accept("?" as Unicode.Scalar) {
      if accept("P<") || accept("<") {
        guard let end = scalars[position...].firstIndex(of: ">"), end > position,
          scalars[position..<end].allSatisfy({
            $0 == "_" || $0.properties.isAlphabetic
              || ("0"..."9").contains($0)
          })
        else { throw error("the name of a group is malformed") }
        position = end + 1
      } else if try flagsOnly() {
        return nil
      }
    }
    let node = try alternatives()
    guard accept(")" as Unicode.Scalar) else { throw error("'(' is not closed") }
    flags = outer
    return node
  }

  /// Reads the flags of `(?flags)`, which hold from here on, or `(?flags:`, which hold in the group;
  /// whether it was the former.
  private mutating func flagsOnly() throws -> Bool {
    var value = true
    while let scalar = next {
      position += 1
      switch scalar {
      case "i": flags.ignoresCase = value
      case "m": flags.isMultiline = value
      case "s": flags.dotMatchesNewline = value
      // Whether repetitions are greedy makes no difference to whether there is a match.
      case "U": break
      case "-" where value: value = false
      case ":": return false
      case ")": return true
      default: throw error("'(?' is followed by '\(scalar)', which means nothing there")
      }
    }
    throw error("'(' is not closed")
  }

  // MARK: Escapes

  private mutating func escape() throws -> RegexNode {
    position += 1
    guard let scalar = next else { throw error("a backslash ends it") }
    switch scalar {
    case "A": position += 1; return .assertion(.textStart)
    case "z": position += 1; return .assertion(.textEnd)
    case "b": position += 1; return .assertion(.wordBoundary)
    case "B": position += 1; return .assertion(.noWordBoundary)
    case "Q":
      position += 1
      return quoted()
    default: break
    }
    if var set = try escapedClass() {
      set.ignoresCase = flags.ignoresCase
      return .scalars(set)
    }
    return literal(try escapedScalar())
  }

  /// Reads the text between `\Q` and `\E`.
  private mutating func quoted() -> RegexNode {
    var nodes: [RegexNode] = []
    while let scalar = next, !accept("\\E") {
      nodes.append(literal(scalar))
      position += 1
    }
    return .sequence(nodes)
  }

  /// Reads a class such as `\d` or `\pL`; nil, with nothing read, when it is not one.
  private mutating func escapedClass() throws -> RegexScalarSet? {
    guard let scalar = next else { return nil }
    if scalar == "p" || scalar == "P" {
      position += 1
      return try category(isNegated: scalar == "P")
    }
    let name = String(scalar).lowercased()
    guard let ranges = RegexClasses.perl[name] else { return nil }
    position += 1
    return RegexScalarSet(ranges: ranges, isNegated: String(scalar) != name)
  }

  private mutating func category(isNegated: Bool) throws -> RegexScalarSet {
    var name = ""
    if accept("{" as Unicode.Scalar) {
      while let scalar = next, scalar != "}" {
        name.unicodeScalars.append(scalar)
        position += 1
      }
      guard accept("}" as Unicode.Scalar) else { throw error("the name of a class is not closed") }
    } else if let scalar = next {
      name.unicodeScalars.append(scalar)
      position += 1
    }
    let isInverted = name.hasPrefix("^")
    if isInverted { name.removeFirst() }
    guard let categories = RegexClasses.categories(named: name) else {
      throw error("there is no class '\(name)'; known are general categories such as L or Nd")
    }
    return RegexScalarSet(categories: categories, isNegated: isNegated != isInverted)
  }

  private mutating func escapedScalar() throws -> Unicode.Scalar {
    guard let scalar = next else { throw error("a backslash ends it") }
    position += 1
    switch scalar {
    case "a": return "\u{07}"
    case "f": return "\u{0C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "v": return "\u{0B}"
    case "x": return try hexadecimal()
    case "0"..."7": return try octal(scalar)
    default:
      guard !scalar.properties.isAlphabetic, !("0"..."9").contains(scalar) else {
        throw error("'\\\(scalar)' means nothing")
      }
      return scalar
    }
  }

  private mutating func hexadecimal() throws -> Unicode.Scalar {
    var digits = ""
    let isBraced = accept("{" as Unicode.Scalar)
    while let scalar = next, scalar.properties.isASCIIHexDigit, digits.count < (isBraced ? 6 : 2) {
      digits.unicodeScalars.append(scalar)
      position += 1
    }
    guard !isBraced || accept("}" as Unicode.Scalar), isBraced || digits.count == 2,
      let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)
    else { throw error("the hexadecimal escape is malformed") }
    return scalar
  }

  private mutating func octal(_ first: Unicode.Scalar) throws -> Unicode.Scalar {
    var value = first.value - 0x30
    var count = 1
    while let scalar = next, ("0"..."7").contains(scalar), count < 3 {
      value = value * 8 + scalar.value - 0x30
      position += 1
      count += 1
    }
    // What looks like a back reference is one that RE2 does not have.
    guard first == "0" || count == 3, let scalar = Unicode.Scalar(value) else {
      throw error("'\\\(first)' means nothing: there are no back references")
    }
    return scalar
  }

  // MARK: Bracketed classes

  private mutating func bracketed() throws -> RegexScalarSet {
    var set = RegexScalarSet(isNegated: accept("^" as Unicode.Scalar))
    set.ignoresCase = flags.ignoresCase
    var isFirst = true
    while let scalar = next, scalar != "]" || isFirst {
      isFirst = false
      if let part = try namedClass() {
        set.parts.append(part)
        continue
      }
      let low = try bracketedScalar()
      guard next == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
        set.ranges.append(low.value...low.value)
        continue
      }
      position += 1
      let high = try bracketedScalar()
      guard low <= high else { throw error("a range of characters is the wrong way round") }
      set.ranges.append(low.value...high.value)
    }
    guard accept("]" as Unicode.Scalar) else { throw error("'[' is not closed") }
    return set
  }

  /// Reads a class within brackets, such as `[:alpha:]` or `\d`; nil, with nothing read, when it is not one.
  private mutating func namedClass() throws -> RegexScalarSet? {
    if scalars[position...].starts(with: "[:".unicodeScalars) {
      var end = position + 2
      while end + 1 < scalars.count, scalars[end] != ":" { end += 1 }
      guard end + 1 < scalars.count, scalars[end + 1] == "]" else { return nil }
      var name = String(String.UnicodeScalarView(scalars[position + 2..<end]))
      let isNegated = name.hasPrefix("^")
      if isNegated { name.removeFirst() }
      guard let ranges = RegexClasses.posix[name] else {
        throw error("there is no class '[:\(name):]'")
      }
      position = end + 2
      return RegexScalarSet(ranges: ranges, isNegated: isNegated)
    }
    guard next == "\\" else { return nil }
    position += 1
    if let set = try escapedClass() { return set }
    position -= 1
    return nil
  }

  private mutating func bracketedScalar() throws -> Unicode.Scalar {
    guard let scalar = next else { throw error("'[' is not closed") }
    position += 1
    return scalar == "\\" ? try escapedScalar() : scalar
  }
}
