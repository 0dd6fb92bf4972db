import CEL
import Diagnostics
import Foundation
import LanguageServerProtocol
import PolicyEditing
import PolicyEngine
import PolicyTesting

/// A policy folder with the texts that a client has open, and what is known of them.
struct Workspace {
  /// A text that a client has open.
  struct Document {
    let uri: String
    var version: Int?
    var source: Source
  }

  /// The policy folder.
  let path: String
  let encoding: LSP.PositionEncodingKind
  /// The open texts, by their paths.
  private(set) var documents: [String: Document] = [:]
  /// The folder's files as they were last read.
  private var folder: PolicyFolder
  private var knownLoad: LoadedFolder?
  private var knownCheck: FolderCheck?
  private var isLoadCurrent = false
  private var knownRun: TestRun??
  /// What came of cases with the policies and sessions as they are.
  private var knownResults: [SourceRange: CaseResult] = [:]
  private var knownIndex: SymbolIndex?
  /// The last policy set without an error, by which names are told while there is one.
  private(set) var lastPolicies: PolicySet?

  init(path: String, encoding: LSP.PositionEncodingKind) {
    self.path = path
    self.encoding = encoding
    folder = PolicyFolder(path)
  }

  // MARK: Texts

  mutating func open(_ uri: String, version: Int?, text: String) {
    guard let path = FileAddress.path(of: uri) else { return }
    // What the disk has may be without an error where the text that is open is not.
    if lastPolicies == nil { _ = policies() }
    let saved = folder.files.first { $0.name == path }
    if let saved, saved.bytes.elementsEqual(text.utf8) {
      documents[path] = Document(uri: uri, version: version, source: saved)
      return
    }
    let source = Source(name: path, text: text)
    documents[path] = Document(uri: uri, version: version, source: source)
    if saved == nil { readFolder() } else { replace(source) }
  }

  /// Changes an open text.
  mutating func change(
    _ uri: String, version: Int?, _ changes: [LSP.DidChangeTextDocumentParams.Change]
  ) {
    guard let path = FileAddress.path(of: uri), var document = documents[path] else { return }
    for change in changes {
      var bytes = document.source.bytes
      if let range = change.range {
        let replaced = positions(in: document.source).bytes(of: range)
        bytes.replaceSubrange(replaced, with: change.text.utf8)
      } else {
        bytes = Array(change.text.utf8)
      }
      document.source = Source(name: path, bytes: bytes)
    }
    document.version = version
    documents[path] = document
    replace(document.source)
  }

  private mutating func replace(_ source: Source) {
    let isFixture = folder.fixtures?.contains { $0.name == source.name } ?? false
    folder = folder.replacing([source.name: source])
    forget()
    // Other cases are as they were; a session that cases start from may change any of them.
    if !isFixture { knownResults = [:] }
  }

  mutating func close(_ uri: String) {
    guard let path = FileAddress.path(of: uri) else { return }
    documents[path] = nil
    readFolder()
  }

  /// Reads the files of the disk again.
  mutating func readFolder() {
    folder = PolicyFolder(path, unsaved: documents.mapValues(\.source))
    forget()
    knownResults = [:]
  }

  private mutating func forget() {
    isLoadCurrent = false
    knownCheck = nil
    knownRun = nil
    knownIndex = nil
  }

  // MARK: What is known

  /// The policy set, as far as it can be read.
  mutating func load() -> LoadedFolder {
    if let knownLoad, isLoadCurrent { return knownLoad }
    let load = LoadedFolder(folder, after: knownLoad)
    knownLoad = load
    isLoadCurrent = true
    return load
  }

  /// All that is to be said of the folder but for the cases that fail.
  mutating func check(unless isCancelled: () -> Bool = { false }) -> FolderCheck {
    if let knownCheck { return knownCheck }
    let check = FolderCheck(load(), unless: isCancelled)
    // Once somebody no longer waits, that stays so: then what there is may be a part of it.
    if !isCancelled() { knownCheck = check }
    return check
  }

  /// What comes of the cases; nil where there are none to try, and where nobody waits for it any more.
  mutating func run(unless isCancelled: () -> Bool = { false }) -> TestRun? {
    if let knownRun { return knownRun }
    let check = check(unless: isCancelled)
    let run = check.run(knowing: knownResults, unless: isCancelled)
    if let run {
      knownResults = Dictionary(run.results.map { ($0.fixture.range, $0) }) { first, _ in first }
    }
    if run != nil || check.suite == nil { knownRun = .some(run) }
    return run
  }

  /// The policy set, or the last one without an error; nil where there never was one.
  mutating func policies() -> PolicySet? {
    if let policies = load().policies { lastPolicies = policies }
    return lastPolicies
  }

  /// Where the symbols are; nil where there never was a policy set without an error.
  mutating func index() -> SymbolIndex? {
    if let knownIndex { return knownIndex }
    guard let policies = policies() else { return nil }
    let index = SymbolIndex(of: folder, by: policies)
    knownIndex = index
    return index
  }

  /// The folder's files.
  var files: PolicyFolder { folder }

  // MARK: Places

  func positions(in source: Source) -> TextPositions {
    TextPositions(source: source, encoding: encoding)
  }

  /// The text of an address: the open one, or that of the folder's file.
  func source(of uri: String) -> Source? {
    guard let path = FileAddress.path(of: uri) else { return nil }
    return documents[path]?.source ?? folder.files.first { $0.name == path }
  }

  func location(of range: SourceRange) -> LSP.Location {
    LSP.Location(
      uri: documents[range.source.name]?.uri ?? FileAddress.uri(of: range.source.name),
      range: range.range(encoding))
  }

  /// Edits as a client makes them.
  func edit(_ edits: [TextEdit]) -> LSP.WorkspaceEdit {
    var changes: [String: [LSP.TextEdit]] = [:]
    for edit in edits {
      let location = location(of: edit.range)
      changes[location.uri, default: []].append(
        LSP.TextEdit(range: location.range, newText: edit.text))
    }
    return LSP.WorkspaceEdit(changes: changes)
  }
}
