#if Server
package import PolicyEngine
package import TutoringSessions

/// Somebody who uses the server, and as what.
package struct Actor: Hashable, Sendable {
  /// What somebody may do.
  package typealias Role = TutoringSessions.Role

  /// The person's id, as records and session documents have it.
  package let person: String
  /// The person's name.
  package let name: String
  /// All that the person may do.
  package let roles: Set<Role>

  /// A person with roles.
  package init(person: String, name: String, roles: Set<Role>) {
    self.person = person
    self.name = name
    self.roles = roles
  }

  /// Whether the person has one of some roles.
  package func has(_ roles: Role...) -> Bool { !self.roles.isDisjoint(with: roles) }

  /// Whether the person may see the sessions of others.
  package var seesAllSessions: Bool { has(.office, .auditor) }

  /// Whether the person may see any session: those of others, or sessions of one's own.
  package var seesSessions: Bool { seesAllSessions || has(.tutor) }

  /// Whether the person may change the sessions of others.
  package var changesAllSessions: Bool { has(.office) }

  /// Whether the person may change anything at all.
  package var changesSessions: Bool { has(.tutor, .office) }

  /// To whom explanations are told: a tutor is shown what is confidential of the tutor's own sessions.
  package var viewer: Viewer { seesAllSessions ? .privileged : .person(person) }
}
#endif
