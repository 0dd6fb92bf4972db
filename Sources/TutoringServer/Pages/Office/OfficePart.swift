#if Server
import CEL
import TutoringSessions

/// A part of what the office does, which the links above its pages lead to.
enum OfficePart: String, Hashable, Sendable, CaseIterable {
  case payroll, exports, report, rosters

  var label: String {
    switch self {
    case .payroll: "Payroll"
    case .exports: "Exports"
    case .report: "Report"
    case .rosters: "Rosters"
    }
  }

  var path: String {
    switch self {
    case .payroll: "/office/payroll"
    case .exports: "/office/exports"
    case .report: "/office/report"
    case .rosters: "/office/rosters"
    }
  }
}

extension HTML {
  /// Writes what a page of the office begins with.
  mutating func officeHeading(_ title: String, _ part: OfficePart) {
    div(.class("heading")) { $0.h1(title) }
    nav(.class("filters"), .label("Office")) { html in
      for choice in OfficePart.allCases {
        html.a(choice.label, .href(choice.path), .current(choice == part ? "page" : nil))
      }
    }
  }

  /// Writes a table of texts, whose first cell heads its row, in a frame that can be scrolled.
  mutating func table(
    _ caption: String, columns: [String], numbers: Set<Int> = [], rows: [[TableCell]]
  ) {
    div(.class("scroll"), .tabindex(0), .role("region"), .label(caption)) { html in
      html.table { html in
        html.element(.caption, [], caption)
        html.element(.thead, []) { html in
          html.tr { html in
            for (index, column) in columns.enumerated() {
              html.th(column, .scope("col"), .class(numbers.contains(index) ? "number" : nil))
            }
          }
        }
        html.element(.tbody, []) { html in
          for row in rows {
            html.tr { html in
              for (index, cell) in row.enumerated() {
                html.element(
                  index == 0 ? .th : .td,
                  [
                    index == 0 ? .scope("row") : .class(numbers.contains(index) ? "number" : nil)
                  ]
                ) { html in
                  if let address = cell.address {
                    html.a(.href(address)) { $0.name(cell.text) }
                  } else {
                    html.name(cell.text)
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}

/// A text in a table, which may lead somewhere.
struct TableCell: Hashable, Sendable, ExpressibleByStringInterpolation {
  let text: String
  var address: String?

  init(_ text: String, to address: String? = nil) {
    self.text = text
    self.address = address
  }

  init(stringLiteral text: String) { self.init(text) }
}

extension Words {
  /// Minutes as people say them, such as `12 h 5 min`; exactly.
  static func length(minutes: Int) -> String {
    let sign = minutes < 0 ? "−" : ""
    let count = Int(minutes.magnitude)
    return count < 60 ? "\(sign)\(count) min" : "\(sign)\(count / 60) h \(count % 60) min"
  }

  /// A period such as `Sun 1 Nov to Sun 29 Nov`.
  func period(_ period: ClosedRange<CivilDate>) -> String {
    "\(day(period.lowerBound)) to \(day(period.upperBound))"
  }
}

extension Address {
  static func correction(of session: String) -> String {
    "/office/sessions/\(session.pathEscaped)/correct"
  }

  static func export(_ id: Int) -> String { "\(OfficePart.exports.path)/\(id)" }

  /// What went out for a session with an export.
  static func exported(_ session: String, with export: Int) -> String {
    "\(self.export(export))/sessions/\(session.pathEscaped)"
  }
}
#endif
