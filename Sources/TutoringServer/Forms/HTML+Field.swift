#if Server
import CEL
import TutoringSessions

extension HTML {
  /// Writes a field: what is asked, what one should know of it, its control, and what is wrong beside it.
  mutating func field(_ field: Field) {
    let attributes: [Attribute] = [
      .id(field.id), .class("field"), .data("data-field", field.name),
      .data("data-kind", field.control.kind), .hidden(!field.isShown),
    ]
    if field.isGroup {
      element(.fieldset, attributes + [.describedBy(field.describedBy)]) { html in
        html.legend(field.label)
        html.about(field)
        html.choices(of: field)
      }
    } else {
      element(.div, attributes) { html in
        html.label(field.label, .for(field.controlID))
        html.about(field)
        html.control(of: field)
      }
    }
  }

  private mutating func about(_ field: Field) {
    if let help = field.help { p(help, .class("help"), .id(field.id + "-help")) }
    if let mistake = field.mistake { p(mistake, .class("mistake"), .id(field.id + "-mistake")) }
  }

  private mutating func choices(of field: Field) {
    let (options, type): ([Field.Option], String)
    switch field.control {
    case .radios(let all): (options, type) = (all, "radio")
    case .checkboxes(let all): (options, type) = (all, "checkbox")
    case .menu, .text, .number, .day, .time: return
    }
    let isTall = options.contains { $0.help != nil || $0.label.count > 24 }
    div(.class(isTall ? "choices tall" : "choices")) { html in
      for (index, option) in options.enumerated() {
        html.label(.class("choice")) { html in
          html.input(
            .type(type), .name(field.name), .value(option.value), .id("\(field.id)-\(index)"),
            .checked(field.entered.contains(option.value)),
            .required(field.isRequired && type == "radio"))
          html.span { html in
            html.text(option.label)
            if let help = option.help {
              html.reviewed(" ")
              html.span(help, .class("help"))
            }
          }
        }
      }
    }
  }

  private mutating func control(of field: Field) {
    let value = field.entered.first ?? ""
    let common: [Attribute] = [
      .id(field.controlID), .name(field.name), .describedBy(field.describedBy),
      .invalid(field.mistake != nil), .required(field.isRequired),
    ]
    switch field.control {
    case .menu(let options):
      element(.select, common) { html in
        if !options.contains(where: { $0.value.isEmpty }), value.isEmpty || !field.isRequired {
          html.option("–", .value(""))
        }
        for option in options {
          html.option(
            option.label, .value(option.value), .selected(option.value == value))
        }
        // What is recorded and is no choice any more is shown as it is, and not changed by looking at it.
        if !value.isEmpty, !options.contains(where: { $0.value == value }) {
          html.option(value, .value(value), .selected(true))
        }
      }
    case .text(let suggestions, let isLong):
      let list = suggestions.isEmpty ? nil : field.id + "-list"
      if isLong, list == nil {
        element(
          .textarea, common + [.rows(max(3, field.entered.count + 1))],
          field.entered.joined(separator: "\n"))
      } else {
        void(.input, common + [.type("text"), .value(value), .list(list), .autocomplete("off")])
      }
      if let list {
        datalist(.id(list)) { html in
          for option in suggestions {
            html.option(option.label, .value(option.value))
          }
        }
      }
    case .number:
      void(
        .input,
        common + [
          .type("text"), .inputmode("decimal"), .value(value), .class("short"),
          .autocomplete("off"),
        ])
    case .day:
      void(.input, common + [.type("date"), .value(value), .class("short")])
    case .time:
      void(
        .input,
        common + [
          .type("text"), .value(value), .class("short"), .autocomplete("off"),
          .placeholder("3:30 pm"),
        ])
      p(
        field.understood ?? "", .class("understood"), .id(field.id + "-understood"), .live("polite")
      )
    case .radios, .checkboxes: break
    }
  }

  /// Writes what is wrong with a form, where something is: it takes the focus and leads to each field.
  mutating func mistakes(in fields: [Field], others: [String] = []) {
    let wrong = fields.filter { $0.mistake != nil }
    guard !wrong.isEmpty || !others.isEmpty else { return }
    div(.class("message problem"), .role("alert"), .tabindex(-1), .autofocus) { html in
      html.span("✗", .hiddenFromReaders())
      html.div { html in
        html.p("Nothing was saved yet. Please look at this:")
        html.ul { html in
          for other in others { html.li(other) }
          for field in wrong {
            html.li { $0.a(field.mistake ?? "", .href("#" + field.controlID)) }
          }
        }
      }
    }
  }

  /// Writes the version of what a form changes and what tells the form from others.
  mutating func identity(of form: FormIdentity) {
    input(.type("hidden"), .name(FormName.request), .value(form.request))
    if let version = form.version {
      input(.type("hidden"), .name(FormName.version), .value(String(version)))
    }
  }
}

extension Field.Control {
  /// What tells the control from another one for the same field, as when the choices are others.
  fileprivate var kind: String {
    switch self {
    case .radios(let options): "radios " + options.map(\.value).joined(separator: " ")
    case .menu(let options): "menu " + options.map(\.value).joined(separator: " ")
    case .checkboxes(let options): "checkboxes " + options.map(\.value).joined(separator: " ")
    case .text(let options, _): "text " + options.map(\.value).joined(separator: " ")
    case .number: "number"
    case .day: "day"
    case .time: "time"
    }
  }
}

extension Field {
  /// The ids of what is said of the field.
  fileprivate var describedBy: String? {
    var ids: [String] = []
    if help != nil { ids.append(id + "-help") }
    if mistake != nil { ids.append(id + "-mistake") }
    if control == .time { ids.append(id + "-understood") }
    return ids.isEmpty ? nil : ids.joined(separator: " ")
  }
}

/// What a form is for: a version of something, and itself, so that sending it twice does nothing twice.
struct FormIdentity: Hashable, Sendable {
  /// Tells the form from every other.
  let request: String
  /// The version of what the form changes; nil where it makes something.
  let version: Int?

  /// The identity of a form.
  init(request: String, version: Int?) {
    self.request = request
    self.version = version
  }
}
#endif
