package import Diagnostics

/// What a decision was made by and from, so that it can be made again: policies, document and program.
public struct Provenance: Hashable, Sendable {
  /// The digest of the policy set.
  public let policies: String
  /// The digest of the text that the document stands in; nil where confidential facts are kept from the viewer,
  /// who could try texts until one has the digest.
  public let document: String?
  /// What the vocabulary calls the document.
  public let documentName: String
  /// The version of the program.
  public let version = ProgramVersion.number
  /// The commit that the program was built from; nil where the build was given none.
  public let commit = ProgramVersion.commit
  /// The release of the time zone database in use.
  public let timeZoneData = ProgramVersion.timeZoneData

  /// What a document is decided by, with the digest of its text where it may be known.
  package init(policies: PolicySet, document: String?) {
    self.policies = policies.digest
    self.document = document
    documentName = policies.vocabulary.documentName
  }

  /// The same as a member of a report in JSON.
  package var json: JSONValue {
    .object(omittingNil: [
      ("policies", .string(policies)), ("document", .text(document)),
      ("version", .string(version)), ("commit", .text(commit)),
      ("timeZoneData", .string(timeZoneData)),
    ])
  }
}

extension FactDocument {
  /// The SHA-256 of the text that the document stands in, as 64 hexadecimal digits.
  ///
  /// That is the line of a stream without its break, and else the whole file, as `sha256sum` prints it; a
  /// document that was made by a program has that of its facts as JSON. What is supposed of a document
  /// changes nothing here.
  public var digest: String {
    writtenText.map { SHA256.hexDigest(of: $0) } ?? SHA256.hexDigest(of: text)
  }
}
