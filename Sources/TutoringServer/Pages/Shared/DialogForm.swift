#if Server
import PolicyEngine
import TutoringSessions

/// A form on a page of its own, which our script shows as a dialog above the page that leads to it.
struct DialogForm {
  /// What it is called.
  let title: String
  /// Where it is sent.
  let address: String
  /// Where one goes who does nothing.
  let cancel: String
  let reader: Reader
  let identity: FormIdentity
  /// Where what is typed is sent for what would be said of it; nil where nothing would be.
  var live: String?

  /// Writes the form around its fields.
  ///
  /// `verdict` is what the policies would say, and `actions` are the buttons in front of the one that cancels. Both
  /// stay in their place at the foot of the dialog: a button never moves away from under the pointer when an answer
  /// of the server comes in.
  func write(
    to html: inout HTML, mistakes: (inout HTML) -> Void = { _ in },
    fields: (inout HTML) -> Void, verdict: HTML.Content? = nil, actions: (inout HTML) -> Void
  ) {
    html.section(.class("card dialog"), .labelledBy("dialog-title")) { html in
      html.h1(title, .id("dialog-title"))
      mistakes(&html)
      html.form(
        to: address, token: reader.formToken, .class("footed"), .data("data-main"), .novalidate,
        .data("data-live", live)
      ) { html in
        html.identity(of: identity)
        html.div(.class("form")) { fields(&$0) }
        html.div(.class("foot")) { html in
          if let verdict { html.live(verdict) }
          html.div(.class("actions")) { html in
            actions(&html)
            html.a("Cancel", .class("button"), .href(cancel), .data("data-cancel"))
          }
          html.p("Ctrl+Enter saves, Esc cancels.", .class("small sub keys with-script"))
        }
      }
    }
  }
}

/// What a dialog asks by the words of the vocabulary, where an answer may bring up more questions.
struct DialogQuestions {
  /// The fields that stand in a row before the others.
  var inRow: [Field] = []
  /// The other fields.
  var fields: [Field]
  /// The fields that the vocabulary asks for.
  var facts: [Field]
  /// What is wrong beside the fields.
  var others: [String]
  /// What is said where nothing was done yet, since there is more to be asked; nil where all was.
  var asksMore: String?

  /// All fields.
  var all: [Field] { inRow + fields + facts }
}

extension DialogForm {
  /// Writes the form around questions, with what the policies would say to the answers.
  func write(
    to html: inout HTML, asking questions: DialogQuestions, save: String,
    above: HTML.Content = { _ in }, verdict: @escaping HTML.Content
  ) {
    write(to: &html) { html in
      html.mistakes(in: questions.all, others: questions.others)
      if let more = questions.asksMore { html.message(Message(.note, more)) }
      above(&html)
    } fields: { html in
      html.input(
        .type("hidden"), .name("drawn"),
        .value(questions.facts.filter(\.isShown).map(\.name).joined(separator: " ")))
      if !questions.inRow.isEmpty {
        html.div(.class("times")) { html in
          for field in questions.inRow { html.field(field) }
        }
      }
      for field in questions.fields + questions.facts { html.field(field) }
      html.button(
        "Show what goes with these answers", .type("submit"), .class("without-script"),
        .formaction(address + "/preview"))
    } verdict: {
      verdict(&$0)
    } actions: { html in
      html.button(save, .type("submit"), .class("main"))
    }
  }
}

extension HTML {
  /// Writes what the policies would say, where our script puts what they say while one types.
  ///
  /// A long answer scrolls, so the tabulator leads to it.
  fileprivate mutating func live(_ content: Content) {
    div(
      .id("live"), .class("live stack"), .role("group"), .label("What the policies say"),
      .live("polite"), .tabindex(0), content: content)
  }
}
#endif
