#if Server
/// Bars side by side, drawn by the server; a table with the same numbers stands behind them for those who can't see them.
struct BarChart: Sendable {
  /// A bar.
  struct Bar: Hashable, Sendable {
    /// What it stands for.
    let label: String
    /// How long it is.
    let value: Int
    /// The value in words.
    let words: String
  }

  /// What the chart shows, in a sentence.
  let title: String
  let bars: [Bar]

  private static let (width, row, left, right) = (640, 34, 190, 110)

  /// Writes the chart; nothing where there is no bar.
  func write(to html: inout HTML) {
    let longest = bars.map(\.value).max() ?? 0
    guard longest > 0 else { return }
    let height = bars.count * Self.row
    let space = Self.width - Self.left - Self.right
    html.element(
      .svg,
      [
        .viewBox("0 0 \(Self.width) \(height)"), .class("chart"), .role("img"), .label(title),
      ]
    ) { html in
      for (index, bar) in bars.enumerated() {
        let top = index * Self.row
        let length = max(bar.value > 0 ? 2 : 0, bar.value * space / longest)
        html.element(
          .svgText,
          [.x(Self.left - 8), .y(top + 22), .class("end"), .hiddenFromReaders()],
          bar.label.count > 24 ? String(bar.label.prefix(23)) + "…" : bar.label)
        html.element(
          .rect,
          [.x(Self.left), .y(top + 5), .width(length), .height(Self.row - 10)], "")
        html.element(
          .svgText, [.x(Self.left + length + 8), .y(top + 22), .hiddenFromReaders()], bar.words)
      }
    }
  }
}
#endif
