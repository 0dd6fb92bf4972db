import Foundation

/// The addresses of files, as clients write them.
enum FileAddress {
  /// The path of an address; nil for what is not a file.
  static func path(of uri: String) -> String? {
    guard let url = URL(string: uri), url.isFileURL else { return nil }
    return url.standardizedFileURL.path(percentEncoded: false)
  }

  /// The address of a path.
  static func uri(of path: String) -> String {
    URL(filePath: path).absoluteString
  }
}
