import Diagnostics
import Foundation
import PolicyEngine
import YAML

/// Reads session documents from files and standard input, one after the other.
struct SessionInput {
  /// The form of a file's content.
  enum Form {
    case yaml, json, ndjson
  }

  /// What ends the input early.
  let interruption: Interruption
  /// The most bytes that one document may have.
  static let documentLimit = 64 << 20

  /// Calls `body` with each document, or with what is wrong with it, in the order of the input, and with
  /// whether the next one can be had without waiting.
  ///
  /// Where there is a `stream`, it is called with the name and the lines of each NDJSON file, instead
  /// of `body` with each of its documents; it says whether there were any.
  func forEachDocument(
    in files: [String], _ body: (PendingDocument, _ isMoreThere: Bool) -> Void,
    stream: ((String, LinePieces) throws(ReadError) -> Bool)? = nil
  ) {
    for file in files where !interruption.hasHappened {
      do {
        guard file == "-" || PathKind(at: file) != .folder else {
          body(PendingDocument(unreadable: [.folder(file)]), false)
          continue
        }
        let handle =
          file == "-"
          ? FileHandle.standardInput
          : try FileHandle(forReadingFrom: URL(filePath: file.literalPath))
        var lines = LineReader(
          handle: handle, limit: Self.documentLimit, unless: interruption)
        let name = file == "-" ? "<stdin>" : file
        if let content = try packedContent(handle, &lines) {
          body(PendingDocument(unreadable: [.packed(file, content)]), false)
          continue
        }
        let form = try form(of: file, &lines)
        if form == .ndjson {
          if let stream {
            let pieces = LinePieces(
              handle: handle, after: lines.unread, limit: Self.documentLimit)
            if try !stream(name, pieces) {
              body(.noSession(in: Source(name: name, bytes: [])), false)
            }
            continue
          }
          try readLines(&lines, name: name, body)
        } else {
          try readWhole(&lines, form, name: name, body)
        }
      } catch {
        if interruption.hasHappened { return }
        let reason = (error as? ReadError)?.underlying ?? error
        body(
          PendingDocument(unreadable: [.unreadable(named: file.inputName, why: reason)]), false)
      }
    }
  }

  /// What a file holds that is no text in UTF-8; where it can be looked at without reading it, as pipes can't,
  /// nothing of it is read.
  private func packedContent(
    _ handle: FileHandle, _ lines: inout LineReader
  ) throws(ReadError) -> PackedContent? {
    let descriptor = handle.fileDescriptor
    let place = lseek(descriptor, 0, SEEK_CUR)
    guard place >= 0 else { return PackedContent(try lines.start(PackedContent.length)) }
    var start = [UInt8](repeating: 0, count: PackedContent.length)
    let count = unsafe pread(descriptor, &start, start.count, place)
    return PackedContent(start.prefix(max(count, 0)))
  }

  /// The form of a file: by its name, or by how its content begins where the name does not tell.
  private func form(of file: String, _ lines: inout LineReader) throws(ReadError) -> Form {
    switch URL(filePath: file.literalPath).pathExtension.lowercased() {
    case "ndjson", "jsonl": .ndjson
    case "json": .json
    case "yaml", "yml": .yaml
    default:
      switch try lines.look() {
      case .lines: .ndjson
      case .object: .json
      case .other: .yaml
      }
    }
  }

  private func readWhole(
    _ lines: inout LineReader, _ form: Form, name: String,
    _ body: (PendingDocument, Bool) -> Void
  ) throws(ReadError) {
    let source = Source(name: name, bytes: try lines.rest())
    guard !lines.isTooLong(source.bytes) else {
      return body(PendingDocument(unreadable: [.tooLong(source)]), false)
    }
    if form == .json { return body(PendingDocument(json: source), false) }
    var diagnostics: [Diagnostic] = []
    let nodes = YAMLReader.read(source, into: &diagnostics)
    guard !diagnostics.hasErrors else {
      return body(PendingDocument(unreadable: diagnostics), false)
    }
    guard !nodes.isEmpty else { return body(.noSession(in: source), false) }
    for (index, node) in nodes.enumerated() {
      body(PendingDocument(yaml: node), index + 1 < nodes.count)
    }
  }

  private func readLines(
    _ lines: inout LineReader, name: String, _ body: (PendingDocument, Bool) -> Void
  ) throws(ReadError) {
    var count = 0
    while !interruption.hasHappened, let (bytes, number) = try lines.next() {
      guard !bytes.isBlankLine else { continue }
      count += 1
      let source = Source(name: name, bytes: bytes, firstLine: number)
      let document =
        lines.isTooLong(bytes)
        ? PendingDocument(unreadable: [.tooLong(source)]) : PendingDocument(json: source)
      body(document, lines.hasLine)
    }
    if count == 0 { body(.noSession(in: Source(name: name, bytes: [])), false) }
  }
}

extension String {
  /// What messages call an input by this name on the command line.
  fileprivate var inputName: String { self == "-" ? "standard input" : "'\(self)'" }
}

extension PendingDocument {
  fileprivate static func noSession(in source: Source) -> PendingDocument {
    PendingDocument(unreadable: [.noSession(in: source)])
  }
}

extension Diagnostic {
  /// That a session is longer than may be; its text was cut a byte behind that.
  static func tooLong(_ source: Source) -> Diagnostic {
    Diagnostic(
      code: .tooLarge,
      "this session is too long to read: \(source.bytes.count - 1) bytes are the most",
      at: SourceRange(source: source, bytes: 0..<1))
  }

  fileprivate static func packed(_ file: String, _ content: PackedContent) -> Diagnostic {
    let isText = content == .utf16 || content == .utf32
    return .unreadable(
      named: file.inputName, why: FileProblem.packed(content),
      help: "\(isText ? "convert" : "unpack") it first, as "
        + "'\(content.unpacking) | tutorpolicy check -' does")
  }

  fileprivate static func folder(_ path: String) -> Diagnostic {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path.literalPath)) ?? []
    let held = Set(names.map { URL(filePath: $0).pathExtension })
    let ending = ["yaml", "json", "ndjson", "yml"].first { held.contains($0) } ?? "yaml"
    let folder = path.hasSuffix("/") ? path : path + "/"
    return .unreadable(
      named: path.inputName, why: FileProblem.folder,
      help: "name the files in it: \(folder)*.\(ending)")
  }

  fileprivate static func noSession(in source: Source) -> Diagnostic {
    Diagnostic(
      code: .noSession, "there is no session in this input",
      at: SourceRange(source: source, bytes: 0..<0))
  }
}
