/// The kinds of mistakes and warnings there are, by names that stay the same across versions.
///
/// Programs that read diagnostics tell them apart by these, and people look them up: every one is described with
/// its cause, an example and a remedy on one of the pages about mistakes, or on a page of its own where it is a
/// warning about policies. A name is never given another meaning; one that is not used any more is not used again.
public enum DiagnosticCode: String, Hashable, Sendable, CaseIterable {
  // MARK: Expressions

  /// A part of an expression can't be computed, whatever the document holds.
  case alwaysFails = "always-fails"
  /// `has` asks for a term, which is always there.
  case alwaysPresent = "always-present"
  /// `has` asks for something that is not a fact of anything.
  case hasWithoutField = "has-without-field"
  /// A text that is to be a date is not one.
  case invalidDate = "invalid-date"
  /// A text that is to be a day that comes back each year, such as `05-01`, is not one.
  case invalidDayOfYear = "invalid-day-of-year"
  /// A pattern (a regular expression) can't be read.
  case invalidPattern = "invalid-pattern"
  /// What names the elements of a list is not a simple name.
  case macroVariable = "macro-variable"
  /// A backslash starts no character that there is.
  case malformedEscape = "malformed-escape"
  /// Something begins like a number and goes on like a name.
  case malformedNumber = "malformed-number"
  /// An object is made of a type, and there are no such objects.
  case messageConstruction = "message-construction"
  /// A word such as `has` or `all` is called with too few or too many parts.
  case misusedMacro = "misused-macro"
  /// One expression or document has more mistakes than are shown.
  case moreMistakes = "more-mistakes"
  /// Values of two types are compared that are never equal.
  case neverEqual = "never-equal"
  /// An expression compares a closed list with a text that is not in it.
  case noCase = "no-case"
  /// A fact is read from something that is not an object.
  case noFacts = "no-facts"
  /// A macro that goes through a list in its order is called on a map, which has none.
  case nothingToIterate = "nothing-to-iterate"
  /// A number in an expression is too large.
  case numberOutOfRange = "number-out-of-range"
  /// A map in an expression has two entries of one key.
  case repeatedKey = "repeated-key"
  /// A word is used as a name that the language keeps for itself.
  case reservedWord = "reserved-word"
  /// An expression is not complete, or something in it can't stand there.
  case syntax
  /// An expression, or the terms that it reads, nest too deep.
  case tooDeep = "too-deep"
  /// An expression is too long.
  case tooLong = "too-long"
  /// A brace in a text has no counterpart.
  case unclosedBrace = "unclosed-brace"
  /// A fact is named that its type does not have.
  case unknownFact = "unknown-fact"
  /// A function is called that there is not.
  case unknownFunction = "unknown-function"
  /// Something is named that is not declared.
  case unknownName = "unknown-name"
  /// A text that is to be a way of rounding is not one.
  case unknownRounding = "unknown-rounding"
  /// A text that is to name a time zone is not the name of one.
  case unknownTimeZone = "unknown-time-zone"
  /// A text in an expression has no closing quote.
  case unterminatedString = "unterminated-string"
  /// A function is given what it can't work with.
  case wrongArgument = "wrong-argument"
  /// A sign is used that is not an operator here.
  case wrongOperator = "wrong-operator"
  /// Something is of another type than is expected.
  case wrongType = "wrong-type"

  // MARK: Files

  /// A key stands twice in one mapping.
  case duplicateKey = "duplicate-key"
  /// A text is not JSON.
  case invalidJson = "invalid-json"
  /// A folder has no policy file.
  case noPolicyFiles = "no-policy-files"
  /// An input holds nothing that could be a session.
  case noSession = "no-session"
  /// A value that is to be repeated stands inside itself.
  case recursiveAlias = "recursive-alias"
  /// A value is not what its YAML tag says.
  case tagMismatch = "tag-mismatch"
  /// A value is to be repeated that was given no name before.
  case unknownAlias = "unknown-alias"
  /// A YAML tag is not known.
  case unknownTag = "unknown-tag"
  /// A file or folder can't be read.
  case unreadable
  /// A text has a character that YAML can't have.
  case yamlCharacter = "yaml-character"
  /// Lists and mappings nest too deep.
  case yamlDepth = "yaml-depth"
  /// A text is not UTF-8.
  case yamlEncoding = "yaml-encoding"
  /// A text has so many mistakes that the rest was not read.
  case yamlMistakes = "yaml-mistakes"
  /// A text has too many values, counting what is repeated.
  case yamlNodes = "yaml-nodes"
  /// A text is too long.
  case yamlSize = "yaml-size"
  /// A text is not YAML.
  case yamlSyntax = "yaml-syntax"
  /// A text without quotes has a sign that means something else in YAML.
  case yamlTrap = "yaml-trap"

  // MARK: Policies

  /// A rule always gives a value to a decision that takes only one, and another rule gives one too.
  case alwaysGives = "always-gives"
  /// Terms or decisions need each other in a circle.
  case circular
  /// There are too many rules to compare each with each other.
  case comparedInPart = "compared-in-part"
  /// What everybody sees is built on a confidential fact.
  case confidential
  /// A date is not after the one that it should follow.
  case datesOutOfOrder = "dates-out-of-order"
  /// Something is declared a second time.
  case duplicate
  /// A decision has no rule and needs no other: it would always pass.
  case emptyDecision = "empty-decision"
  /// Something is missing without which nothing can be decided.
  case incompleteVocabulary = "incomplete-vocabulary"
  /// A name has characters that it can't have.
  case invalidName = "invalid-name"
  /// A rule or a decision has keys that can't stand together.
  case keysApart = "keys-apart"
  /// A number of elements is given for something that is not a list.
  case limitWithoutList = "limit-without-list"
  /// A table has no row for a value of its closed list.
  case missingCase = "missing-case"
  /// A declaration lacks a key that it must have.
  case missingKey = "missing-key"
  /// Nothing stands where a value is needed.
  case missingValue = "missing-value"
  /// A name is the name of something else already.
  case nameTaken = "name-taken"
  /// A decision gives a value, and no rule gives it one.
  case nothingGives = "nothing-gives"
  /// A quote does not say where it stands.
  case quoteWithoutSource = "quote-without-source"
  /// Rules, decisions and types are not parts of each other.
  case subjectMismatch = "subject-mismatch"
  /// An expression could take too many steps.
  case tooCostly = "too-costly"
  /// A document is too long, or types contain each other in too many ways.
  case tooLarge = "too-large"
  /// A word is none of those that can stand there.
  case unknownCase = "unknown-case"
  /// A warning is silenced that there is not.
  case unknownCheck = "unknown-check"
  /// A decision is named that there is not.
  case unknownDecision = "unknown-decision"
  /// A key means nothing where it stands.
  case unknownKey = "unknown-key"
  /// Somebody is named who can't change any fact.
  case unknownRole = "unknown-role"
  /// An exception or an order names a rule that there is not.
  case unknownRule = "unknown-rule"
  /// A type is named that there is not, or that can't be used there.
  case unknownType = "unknown-type"
  /// The bands of a table overlap, leave a gap or end before they begin.
  case wrongBands = "wrong-bands"
  /// A rule gives a value to a decision that gives none, or to decisions that give values of different types.
  case wrongDecision = "wrong-decision"
  /// A single value, a list or a mapping stands where another of these is needed.
  case wrongKind = "wrong-kind"
  /// An exception names a rule that it can't take away.
  case wrongRule = "wrong-rule"

  // MARK: Calendars

  /// A day of a calendar's year is in none of its terms.
  case dayWithoutTerm = "day-without-term"
  /// A day or a term of a calendar lies outside the year that it is given for.
  case outsideYear = "outside-year"
  /// Years, terms or days of a calendar overlap, or say two things of one day.
  case overlappingDays = "overlapping-days"
  /// A word that is to be a day of the week is not one.
  case unknownWeekday = "unknown-weekday"
  /// Between two years of a calendar one is missing.
  case yearMissing = "year-missing"

  // MARK: Warnings about policies

  /// A rule is in force longer than a calendar that it reads goes.
  case calendarTooShort = "calendar-too-short"
  /// A rule that no session can satisfy together with another one.
  case contradiction
  /// Days on which a decision passes, since no rule of it is in force.
  case decisionWithoutRule = "decision-without-rule"
  /// Days between two rules that follow each other, on which neither is in force.
  case effectiveGap = "effective-gap"
  /// Days on which two rules that follow each other are both in force.
  case effectiveOverlap = "effective-overlap"
  /// A fix of a rule that reads only facts which nobody can change.
  case fixOfFixedFacts = "fix-of-fixed-facts"
  /// A number whose fraction is cut off without a word that says so.
  case fractionCutOff = "fraction-cut-off"
  /// Whole days that are counted as 24 hours each.
  case hoursForDays = "hours-for-days"
  /// A rule that names no way out.
  case missingFix = "missing-fix"
  /// A rule that gives no reason.
  case missingReason = "missing-reason"
  /// Months that are added in steps, or to a day that not every month has.
  case monthsOneByOne = "months-one-by-one"
  /// A rule that concerns nothing, whatever the document.
  case neverApplies = "never-applies"
  /// A rule that is never violated, whatever the document.
  case neverViolated = "never-violated"
  /// A time at which a rule is in force and a parameter it needs has no value.
  case parameterWithoutValue = "parameter-without-value"
  /// A rule that no fixture expects anything of.
  case ruleWithoutFixture = "rule-without-fixture"
  /// Two rules that are violated by the same documents.
  case sameMeaning = "same-meaning"
  /// A decision with the same word for passing and failing.
  case sameVerdictWords = "same-verdict-words"
  /// Tables looked up by the same key, where one misses a row of the other.
  case unevenTables = "uneven-tables"
  /// A case of an enumeration that no expression, parameter or fixture has.
  case unusedCase = "unused-case"
  /// An enumeration that no fact and no parameter is of.
  case unusedEnumeration = "unused-enumeration"
  /// A fact that nothing reads.
  case unusedFact = "unused-fact"
  /// A parameter that nothing reads.
  case unusedParameter = "unused-parameter"
  /// A silence that silences nothing.
  case unusedSilence = "unused-silence"
  /// A term that nothing reads.
  case unusedTerm = "unused-term"
  /// A type that no fact is of.
  case unusedType = "unused-type"
  /// A value that holds on, though another one came every year.
  case valueWithoutEnd = "value-without-end"
  /// A part of an instant that is read in UTC, where the policies have another zone.
  case zoneLeftOut = "zone-left-out"

  // MARK: Fixtures

  /// A change makes a fact what it is already.
  case changesNothing = "changes-nothing"
  /// A case expects nothing that could fail.
  case expectsNothing = "expects-nothing"
  /// A case comes out otherwise than it expects.
  case fixtureFails = "fixture-fails"
  /// No case notices a small slip in the policies.
  case mutantSurvives = "mutant-survives"
  /// A case does not say which session it starts from.
  case noBase = "no-base"
  /// There is no case to try.
  case noCases = "no-cases"
  /// A table or an export has no columns.
  case noColumns = "no-columns"
  /// A list has no element at the position that is named.
  case noElement = "no-element"
  /// A folder has no fixture files.
  case noFixtureFiles = "no-fixture-files"
  /// A file among the fixtures does not hold cases.
  case noFixtures = "no-fixtures"
  /// A case does not say for which day it is decided.
  case noToday = "no-today"
  /// No case shows a part of the policies.
  case notCovered = "not-covered"
  /// The file that a case starts from does not hold one session.
  case notOneSession = "not-one-session"
  /// A case expects an outcome, and not which rule makes it so.
  case outcomeWithoutRule = "outcome-without-rule"
  /// A case expects something of a rule that decides nothing in it.
  case ruleWithoutSay = "rule-without-say"
  /// A column is not known.
  case unknownColumn = "unknown-column"
  /// A slip is accepted that there is not.
  case unknownMutant = "unknown-mutant"
  /// A word is not an outcome.
  case unknownOutcome = "unknown-outcome"
  /// A word does not say whether a fix can still be made.
  case unknownProspect = "unknown-prospect"
  /// A rule is listed where it is never found.
  case wrongList = "wrong-list"
  /// A row has more or fewer cells than there are columns.
  case wrongRow = "wrong-row"

  // MARK: Documents and suppositions

  /// A part of a supposition would be taken for a comment.
  case comment
  /// A document is not an object.
  case invalidDocument = "invalid-document"
  /// A fact that is a length of time holds a text that is not one.
  case invalidDuration = "invalid-duration"
  /// A number has a fraction, or is too large.
  case invalidNumber = "invalid-number"
  /// A fact that is an instant holds a text that is not one.
  case invalidTimestamp = "invalid-timestamp"
  /// A path does not lead to a fact.
  case noPath = "no-path"
  /// A supposition has no value, or more than one.
  case noValue = "no-value"
  /// A part is to be changed of something that is not there.
  case nothingToChange = "nothing-to-change"
  /// A document gives a fact twice.
  case repeatedFact = "repeated-fact"
  /// A list has more elements than its declaration allows.
  case tooManyElements = "too-many-elements"
  /// Something is not shown, since it could tell what is confidential.
  case withheld

  // MARK: Comparisons

  /// The new policies decide a case otherwise.
  case fixtureChange = "fixture-change"
  /// More sessions change than are expected.
  case moreThanExpected = "more-than-expected"
  /// There are no policies at the folder or revision that is named.
  case noPolicies = "no-policies"
  /// A change of the policies changes what is decided.
  case policyChange = "policy-change"
  /// A change is expected that does not happen.
  case unusedExpectation = "unused-expectation"
  /// A number of sessions is not a whole number from 0 on.
  case wrongConstant = "wrong-constant"

  // MARK: Names and commands

  /// What is to be renamed is not the only thing of its name.
  case ambiguousName = "ambiguous-name"
  /// After a renaming, a case no longer passes.
  case caseChanged = "case-changed"
  /// No expression stands at the place that is named.
  case noExpression = "no-expression"
  /// The new name is the old one.
  case sameName = "same-name"
  /// A text that may mean a renamed case stays as it is.
  case textKept = "text-kept"
  /// A word is not a command.
  case unknownCommand = "unknown-command"

  // MARK: Imports

  /// Something can't be said in policies with the same meaning.
  case cannotBeImported = "cannot-be-imported"
  /// An element has no counterpart in policies.
  case leftOut = "left-out"
  /// A file is not a decision of another program.
  case notADecision = "not-a-decision"
  /// Nothing in a file can fail.
  case nothingToDecide = "nothing-to-decide"
  /// The rows before a row take all its cases.
  case rowNeverCounts = "row-never-counts"
  /// No case was found in which a row counts.
  case rowWithoutFixture = "row-without-fixture"
  /// No row of a table applies to some case.
  case rowsLeaveGap = "rows-leave-gap"
  /// Rows of a table could not be compared with each other.
  case rowsNotCompared = "rows-not-compared"
  /// Two rows of a table apply to one case.
  case rowsOverlap = "rows-overlap"
  /// A value is to pass that nothing gives.
  case unknownValue = "unknown-value"

  // MARK: Exports, reports and SQL

  /// A file among the exports does not hold an export.
  case noExport = "no-export"
  /// A file among the reports does not hold a report.
  case noReport = "no-report"
  /// Something can't be said in SQL with the same meaning.
  case sql
  /// A key says nothing beside the format of its column.
  case wrongKey = "wrong-key"

  // MARK: Tables and programs

  /// A text that is to hold one document holds none or several.
  case documentCount = "document-count"
  /// A table has not even the names of its columns.
  case emptyTable = "empty-table"
  /// A function has a name that can't be called, or is taken.
  case functionName = "function-name"
  /// A table lacks a column that it must have.
  case missingColumn = "missing-column"
  /// A cell has no closing quote.
  case openQuote = "open-quote"
  /// A column was found by its name in other capital letters.
  case otherLetters = "other-letters"
  /// A file holds changes alone, and was not read.
  case partialFile = "partial-file"
  /// A quote stands where none can stand in a cell.
  case strayQuote = "stray-quote"
  /// Nothing is known of a file of this name.
  case unknownFile = "unknown-file"
  /// A row names something that is not there.
  case unknownReference = "unknown-reference"
  /// Nothing could be read from a zip.
  case unreadableZip = "unreadable-zip"
  /// A row has a character that nobody sees.
  case wrongCharacter = "wrong-character"
  /// Something ends before it begins.
  case wrongOrder = "wrong-order"
}
