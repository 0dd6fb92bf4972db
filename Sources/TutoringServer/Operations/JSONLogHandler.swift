#if Server
import Diagnostics
import Foundation
package import Logging
import TutoringSessions

/// Writes log lines as JSON, one object a line, to a file.
package struct JSONLogHandler: LogHandler {
  package var metadata: Logger.Metadata = [:]
  package var logLevel: Logger.Level
  private let label: String
  private let file: LineFile
  private let clock: DistrictClock

  /// A handler for a part of the program.
  package init(label: String, file: LineFile, clock: DistrictClock, level: Logger.Level = .info) {
    self.label = label
    self.file = file
    self.clock = clock
    logLevel = level
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
    let line = JSONValue.object(
      [
        ("time", .string(clock.now(in: .gmt).description)),
        ("level", .string(event.level.rawValue)), ("from", .string(label)),
        ("message", .string(event.message.description)),
      ] + all.map { ($0.key, .string($0.value.description)) })
    file.write(line.compact)
  }
}
#endif
