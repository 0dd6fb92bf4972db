import CEL
import Diagnostics
import PolicyEngine

/// Tables that one rule looks up by the same key, where one misses rows of the other.
///
/// A table keyed by an enumeration must be whole in any case; of others only their neighbours tell what
/// rows they need.
enum UnevenTables: Check {
  static let check = LintCheck.unevenTables

  static func findings(in context: LintContext) -> [Finding] {
    var reported: Set<[Int]> = []
    return context.policies.rules.flatMap { rule in
      neighbours(in: rule, context).filter { reported.insert($0).inserted }.flatMap { pair in
        findings(pair[0], pair[1], rule, context) + findings(pair[1], pair[0], rule, context)
      }
    }
  }

  /// The rows that the first table misses of the second.
  private static func findings(
    _ first: Int, _ second: Int, _ rule: Rule, _ context: LintContext
  ) -> [Finding] {
    let parameters = context.policies.vocabulary.parameters
    let (table, other) = (parameters[first], parameters[second])
    for date in Set(table.changes + other.changes).sorted() {
      guard case .map(let rows)? = table.value(on: date)?.value,
        case .map(let otherRows)? = other.value(on: date)?.value
      else { continue }
      let missing = otherRows.entries.map(\.key).filter { rows[$0] == nil }
      guard !missing.isEmpty else { continue }
      let names = missing.prefix(5).map { ValueLiteral.text(of: $0) }.joined(separator: ", ")
      return [
        Finding(
          "table '\(table.name)' has no row for \(names)\(missing.count > 5 ? " ..." : ""), and "
            + "'\(other.name)' has", at: table.range, or: [other.range, rule.range],
          why: "rule '\(rule.id)' looks up both by the same key, and is undetermined where one has "
            + "no row",
          notes: [
            Diagnostic.Note("the other table", at: other.range),
            Diagnostic.Note("the rule", at: rule.range),
          ],
          help: "add the rows that hold from \(date) on, or remove them from '\(other.name)'")
      ]
    }
    return []
  }

  /// Pairs of the indices of tables that a rule looks up by the same key.
  private static func neighbours(in rule: Rule, _ context: LintContext) -> [[Int]] {
    var builder = FormulaBuilder(context.logic.words, period: .unknown, decisions: [])
    var byKey: [String: Set<Int>] = [:]
    for node in rule.conditions.flatMap(\.withDescendants) {
      guard case .call(let name, _, let arguments) = node.kind, arguments.count == 2 else {
        continue
      }
      let (table, key) =
        switch name {
        case "_[_]", "_[?_]": (arguments[0], arguments[1])
        case "@in": (arguments[1], arguments[0])
        default: (node, node)
        }
      guard case .global(let slot, _) = table.kind, slot >= GlobalSlot.firstParameter,
        case .map = table.type
      else { continue }
      let text = builder.key(of: key, locals: ["$\(rule.subjectType)"])
      byKey[text, default: []].insert(slot - GlobalSlot.firstParameter)
    }
    // Each with the next one: what one of many misses, its neighbour has or misses too.
    return byKey.keys.sorted().flatMap { key in
      let tables = byKey[key, default: []].sorted()
      return zip(tables, tables.dropFirst()).map { [$0, $1] }
    }
  }
}
