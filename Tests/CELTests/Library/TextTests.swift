import CEL
import Diagnostics
import Testing

struct `Text` {
  @Test(
    arguments: [
      // One scalar and two that look the same are different texts, also as keys.
      ("'\\u00e9' == 'e\\u0301'", "false"),
      ("'\\u00e9' in ['e\\u0301']", "false"),
      ("'e\\u0301'.normalize() == '\\u00e9' && '\\u00e9'.normalize() == '\\u00e9'", "true"),
      ("'e\\u0301'.normalize() in ['\\u00e9'] && 'ab'.normalize() == 'ab'", "true"),
      ("size('e\\u0301')", "2"), ("size('\\u00e9')", "1"), ("'👨‍👩‍👧'.size()", "5"),
      ("{'\\u00e9': 1, 'e\\u0301': 2}['e\\u0301']", "2"),
      ("'e\\u0301'.startsWith('e')", "true"), ("'\\r\\n'.endsWith('\\n')", "true"),
      ("'e\\u0301'.contains('\\u0301')", "true"), ("'a\\u0301b'.replace('a', 'x')", "'x\u{301}b'"),
      ("'e\\u0301'.split('').size()", "2"), ("'\\r\\n'.reverse() == '\\n\\r'", "true"),
      // U+FFFD comes before U+10000 in scalars, after it in UTF-16.
      ("'\\ufffd' < '\\U00010000'", "true"),
      ("'abab'.replace('ab', 'ba')", "'baba'"), ("'ab'.replace('', '-')", "'-a-b-'"),
      ("'ab'.replace('', '-', 1)", "'-ab'"), ("'ab'.replace('a', 'x', 0)", "'ab'"),
      ("'a,b,c'.split(',', 2)", "['a', 'b,c']"), ("''.split('')", "[]"), ("''.split(',')", "['']"),
      ("'abc'.split('', 2)", "['a', 'bc']"), ("['a', 'b'].join(', ')", "'a, b'"),
      ("'hello'.substring(1, 3)", "'el'"), ("'%5.1f'.size()", "5"),
      ("'%s %s'.format(['a', [1, 2u, 3.0, null]])", "'a [1, 2, 3, null]'"),
      ("'%.2f|%e|%x|%b'.format([3.14159, 1000.0, 255, true])", "'3.14|1.000000e+03|ff|1'"),
      ("'%s'.format([session.date])", "'2026-10-14'"),
      (
        "'%s'.format([[session.?color]])",
        "error: %s of a format takes no optional values and no objects"
      ),
      ("string(1.0) + string(0.1) + string(1e100)", "'10.11e+100'"),
      ("string(1u) + string(-5) + string(b'abc')", "'1-5abc'"),
      ("bytes('é')", "bytes(195 169)"), ("bool('t')", "true"), ("int('-5') + int(5.9)", "0"),
      ("double('1e3')", "1000.0"), ("uint('7')", "7u"),
      ("int(session.id)", "error: the text can't be converted: it is not an int"),
      ("strings.quote('a\"b\\n')", "'\"a\\\"b\\n\"'"),
    ])
  func `is made of Unicode scalars`(text: String, expected: String) {
    #expect(evaluated(text) == expected)
  }

  @Test(
    arguments: [
      ("a+b*", "xaab", true), ("^a$", "a", true), ("^a$", "ab", false), ("(?m)^b$", "a\nb", true),
      ("a.c", "a\nc", false), ("(?s)a.c", "a\nc", true), ("(?i)STRASSE", "strasse", true),
      ("(?i:A)b", "aB", false), ("[a-c]{2,3}$", "abcd", false), ("^[^a-c]+$", "xyz", true),
      ("^\\d{3}-\\d{4}$", "555-1234", true), ("\\bcat\\b", "a cat.", true),
      ("\\bcat\\b", "concatenate", false), ("^\\pL+$", "éß漢", true), ("^\\p{Nd}+$", "٣4", true),
      ("^\\PL+$", "123", true), ("[[:alpha:]]+", "1a", true), ("[[:^digit:]]", "12", false),
      ("^[]a]$", "]", true), ("^[a\\-z]$", "-", true), ("^[\\d.]+$", "1.5", true),
      ("a|b|", "zzz", true), ("^(a|bc)*$", "abca", true), ("(?P<year>\\d{4})", "2026", true),
      ("x{0}y", "y", true), ("^a{2,}$", "aaa", true), ("^a{,2}$", "a{,2}", true),
      ("\\Qa.b\\E", "a.b", true), ("\\Qa.b\\E", "axb", false), ("\\x{e9}", "é", true),
      ("\\x41\\101", "AA", true), ("^\\S+@\\S+$", "a@b", true), ("\\Aab\\z", "ab", true),
      ("a**?", "a", false), ("", "", true), ("^.$", "e\u{301}", false), ("\\.", "x", false),
      ("(?i)é", "É", true), ("[^\\n]", "\n", false), ("a$b", "a\nb", false),
    ])
  func `matches patterns as RE2 does`(pattern: String, text: String, expected: Bool) {
    let quoted = "r'''\(pattern)'''"
    let isValid = pattern != "a**?"
    let result = evaluated(
      "'''\(text)'''.matches(\(quoted))", mode: isValid ? .strict : .standard)
    #expect(result == (isValid ? "\(expected)" : "error: '*' repeats a repetition"))
  }

  @Test(
    arguments: [
      ("(", "'(' is not closed"), (")", "')' closes nothing"), ("[a", "'[' is not closed"),
      ("*a", "'*' has nothing to repeat"), ("a{1001}", "the count of a repetition is out of range"),
      ("a{3,2}", "the count of a repetition is out of range"),
      ("((a{100}){100}){100}", "the pattern is too large"),
      ("\\1", "'\\1' means nothing: there are no back references"), ("\\", "a backslash ends it"),
      ("(?=a)", "'(?' is followed by '=', which means nothing there"),
      ("\\pX", "there is no class 'X'; known are general categories such as L or Nd"),
      ("[z-a]", "a range of characters is the wrong way round"),
      ("[[:foo:]]", "there is no class '[:foo:]'"), ("\\x4", "the hexadecimal escape is malformed"),
      ("\\y", "'\\y' means nothing"), ("(?<>a)", "the name of a group is malformed"),
      (String(repeating: "(", count: 101), "it is nested too deeply"),
    ])
  func `refuses malformed patterns`(pattern: String, message: String) {
    let checked = Checked("session.id.matches(r'''\(pattern)''')")
    #expect(checked.diagnostics.map(\.message) == ["the pattern can't be read: \(message)"])
  }

  @Test func `matches in linear time`() {
    let many = String(repeating: "a", count: 5000)
    #expect(evaluated("'\(many)!'.matches('^(a+)+$')") == "false")
    #expect(evaluated("'\(many)'.matches('(a?){50}a{50}b')") == "false")
  }
}

struct `Collections and numbers` {
  @Test(
    arguments: [
      ("{1: 'a', 2u: 'b'}[1u]", "'a'"), ("1.0 in {1: 'a'}", "true"), ("1.5 in {1: 'a'}", "false"),
      ("{1: 'a'} == {1u: 'a'}", "true"), ("[1, 2.0] == [1.0, 2]", "true"),
      ("{'a': 1, 'b': 2} == {'b': 2, 'a': 1}", "true"), ("[1] == dyn([[1]])", "false"),
      ("[session.tags, session.tags].size()", "2"), ("size({'a': 1})", "1"),
      ("[1, 2] + [3]", "[1, 2, 3]"), ("session.tags[5]", "error: no such element: the list has 2"),
      ("session.tags[-1]", "error: no such element: the list has 2"),
      ("minutes[session.id]", "error: no such key: the map has no entry for it"),
      ("sum([1, 2, 3])", "6"), ("sum([1.5, 2.5])", "4.0"), ("sum([1u, 2u])", "3u"),
      ("sum([duration('1h'), duration('30m')])", "5400s"),
      ("sum(session.tags.map(t, size(t)))", "16"),
      ("sum(session.tags.filter(t, false).map(t, 1.5))", "0.0"),
      ("sum([9223372036854775807, days])", "error: the result is out of range: integer overflow"),
      ("-9223372036854775808 % -1", "0"),
      ("days - 7 - 9223372036854775807 - 2", "error: the result is out of range: integer overflow"),
      ("days % (days - 7)", "error: division by zero"), ("0.0 / 0.0 == 0.0 / 0.0", "false"),
      ("[0.0 / 0.0] == [0.0 / 0.0]", "false"), ("1 < 1.5 && 2u > 1 && 1 <= 1u", "true"),
      ("9007199254740993 == 9007199254740992.0", "true"), ("18446744073709551615u > -1", "true"),
      ("[1, 2, 3].map(x, x > 1, x * 2)", "[4, 6]"), ("{'a': 1}.map(k, k)", "['a']"),
      ("[1, 2].transformMap(i, x, x * 2)", "{0: 2, 1: 4}"),
      ("{'a': 1}.transformMapEntry(k, v, {v: k})", "{1: 'a'}"),
      ("[1, 1].transformMapEntry(i, x, {x: i})", "error: a key is repeated in a map"),
      ("['a', 'b'].transformList(i, x, '%d%s'.format([i, x]))", "['0a', '1b']"),
      ("[1, 2].existsOne(i, x, i == 1)", "true"),
      ("[?optional.of(1), ?optional.none()]", "[1]"), ("{?'a': optional.none()}", "{}"),
      ("optional.of(1).or(optional.of(2)).value()", "1"),
      ("session.?color.value()", "error: the optional is empty"),
      ("session.tags[?7].orValue('none')", "'none'"), ("minutes[?'tutoring']", "optional(60)"),
      ("optional.of([1, 2])[1]", "optional(2)"),
      ("optional.unwrap([optional.of(1), optional.none()])", "[1]"),
      ("math.greatest([1, 2.5, 2u])", "2.5"), ("math.least(3, 1, 2)", "1"),
      ("math.round(-2.5)", "-3.0"),
      ("math.abs(-3) + math.sign(-3)", "2"), ("math.sqrt(16)", "4.0"),
      ("math.bitShiftRight(-1, 63)", "1"), ("base64.encode(b'\\xfb\\xff')", "'+/8='"),
      ("base64.decode('+/8')", "bytes(251 255)"),
      ("base64.decode(session.id)", "error: the text is not Base64"),
      ("type([1]) == list && type(session.date) == date", "true"),
      ("cel.bind(x, [1, 2], x + x)", "[1, 2, 1, 2]"),
    ])
  func `are calculated as specified`(text: String, expected: String) {
    #expect(evaluated(text) == expected)
  }

  @Test func `find keys of large maps`() {
    let entries = (0..<1000).map { "'k\($0)': \($0)" }.joined(separator: ", ")
    #expect(evaluated("{\(entries)}['k777'] + ({\(entries)}.k3)") == "780")
  }
}

struct `Language reference` {
  @Test func `describes every function once`() {
    let reference = LanguageReference.markdown()
    for overload in Library.all.flatMap(\.overloads) {
      #expect(!overload.documentation.isEmpty, "\(overload.id)")
      #expect(reference.contains(overload.documentation), "\(overload.id)")
    }
    #expect(
      reference.contains(
        "| `date.addDays(int)` | date | The date so many days later; earlier if negative. |"))
    #expect(reference.contains("## Dates"))
  }

  @Test func `gives every overload a name of its own`() {
    let ids = Library.all.flatMap(\.overloads).map(\.id)
    #expect(Set(ids).count == ids.count)
  }
}
