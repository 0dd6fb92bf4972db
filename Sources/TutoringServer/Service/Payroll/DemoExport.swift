#if Server
package import TutoringSessions
package import TutoringStore

extension PolicyKeeper {
  /// What an export that the office of an invented district made before is decided and written by.
  package func demoExport(
    at now: OffsetDateTime
  ) -> (policies: PolicyVersion, file: ExportFile?, deciding: TutoringStore.DecidingExport) {
    let taken = current
    let judge = SessionJudge(
      taken: taken, now: now, actor: Actor(person: "", name: "", roles: [.office]))
    guard let format = taken.exports.first else { return (taken.version, nil, { _, _ in nil }) }
    let clerk = PayrollClerk(format, judge)
    return (
      taken.version, clerk.file(folder: folder, expecting: nil),
      { clerk.freezing(of: $0, export: $1) }
    )
  }
}
#endif
