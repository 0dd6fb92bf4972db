import Diagnostics
import Testing

@testable import PolicyEngine

/// Each mistake that a document can have against the schema, with its message, help and underline.
struct FactMistakeTests {
  @Test(arguments: [
    // The document.
    (
      "[]",
      "a session document is a mapping (an object), this is a list "
        + "(give one document a file, or one a line (NDJSON), as 'jq -c .[]' makes of a JSON list) <[]>"
    ),
    ("\"x\"", "a session document is a mapping (an object), this is a string <\"x\">"),
    ("null", "a session document is a mapping (an object), this is null <null>"),
    // Keys.
    (
      #"{"shcool": "x"}"#,
      "'shcool' is not a fact of Session (did you mean 'school'?) <\"shcool\">"
    ),
    (
      #"{"group": {"id": "G", "size": {"a": [1]}}}"#,
      "group: 'size' is not a fact of Group (its facts are 'id', 'name') <\"size\">"
    ),
    (#"{"id": "a", "i\u0064": "b"}"#, "'id' is given twice <\"i\\u0064\">"),
    (#"{"school": null, "school": "b"}"#, "'school' is given twice <\"school\">"),
    // Types.
    (
      #"{"id": 42}"#,
      "id: '42' is a number, expected a string (put it in quotes: \"42\") <42>"
    ),
    (
      #"{"tags": "x"}"#,
      "tags: 'x' is a string, expected a list (put it in brackets if it is the only entry) <\"x\">"
    ),
    (
      #"{"tags": ["a", null]}"#,
      "tags[1]: null is nothing, expected a string (leave the entry out) <null>"
    ),
    (
      #"{"encounters": [{}, null]}"#,
      "encounters[1]: null is nothing, expected a mapping with the facts of Encounter "
        + "(leave the entry out) <null>"
    ),
    (
      #"{"tutor": []}"#,
      "tutor: this is a list, expected a mapping with the facts of Tutor <[]>"
    ),
    (
      #"{"encounters": [{"activelyTutored": "no"}]}"#,
      "encounters[0].activelyTutored: 'no' is a string, expected true or false (write false) <\"no\">"
    ),
    (
      #"{"encounters": [{"activelyTutored": 1}]}"#,
      "encounters[0].activelyTutored: '1' is a number, expected true or false <1>"
    ),
    (
      #"{"date": 20261013}"#,
      "date: '20261013' is a number, expected a date such as '2026-05-01' <20261013>"
    ),
    (
      #"{"id": {"a": 1}}"#, #"id: this is a mapping, expected a string <{"a": 1}>"#
    ),
    // Enumerations.
    (
      #"{"workOrder": {"kind": "career-lader"}}"#,
      "workOrder.kind: 'career-lader' is not a WorkOrderKind (did you mean 'career-ladder'?) "
        + "<\"career-lader\">"
    ),
    (
      #"{"encounters": [{"student": {"grades": [{"grade": "E+"}]}}]}"#,
      "encounters[0].student.grades[0].grade: 'E+' is not a Grade "
        + "(expected one of 'A', 'B', 'C', 'D', 'F') <\"E+\">"
    ),
    (
      #"{"workOrder": {"kind": "\u0063areer"}}"#,
      "workOrder.kind: 'career' is not a WorkOrderKind (expected one of 'career-ladder', 'tutoring', "
        + "'homebound', 'detention', 'credit-recovery') <\"\\u0063areer\">"
    ),
  ])
  func `reports a mistake in the document's words`(text: String, message: String) {
    let reading = FactReading(json: text)
    #expect(reading.messages == [message])
    #expect(reading.document == nil)
  }

  @Test(arguments: [
    ("5/1/2026", "expected a date such as '2026-05-01'"),
    ("2026-5-1", "expected a date such as '2026-05-01'"),
    ("2026-02-29", "the calendar has no such day"),
    ("2100-02-29", "the calendar has no such day"),
    ("2026-13-01", "the calendar has no such day"),
    ("2026-00-10", "the calendar has no such day"),
    ("2026-04-31", "the calendar has no such day"),
    ("2026-04-00", "the calendar has no such day"),
    ("0000-01-01", "it is out of range, expected the years 1 to 9999"),
    ("2026-10-13T16:15:00Z", "expected a date such as '2026-05-01'"),
    ("", "expected a date such as '2026-05-01'"),
  ])
  func `refuses what is not a date`(text: String, reason: String) {
    let reading = FactReading(json: #"{"date": "\#(text)"}"#)
    #expect(reading.diagnostics.map(\.message) == ["date: '\(text)' is not a date: \(reason)"])
  }

  @Test(arguments: [
    ("2026-10-13", "expected a timestamp such as '2026-05-01T15:30:00-05:00'"),
    ("25:00", "expected a timestamp such as '2026-05-01T15:30:00-05:00'"),
    ("2026-10-13T16:15:00", "it needs its offset from UTC"),
    ("2026-10-13 16:15:00Z", "a 'T' must stand between date and time"),
    ("2026-10-13T24:00:00Z", "the day has no such time, expected 00:00:00 to 23:59:59"),
    ("2026-10-13T16:60:00Z", "the day has no such time, expected 00:00:00 to 23:59:59"),
    (
      "2026-10-13T16:15:00+24:00",
      "there is no such offset from UTC, expected -23:59 to +23:59"
    ),
    ("2016-12-31T23:59:60Z", "leap seconds can't be kept"),
    ("2026-02-30T00:00:00Z", "the calendar has no such day"),
    ("2026-10-13T16:15:00.1234567890Z", "expected at most nine digits of a second"),
    ("2026-10-13T16:15:00.Z", "expected a timestamp such as '2026-05-01T15:30:00-05:00'"),
    ("2026-10-13T16:15:00-0500", "expected a timestamp such as '2026-05-01T15:30:00-05:00'"),
    ("2026-10-13T16:15:00-05:00 ", "expected a timestamp such as '2026-05-01T15:30:00-05:00'"),
    ("2026-10-13T16:15:00*05:00", "expected a timestamp such as '2026-05-01T15:30:00-05:00'"),
    ("0001-01-01T00:00:00+01:00", "it is out of range, expected the years 1 to 9999"),
    ("9999-12-31T23:59:59-01:00", "it is out of range, expected the years 1 to 9999"),
  ])
  func `refuses what is not a timestamp`(text: String, reason: String) {
    let reading = FactReading(json: #"{"start": "\#(text)"}"#)
    #expect(
      reading.diagnostics.map(\.message) == ["start: '\(text)' is not a timestamp: \(reason)"])
  }

  @Test func `reports all mistakes, in their order`() {
    let text = #"""
      {"id": 7, "tutor": {"nme": "x", "approvedSchools": [1, "a", null]}, "date": "2026-02-30",
       "workOrder": {"kind": "detentoin"}, "encounters": [{"arrived": "25:00"}, 3], "id": "again"}
      """#
    let reading = FactReading(json: text)
    #expect(
      reading.diagnostics.map { $0.range?.text } == [
        "7", "\"nme\"", "1", "null", "\"2026-02-30\"", "\"detentoin\"", "\"25:00\"", "3", "\"id\"",
      ])
    #expect(
      reading.diagnostics.last?.notes.map { $0.range?.start } == [
        SourcePosition(line: 1, column: 2)
      ])
  }

  @Test func `reports mistakes before the place where the text stops being JSON`() {
    let reading = FactReading(json: #"{"id": 7, "tags": ["a" "b"]}"#)
    #expect(
      reading.messages == [
        "id: '7' is a number, expected a string (put it in quotes: \"7\") <7>",
        "found '\"', expected ',' or ']' (put a comma before it) <\">",
      ])
  }

  @Test func `reports many mistakes in time that grows with the text`() {
    let count = 20_000
    let tags = Array(repeating: "1", count: count).joined(separator: ",")
    let repeated = Array(repeating: #""id":"x""#, count: count).joined(separator: ",")
    let reading = FactReading(json: #"{"tags":[\#(tags)],\#(repeated)}"#)
    #expect(reading.diagnostics.count == 21)
    #expect(reading.diagnostics.last?.message == "and 39,979 more mistakes, from here on")
  }

  @Test(arguments: [(20, 20), (21, 21), (22, 21), (1_000_000, 21)])
  func `reports the first mistakes one by one, and how many more there are`(
    count: Int, reported: Int
  ) {
    let tags = Array(repeating: "5", count: count).joined(separator: ",")
    let messages = FactReading(json: #"{"id":"x","tags":[\#(tags)]}"#).messages
    #expect(messages.count == reported)
    #expect(messages[19].hasPrefix("tags[19]: '5' is a number, expected a string"))
    if count == 1_000_000 {
      #expect(
        messages.last
          == "and 999,980 more mistakes, from here on (the first ones are shown above: correct them and check again) <5>"
      )
    }
  }
}
