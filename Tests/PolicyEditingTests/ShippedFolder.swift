import Diagnostics
import Foundation
import PolicyEditing
import TestSupport

/// The policy folder that comes with the program.
enum ShippedFolder {
  static let path = packageRoot.appending(path: "policies").path
  static let folder = PolicyFolder(path)
  /// The session files beside it.
  static let sessions: [Source] = {
    var mistakes: [Diagnostic] = []
    return NamedFiles.sources(
      at: [packageRoot.appending(path: "Examples/sessions").path], into: &mistakes)
  }()
}
