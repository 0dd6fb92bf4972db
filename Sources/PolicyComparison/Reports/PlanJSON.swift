import Diagnostics
import PolicyEngine

extension PolicyPlan {
  /// The plan as JSON over several lines.
  package var json: String {
    let found = acknowledgement
    return JSONValue.object(omittingNil: [
      ("old", old.json), ("new", new.json), ("edits", .array(edits.map(\.json))),
      ("proofs", .array(proofs.map(\.json))),
      ("replay", replay.map { $0.json(decisions: new.policies.decisions.map(\.name)) }),
      ("fixturesTried", .int(fixturesTried)), ("fixtures", .array(fixtures.map(\.json))),
      ("isAcknowledged", .bool(found.isWhole)),
      ("unlisted", .array(found.unlisted.map { .string($0.words) })),
      (
        "notAsExpected",
        .array(
          found.mistakes.map {
            .object(omittingNil: [
              ("message", .string($0.message)), ("at", $0.range?.placeJSON),
            ])
          })
      ),
    ]).pretty
  }
}

extension PolicyPlan.Side {
  var json: JSONValue {
    .object([("name", .string(name)), ("policies", .string(policies.digest))])
  }
}

extension FixtureChange {
  var json: JSONValue {
    .object([
      ("title", .string(title)), ("at", range.placeJSON),
      (
        "changes",
        .array(
          directions.map {
            .object([
              ("decision", .string($0.decision)), ("old", .string($0.old.rawValue)),
              ("new", .string($0.new.rawValue)),
            ])
          })
      ),
    ])
  }
}

extension PolicyEdit {
  var json: JSONValue {
    .object(omittingNil: [
      ("kind", .string(kind.rawValue)), ("of", .string(subject.rawValue)), ("name", .string(name)),
      ("oldName", .text(oldName)), ("isText", .bool(isText)),
      (
        "parts",
        details.isEmpty
          ? nil
          : .array(
            details.map { detail in
              .object(omittingNil: [
                ("part", .string(detail.part)), ("old", .text(detail.old)),
                ("new", .text(detail.new)), ("isText", .bool(detail.isText)),
                ("at", detail.range?.placeJSON),
              ])
            })
      ), ("oldAt", oldRange?.placeJSON), ("at", newRange?.placeJSON),
    ])
  }
}

extension SourceRange {
  /// The place of the first character, as `file:line`.
  var placeJSON: JSONValue { .string(fileAndLine) }
}
