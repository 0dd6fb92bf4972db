#if Server
import Diagnostics
import PolicyComparison
import PolicyEngine
import TutoringSessions

/// A policy file to be changed: what a change would do is shown before anything is written.
struct PolicyEditPage: Sendable {
  let reader: Reader
  /// The folder of the policies, which places in messages are told without.
  let folder: String
  /// The files of the policies.
  let files: [PolicyFile]
  /// The file that is changed, as it stands in the folder.
  let file: PolicyFile
  /// The text as it is typed.
  var text: String
  /// The digest of the file as it was when it was opened.
  var opened: String
  /// What the change would do; nil before it was tried.
  var trial: PolicyTrial?
  /// What is said above it.
  var messages: [Message] = []

  init(reader: Reader, folder: String, files: [PolicyFile], file: PolicyFile) {
    self.reader = reader
    self.folder = folder
    self.files = files
    self.file = file
    text = file.text
    opened = file.digest
  }

  /// The page.
  var page: Page {
    Page(title: "Change \(file.name)", part: .policies, messages: messages) { html in
      html.div(.class("heading")) { html in
        html.h1("Try a change")
        html.a("The policies in force", .class("button"), .href(Part.policies.path))
      }
      html.nav(.class("filters"), .label("Files")) { html in
        for choice in files {
          html.a(
            choice.name, .href(Address.policyFile(choice.name)),
            .current(choice.name == file.name ? "page" : nil))
        }
      }
      if let trial { result(trial, &html) }
      editor(&html)
    }
  }

  // MARK: - What came of it

  private func result(_ trial: PolicyTrial, _ html: inout HTML) {
    switch trial.outcome {
    case .mistaken: mistakes(trial.diagnostics, &html)
    case .planned(let planned, let digest):
      html.section(.class("card running"), .labelledBy("result")) { html in
        html.element(.h2, [.id("result"), .tabindex(-1), .autofocus], "What the change would do")
        html.p("Nothing was written yet.", .class("sub"))
        html.planSummary(planned)
        warnings(trial.diagnostics, &html)
        publishing(digest, &html)
      }
      PlanSections(planned: planned, reader: reader).write(to: &html)
    }
  }

  /// The mistakes of a change that can't be taken; they take the focus.
  private func mistakes(_ diagnostics: [Diagnostic], _ html: inout HTML) {
    let errors = diagnostics.filter { $0.severity == .error }
    html.div(
      .class("message problem"), .id("mistakes"), .role("alert"), .tabindex(-1), .autofocus
    ) { html in
      html.span("✗", .hiddenFromReaders())
      html.div { html in
        html.p(
          errors.count == 1
            ? "The change has a mistake. Nothing was written."
            : "The change has \(errors.count) mistakes. Nothing was written.")
        for diagnostic in diagnostics { html.element(.pre, [], rendered(diagnostic)) }
      }
    }
  }

  private func warnings(_ diagnostics: [Diagnostic], _ html: inout HTML) {
    guard !diagnostics.isEmpty else { return }
    html.details { html in
      html.summary("What may be wrong with it: \(Words.count(diagnostics.count, "warning"))")
      for diagnostic in diagnostics { html.element(.pre, [], rendered(diagnostic)) }
    }
  }

  private func rendered(_ diagnostic: Diagnostic) -> String {
    DiagnosticRenderer().render([diagnostic]).replacing(folder + "/", with: "")
  }

  private func publishing(_ digest: String, _ html: inout HTML) {
    guard file.text(ofForm: text) != file.text else { return }
    html.form(
      to: Address.publishPolicies, token: reader.formToken, .class("actions"),
      .data("data-plain")
    ) { html in
      html.identity(of: reader.form(for: nil))
      html.input(.type("hidden"), .name("file"), .value(file.name))
      html.input(.type("hidden"), .name("opened"), .value(opened))
      html.input(.type("hidden"), .name("tried"), .value(digest))
      // A hidden field would lose line breaks.
      html.element(.textarea, [.name("text"), .hidden(true), .label(file.name)], text)
      html.button("Publish \(file.name)", .type("submit"), .class("main"))
    }
    html.p(
      """
      Publishing writes the file, and the policies are in force at once, for everybody. The log says who \
      published what.
      """, .class("help"))
  }

  // MARK: - The text

  private func editor(_ html: inout HTML) {
    html.section(.class("card"), .labelledBy("editor")) { html in
      html.h2(file.name, .id("editor"))
      html.form(
        to: Address.tryPolicies, token: reader.formToken, .class("form"), .data("data-plain")
      ) { html in
        html.input(.type("hidden"), .name("file"), .value(file.name))
        html.input(.type("hidden"), .name("opened"), .value(opened))
        html.div(.class("field")) { html in
          html.label("Text of \(file.name)", .for("policy-text"))
          html.p(
            """
            Nothing is written when you try it: you see what is wrong with it, or which decisions, \
            recorded sessions and fixtures would change.
            """, .class("help"), .id("policy-help"))
          html.element(
            .textarea,
            [
              .name("text"), .id("policy-text"), .class("code"), .rows(rows),
              .describedBy(isMistaken ? "mistakes policy-help" : "policy-help"),
              .invalid(isMistaken), .spellcheck(false), .autocomplete("off"),
            ], text)
        }
        html.p(.class("actions")) { html in
          html.button("Try this change", .type("submit"), .class("main"))
          html.a("Open the file again", .class("button"), .href(Address.policyFile(file.name)))
        }
      }
    }
  }

  private var isMistaken: Bool {
    if case .mistaken? = trial?.outcome { true } else { false }
  }

  private var rows: Int {
    min(max(text.utf8.count { $0 == UInt8(ascii: "\n") } + 2, 12), 30)
  }
}

extension Address {
  static let tryPolicies = "/policies/edit/try"
  static let publishPolicies = "/policies/edit/publish"
  static let editPolicies = "/policies/edit"

  /// Where a file of the policies is changed.
  static func policyFile(_ name: String) -> String { "\(editPolicies)?file=\(name.queryEscaped)" }
}
#endif
