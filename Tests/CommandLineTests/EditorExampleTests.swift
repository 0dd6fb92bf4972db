import Foundation
import TestSupport
import Testing

@Suite struct EditorExampleTests {
  @Test func `the page about editors names every example, and each starts the program`() throws {
    let page = try String(
      contentsOf: packageRoot.appending(
        path: "Sources/PolicyEngine/PolicyEngine.docc/Editors.md"), encoding: .utf8)
    let named = page.matches(of: /`(Examples\/editors\/[^`]+)`/).map { String($0.1) }
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: packageRoot.appending(path: "Examples/editors").path)
    for folder in folders {
      #expect(named.contains { $0.hasPrefix("Examples/editors/\(folder)") }, "\(folder)")
    }
    for name in named {
      let url = packageRoot.appending(path: name)
      let isFile = !url.pathExtension.isEmpty
      let text = try String(
        contentsOf: isFile ? url : url.appending(path: "extension.js"), encoding: .utf8)
      #expect(text.contains(/["']lsp["']/), "\(name)")
    }
  }

  @Test func `the extension's manifest is JSON, and names files that are there`() throws {
    let folder = packageRoot.appending(path: "Examples/editors/vscode")
    let manifest = try JSONDecoder().decode(
      DecodedJSON.self, from: Data(contentsOf: folder.appending(path: "package.json")))
    guard case .string(let main) = manifest["main"] else {
      Issue.record("it names no file")
      return
    }
    #expect(FileManager.default.fileExists(atPath: folder.appending(path: main).path))
  }
}
