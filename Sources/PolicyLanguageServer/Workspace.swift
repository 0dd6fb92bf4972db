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
  /// What was read and found last, for the texts as they are or as they were before.
  private var lastLoad: LoadedFolder?
  private var lastCases: FolderCases?
  private var lastSettled: SettledFolder?
  private var isLoadCurrent = false
  private var isSettledCurrent = false
  /// What was found of the texts as they are.
  private var knownCheck: FolderCheck?
  /// What the rules say of the sessions of last month; nil where that is not known.
  private(set) var counts: SessionCounts?
  /// The path of the file with the sessions of the district; nil where the settings name none.
  private let sessionsPath: String?
  private var sessions: Source?
  private var knownIndex: SymbolIndex?
  /// The last policy set without an error, by which names are told while there is one.
  private(set) var lastPolicies: PolicySet?

  init(path: String, encoding: LSP.PositionEncodingKind, sessions: String? = nil) {
    self.path = path
    sessionsPath = sessions
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
    folder = folder.replacing([source.name: source])
    forget()
  }

  mutating func close(_ uri: String) {
    guard let path = FileAddress.path(of: uri) else { return }
    documents[path] = nil
    readFolder()
  }

  /// Reads the files of the disk again.
  mutating func readFolder() {
    folder = PolicyFolder(path, unsaved: documents.mapValues(\.source), after: folder)
    sessions = nil
    forget()
  }

  private mutating func forget() {
    isLoadCurrent = false
    isSettledCurrent = false
    knownCheck = nil
    knownIndex = nil
  }

  // MARK: What is known

  /// The policy set, as far as it can be read.
  mutating func load() -> LoadedFolder {
    if let lastLoad, isLoadCurrent { return lastLoad }
    let load = LoadedFolder(folder, after: lastLoad)
    lastLoad = load
    isLoadCurrent = true
    return load
  }

  /// All that is to be said of the folder but for the cases that fail.
  mutating func check() -> FolderCheck {
    if let knownCheck { return knownCheck }
    let check = FolderCheck(FolderCases(load(), after: lastCases))
    know(check)
    return check
  }

  /// What comes of the cases; nil where there are none to try.
  mutating func run() -> TestRun? {
    if isSettledCurrent { return lastSettled?.run }
    guard let settled = SettledFolder(check().cases, after: lastSettled) else { return nil }
    know(settled)
    return settled.run
  }

  /// What there is still to be found out, and said; nil where the policy set has an error.
  mutating func rest(today: (PolicySet) -> CivilDate) -> RestWork? {
    let load = load()
    guard let policies = load.policies else { return nil }
    if let sessionsPath, sessions == nil {
      sessions = try? Source(contentsOf: sessionsPath, limit: Self.sessionsLimit)
    }
    return RestWork(
      load, knowing: .init(check: knownCheck, cases: lastCases, settled: lastSettled),
      sessions: sessions, today: today(policies))
  }

  /// Takes what was found of the texts as they are.
  mutating func know(_ check: FolderCheck) {
    knownCheck = check
    know(check.cases)
  }

  /// Takes the cases as they were read.
  mutating func know(_ cases: FolderCases) {
    // Of a folder that has an error, nothing could be taken over.
    if cases.suite != nil { lastCases = cases }
  }

  /// Takes what was counted.
  mutating func know(_ counts: SessionCounts) { self.counts = counts }

  /// How many bytes of a file of sessions are read: a year of a district has fewer.
  private static let sessionsLimit = 1 << 30

  /// Takes what came of the cases with the texts as they are.
  mutating func know(_ settled: SettledFolder) {
    lastSettled = settled
    isSettledCurrent = true
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
