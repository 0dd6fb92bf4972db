/// What a file may hold instead of text in UTF-8, known by its first bytes.
package enum PackedContent: CaseIterable {
  case gzip, zstd, xz, bzip2, zip, utf16, utf32

  /// How many bytes at the start are looked at.
  package static let length = 8

  /// What bytes at the start of a file show it to be; nil for what may be text in UTF-8.
  package init?(_ start: some Collection<UInt8>) {
    let start = Array(start.prefix(Self.length))
    guard let kind = Self.allCases.first(where: { $0.isShown(by: start) }) else { return nil }
    self = kind
  }

  private func isShown(by start: [UInt8]) -> Bool {
    switch self {
    case .gzip: start.starts(with: [0x1F, 0x8B])
    case .zstd: start.starts(with: [0x28, 0xB5, 0x2F, 0xFD])
    case .xz: start.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00])
    // Behind the letters stands the size of its blocks, a digit.
    case .bzip2: start.starts(with: Array("BZh".utf8)) && start.dropFirst(4).first == 0x31
    case .zip: start.starts(with: [0x50, 0x4B, 0x03, 0x04])
    case .utf16:
      (start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF])
        || Self.zeros(start) == [0, 2] || Self.zeros(start) == [1, 3])
        && !PackedContent.utf32.isShown(by: start)
    case .utf32:
      start.starts(with: [0xFF, 0xFE, 0, 0]) || start.starts(with: [0, 0, 0xFE, 0xFF])
        || Self.zeros(start) == [0, 1, 2] || Self.zeros(start) == [1, 2, 3]
    }
  }

  /// Which of the first four bytes are zero: text without a byte order mark begins with ASCII.
  private static func zeros(_ start: [UInt8]) -> [Int] {
    start.count < 4 ? [] : (0..<4).filter { start[$0] == 0 }
  }

  /// What it is, in a sentence about the file.
  package var words: String {
    switch self {
    case .gzip, .zstd, .xz, .bzip2, .zip: "it is compressed by \(self)"
    case .utf16: "it is text in UTF-16, not in UTF-8"
    case .utf32: "it is text in UTF-32, not in UTF-8"
    }
  }

  /// The command that writes the text in a file to standard output.
  package var unpacking: String {
    switch self {
    case .gzip: "zcat FILE"
    case .zstd: "zstdcat FILE"
    case .xz: "xzcat FILE"
    case .bzip2: "bzcat FILE"
    case .zip: "unzip -p FILE"
    case .utf16: "iconv -f UTF-16 -t UTF-8 FILE"
    case .utf32: "iconv -f UTF-32 -t UTF-8 FILE"
    }
  }
}
