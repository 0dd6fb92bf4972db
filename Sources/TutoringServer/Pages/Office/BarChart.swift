#if Server
/// Bars side by side, drawn by the server; a table with the same numbers stands behind them for those who can't see them.
struct BarChart: Sendable {
  /// A bar of one part, or of several one behind the other.
  struct Bar: Hashable, Sendable {
    /// What it stands for.
    let label: String
    /// How long its parts are.
    let parts: [Int]
    /// The value in words.
    let words: String

    /// How long it is.
    var value: Int { parts.reduce(0, +) }

    init(label: String, value: Int, words: String) {
      self.init(label: label, parts: [value], words: words)
    }

    init(label: String, parts: [Int], words: String) {
      self.label = label
      self.parts = parts
      self.words = words
    }
  }

  /// What the chart shows, in a sentence.
  let title: String
  let bars: [Bar]

  /// As wide as a phone, so that its letters are as large as those around it; what a bar stands for is above it.
  private static let (width, row, right) = (360, 46, 100)

  /// Writes the chart; nothing where there is no bar.
  func write(to html: inout HTML) {
    let longest = bars.map(\.value).max() ?? 0
    guard longest > 0 else { return }
    let height = bars.count * Self.row
    let space = Self.width - Self.right
    html.element(
      .svg,
      [
        .viewBox("0 0 \(Self.width) \(height)"), .class("chart"), .role("img"), .label(title),
      ]
    ) { html in
      for (index, bar) in bars.enumerated() {
        let top = index * Self.row
        html.element(
          .svgText,
          [.x(0), .y(top + 15), .hiddenFromReaders()],
          bar.label.count > 44 ? String(bar.label.prefix(43)) + "…" : bar.label)
        var end = 0
        for (number, part) in bar.parts.enumerated() where part > 0 {
          let length = max(2, part * space / longest)
          html.element(
            .rect,
            [
              .x(end), .y(top + 21), .width(length), .height(17),
              .class("part-\(number)"),
            ], "")
          end += length
        }
        html.element(
          .svgText, [.x(end + 6), .y(top + 35), .hiddenFromReaders()], bar.words)
      }
    }
  }
}
#endif
