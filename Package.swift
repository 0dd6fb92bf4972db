// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// What every target is compiled with: the strictest the toolchain offers, so that a data race, an
/// unsafe operation without its mark, or a warning never reaches main.
var settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// Whether another package depends on this one, and has it checked out.
///
/// Such are spared the flag below, which some versions of SwiftPM refuse there.
let isDependency = Context.packageDirectory.contains("/checkouts/")
// Generic types are made by code that knows their conformances, rather than by names, for which the first use
// of each type searches all conformances of the program: a tenth of the time to a first decision.
if !isDependency {
  settings.append(
    .unsafeFlags(
      ["-Xfrontend", "-disable-concrete-type-metadata-mangled-name-accessors"],
      .when(configuration: .release)))
}

/// The commit that the program names with `--version` and in its reports, where the build is given one: a
/// release is built with `TUTORPOLICY_COMMIT=$(git rev-parse HEAD)`. (What Package.swift itself could ask
/// of git would be kept, and be another commit's after the next one.)
let buildCommit: [SwiftSetting] =
  Context.environment["TUTORPOLICY_COMMIT"].map { commit in
    [.unsafeFlags(["-Xcc", "-DTUTORPOLICY_COMMIT=\(commit.filter(\.isHexDigit))"])]
  } ?? []

#if arch(arm64)
let architecture = "aarch64"
#else
let architecture = "x86_64"
#endif

/// Whether the C library and libyaml are there as archives, as Debian's -dev packages have them.
let hasArchives = ["libc.a", "libyaml.a"].allSatisfy {
  FileManager.default.fileExists(atPath: "/usr/lib/\(architecture)-linux-gnu/\($0)")
}

/// The released program carries Swift's libraries within itself, and where their archives are there the C
/// library and libyaml too: it runs where none of them is installed, and loading and linking them at each
/// start would take a quarter of the time to a first decision. (macOS has them in the system.)
let selfContained = linking(hasArchives ? "-static-executable" : "-static-stdlib")

/// The released server carries Swift's libraries within itself, and takes SQLite, libyaml and the C library from the system,
/// which looks up the names of hosts.
let selfContainedServer = linking("-static-stdlib")

/// Links a released program with Swift's libraries in it.
func linking(_ kind: String) -> [LinkerSetting] {
  [
    .unsafeFlags(
      [
        kind, "-use-ld=lld", "-lCoreFoundation", "-l_FoundationCShims",
        "-l_FoundationCollections", "-l_FoundationICU",
      ], .when(platforms: [.linux], configuration: .release))
  ]
}

/// Asked of every product that only the store needs.
let forStore: TargetDependencyCondition? = .when(traits: ["Store"])
/// Asked of every product that only the server needs.
let forServer: TargetDependencyCondition? = .when(traits: ["Server"])

/// Targets are layers: each knows only those that stand above it here.
let package = Package(
  name: "tutorpolicy",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Diagnostics", targets: ["Diagnostics"]),
    .library(name: "YAML", targets: ["YAML"]),
    .library(name: "CEL", targets: ["CEL"]),
    .library(name: "PolicyEngine", targets: ["PolicyEngine"]),
    .library(name: "EmbeddedPolicies", targets: ["EmbeddedPolicies"]),
    .library(name: "PolicyRendering", targets: ["PolicyRendering"]),
    .library(name: "PolicyRemedies", targets: ["PolicyRemedies"]),
    .library(name: "PolicyTesting", targets: ["PolicyTesting"]),
    .library(name: "PolicyAnalysis", targets: ["PolicyAnalysis"]),
    .library(name: "PolicyExports", targets: ["PolicyExports"]),
    .library(name: "PolicySQL", targets: ["PolicySQL"]),
    .library(name: "PolicyImport", targets: ["PolicyImport"]),
    .library(name: "PolicySchemas", targets: ["PolicySchemas"]),
    .library(name: "PolicyComparison", targets: ["PolicyComparison"]),
    .library(name: "TutoringSessions", targets: ["TutoringSessions"]),
    .library(name: "SchoolData", targets: ["SchoolData"]),
    .executable(name: "tutorpolicy", targets: ["tutorpolicy"]),
    .executable(name: "tutoring-server", targets: ["tutoring-server"]),
  ],
  // Without the trait, none of what only the server needs is fetched or built.
  traits: [
    .trait(name: "Store", description: "The records of a district, kept with SQLite."),
    .trait(
      name: "Server", description: "The server that tutors and the office use in a browser.",
      enabledTraits: ["Store"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CLibYAML",
      pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]
    ),
    .systemLibrary(name: "CByteScan"),
    .systemLibrary(name: "CBuildCommit"),
    .target(name: "Diagnostics", swiftSettings: settings),
    .target(name: "YAML", dependencies: ["CLibYAML", "Diagnostics"], swiftSettings: settings),
    .target(name: "CEL", dependencies: ["Diagnostics"], swiftSettings: settings),
    .target(
      name: "PolicyEngine",
      dependencies: ["CBuildCommit", "CByteScan", "CEL", "Diagnostics", "YAML"],
      swiftSettings: settings + buildCommit
    ),
    .target(
      name: "PolicyRendering",
      dependencies: ["CEL", "Diagnostics", "PolicyEngine"],
      swiftSettings: settings
    ),
    .target(
      name: "EmbeddedPolicies",
      dependencies: ["CEL", "Diagnostics", "PolicyEngine", "PolicyRendering", "YAML"],
      swiftSettings: settings
    ),
    .target(
      name: "PolicyRemedies",
      dependencies: ["CEL", "Diagnostics", "PolicyEngine", "PolicyRendering"],
      swiftSettings: settings
    ),
    .target(
      name: "PolicyTesting",
      dependencies: ["CEL", "Diagnostics", "PolicyEngine", "PolicyRendering", "YAML"],
      swiftSettings: settings
    ),
    .target(
      name: "PolicyAnalysis",
      dependencies: ["CEL", "Diagnostics", "PolicyEngine"],
      swiftSettings: settings
    ),
    .target(
      name: "PolicyComparison",
      dependencies: [
        "CEL", "Diagnostics", "PolicyEngine", "PolicyRendering", "PolicyRemedies",
        "PolicyTesting", "YAML",
      ],
      swiftSettings: settings
    ),
    .target(
      name: "PolicyExports",
      dependencies: ["CEL", "Diagnostics", "PolicyEngine", "YAML"],
      swiftSettings: settings
    ),
    .target(
      name: "PolicySQL",
      dependencies: ["CEL", "Diagnostics", "PolicyEngine"],
      swiftSettings: settings
    ),
    .target(
      name: "PolicyImport",
      dependencies: ["CEL", "Diagnostics", "PolicyEngine", "PolicyTesting"],
      swiftSettings: settings
    ),
    .target(
      name: "PolicySchemas",
      dependencies: [
        "Diagnostics", "PolicyComparison", "PolicyEngine", "PolicyExports", "PolicyTesting",
      ],
      swiftSettings: settings
    ),
    .target(
      name: "PolicyEditing",
      dependencies: [
        "CEL", "Diagnostics", "PolicyAnalysis", "PolicyEngine", "PolicyExports", "PolicyTesting",
        "YAML",
      ],
      swiftSettings: settings
    ),
    .target(name: "LanguageServerProtocol", swiftSettings: settings),
    .target(
      name: "PolicyLanguageServer",
      dependencies: [
        "CEL", "Diagnostics", "LanguageServerProtocol", "PolicyEditing", "PolicyEngine",
        "PolicyTesting", "YAML",
      ],
      swiftSettings: settings
    ),
    .target(
      name: "TutoringSessions",
      dependencies: ["CEL", "Diagnostics", "PolicyEngine"],
      swiftSettings: settings
    ),
    .target(
      name: "SchoolData",
      dependencies: ["CEL", "Diagnostics", "PolicyEngine", "TutoringSessions"],
      swiftSettings: settings
    ),
    .target(
      name: "TutoringStore",
      dependencies: [
        "CEL", "PolicyEngine", "SchoolData", "TutoringSessions",
        .product(name: "GRDB", package: "GRDB.swift", condition: forStore),
      ],
      swiftSettings: settings
    ),
    .target(
      name: "TutoringServer",
      dependencies: [
        "CEL", "Diagnostics", "PolicyComparison", "PolicyEngine", "PolicyExports",
        "PolicyRemedies", "PolicyRendering", "PolicyTesting", "SchoolData", "TutoringSessions",
        "TutoringStore",
        .product(name: "Hummingbird", package: "hummingbird", condition: forServer),
        .product(name: "Crypto", package: "swift-crypto", condition: forServer),
        .product(name: "CryptoExtras", package: "swift-crypto", condition: forServer),
        .product(name: "Logging", package: "swift-log", condition: forServer),
        .product(name: "NIOCore", package: "swift-nio", condition: forServer),
        .product(
          name: "ServiceLifecycle", package: "swift-service-lifecycle", condition: forServer),
      ],
      // A server is one file, wherever it is put.
      resources: [.embedInCode("HTML/Assets")],
      swiftSettings: settings
    ),
    .executableTarget(
      name: "tutoring-server",
      dependencies: [
        "CEL", "Diagnostics", "PolicyEngine", "PolicyExports", "SchoolData", "TutoringServer",
        "TutoringSessions", "TutoringStore",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Hummingbird", package: "hummingbird", condition: forServer),
        .product(name: "Logging", package: "swift-log", condition: forServer),
        .product(name: "NIOCore", package: "swift-nio", condition: forServer),
      ],
      swiftSettings: settings,
      linkerSettings: selfContainedServer
    ),
    .executableTarget(
      name: "tutorpolicy",
      dependencies: [
        "CEL", "Diagnostics", "LanguageServerProtocol", "PolicyComparison", "PolicyEditing",
        "PolicyEngine", "PolicyImport", "PolicyLanguageServer", "PolicyRemedies",
        "PolicyRendering", "PolicySQL", "PolicySchemas", "PolicyTesting", "YAML",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      // The policy folder that `init` starts.
      resources: [.embedInCode("Starter")],
      swiftSettings: settings,
      linkerSettings: selfContained
    ),
    .executableTarget(
      name: "tutorpolicy-benchmark",
      dependencies: ["CEL", "Diagnostics", "PolicyEngine", "PolicyRendering", "PolicyRemedies"],
      swiftSettings: settings
    ),
    .executableTarget(
      name: "embedding-example",
      dependencies: ["CEL", "EmbeddedPolicies", "PolicyEngine", "TutoringSessions"],
      path: "Examples/embedding",
      swiftSettings: settings
    ),
    .executableTarget(
      name: "streaming-example",
      dependencies: ["CEL", "EmbeddedPolicies", "PolicyEngine"],
      path: "Examples/streaming",
      swiftSettings: settings
    ),
    .target(
      name: "TestSupport",
      dependencies: ["Diagnostics"],
      path: "Tests/TestSupport",
      swiftSettings: settings
    ),
    .target(
      name: "FuzzProperties",
      dependencies: ["CEL", "Diagnostics", "PolicyEngine", "PolicyRendering", "YAML"],
      path: "Tests/FuzzProperties",
      swiftSettings: settings
    ),
    .testTarget(
      name: "FuzzPropertiesTests",
      dependencies: ["FuzzProperties", "TestSupport"],
      swiftSettings: settings
    ),
    .target(
      name: "TutoringTestSupport",
      dependencies: ["CEL", "Diagnostics", "PolicyEngine", "TestSupport", "TutoringSessions"],
      path: "Tests/TutoringTestSupport",
      swiftSettings: settings
    ),
    .testTarget(
      name: "ArchitectureTests",
      dependencies: ["TestSupport"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "TestSupportTests",
      dependencies: ["TestSupport"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "DiagnosticsTests",
      dependencies: ["Diagnostics", "TestSupport"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "YAMLTests",
      dependencies: ["YAML", "TestSupport"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "CELTests",
      dependencies: ["CEL", "TestSupport"],
      exclude: ["Specification/sections"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "PolicyEngineTests",
      dependencies: [
        "CEL", "Diagnostics", "PolicyEngine", "PolicyRendering", "TestSupport", "YAML",
      ],
      exclude: ["Fixtures", "Loading/Snapshots"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "EmbeddedPoliciesTests",
      dependencies: [
        "CEL", "Diagnostics", "EmbeddedPolicies", "PolicyEngine", "TestSupport",
        "streaming-example", "tutorpolicy",
      ],
      swiftSettings: settings
    ),
    .testTarget(
      name: "PolicyRemediesTests",
      dependencies: [
        "CEL", "Diagnostics", "PolicyEngine", "PolicyRendering", "PolicyRemedies", "TestSupport",
        "TutoringSessions",
        "TutoringTestSupport",
      ],
      swiftSettings: settings
    ),
    .testTarget(
      name: "PolicyTestingTests",
      dependencies: [
        "CEL", "Diagnostics", "PolicyEngine", "PolicyRendering", "PolicyTesting", "TestSupport",
        "YAML",
      ],
      exclude: ["Fixtures"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "PolicyAnalysisTests",
      dependencies: [
        "CEL", "Diagnostics", "PolicyAnalysis", "PolicyEngine", "PolicyTesting", "TestSupport",
        "YAML",
      ],
      exclude: ["Fixtures", "Snapshots"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "PolicyComparisonTests",
      dependencies: [
        "CEL", "Diagnostics", "PolicyComparison", "PolicyEngine", "PolicyTesting", "TestSupport",
        "YAML",
      ],
      exclude: ["Fixtures"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "PolicyExportsTests",
      dependencies: [
        "CEL", "Diagnostics", "PolicyEngine", "PolicyExports", "TestSupport",
      ],
      swiftSettings: settings
    ),
    .testTarget(
      name: "PolicySQLTests",
      dependencies: [
        "CEL", "Diagnostics", "PolicyEngine", "PolicyRendering", "PolicySQL", "TestSupport",
      ],
      exclude: ["Fixtures"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "PolicyImportTests",
      dependencies: ["Diagnostics", "PolicyImport", "TestSupport"],
      exclude: ["Fixtures", "Snapshots"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "PolicySchemasTests",
      dependencies: [
        "Diagnostics", "PolicyEngine", "PolicyExports", "PolicySchemas", "PolicyTesting",
        "TestSupport", "YAML",
      ],
      swiftSettings: settings
    ),
    .testTarget(
      name: "PolicyLanguageServerTests",
      dependencies: [
        "CEL", "LanguageServerProtocol", "PolicyLanguageServer", "TestSupport", "tutorpolicy",
      ],
      swiftSettings: settings
    ),
    .testTarget(
      name: "PolicyEditingTests",
      dependencies: [
        "CEL", "Diagnostics", "PolicyEditing", "PolicyEngine", "PolicyTesting", "TestSupport",
        "YAML",
      ],
      swiftSettings: settings
    ),
    .testTarget(
      name: "TutoringSessionsTests",
      dependencies: [
        "CEL", "Diagnostics", "PolicyEngine", "PolicyRendering", "TestSupport", "TutoringSessions",
        "TutoringTestSupport", "YAML",
      ],
      swiftSettings: settings
    ),
    .testTarget(
      name: "SchoolDataTests",
      dependencies: [
        "CEL", "Diagnostics", "PolicyEngine", "SchoolData", "TestSupport", "TutoringSessions",
      ],
      swiftSettings: settings
    ),
    .testTarget(
      name: "TutoringStoreTests",
      dependencies: [
        "CEL", "PolicyEngine", "PolicyRendering", "SchoolData", "TestSupport", "TutoringSessions",
        "TutoringStore",
        .product(name: "GRDB", package: "GRDB.swift", condition: forStore),
        .product(name: "Subprocess", package: "swift-subprocess", condition: forStore),
      ],
      swiftSettings: settings
    ),
    .testTarget(
      name: "TutoringServerTests",
      dependencies: [
        "CEL", "Diagnostics", "PolicyEngine", "PolicyExports", "PolicyRendering", "SchoolData",
        "TestSupport", "TutoringServer", "TutoringSessions", "TutoringStore", "tutoring-server",
        "tutorpolicy",
        .product(name: "AsyncHTTPClient", package: "async-http-client", condition: forServer),
        .product(name: "Hummingbird", package: "hummingbird", condition: forServer),
        .product(name: "HummingbirdTesting", package: "hummingbird", condition: forServer),
        .product(name: "Logging", package: "swift-log", condition: forServer),
        .product(name: "NIOCore", package: "swift-nio", condition: forServer),
        .product(name: "NIOHTTP1", package: "swift-nio", condition: forServer),
        .product(name: "Subprocess", package: "swift-subprocess", condition: forServer),
      ],
      exclude: ["Forms/Snapshots", "Pages/Snapshots"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "CommandLineTests",
      dependencies: [
        "Diagnostics", "PolicyEngine", "TestSupport", "embedding-example", "tutorpolicy",
      ],
      exclude: ["Fixtures", "Snapshots"],
      swiftSettings: settings
    ),
  ]
)
