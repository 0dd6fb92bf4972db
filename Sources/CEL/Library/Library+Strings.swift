extension Library {
  /// The strings extension.
  static let strings = Library(
    name: "strings",
    summary: "More functions of text. Positions count Unicode scalars from 0."
  ) {
    searching
    cutting
    changing
    Overload.method(
      "format", id: "string_format", parameters: [.string, .list(.dyn)], result: .string,
      """
      The text with each clause replaced by an element of the list: `%s` any value as text, `%d` a \
      whole number, `%f` and `%e` with a fraction or an exponent (`%.2f` with two digits), `%b`, \
      `%o`, `%x`, `%X` in base 2, 8 and 16; `%%` is a percent sign.
      """
    ) { (format: String, values: ListValue, _) in
      try StringFormatter(arguments: values.elements).format(format)
    }
    Overload.function(
      "strings.quote", id: "strings_quote", "The text as a literal, with quotes and escapes."
    ) { (text: String, _) in TextForm.quoted(text) }
  }

  @OverloadBuilder
  private static var searching: [Overload] {
    Overload.method(
      "charAt", id: "string_char_at_int",
      "The scalar at a position; empty at the very end, an error beyond it."
    ) { (text: String, position: Int64, _) in
      let scalars = text.unicodeScalars
      let index = try Scalars.index(in: scalars, at: position)
      return index == scalars.endIndex ? "" : String(scalars[index])
    }
    Overload.method(
      "indexOf", id: "string_index_of_string", "Where the other text first stands; -1 if nowhere."
    ) { (text: String, part: String, _) in
      try Scalars.firstPosition(of: part, in: text, from: 0)
    }
    Overload.method(
      "indexOf", id: "string_index_of_string_int",
      "Where the other text first stands from a position on; -1 if nowhere."
    ) { (text: String, part: String, start: Int64, _) in
      try Scalars.firstPosition(of: part, in: text, from: start)
    }
    Overload.method(
      "lastIndexOf", id: "string_last_index_of_string",
      "Where the other text last stands; -1 if nowhere."
    ) { (text: String, part: String, _) in
      try Scalars.lastPosition(of: part, in: text, upTo: nil)
    }
    Overload.method(
      "lastIndexOf", id: "string_last_index_of_string_int",
      "Where the other text last stands at or before a position; -1 if nowhere."
    ) { (text: String, part: String, end: Int64, _) in
      try Scalars.lastPosition(of: part, in: text, upTo: end)
    }
  }

  @OverloadBuilder
  private static var cutting: [Overload] {
    Overload.method(
      "substring", id: "string_substring_int", "The text from a position on."
    ) { (text: String, start: Int64, _) in
      let scalars = text.unicodeScalars
      return String(scalars[try Scalars.index(in: scalars, at: start)...])
    }
    Overload.method(
      "substring", id: "string_substring_int_int",
      "The text from one position up to, and without, another."
    ) { (text: String, start: Int64, end: Int64, _) in
      let scalars = text.unicodeScalars
      let first = try Scalars.index(in: scalars, at: start)
      let last = try Scalars.index(in: scalars, at: end)
      guard first <= last else {
        throw EvaluationError("invalid substring range: the end comes before the start")
      }
      return String(scalars[first..<last])
    }
    Overload.method("trim", id: "string_trim", "The text without white space at its ends.") {
      (text: String, _) in
      let scalars = text.unicodeScalars
      let end = scalars.reversed().drop { $0.properties.isWhitespace }.startIndex.base
      return String(scalars[..<end].drop { $0.properties.isWhitespace })
    }.total()
    Overload.method(
      "split", id: "string_split_string", result: .list(.string),
      "The parts between the separators; for an empty separator, each scalar."
    ) { (text: String, separator: String, _) in
      ListValue(try Scalars.split(text, separator: separator, limit: -1))
    }
    Overload.method(
      "split", id: "string_split_string_int", result: .list(.string),
      "At most so many parts, the last with all that is left; a negative number means no limit."
    ) { (text: String, separator: String, limit: Int64, _) in
      ListValue(try Scalars.split(text, separator: separator, limit: limit))
    }
  }

  @OverloadBuilder
  private static var changing: [Overload] {
    Overload.method(
      "lowerAscii", id: "string_lower_ascii", "The text with A to Z made small; others stay."
    ) { (text: String, _) in Scalars.mappingASCII(text, from: 0x41...0x5A) { $0 + 0x20 } }.total()
    Overload.method(
      "upperAscii", id: "string_upper_ascii", "The text with a to z made large; others stay."
    ) { (text: String, _) in Scalars.mappingASCII(text, from: 0x61...0x7A) { $0 - 0x20 } }.total()
    Overload.method(
      "replace", id: "string_replace_string_string",
      "The text with each first text made the second."
    ) { (text: String, old: String, new: String, _) in
      try Scalars.replacing(old, by: new, in: text, limit: -1)
    }
    Overload.method(
      "replace", id: "string_replace_string_string_int",
      "The same for at most so many of them; a negative number means no limit."
    ) { (text: String, old: String, new: String, limit: Int64, _) in
      try Scalars.replacing(old, by: new, in: text, limit: limit)
    }
    Overload.method("reverse", id: "string_reverse", "The scalars in the opposite order.") {
      (text: String, _) in
      String(String.UnicodeScalarView(text.unicodeScalars.reversed()))
    }
    Overload.method(
      "join", id: "list_join", parameters: [.list(.string)], "The texts, one after the other."
    ) { (list: ListValue, _) in try Scalars.join(list.elements, separator: "") }
    Overload.method(
      "join", id: "list_join_string", parameters: [.list(.string), .string],
      "The texts with the separator between them."
    ) { (list: ListValue, separator: String, _) in
      try Scalars.join(list.elements, separator: separator)
    }
  }
}
