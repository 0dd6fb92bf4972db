#if Server
/// The name of an element.
struct Tag: Hashable, Sendable {
  let name: String
  /// Whether it starts a line of its own, for people who read the HTML.
  let isBlock: Bool
  /// Whether blanks within it are shown as they are.
  let keepsBlanks: Bool

  private init(_ name: String, isBlock: Bool = true, keepsBlanks: Bool = false) {
    self.name = name
    self.isBlock = isBlock
    self.keepsBlanks = keepsBlanks
  }

  static let html = Tag("html")
  static let head = Tag("head")
  static let title = Tag("title")
  static let meta = Tag("meta")
  static let link = Tag("link")
  static let script = Tag("script")
  static let body = Tag("body")
  static let header = Tag("header")
  static let footer = Tag("footer")
  static let nav = Tag("nav")
  static let main = Tag("main")
  static let section = Tag("section")
  static let article = Tag("article")
  static let div = Tag("div")
  static let h1 = Tag("h1")
  static let h2 = Tag("h2")
  static let h3 = Tag("h3")
  static let p = Tag("p")
  static let ul = Tag("ul")
  static let ol = Tag("ol")
  static let li = Tag("li")
  static let dl = Tag("dl")
  static let dt = Tag("dt")
  static let dd = Tag("dd")
  static let table = Tag("table")
  static let caption = Tag("caption")
  static let thead = Tag("thead")
  static let tbody = Tag("tbody")
  static let tr = Tag("tr")
  static let th = Tag("th")
  static let td = Tag("td")
  static let details = Tag("details")
  static let summary = Tag("summary")
  static let form = Tag("form")
  static let fieldset = Tag("fieldset")
  static let legend = Tag("legend")
  static let label = Tag("label")
  static let input = Tag("input")
  static let select = Tag("select")
  static let option = Tag("option")
  static let datalist = Tag("datalist")
  static let button = Tag("button")
  static let svg = Tag("svg")
  static let rect = Tag("rect")
  static let svgText = Tag("text")
  static let a = Tag("a", isBlock: false)
  static let b = Tag("b", isBlock: false)
  static let bdi = Tag("bdi", isBlock: false)
  static let code = Tag("code", isBlock: false)
  static let del = Tag("del", isBlock: false)
  static let span = Tag("span", isBlock: false)
  static let strong = Tag("strong", isBlock: false)
  static let time = Tag("time", isBlock: false)
  static let textarea = Tag("textarea", keepsBlanks: true)
  static let pre = Tag("pre", keepsBlanks: true)
}
#endif
