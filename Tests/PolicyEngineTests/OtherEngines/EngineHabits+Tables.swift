/// What people bring from tables and from rules in JSON.
extension HabitsOfAnEngine {
  static let decisionTables = HabitsOfAnEngine(
    engine: "DMN and FEEL",
    introduction:
      "FEEL has null for what is missing and for what went wrong, and null is easily taken for false. Seen with bkflow-feel 1.2.0.",
    habits: [
      EngineHabit(
        wrote: "`approved and false`",
        there: "Of null: null, though `false and approved` is false.",
        here: "in either order.",
        cases: [
          .init("visit.approved && false", "{}", .fail),
          .init("false && visit.approved", "{}", .fail),
        ]),
      EngineHabit(
        wrote: "`not(approved)`",
        there: "Of null: true; by the standard it is null.",
        here: "the opposite of what is not known is not known.",
        cases: [.init("!visit.approved", "{}", .undetermined)]),
      EngineHabit(
        wrote: "a table of the hit policy Unique, and two rows that apply",
        there:
          "The first row in pyDMNrules 1.4.5 and SpiffWorkflow 3.2.0; an error in bkflow-dmn 0.2.0, and null by the standard.",
        here:
          "`tutorpolicy import` makes a rule of it, and names the rows and a case in which both apply before anybody is decided by them.",
        cases: [
          .init(
            "size([visit.minutes < 60, visit.minutes < 90].filter(hit, hit)) <= 1",
            #"{"minutes": 30}"#, .fail),
          .init(
            "size([visit.minutes < 60, visit.minutes < 90].filter(hit, hit)) <= 1",
            #"{"minutes": 70}"#, .pass),
        ]),
      EngineHabit(
        wrote: "`not(\"lab\")` in a cell, where the fact is missing",
        there:
          "An exception in the package; by the standard the row applies, since null is not equal to a text.",
        here:
          "and a row that is not known leaves the table undetermined, unless a row before it applies.",
        cases: [
          .init("!(visit.name == 'lab') ? true : false", "{}", .undetermined),
          .init("visit.minutes > 5 || visit.name == 'lab'", #"{"minutes": 6}"#, .pass),
        ]),
      EngineHabit(
        wrote: #"`duration("PT90M") = duration("PT2H")`"#,
        there:
          "True: the package does not have the function, what it does not have is null, and null equals null.",
        here: "a name that is not known is refused, with the nearest one that is.",
        cases: [
          .init("duratoin('90m') == duration('2h')", "{}", .policyRefused("duration")),
          .init("duration('90m') == duration('2h')", "{}", .fail),
          .init("duration('90m') == duration('1h30m')", "{}", .pass),
        ]),
      EngineHabit(
        wrote: "`1 / minutes > 0`",
        there: "Of 0: null by the standard, an exception in the package.",
        here: "an error never decides anything.",
        cases: [.init("1 / visit.minutes > 0", #"{"minutes": 0}"#, .undetermined)]),
      EngineHabit(
        wrote: "`0.1 + 0.2 = 0.3`",
        there:
          "True by the standard, whose numbers are decimal; false in the package, which has binary fractions.",
        here: "as in the package: `double` is a binary fraction. Count money in whole cents.",
        cases: [
          .init("0.1 + 0.2 == 0.3", "{}", .fail), .init("10 + 20 == 30", "{}", .pass),
        ]),
      EngineHabit(
        wrote: #"`date and time("2026-03-08T12:00:00@America/Chicago")`"#,
        there: "Noon with an offset of 5 hours and 51 minutes: that of 1883.",
        here: "a clock's time in a zone has the offset of its instant.",
        cases: [
          .init(
            "visit.when.getHours('America/Chicago') == 12 && visit.when.getMinutes('America/Chicago') == 0",
            #"{"when": "2026-03-08T17:00:00Z"}"#, .pass)
        ]),
    ])

  static let jsonLogic = HabitsOfAnEngine(
    engine: "JsonLogic",
    introduction:
      "What is missing is null there, and null is a number. Seen with panzi-json-logic 1.0.1, json-logic-qubit 0.9.1, jsonlogic-rs 0.5.0 and datalogic-py 5.9.0.",
    habits: [
      EngineHabit(
        wrote: #"`{"<=": [{"var": "minutes"}, 60]}`"#,
        there: "Without the fact: true in most of them, as null is 0.",
        here: "and the fact is named.",
        cases: [.init("visit.minutes <= 60", "{}", .undetermined)]),
      EngineHabit(
        wrote: #"`{"missing": ["name"]}`"#,
        there:
          "Of null: missing in two of the packages, not in the two others; of an empty text likewise by package.",
        here:
          "for null and for a fact that is left out, which are the same; an empty text is there and is empty.",
        cases: [
          .init("!has(visit.name)", #"{"name": null}"#, .pass),
          .init("!has(visit.name)", "{}", .pass),
          .init("!has(visit.name)", #"{"name": ""}"#, .fail),
        ]),
      EngineHabit(
        wrote: #"`{"all": [{"var": "parts"}, {">=": [{"var": "minutes"}, 30]}]}`"#,
        there: "Of an empty list: false.",
        here:
          "there is no part that is too short. Where some are needed, say so: `size(visit.parts) > 0`.",
        cases: [
          .init("visit.parts.all(p, p.minutes >= 30)", #"{"parts": []}"#, .pass),
          .init(
            "size(visit.parts) > 0 && visit.parts.all(p, p.minutes >= 30)", #"{"parts": []}"#, .fail
          ),
        ]),
      EngineHabit(
        wrote: #"`{"+": ["1", 2]}`"#,
        there: "3 in panzi-json-logic: texts are made numbers for a sum.",
        here: "a text is not added to a number.",
        cases: [.init("visit.name + 2 == 3", #"{"name": "1"}"#, .policyRefused("+"))]),
      EngineHabit(
        wrote: #"`{"startswith": ["a", "b"]}`"#,
        there:
          "An operator that is not known, in jsonlogic-rs: the rule itself, which counts as true.",
        here: "with the nearest name.",
        cases: [
          .init("visit.name.startswith('a')", #"{"name": "b"}"#, .policyRefused("startsWith"))
        ]),
    ])

  static let goRules = HabitsOfAnEngine(
    engine: "GoRules (zen)",
    introduction: "Seen with zen-engine 2.1.3.",
    habits: [
      EngineHabit(
        wrote: "`['a'] == ['a']`",
        there: "False: lists are never equal.",
        here: "lists are equal when their elements are, in their order.",
        cases: [.init("visit.names == ['a']", #"{"names": ["a"]}"#, .pass)]),
      EngineHabit(
        wrote: "`approved and true`",
        there: "Without the fact: an error; with its sides exchanged: null.",
        here: "in either order.",
        cases: [
          .init("visit.approved && true", "{}", .undetermined),
          .init("true && visit.approved", "{}", .undetermined),
        ]),
      EngineHabit(
        wrote: "`]1..5[` in a cell",
        there: "What lies outside of 1 to 5; `(1..5)` leaves out the ends, as both do in FEEL.",
        here: "both bounds are said; an import refuses such brackets.",
        cases: [
          .init("visit.minutes > 1 && visit.minutes < 5", #"{"minutes": 3}"#, .pass),
          .init("visit.minutes > 1 && visit.minutes < 5", #"{"minutes": 1}"#, .fail),
        ]),
      EngineHabit(
        wrote: "`>= 30, < 50` in a cell",
        there: "Every number: the comma is an or. An and is written `>= 30 and < 50`.",
        here:
          "the same, with the or written out; an import shows which rows are never reached because of it.",
        cases: [.init("visit.minutes >= 30 || visit.minutes < 50", #"{"minutes": 60}"#, .pass)]),
      EngineHabit(
        wrote: #"`len("José")`"#,
        there: "5: bytes are counted.",
        here: "sizes count Unicode scalars.",
        cases: [.init("size(visit.name) == 4", #"{"name": "José"}"#, .pass)]),
      EngineHabit(
        wrote: "`0.1 + 0.2 == 0.3`",
        there: "True: numbers are decimal.",
        here: "`double` is a binary fraction. Count money in whole cents.",
        cases: [.init("0.1 + 0.2 == 0.3", "{}", .fail)]),
      EngineHabit(
        wrote: "`1 / minutes`",
        there: "Of 0: null, so that the comparison that follows is an error, or false.",
        here:
          "an import writes every quotient so that a divisor of zero leaves it without a value.",
        cases: [.init("1 / visit.minutes > 0", #"{"minutes": 0}"#, .undetermined)]),
      EngineHabit(
        wrote: "`some(minutes, # > 30)`",
        there: "Of 40 and null: true; of null and 40: an error.",
        here: "in either order.",
        cases: [
          .init(
            "visit.parts.exists(p, p.minutes > 30)",
            #"{"parts": [{"minutes": null}, {"minutes": 40}]}"#, .pass),
          .init(
            "visit.parts.exists(p, p.minutes > 30)",
            #"{"parts": [{"minutes": 40}, {"minutes": null}]}"#, .pass),
        ]),
      EngineHabit(
        wrote: #"`bool("yes")`"#,
        there: "False, and so are the texts True and 1; an empty text is true.",
        here: "a fact that is true or false is written `true` or `false`.",
        cases: [
          .init("visit.approved", #"{"approved": "yes"}"#, .documentRefused("is a string")),
          .init("visit.approved", #"{"approved": ""}"#, .documentRefused("is a string")),
        ]),
      EngineHabit(
        wrote: #"`dayOfMonth("2026-03-08T20:30:00-05:00")`"#,
        there: "9, the day in UTC.",
        here: "`date` of an instant is the day in the zone of the policies.",
        cases: [
          .init(
            "date(visit.when).day() == 8", #"{"when": "2026-03-08T20:30:00-05:00"}"#, .pass)
        ]),
      EngineHabit(
        wrote: #"`d("2026-03-07T12:00:00", "America/Chicago").add("1d")`"#,
        there: "13:00 on the next day, since a day is 24 hours and clocks go forward.",
        here: "`addDays` counts days of the calendar, which no clock changes.",
        cases: [
          .init(
            "date(visit.when).addDays(1) == date('2026-03-08')",
            #"{"when": "2026-03-07T23:30:00-06:00"}"#, .pass)
        ]),
      EngineHabit(
        wrote: #"`number("1_000")`"#,
        there: "1000.",
        here: "a text is not a number, however it is written.",
        cases: [
          .init("visit.minutes == 1000", #"{"minutes": "1_000"}"#, .documentRefused("is a string"))
        ]),
    ])

  static let others = HabitsOfAnEngine(
    engine: "OpenFisca, clingo, spreadsheets",
    introduction:
      "Seen with OpenFisca-Core 46.0.1 and clingo 5.8.3; spreadsheets as OpenFormula 1.3 has them.",
    habits: [
      EngineHabit(
        wrote: "a date that nobody gave (OpenFisca)",
        there: "1 January 1970, so whoever left it out is old enough.",
        here: "and the fact is named.",
        cases: [.init("visit.day < date('2000-01-01')", "{}", .undetermined)]),
      EngineHabit(
        wrote: #"`"false"` for a yes or no (OpenFisca)"#,
        there: "True, as every text but the empty one.",
        here: "with its place.",
        cases: [.init("visit.approved", #"{"approved": "false"}"#, .documentRefused("is a string"))]
      ),
      EngineHabit(
        wrote: "a sum of numbers beyond 32 bits (clingo)",
        there: "Wraps around, and may come out negative.",
        here: "beyond 64 bits a sum is an error, and never a smaller number.",
        cases: [
          .init("sum([2147483647, 1]) == 2147483648", "{}", .pass),
          .init("sum([9223372036854775807, visit.minutes]) < 0", #"{"minutes": 1}"#, .undetermined),
        ]),
      EngineHabit(
        wrote: "`=A1<=60` with an empty cell (spreadsheets)",
        there: "True: an empty cell is 0.",
        here: "what was not entered is not 0.",
        cases: [.init("visit.minutes <= 60", #"{"minutes": null}"#, .undetermined)]),
    ])
}
