public import CEL
public import Diagnostics

/// What an evaluation read that made the difference: facts, parameters and terms, each once.
public struct Citations: Sendable {
  /// A fact of the document.
  public struct Fact: Sendable {
    /// A thing that has facts.
    public struct Holder: Hashable, Sendable {
      /// Where it stands in the document.
      public let path: AttributePath
      /// One line about it.
      public let summary: String
    }

    /// Where the fact stands in the document.
    public let path: AttributePath
    /// What the document has for it.
    public let state: FactState
    /// Whether only its being there was asked.
    public let isPresenceOnly: Bool
    /// The fact in people's words; nil when its name says it.
    public let label: String?
    /// The value in people's words; nil where there is no value, or only its being there was asked.
    public let words: String?
    /// The innermost thing around the fact that has a summary; nil where that is the document, if anything.
    public let holder: Holder?
    /// Who can change it; nil when nobody who asks could.
    public let changedBy: String?
    /// Where it stands in the file; nil when it is not there or came from no file.
    public let place: SourceRange?
  }

  /// A parameter, with the value that was in force.
  public struct ParameterValue: Sendable {
    /// A row of a table.
    public struct Row: Sendable {
      /// What it is found by.
      public let key: CELValue
      /// What it holds.
      public let value: CELValue
      /// That in people's words.
      public let words: String
      /// How many rows the table has, or facts the record.
      public let count: Int
      /// What it is found by, from the outside in, as people read it: `three, amount`.
      public let name: String
      /// Where it stands in the parameter, as one would write it: `['three'].amount`.
      public let path: String
    }

    /// What a calendar says of days that it was asked about.
    public struct Days: Sendable {
      /// The days and what is said of them, such as `Mon 7 Sep 2026 is closed: Labor Day`.
      public let words: String
      /// Where it says so.
      public let place: SourceRange
    }

    /// Its name.
    public let name: String
    /// The parameter in people's words; nil when its name says it.
    public let label: String?
    /// The day as of which it was read; nil where that is the governing date.
    public var asOf: CivilDate? = nil
    /// The value in force; nil when none is.
    public let value: CELValue?
    /// The value in people's words; nil when none is in force.
    public let words: String?
    /// Since when that value holds.
    public let since: CivilDate?
    /// Since when another value was to be expected, as one had come every year; nil where nothing tells.
    public let overdueSince: CivilDate?
    /// Where the value stands in the policy files, or the parameter where none is in force.
    public let place: SourceRange
    /// Where the handbook says so.
    public let source: String?
    /// What the handbook says there, in its words.
    public let quote: String?
    /// Of a table or a record, what of it was read; nothing where it was asked what keys there are.
    public internal(set) var rows: [Row] = []
    /// Of a calendar, what it says of the days that it was asked about.
    public internal(set) var days: [Days] = []
    /// Whether it is a calendar, or a table of some.
    public var isCalendar: Bool = false
  }

  /// A term, with the definition that was gone through.
  public struct TermUse: Sendable {
    /// The object that it was asked of and its name, such as `session.isCareerLadder`.
    public let path: String
    /// The term in people's words; nil when its name says it.
    public let label: String?
    /// The definition as it is written.
    public let definition: String
    /// Where it stands in the policy files.
    public let place: SourceRange
  }

  /// A value that was compared and is made of many facts, such as a sum.
  public struct Computed: Sendable {
    /// The expression as it is written.
    public let expression: String
    /// The term that it is, in people's words; nil for other expressions.
    public let label: String?
    /// Its outcome.
    public let value: CELValue
    /// That in people's words.
    public let words: String
  }

  /// The facts, in the order read.
  public var facts: [Fact] = []
  /// The parameters, in the order read.
  public var parameters: [ParameterValue] = []
  /// The terms, in the order gone through.
  public var terms: [TermUse] = []
  /// The values compared that are made of more facts than are read one by one.
  public var computed: [Computed] = []
  /// The facts that could have been read and are kept from the viewer, in the vocabulary's order.
  public var withheld: [WithheldFact] = []
  /// Whether the date decided for was read.
  public var readsToday = false

  /// Both, each citation once.
  public func union(_ other: Citations) -> Citations {
    var collector = CitationCollector()
    collector.add(self)
    collector.add(other)
    return collector.citations
  }
}

/// Puts citations together, each once, in the order added.
///
/// Its work is in proportion to what is added; taking the union of more and more would go through all
/// that there is each time.
package struct CitationCollector {
  /// What was added.
  package private(set) var citations = Citations()
  private var facts: Set<AttributePath> = []
  private var parameters: Set<ParameterKey> = []
  private var terms: Set<String> = []
  private var withheld: Set<WithheldFact> = []

  private struct ParameterKey: Hashable {
    let name: String
    let asOf: CivilDate?
  }

  /// Nothing yet.
  package init() {}

  /// Adds what is not there yet.
  package mutating func add(_ other: Citations) {
    for fact in other.facts where facts.insert(fact.path).inserted { citations.facts.append(fact) }
    add(parametersOf: other)
    for term in other.terms where terms.insert(term.path).inserted { citations.terms.append(term) }
    for value in other.computed
    where !citations.computed.contains(where: { $0.expression == value.expression }) {
      citations.computed.append(value)
    }
    for fact in other.withheld where withheld.insert(fact).inserted {
      citations.withheld.append(fact)
    }
    citations.readsToday = citations.readsToday || other.readsToday
  }

  /// Adds the parameters alone.
  package mutating func add(parametersOf other: Citations) {
    for value in other.parameters {
      if parameters.insert(ParameterKey(name: value.name, asOf: value.asOf)).inserted {
        citations.parameters.append(value)
      } else if !value.rows.isEmpty || !value.days.isEmpty,
        let index = citations.parameters.firstIndex(where: {
          $0.name == value.name && $0.asOf == value.asOf
        })
      {
        citations.parameters[index].add(value)
      }
    }
  }

  /// Whether what is said of a parameter was said already.
  package func has(_ value: Citations.ParameterValue) -> Bool {
    citations.parameters.contains { other in
      other.name == value.name && other.asOf == value.asOf
        && value.days.allSatisfy { days in other.days.contains { $0.words == days.words } }
    }
  }

  /// Whether a fact was added.
  package func has(_ fact: Citations.Fact) -> Bool { facts.contains(fact.path) }
}

extension Citations.ParameterValue {
  /// Adds the rows and days of another citation of the same value, each once.
  mutating func add(_ other: Citations.ParameterValue) {
    for row in other.rows where !rows.contains(where: { $0.path == row.path }) {
      rows.append(row)
    }
    for day in other.days where !days.contains(where: { $0.words == day.words }) {
      days.append(day)
    }
  }
}
