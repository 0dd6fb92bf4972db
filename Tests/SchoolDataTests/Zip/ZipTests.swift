import Diagnostics
import Foundation
import SchoolData
import Testing

struct ZipTests {
  private static let table = "id,name\na,A\n"
  private static let schools =
    "id,name\n"
    + (0..<60).map { number in
      "school-\(number),\(number.isMultiple(of: 3) ? "South" : "North") Side School \(number * number)\n"
    }.joined()

  private static func read(
    _ zip: MadeZip, limit: Int = ZipReader.limit
  ) -> (tables: [Source], mistakes: [Diagnostic]) { read(zip.bytes, limit: limit) }

  private static func read(
    _ bytes: [UInt8], limit: Int = ZipReader.limit
  ) -> (tables: [Source], mistakes: [Diagnostic]) {
    var mistakes: [Diagnostic] = []
    let tables = ZipReader.tables(
      in: Source(name: "in.zip", bytes: bytes), limit: limit, into: &mistakes)
    return (tables, mistakes)
  }

  /// Made by Python's zlib: with codes of its own, with the fixed ones, stored, one byte over and over, and nothing.
  @Test(arguments: [
    (
      """
      bZVZagNBDET/cwofwIHW0stcIj8+QYgNNiQZyHL/GMN0DeH9upBaelMl387Hz9ePy9P323Vd35/L8bT+/lwPp9v5cjg9fjuUTbTjy/r1T7RNdB\
      BzEwPaLpuY1LZtagXV66Y2aByzttNM890BapsjL9B5zG2t0NBFqJCVq96hveV83QKhzNkNoS1zc6vQ38XNGmJVPaHzofcHgXfNv0B9NLmF+KX4\
      uUH/TNWj3cZ834lf9Tm/J/Svfe7vZLsmfk782q6+Q/++e5/M13fzE7+h/YOCuohfkP8W8Q9H/+oDBkXWihwQ6ECThaJiBMQwKLzmMnGQCS2Ugi\
      CK9xRpC0qxVeUwMcdNIBOD3HQJEpPcdUgSozx0h5KzrDOWGOYikolpNh3RxDh70QyUZ4+iLciQnmVyqAUvikhWirS3XQfypHfNUAOPkraolGpf\
      dn8m5MnYkaxEMkzfonY+fJqBPBkhP1Q8jXl31B8=
      """, schools
    ),
    (
      """
      y0zRyUvMTeUqTs7Iz8/RNdAJzi8tyVAIzkxJVQgGiykYwCQNdfzyi9AkDWGSRlgkTWCSxliMtYRJmmAz1gwma4pF1sgUJmuGxWBjuF5zbG6C22\
      uBRdYM7mRLLCZbwH1raIDN0QaIoMIaVkYI/UZYjDc0gdtuaIw1UOBuN8QaaJZwnxuaYjHfCBFuhmZYgxWhH1vQGVkg7LfAFvBGCPdbYtFvbIZI\
      LdjCzwQRfkaGWMw3MUHox5rcLOD2G2ELP1MjuPuNTLCYb2oO978RtmRnhgg/I2zhZ4ak3xyL+eZI9mNLfOZI7scWfhYI/xtjy6iWiPAzxpb+LB\
      Hhb2yENf0iItAYW5Y1NECkAGOsKdAQkYSMTbFmAUQYGmPLvIZGiERsjC0RGhojcoExtlAE5iKEL7DlYkNTRD40wZqPzRABaYI1I5shSgITrDnZ\
      HFGQmGDNyhaIcsgEe15GFGMmWDOzASIkTbDmZkNEIWqCNTsbGSDcgC0/GxkbIHyBLUEamRjAw8HUAGuJgghJU2xZ2sgMyQRsadLIHOEGU2OshR\
      LCF6bYcrWRJVJlgi1NGiOFpCm2kDQ2RMSFqTn2gg/hBmxp0tgYkR5MsRaNJsAUBQA=
      """, schools
    ),
    ("AQwA8/9pZCxuYW1lCmEsQQo=", table),
    (
      "7cExAQAAAMKgrOtfwhoeQAEAAAAAAAAAAAAAAAAAAAAAAADwYA==",
      String(repeating: "a", count: 20_000)
    ),
    ("AwA=", ""),
  ])
  func `what is packed by deflate comes out as it was`(packed: String, text: String) {
    let found = Self.read(MadeZip([.init("schools.csv", deflated: packed, of: text)]))
    #expect(found.mistakes == [])
    #expect(found.tables.map { String(decoding: $0.bytes, as: UTF8.self) } == [text])
    #expect(found.tables.map(\.name) == ["in.zip/schools.csv"])
  }

  @Test func `no byte that is wrong or missing stops the program, or passes unseen`() {
    let packed =
      "y0zRyUvMTeUqTs7Iz8/RNdAJzi8tyVAIzkxJVQgGiykYwCQNdfzyi9AkDWGSRlgkTWCSxliMtYRJmmAz1gwma4pF1sgUJmuGxWBjuF5zbG6C2w=="
    var zip = MadeZip([.init("schools.csv", deflated: packed, of: Self.schools)])
    let content = zip.entries[0].content
    #expect(Self.read(zip).tables.isEmpty)
    for index in content.indices {
      zip.entries[0].content = content
      zip.entries[0].content[index] ^= 0x55
      #expect(Self.read(zip).tables.isEmpty)
    }
    let whole = MadeZip([.init("a.csv"), .init("b.csv")]).bytes
    for count in whole.indices { #expect(Self.read(Array(whole[..<count])).tables.isEmpty) }
    for index in whole.indices {
      var bytes = whole
      bytes[index] ^= 0xFF
      for table in Self.read(bytes).tables {
        #expect(String(decoding: table.bytes, as: UTF8.self) == Self.table)
      }
    }
  }

  @Test func `a folder around the tables, what macOS adds, and other files are passed over`() {
    let found = Self.read(
      MadeZip([
        .init("export/", ""), .init("export/users.csv"), .init("export/Orgs.CSV"),
        .init("__MACOSX/export/._users.csv", "x"), .init("export/.DS_Store", "x"),
        .init("export/read me.txt", "x"),
      ]))
    #expect(found.tables.map(\.name) == ["in.zip/users.csv", "in.zip/Orgs.CSV"])
    #expect(
      found.mistakes.map(\.message) == [
        "'export/read me.txt' in 'in.zip' does not end in .csv; it was not read"
      ])
  }

  @Test func `a comment at the end is no harm`() {
    var zip = MadeZip([.init("users.csv")])
    zip.comment = "made by PK\u{5}\u{6}, a program"
    #expect(Self.read(zip).tables.count == 1)
  }

  /// A zip that is refused, by what is wrong with it and what can be done.
  struct Refused: Sendable, CustomTestStringConvertible {
    let what: String
    let help: String
    var limit = ZipReader.limit
    let zip: @Sendable () -> MadeZip
    var testDescription: String { what }
  }

  private static let refused = [
    Refused(
      what: "'a.csv' is protected by a password", help: "pack it without a password"
    ) { changed { $0.flags = 1 } },
    Refused(
      what: "'a.csv' is packed in a way that is not read (method 12)",
      help: "pack it with the usual compression, 'Deflate'"
    ) { changed { $0.method = 12 } },
    Refused(
      what: "'a.csv' is not what was packed", help: "it is damaged: export or download it again"
    ) { changed { $0.sum = 1 } },
    Refused(
      what: "'a.csv' has another length", help: "it is damaged: export or download it again"
    ) { changed { $0.size = 3 } },
    Refused(
      what: "'a.csv' can't be unpacked", help: "it is damaged: export or download it again"
    ) {
      // It holds far more than it says.
      changed {
        $0 = .init("a.csv", deflated: "S0xMAgA=", of: "aab")
        $0.size = 2
      }
    },
    Refused(
      what: "unpacked, its files would have more than 1 MB",
      help: "leave out the files that hold no rosters, or give the tables one by one",
      limit: 1 << 20
    ) { changed { $0.size = 1 << 20 + 1 } },
    Refused(
      what: "'a.csv' is in the form for very large files (zip64), which is not read",
      help: "pack the tables as a usual zip, or give them as a folder or one by one"
    ) { changed { $0.size = 0xFFFF_FFFF } },
    Refused(
      what: "it is in the form for very large files (zip64), which is not read",
      help: "pack the tables as a usual zip, or give them as a folder or one by one"
    ) {
      var zip = MadeZip([.init("a.csv")])
      zip.beforeEnd = [0x50, 0x4B, 6, 7] + [UInt8](repeating: 0, count: 16)
      return zip
    },
    Refused(what: "it is one part of several", help: "pack the tables into one zip") {
      var zip = MadeZip([.init("a.csv")])
      zip.part = 1
      return zip
    },
    Refused(
      what: "its directory is not where it should be",
      help: "it is damaged: export or download it again"
    ) {
      var zip = MadeZip([.init("a.csv")])
      zip.beforeEnd = [1, 2, 3]
      return zip
    },
    Refused(
      what: "it has 1001 files, and may have 1000", help: "put nothing but the tables into it"
    ) {
      var zip = MadeZip([.init("a.csv")])
      zip.count = 1_001
      return zip
    },
    Refused(what: "it has 'A.csv' twice", help: "leave one of them out") {
      MadeZip([.init("a.csv"), .init("A.csv")])
    },
    Refused(
      what: "its tables lie in 2 folders",
      help: "put all tables of one district into one folder, or give the zip of each apart"
    ) { MadeZip([.init("a.csv"), .init("old/a.csv")]) },
    Refused(
      what: "it has no files that end in .csv", help: "put the tables into it as CSV files"
    ) { MadeZip([.init("inner.zip")]) },
    Refused(
      what: "'b.csv' lies over another file", help: "it is damaged: export or download it again"
    ) {
      // The second file is within the first, as one that unpacks without end would be.
      let inner = MadeZip([.init("b.csv")]).bytes
      var zip = MadeZip([.init("a.csv"), .init("b.csv")])
      zip.entries[0].content = Array(inner.prefix(30 + 5 + 12))
      zip.entries[1].header = 35
      return zip
    },
    Refused(
      what: "'a.csv' is not where the directory has it",
      help: "it is damaged: export or download it again"
    ) { changed { $0.localName = "b.csv" } },
  ]

  private static func changed(_ change: (inout MadeZip.Entry) -> Void) -> MadeZip {
    var zip = MadeZip([.init("a.csv")])
    change(&zip.entries[0])
    return zip
  }

  @Test(arguments: refused)
  func `what is wrong with a zip is said, with what to do, and nothing of it is read`(
    _ refused: Refused
  ) {
    let found = Self.read(refused.zip(), limit: refused.limit)
    #expect(found.tables == [])
    #expect(
      found.mistakes.map(\.message).suffix(1)
        == ["nothing was read from 'in.zip': \(refused.what)"])
    #expect(found.mistakes.last?.help == refused.help)
  }

  @Test(arguments: [
    "/etc/a.csv", "../a.csv", "x/../../a.csv", "C:a.csv", "x\\a.csv", "a\u{1}.csv",
  ])
  func `a name that leads elsewhere is refused`(name: String) {
    let found = Self.read(MadeZip([.init(name)]))
    #expect(found.tables == [])
    #expect(found.mistakes.first?.help == "pack the tables themselves, without folders")
  }

  @Test func `a file that is not a zip is said not to be one`() {
    let found = Self.read(Array("id,name\na,A\n".utf8))
    #expect(
      found.mistakes.map(\.message)
        == ["nothing was read from 'in.zip': it is not a zip, or not a whole one"])
  }
}
