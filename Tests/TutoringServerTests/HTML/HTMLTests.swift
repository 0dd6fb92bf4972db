#if Server
import Testing

@testable import TutoringServer

/// What is written into HTML stays what it is.
@Suite struct HTMLTests {
  @Test func `text is escaped between tags and in attributes`() {
    let html = HTML { html in
      html.p(#"<script>alert("1 & 2")</script>'"#, .title(#"a "b" <c> & 'd'"#))
    }
    #expect(
      html.description == """
        <p title="a &quot;b&quot; &lt;c&gt; &amp; &#39;d&#39;">\
        &lt;script&gt;alert(&quot;1 &amp; 2&quot;)&lt;/script&gt;&#39;</p>
        """)
  }

  @Test func `names can't turn around what stands beside them`() {
    let html = HTML { html in
      html.name("Ana\u{202E}ziuR\u{2066}")
      html.text(" שלום\u{200F} – Ana")
    }
    #expect(html.description == "<bdi>AnaziuR</bdi> שלום\u{200F} – Ana")
  }

  @Test func `a field gives back the very text that was typed, controls of direction too`() {
    let html = HTML { html in
      html.input(.value("a\u{202E}b"))
      html.textarea("\nfirst line kept")
    }
    #expect(
      html.description == "<input value=\"a\u{202E}b\">\n<textarea>\n\nfirst line kept</textarea>")
  }

  @Test func `what HTML has no place for is shown as a sign`() {
    #expect(
      HTML { $0.text("a\u{0}b\u{1B}[31m\tc\nd") }.description == "a\u{FFFD}b\u{FFFD}[31m\tc\nd")
  }

  @Test(arguments: [
    "javascript:alert(1)", "//elsewhere.example", "/\\elsewhere.example",
    "https://elsewhere.example",
    "data:text/html,x", "",
  ])
  func `links lead to places of ours alone`(address: String) {
    #expect(HTML { $0.a("x", .href(address)) }.description == "<a href=\"#\">x</a>")
  }

  @Test func `attributes that are not so are not written`() {
    let html = HTML { html in
      html.input(.type("checkbox"), .checked(true), .disabled(false), .class(nil), .invalid(false))
    }
    #expect(html.description == "<input type=\"checkbox\" checked>")
  }

  @Test func `a page names what it shows, its language, and how to get past the bar`() {
    let frame = Frame(person: "Ana <Ruiz>", parts: [.sessions, .policies], formToken: "t\"")
    let page = Page(title: "Session S-1", part: .sessions) { $0.h1("Session S-1") }
    let text = frame.document(of: page).description
    #expect(text.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    #expect(text.contains("<title>Session S-1 – Tutoring</title>"))
    #expect(text.contains("href=\"#content\">Skip to the content</a>"))
    #expect(text.contains("<bdi>Ana &lt;Ruiz&gt;</bdi>"))
    #expect(text.contains("aria-current=\"page\">Sessions</a>"))
    #expect(text.contains("value=\"t&quot;\""))
  }

  @Test func `nothing of a page comes from elsewhere or stands in the way of the security policy`()
  {
    let style = String(decoding: Asset.style.bytes, as: UTF8.self)
    let script = String(decoding: Asset.script.bytes, as: UTF8.self)
    for text in [style, script] {
      #expect(!text.contains("http://") && !text.contains("https://") && !text.contains("data:"))
      #expect(!text.contains("@import") && !text.contains("eval("))
    }
    let frame = Frame(person: "A", parts: [.sessions], formToken: "t")
    let text = frame.document(of: Page(title: "x") { $0.p("y") }).description
    #expect(!text.contains("style=") && !text.contains("onclick") && !text.contains("<style"))
  }

  @Test func `assets are named by their content`() {
    #expect(Asset.style.path.hasPrefix("/assets/style-") && Asset.style.path.hasSuffix(".css"))
    #expect(Set(Asset.all.map(\.path)).count == Asset.all.count)
  }
}
#endif
