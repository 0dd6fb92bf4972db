// swift-tools-version: 6.2
import PackageDescription

/// Fuzz targets, in a package of their own since a library's package must not have their flags.
///
/// `run.sh` beside this file builds and runs them.
let package = Package(
  name: "fuzzing",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "tutorpolicy", path: "../..")],
  targets: [.target(name: "FuzzDriver")]
    + ["FuzzParser", "FuzzEvaluator"].map { name in
      .executableTarget(
        name: name,
        dependencies: [
          "FuzzDriver", .product(name: "CEL", package: "tutorpolicy"),
          .product(name: "Diagnostics", package: "tutorpolicy"),
        ],
        linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]
      )
    }
)
