#if Server
import PolicyEngine

/// A file that pages refer to, under a name that changes with its content, so that browsers may keep it for ever.
struct Asset: Sendable {
  /// Where it is served.
  let path: String
  /// What it is.
  let mediaType: String
  /// Its content.
  let bytes: [UInt8]

  private init(_ name: String, _ ending: String, _ mediaType: String, _ bytes: [UInt8]) {
    path = "\(Self.folder)\(name)-\(SHA256.hexDigest(of: bytes).prefix(16)).\(ending)"
    self.mediaType = mediaType
    self.bytes = bytes
  }

  /// What the paths of all of them begin with.
  static let folder = "/assets/"

  /// How every page looks.
  static let style = Asset(
    "style", "css", "text/css; charset=utf-8", PackageResources.style_css)
  /// What makes pages quicker.
  static let script = Asset(
    "script", "js", "text/javascript; charset=utf-8", PackageResources.script_js)
  /// The sign in a browser's tab.
  static let icon = Asset("icon", "svg", "image/svg+xml", PackageResources.icon_svg)

  /// All of them.
  static let all = [style, script, icon]
}
#endif
