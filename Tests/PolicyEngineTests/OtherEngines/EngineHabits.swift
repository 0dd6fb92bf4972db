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
        wrote: "`duration('168h') + visit.when`",
        there:
          "An error in cel-rust, which adds only with the instant first; an instant in the two others.",
        here: "in either order.",
        cases: [
          .init(
            "duration('168h') + visit.when == visit.when + duration('168h')",
            #"{"when": "2026-03-08T20:30:00-05:00"}"#, .pass)
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
}
