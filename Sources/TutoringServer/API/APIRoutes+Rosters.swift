#if Server
import Diagnostics
import Foundation
import HTTPTypes
import Hummingbird
import SchoolData
import TutoringSessions

extension APIRoutes {
  private static let files = APISchema.Member.required(
    "files",
    .list(
      .object([
        .required("name", .name, "The name of the file, such as users.csv or rosters.zip."),
        .optional("text", .nullable(.text), "What is in a CSV file."),
        .optional("base64", .nullable(.text), "What is in a file, a zip or a CSV file, in Base64."),
      ])), "The files, each with 'text' or 'base64'.")

  /// What the office asks of rosters.
  var rosters: [Endpoint] {
    [
      Endpoint(
        method: .post, path: "rosters/preview", operation: "previewRosters",
        summary: "What an import of files would do; nothing is done.",
        body: .object([Self.files]), response: .named("RosterPlan"), problems: [403, 422]
      ) { request, context in
        var input = try await JSONInput(request, upTo: WebLimits.rosterBytes)
        let files = input.files()
        try input.finish()
        return .json(
          try await service.rosterPreview(files, for: try context.requireActor()).json)
      },
      Endpoint(
        method: .post, path: "rosters", operation: "importRosters",
        summary: "Takes files over: what is right in them goes in, and what is wrong is listed.",
        body: .object([
          Self.files,
          .optional(
            "strict", .nullable(.bool), "Whether nothing goes in where something is wrong."),
          .required(
            "request", .requestID,
            "Names the request, such as a UUID: sent again, it does nothing twice."),
        ]),
        response: .object([
          .required("plan", .named("RosterPlan")),
          .optional(
            "import", .named("Import"), "What is kept of it; missing where nothing was done."),
        ]), problems: [403, 422]
      ) { request, context in
        var input = try await JSONInput(request, upTo: WebLimits.rosterBytes)
        let (files, isStrict) = (input.files(), input.bool("strict") ?? false)
        let name = input.requiredText("request")
        try input.finish()
        let (plan, record) = try await service.importRosters(
          files, request: name, isStrict: isStrict, by: try context.requireActor())
        return .json(.object(omittingNil: [("plan", plan.json), ("import", record?.json)]))
      },
      Endpoint(
        method: .get, path: "imports", operation: "imports",
        summary: "All imports, the newest first.",
        response: .object([.required("imports", .list(.named("Import")))]), problems: [403]
      ) { _, context in
        let imports = try await service.imports(for: try context.requireActor())
        return .json(.object([("imports", .array(imports.map(\.json)))]))
      },
    ]
  }
}

extension JSONInput {
  /// The files that were sent.
  fileprivate mutating func files() -> [Source] {
    let files = objects("files").compactMap { members -> Source? in
      var input = JSONInput(members)
      let name = input.requiredText("name")
      let (text, packed) = (input.text("text"), input.text("base64"))
      var bytes: [UInt8]?
      switch (text, packed) {
      case (let text?, nil): bytes = Array(text.utf8)
      case (nil, let packed?): bytes = Data(base64Encoded: packed).map(Array.init)
      default: break
      }
      for mistake in input.finishedMistakes() { add(mistake) }
      guard let bytes else {
        add(InputMistake("files", "'\(name)' has neither a 'text' nor a right 'base64', or both."))
        return nil
      }
      return Source(name: name, bytes: bytes)
    }
    if files.isEmpty, mistakes.isEmpty { add(InputMistake("files", "There are no files.")) }
    return files
  }
}

extension APISchemas {
  static let importRecord = APISchema.object([
    .required("id", .int), .required("at", .time), .optional("person", .text),
    .required("digest", .text, "What tells its files from others."),
    .required(
      "summary", .map(.int),
      "How many records were added, changed, gone and kept as they were by hand, and how many mistakes there were."
    ),
  ])

  private static let rosterChanges = APISchema.list(
    .object([
      .required("path", .list(.text)), .optional("before", .anything),
      .optional("after", .anything),
    ]))

  static let rosterEntry = APISchema.object([
    .required("kind", .oneOf(RosterKind.allCases.map(\.rawValue))), .required("id", .text),
    .required("name", .text), .required("changes", rosterChanges),
    .required(
      "kept", rosterChanges, "What the files would change, and somebody has changed by hand."),
  ])

  static let rosterPlan = APISchema.object([
    .required("added", .list(.named("RosterEntry"))),
    .required("changed", .list(.named("RosterEntry"))),
    .required("gone", .list(.named("RosterEntry"))),
    .required("kept", .list(.named("RosterEntry"))), .required("unchanged", .int),
    .required("diagnostics", .list(.named("Diagnostic"))),
    .required("unread", .list(.text), "The files that nothing was read from."),
  ])
}
#endif
