package import Diagnostics
package import PolicyEngine
import TutoringSessions

/// Reads what the files of a folder say of a district.
package enum RosterReader {
  /// What files say, by the words of a vocabulary.
  ///
  /// OneRoster's files come first, then plain tables, which add to them; a zip stands for the tables in it. `schools` are the
  /// ids of those that are kept already.
  package static func read(
    _ sources: [Source], schema: FactSchema, schools: Set<String> = []
  ) -> Roster {
    var roster = Roster()
    var named: [String: Source] = [:]
    let known = OneRosterReader.files + PlainTables.names(schema)
    for source in tables(in: sources, into: &roster.diagnostics) {
      let name = folded(source.tableName)
      if OneRosterReader.others.contains(name) {
        roster.unread.append(source.name)
      } else if known.contains(where: { folded($0) == name }) {
        if let first = named.updateValue(source, forKey: name) {
          named[name] = first
          roster.unread.append(source.name)
          roster.diagnostics.append(.tableTwice(source, first))
        }
      } else {
        roster.unread.append(source.name)
        roster.diagnostics.append(
          .unknownFile(source.fileName, known: known.map { $0 + ".csv" }))
      }
    }
    OneRosterReader.read(named, known: schools, into: &roster)
    PlainTables.read(named, schema, into: &roster)
    return roster
  }

  /// The files, with the tables of each zip in its place.
  private static func tables(
    in sources: [Source], into diagnostics: inout [Diagnostic]
  ) -> [Source] {
    sources.flatMap { source in
      ZipReader.isZip(source.bytes) || source.name.lowercased().hasSuffix(".zip")
        ? ZipReader.tables(in: source, into: &diagnostics) : [source]
    }
  }

  /// The name of a table without what people write in different ways.
  static func folded(_ name: String) -> String {
    String(name.lowercased().filter { $0.isLetter || $0.isNumber })
  }
}

extension Source {
  /// The name without the folders in front.
  fileprivate var fileName: String { name.split(separator: "/").last.map(String.init) ?? name }

  /// The name without the folders in front and without its ending.
  fileprivate var tableName: String {
    let file = fileName
    return file.lowercased().hasSuffix(".csv") ? String(file.dropLast(4)) : file
  }
}
