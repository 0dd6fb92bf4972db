#if Server
import ArgumentParser
import Foundation
import TutoringServer
import TutoringSessions
import TutoringStore

/// `tutoring-server user`: who may sign in.
struct User: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "user", abstract: "Adds people who may sign in, and sets passwords.",
    subcommands: [UserAdd.self, UserPassword.self, UserList.self])
}

/// `tutoring-server user add`.
struct UserAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Adds a person, and asks for a password.",
    discussion:
      "The password is read from the terminal, or from standard input where that is a pipe.")

  @OptionGroup var options: DataOptions
  @Option(name: .long, help: "The person's id in session documents; the login unless given.")
  var id: String?
  @Option(name: .long, help: "The person's name.") var name: String
  @Option(
    name: .long,
    help: ArgumentHelp(
      "A role: \(Role.allCases.map(\.rawValue).joined(separator: ", ")); may be given several times.",
      valueName: "role"))
  var role: [RoleArgument] = []
  @Option(name: .long, help: "A school at which a tutor is approved; may be given several times.")
  var school: [String] = []
  @Argument(help: "What the person signs in with.") var login: String

  func validate() throws {
    if role.isEmpty { throw ValidationError("give the person at least one --role") }
  }

  func run() async throws {
    try await reportingFailure {
      let store = try await options.open()
      let id = id ?? login
      guard try await store.person(id) == nil, try await store.credentials(login: login) == nil
      else { throw Failure("there is a person '\(id)' or a login '\(login)' already") }
      let known = try await store.schools().map(\.id)
      if let school = school.first(where: { !known.contains($0) }) {
        throw Failure(
          "there is no school '\(school)'; the schools are: \(known.joined(separator: ", "))")
      }
      let hash = try Passwords.read()
      let now = DistrictClock.system.now(in: .gmt)
      _ = try await store.save(
        PersonRecord(
          id: id, name: name, login: login, roles: Set(role.map(\.role)), approvedSchools: school),
        request: UUID().uuidString, by: nil, at: now)
      try await store.setPasswordHash(
        hash, of: id, request: UUID().uuidString, by: nil, at: now)
      try store.close()
    }
  }
}

/// `tutoring-server user password`.
struct UserPassword: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "password",
    abstract: "Sets a person's password, and signs the person out everywhere.")

  @OptionGroup var options: DataOptions
  @Argument(help: "What the person signs in with.") var login: String

  func run() async throws {
    try await reportingFailure {
      let store = try await options.open()
      guard let person = try await store.credentials(login: login)?.person else {
        throw Failure("nobody signs in as '\(login)'")
      }
      try await store.setPasswordHash(
        try Passwords.read(), of: person.id, request: UUID().uuidString, by: nil,
        at: DistrictClock.system.now(in: .gmt))
      try store.close()
    }
  }
}

/// `tutoring-server user list`.
struct UserList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the people, with what they may do.")

  @OptionGroup var options: DataOptions

  func run() async throws {
    try await reportingFailure {
      let store = try await options.open()
      for person in try await store.people() {
        let roles = person.roles.map(\.rawValue).sorted().joined(separator: ", ")
        let login = person.login.map { "signs in as \($0)" } ?? "does not sign in"
        StandardOutput.write(
          "\(person.id)\t\(person.name)\t\(login)\t\(roles)\(person.isActive ? "" : "\tleft")\n")
      }
      try store.close()
    }
  }
}

/// Passwords as they are entered.
enum Passwords {
  private static let shortest = 10

  /// The hash of a password that is asked for.
  static func read() throws -> String {
    guard let password = PasswordInput.read(prompt: "Password: ") else {
      throw Failure("no password was given")
    }
    guard password.count >= shortest else {
      throw Failure("a password has at least \(shortest) characters")
    }
    return try PasswordHash(of: password).text
  }
}

/// A role on the command line.
struct RoleArgument: ExpressibleByArgument {
  let role: Role

  init?(argument: String) {
    guard let role = Role(rawValue: argument) else { return nil }
    self.role = role
  }
}
#endif
