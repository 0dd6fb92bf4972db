// swift-tools-version: 6.2
import PackageDescription

/// Fuzz targets, in a package of their own since a library's package must not have their flags.
///
/// `run.sh` beside this file builds and runs them. What they check stands in `Tests/FuzzProperties`, to
/// which a link leads, since the ordinary tests check the same of the seeds.
let package = Package(
  name: "fuzzing",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "tutorpolicy", path: "../..")],
  targets: [
    .target(name: "FuzzDriver"),
    .target(
      name: "FuzzProperties",
      dependencies: ["CEL", "Diagnostics", "PolicyEngine", "PolicyRendering", "YAML"].map {
        .product(name: $0, package: "tutorpolicy")
      },
      swiftSettings: [.define("FUZZING"), .enableUpcomingFeature("InternalImportsByDefault")]),
  ]
    + ["FuzzParser", "FuzzEvaluator", "FuzzPolicies", "FuzzDocuments"].map { name in
      .executableTarget(
        name: name, dependencies: ["FuzzDriver", "FuzzProperties"],
        linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])])
    }
)
