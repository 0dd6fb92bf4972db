/// The engines of the page, each with what people bring from there.
struct HabitsOfAnEngine: Sendable {
  let engine: String
  let introduction: String
  let habits: [EngineHabit]
}

extension HabitsOfAnEngine {
  static let all = [cel, rego, cedar, decisionTables, jsonLogic, goRules, others]

  private static let cel = HabitsOfAnEngine(
    engine: "CEL elsewhere",
    introduction:
      "Conditions are CEL here too. What differs between its libraries: cel-cpp through cel-expr-python 0.1.3, cel-rust through common-expression-language 0.10.0, cel-python 0.5.0.",
    habits: [
      EngineHabit(
        wrote: "`visit.when.getDate() == 8`",
        there:
          "Of 8 March, 20:30 in Chicago: false in cel-cpp and cel-python, which take the day in UTC; true in cel-rust, which takes the offset that the text was written with.",
        here:
          "as the specification has it: without a zone, the parts of an instant are those in UTC. Write `date(visit.when)`, the day in the zone of the policies, or name the zone.",
        cases: [
          .init("visit.when.getDate() == 8", #"{"when": "2026-03-08T20:30:00-05:00"}"#, .fail),
          .init(
            "date(visit.when) == date('2026-03-08')", #"{"when": "2026-03-08T20:30:00-05:00"}"#,
            .pass),
          .init(
            "date(visit.when) == date('2026-03-08')", #"{"when": "2026-03-09T01:30:00Z"}"#, .pass),
          .init(
            "visit.when.getDate('America/Chicago') == 8", #"{"when": "2026-03-09T01:30:00Z"}"#,
            .pass),
        ]),
      EngineHabit(
        wrote: "`visit.parts.exists(p, p.minutes >= 30)`",
        there:
          "With one part of 40 minutes and one without the fact: true in cel-cpp and cel-python; in cel-rust an error or true, by the order of the parts.",
        here: "in either order: what is missing does not matter once something else decides.",
        cases: [
          .init(
            "visit.parts.exists(p, p.minutes >= 30)", #"{"parts": [{"minutes": 40}, {}]}"#, .pass),
          .init(
            "visit.parts.exists(p, p.minutes >= 30)", #"{"parts": [{}, {"minutes": 40}]}"#, .pass),
          .init(
            "visit.parts.exists(p, p.minutes >= 30)", #"{"parts": [{}, {"minutes": 20}]}"#,
            .undetermined),
        ]),
      EngineHabit(
        wrote: "`duration('7d')`",
        there: "Seven days in cel-python alone; an error in the two others.",
        here:
          "with the units that there are. Hours are written `duration('168h')`; days of the calendar are counted with `addDays`.",
        cases: [
          .init(
            "visit.when + duration('7d') > visit.when", #"{"when": "2026-03-08T20:30:00-05:00"}"#,
            .policyRefused("it is not a duration")),
          .init(
            "duration('168h') + visit.when > visit.when",
            #"{"when": "2026-03-08T20:30:00-05:00"}"#, .pass),
        ]),
      EngineHabit(
        wrote: "`visit.minutes == 60`",
        there:
          "Of 60.0, as many tools write a whole number: an error in cel-python, true in the two others.",
        here:
          "and a number with a fraction, or a text, is refused where it stands in the document.",
        cases: [
          .init("visit.minutes == 60", #"{"minutes": 60.0}"#, .pass),
          .init("visit.minutes == 60", #"{"minutes": 6e1}"#, .pass),
          .init("visit.minutes == 60", #"{"minutes": 62.5}"#, .documentRefused("62.5")),
          .init("visit.minutes == 60", #"{"minutes": "60"}"#, .documentRefused("is a string")),
        ]),
      EngineHabit(
        wrote: "`size(visit.name) == 4`",
        there: "Of José: false in cel-rust, which counts the five bytes; true in the two others.",
        here: "since sizes count Unicode scalars.",
        cases: [.init("size(visit.name) == 4", #"{"name": "José"}"#, .pass)]),
    ])

  private static let rego = HabitsOfAnEngine(
    engine: "Rego (OPA)",
    introduction:
      "A value that is not there makes a Rego rule undefined, and `not` makes that true. Here it makes a decision undetermined. Versions: rego-cpp through regopy 1.5.2, regorus through gordon-to-regorus 0.13.0.",
    habits: [
      EngineHabit(
        wrote: "`not input.approved`",
        there: "Without the fact: true in both engines, so whoever leaves it out is let through.",
        here: "and the explanation names the fact that is missing.",
        cases: [
          .init("!visit.approved", "{}", .undetermined),
          .init("!visit.approved", #"{"approved": false}"#, .pass),
        ]),
      EngineHabit(
        wrote: "`input.minutes <= 60`",
        there: "Of null: true in regorus, as null comes before every number; false in rego-cpp.",
        here: "null is a fact that is not there, and is within no limit.",
        cases: [
          .init("visit.minutes <= 60", #"{"minutes": null}"#, .undetermined),
          .init("visit.minutes >= 60", #"{"minutes": null}"#, .undetermined),
        ]),
      EngineHabit(
        wrote: #"`"5" > 4`"#,
        there: "False in rego-cpp, true in regorus, where every text comes after every number.",
        here: "since a text is not compared with a number.",
        cases: [.init("'5' > 4", "{}", .policyRefused(">"))]),
      EngineHabit(
        wrote: "`time.add_date(ns, 0, 1, 0)`",
        there: "Of 31 January 2026: 3 March in rego-cpp, 28 February in regorus.",
        here: "with `addMonths`, which takes the last day of a month that is too short.",
        cases: [
          .init(
            "date('2026-01-31').addMonths(1) == date('2026-02-28')", "{}", .pass)
        ]),
      EngineHabit(
        wrote: "`5 / 2 == 2.5`",
        there: "True in both engines: there is one sort of number.",
        here:
          "when numbers of two types are compared; `5 / 2` is 2, a quotient without its fraction.",
        cases: [
          .init("5 / 2 == 2.5", "{}", .fail), .init("5 / 2 == 2", "{}", .pass),
          .init("5.0 / 2.0 == 2.5", "{}", .pass),
        ]),
    ])

  private static let cedar = HabitsOfAnEngine(
    engine: "Cedar",
    introduction:
      "In Cedar a policy whose condition is an error is left out, also one that forbids. Seen with cedarpy 4.12.2.",
    habits: [
      EngineHabit(
        wrote: "`forbid ... when { context.minutes < 30 }`",
        there:
          "Without the fact: the policy is skipped with an error beside the answer, and the answer is Allow.",
        here: "a rule that can't be decided never counts as fulfilled.",
        cases: [.init("!(visit.minutes < 30)", "{}", .undetermined)]),
      EngineHabit(
        wrote: "`context.approved || true`",
        there: "Without the fact: an error; with its sides exchanged: true.",
        here: "in either order.",
        cases: [
          .init("visit.approved || true", "{}", .pass),
          .init("true || visit.approved", "{}", .pass),
        ]),
      EngineHabit(
        wrote: #"`context.names == ["a"]`"#,
        there: "Of a list with a twice: true, since all collections are sets.",
        here: "lists have an order and may hold a value twice.",
        cases: [
          .init("visit.names == ['a']", #"{"names": ["a", "a"]}"#, .fail),
          .init("visit.names == ['b', 'a']", #"{"names": ["a", "b"]}"#, .fail),
        ]),
      EngineHabit(
        wrote: #"`datetime("2026-03-08T20:30:00-06:00")`"#,
        there: "An error: an offset is written without its colon.",
        here: "offsets are those of RFC 3339, as in JSON elsewhere.",
        cases: [
          .init(
            "visit.when == timestamp('2026-03-09T02:30:00Z')",
            #"{"when": "2026-03-08T20:30:00-06:00"}"#, .pass),
          .init(
            "visit.when == timestamp('2026-03-09T02:30:00Z')",
            #"{"when": "2026-03-08T20:30:00-0600"}"#, .documentRefused("-06")),
        ]),
      EngineHabit(
        wrote: "`7 / 2 == 3`",
        there: "Can't be read: there is neither division nor remainder.",
        here: "both are there, for whole numbers and for others.",
        cases: [.init("7 / 2 == 3 && 7 % 2 == 1", "{}", .pass)]),
    ])

  private static let decisionTables = HabitsOfAnEngine(
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

  private static let jsonLogic = HabitsOfAnEngine(
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
        wrote: #"`{"startswith": ["a", "b"]}`"#,
        there:
          "An operator that is not known, in jsonlogic-rs: the rule itself, which counts as true.",
        here: "with the nearest name.",
        cases: [
          .init("visit.name.startswith('a')", #"{"name": "b"}"#, .policyRefused("startsWith"))
        ]),
    ])

  private static let goRules = HabitsOfAnEngine(
    engine: "GoRules (zen)",
    introduction: "Seen with zen-engine 2.1.3.",
    habits: [
      EngineHabit(
        wrote: "`['a'] == ['a']`",
        there: "False: lists are never equal.",
        here: "lists are equal when their elements are, in their order.",
        cases: [.init("visit.names == ['a']", #"{"names": ["a"]}"#, .pass)]),
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

  private static let others = HabitsOfAnEngine(
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
