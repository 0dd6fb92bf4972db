#if Server
import CEL

/// A field of a form as it is drawn: what is asked, what was entered, what is wrong with that.
struct Field: Hashable, Sendable {
  /// How a field is filled in.
  enum Control: Hashable, Sendable {
    /// One of a few, all of them seen at once.
    case radios([Option])
    /// One of many.
    case menu([Option])
    /// Any number of some.
    case checkboxes([Option])
    /// Free text, of one line unless it is long; the options are only suggested.
    case text(suggestions: [Option], isLong: Bool)
    case number
    case day
    case time
  }

  /// Something that can be chosen.
  struct Option: Hashable, Sendable {
    /// What the form sends.
    let value: String
    /// What people read.
    let label: String
    /// What whoever chooses it should know.
    let help: String?

    /// An option.
    init(_ value: String, _ label: String, help: String? = nil) {
      self.value = value
      self.label = label
      self.help = help
    }
  }

  /// The name in the form.
  let name: String
  /// What is asked.
  var label: String
  /// What whoever fills it in should know.
  var help: String?
  /// How it is filled in.
  var control: Control
  /// What was entered, or what is recorded: a value, or several for checkboxes.
  var entered: [String] = []
  /// What is wrong with it, in a sentence.
  var mistake: String?
  /// How what was typed was understood.
  var understood: String?
  /// Whether the form shows it.
  var isShown = true
  /// Whether the form can't do without it.
  var isRequired = false

  /// A field with nothing entered.
  init(
    _ name: String, _ label: String, _ control: Control, help: String? = nil,
    entered: [String] = [], isRequired: Bool = false
  ) {
    self.name = name
    self.label = label
    self.control = control
    self.help = help
    self.entered = entered
    self.isRequired = isRequired
  }

  /// The id of what holds the field.
  var id: String { "field-" + name.replacing(".", with: "-") }

  /// Whether it is several controls, which need a frame with a legend.
  var isGroup: Bool {
    switch control {
    case .radios, .checkboxes: true
    case .menu, .text, .number, .day, .time: false
    }
  }

  /// The id of the control that takes the focus from the summary of mistakes.
  var controlID: String { isGroup ? id + "-0" : id + "-control" }
}
#endif
