package import Diagnostics

/// Reads the tables in a zip, all or none: half of a roster would let people go who are in the other half.
///
/// It goes by the directory at the zip's end, and takes nothing on trust: what that says must be what stands before each
/// file, files must not lie over each other, and each must come out as long, and with the sum, that is written there.
/// Nothing is ever written to a disk.
package struct ZipReader {
  /// How many bytes the files of a zip may have, unpacked: those of a district with 14,000 students have ten millions.
  package static let limit = 128 << 20
  /// How many files a zip may have.
  static let entryLimit = 1_000

  /// A file in the zip.
  private struct Entry {
    let name: String
    let method: Int
    let sum: UInt32
    let packed: Int
    let size: Int
    let start: Int
  }

  private let source: Source
  private let bytes: [UInt8]

  /// Whether bytes begin as those of a zip do, an empty one too.
  package static func isZip(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x50, 0x4B, 3, 4]) || bytes.starts(with: [0x50, 0x4B, 5, 6])
  }

  /// The tables in a zip; none where something is wrong with any of it, which is said then.
  ///
  /// One folder around all of them is passed over, as is what macOS adds. Files that are no tables are warned of.
  package static func tables(
    in source: Source, limit: Int = limit, into diagnostics: inout [Diagnostic]
  ) -> [Source] {
    do {
      return try ZipReader(source).tables(limit: limit, into: &diagnostics)
    } catch {
      diagnostics.append(error.diagnostic)
      return []
    }
  }

  private init(_ source: Source) {
    self.source = source
    bytes = source.bytes
  }

  /// What is wrong with the zip.
  private struct Refusal: Error {
    let diagnostic: Diagnostic
  }

  private func refusal(_ what: String, _ help: String) -> Refusal {
    Refusal(diagnostic: .refusedZip(source, what, help: help))
  }

  private func damaged(_ what: String) -> Refusal {
    refusal(what, "it is damaged: export or download it again")
  }

  // MARK: - Files

  private func tables(
    limit: Int, into diagnostics: inout [Diagnostic]
  ) throws(Refusal) -> [Source] {
    let entries = try entries().filter { !Self.isOfMacOS($0.name) && !$0.name.hasSuffix("/") }
    guard entries.reduce(0, { $0 + $1.size }) <= limit else {
      throw refusal(
        "unpacked, its files would have more than \(limit >> 20) MB",
        "leave out the files that hold no rosters, or give the tables one by one")
    }
    let tables = entries.filter { $0.name.lowercased().hasSuffix(".csv") }
    for entry in entries where !entry.name.lowercased().hasSuffix(".csv") {
      diagnostics.append(.notATable(entry.name, in: source))
    }
    guard !tables.isEmpty else {
      throw refusal("it has no files that end in .csv", "put the tables into it as CSV files")
    }
    let folders = Set(tables.map { $0.name.split(separator: "/").dropLast() })
    guard folders.count == 1 else {
      throw refusal(
        "its tables lie in \(folders.count) folders",
        "put all tables of one district into one folder, or give the zip of each apart")
    }
    var names: Set<String> = []
    var sources: [Source] = []
    for entry in tables {
      let name = entry.name.split(separator: "/").last.map(String.init) ?? entry.name
      guard names.insert(name.lowercased()).inserted else {
        throw refusal("it has '\(name)' twice", "leave one of them out")
      }
      sources.append(
        Source(name: "\(source.name)/\(name)", bytes: try content(of: entry)))
    }
    return sources
  }

  private static func isOfMacOS(_ name: String) -> Bool {
    let parts = name.split(separator: "/")
    return parts.first == "__MACOSX" || parts.last == ".DS_Store"
      || parts.last?.hasPrefix("._") == true
  }

  private func content(of entry: Entry) throws(Refusal) -> [UInt8] {
    let range = entry.start..<entry.start + entry.packed
    var content: [UInt8]
    switch entry.method {
    case 0:
      guard entry.packed == entry.size else { throw damaged("'\(entry.name)' has another length") }
      content = Array(bytes[range])
    case 8:
      do { content = try Inflater.inflate(bytes, range, count: entry.size) } catch {
        throw damaged("'\(entry.name)' can't be unpacked")
      }
    default:
      throw refusal(
        "'\(entry.name)' is packed in a way that is not read (method \(entry.method))",
        "pack it with the usual compression, 'Deflate'")
    }
    guard CRC32.sum(of: content) == entry.sum else {
      throw damaged("'\(entry.name)' is not what was packed")
    }
    return content
  }

  // MARK: - The directory

  private func number(_ offset: Int, _ length: Int) throws(Refusal) -> Int {
    guard offset >= 0, offset + length <= bytes.count else { throw damaged("it ends too early") }
    return (0..<length).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
  }

  /// Where the record at the zip's end begins: behind it comes nothing but its own comment.
  private func endRecord() throws(Refusal) -> Int {
    var offset = bytes.count - 22
    let first = max(0, bytes.count - 22 - 0xFFFF)
    while offset >= first {
      if try number(offset, 4) == 0x0605_4B50,
        try number(offset + 20, 2) == bytes.count - offset - 22
      {
        return offset
      }
      offset -= 1
    }
    throw refusal(
      "it is not a zip, or not a whole one", "export or download it again; give a table as .csv")
  }

  private func entries() throws(Refusal) -> [Entry] {
    let end = try endRecord()
    let count = try number(end + 10, 2)
    let (size, start) = (try number(end + 12, 4), try number(end + 16, 4))
    let isZip64 = end >= 20 ? try number(end - 20, 4) == 0x0706_4B50 : false
    guard !isZip64, count != 0xFFFF, size != 0xFFFF_FFFF, start != 0xFFFF_FFFF else {
      throw refusal(
        "it is in the form for very large files (zip64), which is not read",
        "pack the tables as a usual zip, or give them as a folder or one by one")
    }
    guard try number(end + 4, 4) == 0, try number(end + 8, 2) == count else {
      throw refusal("it is one part of several", "pack the tables into one zip")
    }
    guard count <= Self.entryLimit else {
      throw refusal(
        "it has \(count) files, and may have \(Self.entryLimit)",
        "put nothing but the tables into it")
    }
    guard start + size == end else { throw damaged("its directory is not where it should be") }
    var offset = start
    var entries: [Entry] = []
    for _ in 0..<count {
      let (entry, next) = try entry(at: offset, before: start)
      entries.append(entry)
      offset = next
    }
    guard offset == end else { throw damaged("its directory has another length") }
    try checkOverlaps(entries)
    return entries
  }

  /// The entry of the directory at an offset, and where the next one begins.
  private func entry(
    at offset: Int, before end: Int
  ) throws(Refusal) -> (entry: Entry, next: Int) {
    guard try number(offset, 4) == 0x0201_4B50 else { throw damaged("its directory has a gap") }
    let (nameLength, extraLength) = (try number(offset + 28, 2), try number(offset + 30, 2))
    let name = try name(offset + 46, nameLength)
    let (packed, size) = (try number(offset + 20, 4), try number(offset + 24, 4))
    let header = try number(offset + 42, 4)
    guard packed != 0xFFFF_FFFF, size != 0xFFFF_FFFF, header != 0xFFFF_FFFF else {
      throw refusal(
        "'\(name)' is in the form for very large files (zip64), which is not read",
        "pack the tables as a usual zip, or give them as a folder or one by one")
    }
    let flags = try number(offset + 8, 2)
    // Bits 0, 6 and 13: encrypted, strongly so, and with a directory that is hidden.
    guard flags & 0x2041 == 0 else {
      throw refusal("'\(name)' is protected by a password", "pack it without a password")
    }
    let method = try number(offset + 10, 2)
    guard try number(header, 4) == 0x0403_4B50, try number(header + 8, 2) == method,
      try number(header + 26, 2) == nameLength, try self.name(header + 30, nameLength) == name
    else { throw damaged("'\(name)' is not where the directory has it") }
    let start = header + 30 + nameLength + (try number(header + 28, 2))
    guard start + packed <= end else { throw damaged("'\(name)' has no end") }
    let entry = Entry(
      name: name, method: method, sum: UInt32(try number(offset + 16, 4)),
      packed: packed, size: size, start: start)
    let next = offset + 46 + nameLength + extraLength + (try number(offset + 32, 2))
    return (entry, next)
  }

  private func name(_ offset: Int, _ length: Int) throws(Refusal) -> String {
    guard offset + length <= bytes.count else { throw damaged("it ends too early") }
    guard let name = String(validating: bytes[offset..<offset + length], as: UTF8.self) else {
      throw refusal(
        "the name of a file in it is not text in UTF-8",
        "name the files as OneRoster does, and pack again")
    }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard !name.isEmpty, !name.hasPrefix("/"), !parts.contains(".."), !name.contains("\\"),
      !name.contains(":"), name.unicodeScalars.allSatisfy({ $0.value >= 0x20 })
    else {
      throw refusal(
        "a file in it has a name that leads elsewhere, '\(name)'",
        "pack the tables themselves, without folders")
    }
    return name
  }

  /// Files that lie over each other can be few bytes here and endless ones unpacked.
  private func checkOverlaps(_ entries: [Entry]) throws(Refusal) {
    var end = 0
    for entry in entries.sorted(by: { $0.start < $1.start }) {
      guard entry.start >= end else { throw damaged("'\(entry.name)' lies over another file") }
      end = entry.start + entry.packed
    }
  }
}
