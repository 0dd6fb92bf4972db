public import Foundation

/// An executable product of this package, as built together with the running tests.
///
/// - Throws: If it has not been built: the test target must depend on its target.
public func builtProduct(_ name: String) throws -> URL {
  let product = productsFolder.appending(path: name)
  guard FileManager.default.isExecutableFile(atPath: product.path) else {
    throw ProductNotBuilt(product: product)
  }
  return product
}

private struct ProductNotBuilt: Error, CustomStringConvertible {
  let product: URL

  var description: String { "'\(product.path)' has not been built" }
}

/// Where the build puts products: the folder of the test bundle, which on Linux is the running program.
private var productsFolder: URL {
  let testBundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
  return testBundle?.bundleURL.deletingLastPathComponent() ?? Bundle.main.bundleURL
}
