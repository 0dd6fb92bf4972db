import ArgumentParser
import Diagnostics

/// Whether output is coloured.
struct ColorOptions: ParsableArguments {
  /// When to use colours.
  enum When: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
  }

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Colours: auto (on a terminal, unless NO_COLOR is set), always or never.",
      valueName: "when"))
  var color = When.auto

  /// The style for standard output.
  var style: TextStyle { TextStyle(isColored: usesColor(on: .standardOutput)) }

  /// The style for standard error.
  var errorStyle: TextStyle { TextStyle(isColored: usesColor(on: .standardError)) }

  private func usesColor(on stream: Terminal) -> Bool {
    switch color {
    case .always: true
    case .never: false
    case .auto: stream.isTerminal && !Terminal.refusesColor
    }
  }
}
