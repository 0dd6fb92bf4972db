/// A regular expression of RE2's syntax that is matched in time linear in the text.
///
/// The pattern becomes a program for a virtual machine that follows all alternatives at once (Thompson's
/// method), so that no pattern makes it go back. What would need more (back references, look-around) is
/// no part of the syntax. The size of the program is bounded, and with it the time for each scalar.
struct LinearRegex: Sendable {
  private let program: RegexProgram

  /// The regular expression; throws an ``EvaluationError`` saying what is wrong with the pattern.
  init(_ pattern: String) throws {
    var parser = RegexParser(pattern)
    program = try RegexProgram(try parser.parse())
  }

  /// How many instructions each scalar of a text may be tried with.
  var size: Int { program.instructions.count }

  /// How many steps of an evaluation it counts to match a text.
  func work(for text: String) -> Int {
    let (work, overflow) = text.utf8.count.multipliedReportingOverflow(by: size)
    return overflow ? Int.max : work / CELValue.bytesPerStep
  }

  /// Whether some part of the text matches; an error when the text is too long for the pattern.
  func result(for text: String) -> Result<CELValue, EvaluationError> {
    let work = text.utf8.count.multipliedReportingOverflow(by: program.instructions.count)
    guard !work.overflow, work.partialValue <= 200_000_000 else {
      return .failure(EvaluationError("the text is too long for the pattern"))
    }
    return .success(.bool(program.matches(text)))
  }
}

/// A pattern as a tree.
indirect enum RegexNode: Sendable {
  case empty
  case scalars(RegexScalarSet)
  case assertion(RegexAssertion)
  case sequence([RegexNode])
  case alternatives([RegexNode])
  /// A node repeated; without an upper bound when `maximum` is nil.
  case repetition(RegexNode, minimum: Int, maximum: Int?)
}

/// What holds between two scalars of the text.
enum RegexAssertion {
  case textStart, textEnd, lineStart, lineEnd, wordBoundary, noWordBoundary

  /// Whether it holds between the scalar before and the one after; nil stands for the text's ends.
  func holds(before: Unicode.Scalar?, after: Unicode.Scalar?) -> Bool {
    switch self {
    case .textStart: before == nil
    case .textEnd: after == nil
    case .lineStart: before == nil || before == "\n"
    case .lineEnd: after == nil || after == "\n"
    case .wordBoundary: Self.isWord(before) != Self.isWord(after)
    case .noWordBoundary: Self.isWord(before) == Self.isWord(after)
    }
  }

  private static func isWord(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar, scalar.isASCII else { return false }
    return scalar == "_" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
  }
}

/// A set of scalars: ranges and general categories, or all others.
struct RegexScalarSet: Sendable {
  var ranges: [ClosedRange<UInt32>] = []
  /// Sets that count as parts of this one, such as a negated class within brackets.
  var parts: [RegexScalarSet] = []
  var categories: [Unicode.GeneralCategory] = []
  var isNegated = false
  /// Whether letter case does not matter.
  var ignoresCase = false

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    var found = has(scalar)
    if !found, ignoresCase {
      found = Self.otherCases(of: scalar).contains { has($0) }
    }
    return found != isNegated
  }

  private func has(_ scalar: Unicode.Scalar) -> Bool {
    ranges.contains { $0.contains(scalar.value) }
      || !categories.isEmpty && categories.contains(scalar.properties.generalCategory)
      || parts.contains { $0.contains(scalar) }
  }

  /// The scalar in lower and in upper case, where these are single scalars.
  private static func otherCases(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping].compactMap {
      let scalars = $0.unicodeScalars
      return scalars.count == 1 ? scalars.first : nil
    }
  }
}
