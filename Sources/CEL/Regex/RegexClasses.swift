/// The classes of scalars that patterns can name.
enum RegexClasses {
  private static let digits: ClosedRange<UInt32> = 0x30...0x39
  private static let upper: ClosedRange<UInt32> = 0x41...0x5A
  private static let lower: ClosedRange<UInt32> = 0x61...0x7A

  /// `\d`, `\s` and `\w`, which are of ASCII in RE2.
  static let perl: [String: [ClosedRange<UInt32>]] = [
    "d": [digits], "w": [digits, upper, lower, 0x5F...0x5F],
    "s": [0x09...0x0A, 0x0C...0x0D, 0x20...0x20],
  ]

  /// The names in `[:name:]`.
  static let posix: [String: [ClosedRange<UInt32>]] = [
    "alnum": [digits, upper, lower], "alpha": [upper, lower], "ascii": [0x00...0x7F],
    "blank": [0x09...0x09, 0x20...0x20], "cntrl": [0x00...0x1F, 0x7F...0x7F], "digit": [digits],
    "graph": [0x21...0x7E], "lower": [lower], "print": [0x20...0x7E],
    "punct": [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E],
    "space": [0x09...0x0D, 0x20...0x20], "upper": [upper],
    "word": [digits, upper, lower, 0x5F...0x5F], "xdigit": [digits, 0x41...0x46, 0x61...0x66],
  ]

  /// The general categories of a one-letter or two-letter name; nil when there is none of that name.
  static func categories(named name: String) -> [Unicode.GeneralCategory]? {
    let found = abbreviations.filter { $0.key == name || name.count == 1 && $0.key.hasPrefix(name) }
    return found.isEmpty ? nil : Array(found.values)
  }

  private static let abbreviations: [String: Unicode.GeneralCategory] = [
    "Lu": .uppercaseLetter, "Ll": .lowercaseLetter, "Lt": .titlecaseLetter,
    "Lm": .modifierLetter, "Lo": .otherLetter, "Mn": .nonspacingMark, "Mc": .spacingMark,
    "Me": .enclosingMark, "Nd": .decimalNumber, "Nl": .letterNumber, "No": .otherNumber,
    "Pc": .connectorPunctuation, "Pd": .dashPunctuation, "Ps": .openPunctuation,
    "Pe": .closePunctuation, "Pi": .initialPunctuation, "Pf": .finalPunctuation,
    "Po": .otherPunctuation, "Sm": .mathSymbol, "Sc": .currencySymbol, "Sk": .modifierSymbol,
    "So": .otherSymbol, "Zs": .spaceSeparator, "Zl": .lineSeparator, "Zp": .paragraphSeparator,
    "Cc": .control, "Cf": .format, "Cs": .surrogate, "Co": .privateUse, "Cn": .unassigned,
  ]
}
