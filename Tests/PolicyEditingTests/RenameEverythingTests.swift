import Diagnostics
import PolicyEditing
import PolicyEngine
import PolicyTesting
import TestSupport
import Testing

/// Every symbol of the shipped set, renamed and renamed back.
@Suite struct RenameEverythingTests {
  private static let symbols: [Symbol] = {
    guard let policies = FolderCheck(ShippedFolder.folder).policies else { return [] }
    return SymbolIndex(of: ShippedFolder.folder, by: policies).declared
  }()

  @Test func `the shipped set has symbols of every kind`() {
    // The handbook has no exception so far.
    #expect(Set(Self.symbols.map(\.kind)).union([.exception]) == Set(Symbol.Kind.allCases))
    #expect(Self.symbols.count > 100)
  }

  /// All of them where the program is fast; without optimization they would take minutes, and some of each kind do.
  private static var tried: [Symbol] {
    #if DEBUG
    Dictionary(grouping: symbols, by: \.kind).values
      .flatMap { kind in stride(from: 0, to: kind.count, by: 16).map { kind[$0] } }
    #else
    symbols
    #endif
  }

  @Test(arguments: Self.tried.map(\.specifier))
  func `renames and renames back`(specifier: String) throws {
    let folder = ShippedFolder.folder
    let symbol = try #require(Self.symbols.first { $0.specifier == specifier })
    let name = symbol.name + (symbol.kind == .rule || symbol.kind == .decision ? "-2" : "2")
    let rename = try Rename(specifier, to: name, in: folder, sessions: ShippedFolder.sessions)
    #expect(rename.remarks.map(\.message) == [])
    #expect(rename.edits.allSatisfy { file, edits in edits.allSatisfy { $0.range.source == file } })

    let renamed = folder.replacing(rename.texts)
    let sessions = ShippedFolder.sessions.map { rename.texts[$0.name] ?? $0 }
    let check = FolderCheck(renamed)
    #expect(check.validation.map(\.message) == [])
    #expect(check.fixtureMistakes.map(\.message) == [])
    let run = try #require(check.run())
    #expect(run.passes)
    #expect(run.failures.map(\.fixture.title) == [])

    let back = try Rename(
      symbol.renamed(name).specifier, to: symbol.name, in: renamed, sessions: sessions)
    #expect(back.edits.map(\.file.name) == rename.edits.map(\.file.name))
    let originals = Dictionary(rename.edits.map { ($0.file.name, $0.file) }) { first, _ in first }
    for (name, source) in back.texts {
      #expect(source.bytes == originals[name]?.bytes, "\(name) is not as it was")
    }
  }
}
