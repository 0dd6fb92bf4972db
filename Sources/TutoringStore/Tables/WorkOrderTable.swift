#if Store
import GRDB
package import TutoringSessions

extension WorkOrderRecord: StoredRecord {
  package static var subjectKind: SubjectKind { .workOrder }
  package static var table: RecordTable<WorkOrderRecord> {
    RecordTable(fetch: { try fetch($0, in: $1) }, put: { try $0.put(in: $1) })
  }

  static func fetch(_ ids: [String]?, in database: Database) throws -> [WorkOrderRecord] {
    try fetch(in: database, ids.condition("id"), ids.values)
  }

  /// The work orders that the end of a query finds.
  static func fetch(
    in database: Database, _ condition: String, _ values: [SQLValue]
  ) throws -> [WorkOrderRecord] {
    try database.rows(
      """
      SELECT id, title, kind, activity, tutor, valid_from, valid_until, fund, pay_code, facts,
        revision FROM work_orders\(condition)
      """, values, make: WorkOrderRecord.init)
  }

  private func put(in database: Database) throws {
    try database.run(
      """
      INSERT INTO work_orders (id, title, kind, activity, tutor, valid_from, valid_until, fund,
        pay_code, facts, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET title = excluded.title, kind = excluded.kind,
        activity = excluded.activity, tutor = excluded.tutor, valid_from = excluded.valid_from,
        valid_until = excluded.valid_until, fund = excluded.fund, pay_code = excluded.pay_code,
        facts = excluded.facts, revision = excluded.revision
      """,
      .text(id), .text(title), .text(kind), .text(activity), .text(tutor), .date(validFrom),
      .date(validUntil), .text(fund), .text(payCode), .facts(facts), .int(revision))
  }

  private init(_ columns: Columns) throws {
    self.init(
      id: try columns.text(0), title: try columns.optionalText(1), kind: try columns.text(2),
      activity: try columns.text(3), tutor: try columns.optionalText(4),
      validFrom: try columns.optionalDate(5), validUntil: try columns.optionalDate(6),
      fund: try columns.optionalText(7), payCode: try columns.optionalText(8),
      facts: try columns.facts(9), revision: try columns.int(10))
  }
}
#endif
