import Diagnostics
import Testing
import YAML

@Suite struct `The core schema` {
  @Test(
    arguments: [
      ("", .null), ("~", .null), ("null", .null), ("Null", .null), ("NULL", .null),
      ("nULL", .string("nULL")), ("true", .bool(true)), ("True", .bool(true)),
      ("TRUE", .bool(true)),
      ("false", .bool(false)), ("False", .bool(false)), ("FALSE", .bool(false)),
      ("no", .string("no")), ("yes", .string("yes")), ("on", .string("on")), ("y", .string("y")),
      ("0", .int(0)), ("-0", .int(0)), ("+12", .int(12)), ("007", .int(7)), ("0o17", .int(15)),
      ("0o18", .string("0o18")), ("-0o17", .string("-0o17")), ("0x1F", .int(31)),
      ("0xff", .int(255)),
      ("0X1F", .string("0X1F")), ("0x", .string("0x")), ("+", .string("+")), ("-", .string("-")),
      ("1_000", .string("1_000")), ("12:30", .string("12:30")),
      ("2026-05-01", .string("2026-05-01")),
      ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
      ("9223372036854775808", .float(9_223_372_036_854_775_808)),
      ("-9223372036854775809", .float(-9_223_372_036_854_775_808)),
      ("0x8000000000000000", .float(9_223_372_036_854_775_808)),
      ("1.5", .float(1.5)), ("-1.5e3", .float(-1500)), (".5", .float(0.5)), ("1.", .float(1)),
      ("+.5", .float(0.5)), ("1e3", .float(1000)), ("1e", .string("1e")), (".", .string(".")),
      (".e1", .string(".e1")), ("1.2.3", .string("1.2.3")), (".inf", .float(.infinity)),
      ("+.Inf", .float(.infinity)), ("-.INF", .float(-.infinity)), ("inf", .string("inf")),
      ("nan", .string("nan")), ("é1", .string("é1")),
    ] as [(String, YAMLScalar.Value)])
  func `resolves a plain scalar`(_ text: String, _ value: YAMLScalar.Value) {
    let read = Reading("a: " + (text == "-" ? "[-]" : text))
    let node = text == "-" ? read.document?.first?.first : read.document?.first
    #expect(node?.scalar?.value == value)
  }

  @Test(arguments: [".nan", ".NaN", ".NAN"])
  func `resolves NaN`(_ text: String) throws {
    guard case .float(let value)? = Reading(text).document?.scalar?.value else {
      Issue.record("not a float")
      return
    }
    #expect(value.isNaN)
  }

  @Test(arguments: ["'12'", "\"12\"", "! 12", "!!str 12", "|-\n 12", ">-\n 12"])
  func `makes a string of what is quoted or tagged as one`(_ text: String) {
    let reading = Reading(text)
    #expect(reading.document?.scalar?.value == .string("12"))
    #expect(reading.codes == [])
  }

  @Test(
    arguments: [
      ("!!int '12'", .int(12)), ("!!float 12", .float(12)), ("!!float \"1e2\"", .float(100)),
      ("!!bool 'true'", .bool(true)), ("!!null ''", .null), ("!!null", .null),
      ("!!int 9223372036854775808", .float(9_223_372_036_854_775_808)),
      ("!<tag:yaml.org,2002:int> '1'", .int(1)),
    ] as [(String, YAMLScalar.Value)])
  func `follows a tag`(_ text: String, _ value: YAMLScalar.Value) {
    let reading = Reading(text)
    #expect(reading.document?.scalar?.value == value)
    #expect(reading.codes == [])
  }

  @Test(arguments: [
    ("!!int 1.5", "the tag '!!int' expects a whole number"),
    ("!!int x", "the tag '!!int' expects a whole number"),
    ("!!float true", "the tag '!!float' expects a number"),
    ("!!bool no", "the tag '!!bool' expects true or false"),
    ("!!null x", "the tag '!!null' expects null"),
    ("!!seq {a: b}", "the tag '!!seq' expects a list"),
    ("!!map [a]", "the tag '!!map' expects a mapping"),
    ("!!str [a]", "the tag '!!str' expects text"),
    ("!!map x", "the tag '!!map' expects a mapping"),
  ])
  func `refuses a tag that does not fit`(_ text: String, _ message: String) {
    let reading = Reading(text)
    #expect(reading.diagnostics.map(\.message) == [message])
    #expect(reading.codes == ["tag-mismatch"])
    #expect(reading.documents.count == 1)
  }

  @Test(arguments: ["!!binary aGk=", "!!set {a}", "!<x:y> b", "!!timestamp 2026-05-01"])
  func `refuses a tag that it does not have, and keeps it`(_ text: String) {
    let reading = Reading(text)
    #expect(reading.codes == ["unknown-tag"])
    #expect(reading.document?.tag != nil)
  }
}
