public import Diagnostics

/// One thing that somebody edited in a policy set, by its meaning: comments and layout are none.
public struct PolicyEdit: Sendable {
  /// What was done.
  public enum Kind: String, Sendable, CaseIterable {
    case added, removed, changed, renamed, moved
  }

  /// What kind of declaration it was done to.
  public enum Subject: String, Sendable, CaseIterable {
    case rule, term, parameter, decision, fact, type
    case enumeration
    /// A case of an enumeration.
    case enumerationCase = "case"
    /// What is declared once for all: what a document is, the governing date, the time zone.
    case setting
  }

  /// A part of a declaration that is another one now.
  public struct Detail: Sendable {
    /// The part, such as `require`, `severity` or `from 1 Oct 2026 on`.
    public let part: String
    /// How it was written; nil where there was none.
    public let old: String?
    /// How it is written now; nil where there is none.
    public let new: String?
    /// Whether it is only shown or said, and decides nothing.
    public let isText: Bool
    /// Where it stands in the new files, or stood in the old ones where it is gone.
    public let range: SourceRange?
  }

  /// What was done.
  public let kind: Kind
  /// What kind of declaration it was done to.
  public let subject: Subject
  /// Its name in the new files; in the old ones where it is removed.
  public let name: String
  /// Its name in the old files, where that was another one.
  public let oldName: String?
  /// The parts that changed; empty where all of it was added or removed.
  public let details: [Detail]
  /// Where it stood; nil where it is new.
  public let oldRange: SourceRange?
  /// Where it stands; nil where it is removed.
  public let newRange: SourceRange?

  /// Whether no decision can come out otherwise by it: only words changed, or places and names.
  public var isText: Bool {
    switch kind {
    case .moved, .renamed: true
    case .changed: details.allSatisfy(\.isText)
    case .added, .removed: false
    }
  }

  /// Where a reader of the new files is sent; where it stood, when it is gone.
  public var range: SourceRange? { details.lazy.compactMap(\.range).first ?? newRange ?? oldRange }
}
