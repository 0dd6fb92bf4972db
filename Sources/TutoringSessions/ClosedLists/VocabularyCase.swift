/// A case of one of the vocabulary's closed lists, by its name in documents.
///
/// These are no enumerations, because an administrator may add a case to the vocabulary, and programs
/// must carry it without being compiled again. So any name decodes; that it is a case of the list is
/// checked against the vocabulary when a session is decided. `allCases` are those of the shipped
/// vocabulary, in its order.
public protocol VocabularyCase: RawRepresentable<String>, CaseIterable, Codable, Hashable, Sendable,
  CustomStringConvertible
{
  /// The case of the given name, which the vocabulary may or may not have.
  init(rawValue: String)
}

extension VocabularyCase {
  public var description: String { rawValue }
}
